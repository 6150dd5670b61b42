"""What a line of the table of bad signatures is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from qyzmet.documents.examining import Examined
from qyzmet.documents.found import Finding
from qyzmet.signatures import (
    Check,
    Expected,
    SignatureError,
    SigningKey,
    Trust,
    Verdict,
    signed_as_expected,
    verify_cms,
    verify_pdf,
    verify_xml,
)
from qyzmet.signatures.algorithms.curves import TC26_512
from qyzmet.signatures.algorithms.keys import new_gost_key
from qyzmet.signatures.authority import Revoked
from tests.signatures.papers import sealed
from tests.signatures.town import APPLICATION, DAY, MONDAY, Town, detached, digests, letter


@dataclass(frozen=True)
class Bad:
    """A case: in which form, what is wrong, the check that names it, and how it is judged."""

    form: str
    wrong: str
    check: str
    judged: Callable[[Town], Verdict | Examined]

    def __str__(self) -> str:
        return f"{self.form}: {self.wrong}"


def cms(data: bytes, trust: Trust, content: bytes | None = APPLICATION) -> Verdict:
    given = None if content is None else digests(content)
    return verify_cms(data, at=MONDAY, trust=trust, content=given)


def xml(data: bytes, trust: Trust) -> Verdict:
    return verify_xml(data, at=MONDAY, trust=trust)


def pdf(data: bytes, trust: Trust) -> Verdict:
    return verify_pdf(data, at=MONDAY, trust=trust)


def every(wrong: str, check: str, signer: Callable[[Town], SigningKey], **more: object) -> Iterator[Bad]:
    """A case about the certificate, the same in every form. `expected` and `trust` may be given."""
    expected: list[Expected] = more.get("expected", [])  # type: ignore[assignment]
    trust: Callable[[Town, SigningKey], Trust] = more.get("trust", lambda town, _: town.trust)  # type: ignore[assignment]

    def in_cms(town: Town) -> Verdict:
        key = signer(town)
        return signed_as_expected(cms(detached(key), trust(town, key)), expected)

    def in_xml(town: Town) -> Verdict:
        key = signer(town)
        return signed_as_expected(xml(letter(key), trust(town, key)), expected)

    def in_pdf(town: Town) -> Verdict:
        key = signer(town)
        return signed_as_expected(pdf(sealed(key), trust(town, key)), expected)

    yield Bad("cms", wrong, check, in_cms)
    yield Bad("xml", wrong, check, in_xml)
    yield Bad("pdf", wrong, check, in_pdf)


def revoked(day: int) -> Callable[[Town, SigningKey], Trust]:
    """A list that names the key as revoked that many days from Monday, read on the third day after."""
    return lambda town, key: town.roots.with_more(
        (), [town.crl(Revoked(key.certificate.serial, MONDAY + day * DAY))]
    )


@cache
def other_town() -> Town:
    return Town(lambda: new_gost_key(TC26_512))


def with_its_own_root(town: Town) -> SigningKey:
    """A key of an authority somebody made at home, sent with its chain up to its root."""
    home = other_town()
    return SigningKey(
        home.asan.key, home.asan.certificate, (home.authority.certificate, home.root.certificate)
    )


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def refused_by(case: Bad, town: Town) -> tuple[set[str], str]:
    """The checks that failed, and the first one's sentence."""
    try:
        found = case.judged(town)
    except SignatureError as problem:
        return {problem.check}, problem.text("en")
    failed: list[Check | Finding]
    if isinstance(found, Verdict):
        assert found.valid is False
        failed = list(found.failed)
    else:
        assert not found.genuine
        failed = [each for each in found.findings if each.passed is False]
    return {each.check for each in failed}, failed[0].detail() if failed else ""
