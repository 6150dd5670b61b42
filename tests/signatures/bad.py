"""Signatures that must not pass, each with the check that has to name why.

`python -m tests.signatures.bad` prints the table: form, case, check, sentence.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator

from qyzmet.signatures import (
    BINDING,
    Expected,
    Verdict,
    signed_as_expected,
    verify_cms,
    verify_pdf,
    verify_xml,
)
from qyzmet.signatures.algorithms.curves import TC26_512
from qyzmet.signatures.algorithms.keys import new_gost_key
from qyzmet.signatures.authority import Revoked
from tests.signatures.bad_pdf import pdf_cases, revoked_after_stamp_pdf
from tests.signatures.cases import (
    Bad,
    cms,
    every,
    flipped,
    other_town,
    refused_by,
    revoked,
    with_its_own_root,
    xml,
)
from tests.signatures.papers import sealed
from tests.signatures.town import (
    APPLICATION,
    ASAN,
    BASQA,
    DAY,
    DINA,
    KALA,
    LAST_YEAR,
    LETTER,
    MONDAY,
    NEXT_YEAR,
    Town,
    attached,
    detached,
    digests,
    letter,
)

XML_SHA1 = b"http://www.w3.org/2000/09/xmldsig#sha1"
STREEBOG = b"urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34112015-512"


def certificates() -> Iterator[Bad]:
    yield from every("expired", "validity", lambda town: town.person(validity=LAST_YEAR))
    yield from every("not yet valid", "validity", lambda town: town.person(validity=NEXT_YEAR))
    yield from every("revoked before signing", "revocation", lambda town: town.asan, trust=revoked(-3))
    yield from every("unknown issuer", "chain", lambda town: other_town().asan)
    yield from every("self-made root", "chain", with_its_own_root)
    yield from every("wrong IIN", "iin", lambda town: town.asan, expected=[Expected(iin=DINA)])
    yield from every(
        "BIN of another company",
        "bin",
        lambda town: town.official("head", bin=BASQA),
        expected=[Expected(bin=KALA, roles=BINDING)],
    )
    yield from every(
        "employee where a head must sign",
        "role",
        lambda town: town.official("employee"),
        expected=[Expected(bin=KALA, roles=BINDING)],
    )
    yield from every(
        "wrong key usage",
        "key-usage",
        lambda town: town.person(usages=("digital_signature", "key_encipherment")),
    )
    yield from every("an authority's own key", "key-usage", lambda town: town.authority)
    yield from every("an invented IIN", "subject", lambda town: town.person(iin="123456789012"))


def revoked_after_signing(town: Town) -> Verdict:
    trust = town.roots.with_more((), [town.crl(Revoked(town.asan.certificate.serial, MONDAY + DAY))])
    return verify_cms(detached(town.asan), at=MONDAY + 2 * DAY, trust=trust, content=digests())


def revoked_after_signing_xml(town: Town) -> Verdict:
    trust = town.roots.with_more((), [town.crl(Revoked(town.asan.certificate.serial, MONDAY + DAY))])
    return verify_xml(letter(town.asan), at=MONDAY + 2 * DAY, trust=trust)


def revoked_after_signing_pdf(town: Town) -> Verdict:
    trust = town.roots.with_more((), [town.crl(Revoked(town.asan.certificate.serial, MONDAY + DAY))])
    return verify_pdf(sealed(town.asan), at=MONDAY + 2 * DAY, trust=trust)


def altered_inside(town: Town) -> Verdict:
    data = attached(town.asan)
    return cms(flipped(data, data.index(b"housing")), town.trust, None)


def altered_signature(town: Town) -> Verdict:
    return cms(flipped(detached(town.asan), -1 + len(detached(town.asan))), town.trust)


def replaced_oid(old: str, new: str) -> Callable[[Town], Verdict]:
    """Every algorithm identifier swapped for one of the same length."""

    def judged(town: Town) -> Verdict:
        data = detached(town.asan)
        return cms(data.replace(bytes.fromhex(old), bytes.fromhex(new)), town.trust)

    return judged


def attachments(first: bytes, second: bytes) -> bytes:
    return b'{"attachments":[{"field":"income","sha256":"%b"},{"field":"lease","sha256":"%b"}]}' % (
        first,
        second,
    )


def contents() -> Iterator[Bad]:
    yield Bad("cms", "revoked after signing, no time stamp", "revocation", revoked_after_signing)
    yield Bad("xml", "revoked after signing, no time stamp", "revocation", revoked_after_signing_xml)
    yield Bad("pdf", "revoked after signing, no time stamp", "revocation", revoked_after_signing_pdf)
    yield Bad(
        "cms", "content altered by one bit", "content",
        lambda town: cms(detached(town.asan), town.trust, flipped(APPLICATION, 9)),
    )  # fmt: skip
    yield Bad("cms", "content altered by one bit inside", "content", altered_inside)
    yield Bad(
        "xml", "content altered by one bit", "content",
        lambda town: xml(letter(town.asan).replace("көмегі".encode(), "көмеги".encode()), town.trust),
    )  # fmt: skip
    yield Bad("cms", "signature altered by one bit", "signature", altered_signature)
    yield Bad(
        "xml", "signature altered", "signature",
        lambda town: xml(re.sub(rb"(SignatureValue>)(.)", swapped_letter, letter(town.asan), count=1), town.trust),
    )  # fmt: skip
    yield Bad(
        "cms", "attachments swapped", "content",
        lambda town: cms(
            detached(town.asan, content=attachments(b"aa", b"bb")), town.trust, attachments(b"bb", b"aa")
        ),
    )  # fmt: skip
    yield Bad(
        "cms", "replayed on another filing", "content",
        lambda town: cms(detached(town.asan), town.trust, APPLICATION.replace(b"0b7c", b"9d1e")),
    )  # fmt: skip
    yield Bad(
        "cms", "another file beside an attached signature", "content",
        lambda town: cms(attached(town.asan), town.trust, b"something else"),
    )  # fmt: skip
    yield Bad("cms", "no content given", "content", lambda town: cms(detached(town.asan), town.trust, None))
    yield Bad(
        "cms", "one of two signers taken away", "signers",
        lambda town: signed_as_expected(
            cms(detached(town.asan), town.trust), [Expected(iin=ASAN), Expected(bin=KALA, roles=BINDING)]
        ),
    )  # fmt: skip


def swapped_letter(found: re.Match[bytes]) -> bytes:
    return found[1] + (b"B" if found[2] == b"A" else b"A")


def algorithms() -> Iterator[Bad]:
    # The digest 1.2.398.3.10.1.3.3 becomes ...3.9, then the whole scheme a stranger's.
    yield Bad("cms", "unknown digest", "algorithm", replaced_oid("2a830e030a010303", "2a830e030a010309"))
    yield Bad(
        "cms", "unknown scheme", "algorithm", replaced_oid("2a830e030a0101020302", "2a830e030a0101020309")
    )
    yield Bad(
        "xml", "weak digest", "algorithm",
        lambda town: xml(letter(town.asan).replace(STREEBOG, XML_SHA1), town.trust),
    )  # fmt: skip
    yield Bad(
        "xml", "unknown scheme", "algorithm",
        lambda town: xml(letter(town.asan).replace(b"gostr34102015-", b"gostr34102099-"), town.trust),
    )  # fmt: skip


def weak_rsa(town: Town) -> Verdict:
    from qyzmet.signatures.algorithms.keys import new_rsa_key

    weak = Town(town.new_key)
    weak.new_key = lambda: new_rsa_key(1024)
    return cms(detached(weak.person()), weak.trust)


def weak_scheme(town: Town) -> Verdict:
    """RSA with SHA-256 relabelled as RSA with MD5 wherever it stands."""
    from qyzmet.signatures.algorithms.keys import new_rsa_key

    other = Town(new_rsa_key)
    data = detached(other.asan)
    return cms(
        data.replace(bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d010104")), other.trust
    )


def stacked(town: Town) -> bytes:
    return letter(town.asan, town.official("head"))


def first_stripped(town: Town) -> Verdict:
    """The first of two stacked signatures removed: the second was over it."""
    return xml(re.sub(rb"<ds:Signature .*?</ds:Signature>", b"", stacked(town), count=1), town.trust)


def last_stripped(town: Town) -> Verdict:
    """The last removed: nothing in the document tells, only who was expected."""
    found = re.sub(rb"(.*)<ds:Signature .*?</ds:Signature>", rb"\1", stacked(town))
    return signed_as_expected(xml(found, town.trust), [Expected(iin=ASAN), Expected(bin=KALA, roles=BINDING)])


def wrapped_deeper(town: Town) -> Verdict:
    """The signed letter hidden inside a new one."""
    inside = letter(town.asan).split(b"?>", 1)[1]
    return xml(b"<new>" + inside + b"</new>", town.trust)


def wrapped_beside(town: Town) -> Verdict:
    """A second signature hidden deeper, beside a good one."""
    other = letter(town.asan, document=b"<a><b/></a>").split(b"?>", 1)[1]
    return xml(letter(town.asan, document=b"<new>" + other + b"</new>"), town.trust)


def pointing(at: bytes) -> Callable[[Town], Verdict]:
    return lambda town: xml(letter(town.asan).replace(b'URI=""', b'URI="%b"' % at), town.trust)


def two_references(town: Town) -> Verdict:
    data = letter(town.asan)
    reference = re.search(rb"<ds:Reference.*?</ds:Reference>", data, re.DOTALL)
    assert reference is not None
    return xml(data.replace(reference[0], reference[0] * 2), town.trust)


def xpath(town: Town) -> Verdict:
    enveloped = b"http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    data = letter(town.asan).replace(enveloped, b"http://www.w3.org/TR/1999/REC-xpath-19991116")
    return xml(data, town.trust)


def xml_forms() -> Iterator[Bad]:
    yield Bad("xml", "stacked signature stripped, the first", "content", first_stripped)
    yield Bad("xml", "stacked signature stripped, the last", "signers", last_stripped)
    yield Bad("xml", "wrapped: the signed part moved deeper", "structure", wrapped_deeper)
    yield Bad("xml", "wrapped: a signature hidden deeper", "structure", wrapped_beside)
    yield Bad("xml", "wrapped: a reference to a part", "structure", pointing(b"#part"))
    yield Bad("xml", "a reference to a file", "structure", pointing(b"file:///etc/passwd"))
    yield Bad("xml", "two references", "structure", two_references)
    yield Bad("xml", "an XPath transform", "structure", xpath)


def unreadable() -> Iterator[Bad]:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    outside = b'<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>'
    for wrong, data in (("an entity bomb", bomb), ("a DTD", outside), ("broken XML", b"<a><b></a>")):
        yield Bad("xml", wrong, "format", lambda town, data=data: xml(data, town.trust))  # type: ignore[misc]
    sixteen = bomb.decode().encode("utf-16")
    yield Bad("xml", "an entity bomb in UTF-16", "format", lambda town: xml(sixteen, town.trust))
    yield Bad("xml", "unsigned", "format", lambda town: xml(LETTER, town.trust))
    yield Bad("xml", "10,000 elements deep", "format", lambda town: xml(b"<a>" * 10_000, town.trust))
    for form, judge in (("cms", cms), ("xml", xml)):
        yield Bad(form, "empty", "format", lambda town, judge=judge: judge(b"", town.trust))  # type: ignore[misc]
        huge = b"0" * 101_000_000
        yield Bad(form, "100 MB", "format", lambda town, judge=judge, huge=huge: judge(huge, town.trust))  # type: ignore[misc]
    yield Bad("cms", "truncated DER", "format", lambda town: cms(detached(town.asan)[:-40], town.trust))
    yield Bad(
        "cms", "bytes after the end", "format", lambda town: cms(detached(town.asan) + b"x", town.trust)
    )
    yield Bad("cms", "not a signature", "format", lambda town: cms(town.asan.certificate.der, town.trust))
    yield Bad("cms", "a text", "format", lambda town: cms("Өтініш".encode(), town.trust))
    deep = b"\x30\x80" * 10_000
    yield Bad("cms", "10,000 elements deep", "format", lambda town: cms(deep, town.trust))


def time_stamps() -> Iterator[Bad]:
    from tests.signatures.test_timestamps import stamped

    def other(town: Town) -> Verdict:
        return cms(stamped(town, town.time_stamper, over=b"another signature"), town.trust)

    def future(town: Town) -> Verdict:
        return cms(stamped(town, town.time_stamper, at=MONDAY + DAY), town.trust)

    def by_a_person(town: Town) -> Verdict:
        return cms(stamped(town, town.asan), town.trust)

    def foreign(town: Town) -> Verdict:
        return cms(stamped(town, other_town().time_stamper), town.trust)

    def revoked_before(town: Town) -> Verdict:
        trust = town.roots.with_more((), [town.crl(Revoked(town.asan.certificate.serial, MONDAY - 3 * DAY))])
        return verify_cms(
            stamped(town, town.time_stamper), at=MONDAY + 2 * DAY, trust=trust, content=digests()
        )

    yield Bad("cms", "revoked before signing, with a time stamp", "revocation", revoked_before)
    yield Bad("cms", "time stamp of another signature", "time-stamp", other)
    yield Bad("cms", "time stamp from the future", "time-stamp", future)
    yield Bad("cms", "time stamp made by a person", "time-stamp", by_a_person)
    yield Bad("cms", "time stamp of a foreign authority", "time-stamp", foreign)


CASES = [
    *certificates(),
    *contents(),
    *algorithms(),
    Bad("cms", "RSA of 1024 bits", "algorithm", weak_rsa),
    Bad("cms", "weak scheme (RSA with MD5)", "algorithm", weak_scheme),
    *xml_forms(),
    *unreadable(),
    *time_stamps(),
    *pdf_cases(),
]


def revoked_after_stamp(town: Town) -> Verdict:
    from tests.signatures.test_timestamps import stamped

    trust = town.roots.with_more((), [town.crl(Revoked(town.asan.certificate.serial, MONDAY + DAY))])
    return verify_cms(stamped(town, town.time_stamper), at=MONDAY + 2 * DAY, trust=trust, content=digests())


# What looks as bad and stands: the time stamp proves that the signature was there before.
STANDS = [
    Bad("cms", "revoked after signing, with a time stamp", "revocation", revoked_after_stamp),
    Bad("pdf", "revoked after signing, with a time stamp", "revocation", revoked_after_stamp_pdf),
]


def main() -> int:
    town = Town(lambda: new_gost_key(TC26_512))
    passed = 0
    for case in CASES:
        found, sentence = refused_by(case, town)
        named = case.check in found
        passed += named
        sys.stdout.write(
            f"{'ok ' if named else 'NOT'} {case.form:<4} {case.wrong:<42} {case.check:<12} {sentence}\n"
        )
    for case in STANDS:
        verdict = case.judged(town)
        assert isinstance(verdict, Verdict)
        said = next(each.detail() for each in verdict.checks if each.check == case.check)
        passed += verdict.valid
        sys.stdout.write(
            f"{'ok ' if verdict.valid else 'NOT'} {case.form:<4} {case.wrong:<42} stands       {said}\n"
        )
    total = len(CASES) + len(STANDS)
    sys.stdout.write(f"{passed} of {total}: {len(CASES)} refused with the check named, {len(STANDS)} stand\n")
    return 0 if passed == total else 1


if __name__ == "__main__":
    sys.exit(main())
