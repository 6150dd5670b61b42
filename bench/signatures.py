"""Verification by algorithm beside gostcrypto and pyHanko, hashing 10 MB, and a document printed and sealed.

gostcrypto is given the same digests and keys, in its own byte order. Whole signatures (chain, list of revoked
ones, attributes) are compared with pyHanko, which knows RSA only. What both sides keep between calls stays kept:
certificates read, lists indexed.
"""

from __future__ import annotations

import asyncio
import io
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import gostcrypto
from asn1crypto import cms, x509
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.validation import async_validate_detached_cms, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from bench.document import NOTICE
from bench.harness import Row, rates_side_by_side, seconds_each
from qyzmet.documents.render import render
from qyzmet.signatures import (
    SigningKey,
    Trust,
    digest,
    seal_pdf,
    sign_cms,
    sign_xml,
    verify_cms,
    verify_pdf,
    verify_xml,
)
from qyzmet.signatures.algorithms import gost
from qyzmet.signatures.algorithms.catalogue import CURVE_DIGESTS, Scheme
from qyzmet.signatures.algorithms.curves import CRYPTOPRO_A, TC26_256, TC26_512, Curve, Point
from qyzmet.signatures.algorithms.keys import PrivateKey, new_ecdsa_key, new_gost_key, new_rsa_key
from qyzmet.signatures.algorithms.public_keys import GostKey
from qyzmet.signatures.authority import Holder, Validity, issue_to, make_authority, make_crl, make_root

NOW = datetime(2026, 6, 1, 7, tzinfo=UTC)
YEARS = Validity(NOW - timedelta(days=900), NOW + timedelta(days=900))
WEEK = Validity(NOW - timedelta(days=1), NOW + timedelta(days=6))
CONTENT = secrets.token_bytes(2000)
# The curve of CryptoPro-A has got a second name since.
PEERS = {
    TC26_512: (gostcrypto.gostsignature.MODE_512, "id-tc26-gost-3410-12-512-paramSetA"),
    TC26_256: (gostcrypto.gostsignature.MODE_256, "id-tc26-gost-3410-2012-256-paramSetA"),
    CRYPTOPRO_A: (gostcrypto.gostsignature.MODE_256, "id-tc26-gost-3410-2012-256-paramSetB"),
}
NAMES = {TC26_512: "GOST 34.10-2015-512", TC26_256: "GOST 34.10-2015-256", CRYPTOPRO_A: "GOST 34.310-2004"}


def rows(_size: str) -> list[Row]:
    return [
        *(_arithmetic(curve) for curve in PEERS),
        _plain(),
        _hashing(),
        *_whole(),
        _in_pdf(),
        *_sealing(),
    ]


def _milliseconds(
    what: str, mine: float, theirs: float, bar: float | None, ratio: float | None = None
) -> Row:
    said = f"{theirs * 1e3:.1f} ms" if theirs else "-"
    compared = f"{ratio or theirs / mine:.1f} x" if theirs else "-"
    if bar is None:
        return Row(what, f"{mine * 1e3:.2f} ms", said, compared, "-", 1, 1)
    return Row(
        what,
        f"{mine * 1e3:.2f} ms",
        said,
        compared,
        f"<= {bar:g} ms",
        mine * 1e3,
        bar,
        larger_is_better=False,
    )


def _signed(curve: Curve) -> tuple[Point, bytes, int, int]:
    key = new_gost_key(curve)
    hashed = secrets.token_bytes(curve.size)
    octets = key.sign(hashed)
    r, s = (int.from_bytes(half, "little") for half in (octets[: curve.size], octets[curve.size :]))
    return key.public.point, hashed, r, s  # type: ignore[union-attr]


def _peer(curve: Curve, point: Point, hashed: bytes, r: int, s: int) -> Callable[[], object]:
    mode, name = PEERS[curve]
    theirs = gostcrypto.gostsignature.new(mode, gostcrypto.gostsignature.CURVES_R_1323565_1_024_2019[name])
    public = b"".join(number.to_bytes(curve.size, "big") for number in point)
    signature = b"".join(number.to_bytes(curve.size, "big") for number in (r, s))

    def verify() -> None:
        assert theirs.verify(bytearray(public), bytearray(hashed[::-1]), bytearray(signature))

    return verify


def _arithmetic(curve: Curve) -> Row:
    point, hashed, r, s = _signed(curve)
    key = GostKey(curve, point)
    octets = r.to_bytes(curve.size, "little") + s.to_bytes(curve.size, "little")
    scheme = Scheme("gost", CURVE_DIGESTS[curve.name])

    def ours() -> None:
        assert key.verifies(scheme, hashed, octets)

    mine, theirs, ratio = rates_side_by_side(ours, _peer(curve, point, hashed, r, s), 40, 1, rounds=3)
    bar = 5.0 if curve is TC26_512 else None
    return _milliseconds(f"{NAMES[curve]} verification (gostcrypto)", mine, theirs, bar, ratio)


def _plain() -> Row:
    point, hashed, r, s = _signed(TC26_512)
    mine, theirs, ratio = rates_side_by_side(
        lambda: gost.verify(TC26_512, point, hashed, r, s),
        _peer(TC26_512, point, hashed, r, s),
        3,
        1,
        rounds=3,
    )
    return _milliseconds("the same in plain Python (gostcrypto)", mine, theirs, None, ratio)


def _hashing() -> Row:
    large, small = secrets.token_bytes(10_000_000), secrets.token_bytes(20_000)
    mine = seconds_each(lambda: digest("streebog512", large), 1, rounds=3)
    theirs = seconds_each(
        lambda: gostcrypto.gosthash.new("streebog512", data=bytearray(small)).digest(), 1, rounds=3
    )
    return _milliseconds("Streebog-512 of 10 MB (gostcrypto, from 20 kB)", mine, theirs * 500, 100)


def _town(new_key: Callable[[], PrivateKey]) -> tuple[SigningKey, Trust, SigningKey, bytes]:
    root = make_root("ТҮБІР", new_key(), YEARS)
    authority = make_authority(root, "ОРТАЛЫҚ", new_key(), YEARS)
    holder = Holder(iin="811201401188", surname="АХМЕТОВ", first_name="АСАН", patronymic="СЕРІКҰЛЫ")
    person = issue_to(authority, holder, new_key(), YEARS)
    listed = make_crl(authority, [], WEEK)
    return person, Trust((root.certificate,), (authority.certificate,), (listed,)), root, listed


def _context(root: SigningKey, person: SigningKey, listed: bytes) -> ValidationContext:
    others = [x509.Certificate.load(each.der) for each in person.others]
    return ValidationContext(
        trust_roots=[x509.Certificate.load(root.certificate.der)], other_certs=others, crls=[listed], moment=NOW,
        revocation_mode="hard-fail",
    )  # fmt: skip


def _whole() -> list[Row]:
    """A signature judged whole, in each algorithm: CMS, and GOST in XML."""
    found = []
    makers = {
        "GOST-512": lambda: new_gost_key(TC26_512),
        "ECDSA P-256": new_ecdsa_key,
        "RSA-2048": new_rsa_key,
    }
    for name, new_key in makers.items():
        person, trust, root, listed = _town(new_key)
        data = sign_cms(CONTENT, [person], at=NOW)
        hashed = {each: digest(each, CONTENT) for each in ("sha256", "streebog512")}

        def ours(data: bytes = data, trust: Trust = trust, hashed: dict[str, bytes] = hashed) -> None:
            assert verify_cms(data, at=NOW, trust=trust, content=hashed).valid

        if name == "RSA-2048":
            mine, theirs, ratio = rates_side_by_side(
                ours, _cms_peer(data, _context(root, person, listed)), 40, 20
            )
            found.append(_milliseconds("CMS judged whole, RSA-2048 (pyHanko)", mine, theirs, None, ratio))
        else:
            found.append(_milliseconds(f"CMS judged whole, {name}", seconds_each(ours, 40, 3), 0, None))
        if name == "GOST-512":
            letter = sign_xml(b"<a><b>1</b></a>", person.key, person.certificate)
            whole = seconds_each(lambda: verify_xml(letter, at=NOW, trust=trust), 40, 3)  # noqa: B023
            found.append(_milliseconds("XML judged whole, GOST-512", whole, 0, None))
    return found


def _cms_peer(data: bytes, context: ValidationContext) -> Callable[[], object]:
    loop = asyncio.new_event_loop()

    def validated() -> None:
        signed = cms.ContentInfo.load(data)["content"]
        status = loop.run_until_complete(
            async_validate_detached_cms(io.BytesIO(CONTENT), signed, signer_validation_context=context)
        )
        assert status.bottom_line

    return validated


def _in_pdf() -> Row:
    person, trust, root, listed = _town(new_rsa_key)
    sealed = seal_pdf(render("notice.typ", NOTICE), person, at=NOW, reason="Мөр")
    context = _context(root, person, listed)

    def ours() -> None:
        assert verify_pdf(sealed, at=NOW, trust=trust).valid

    def peer() -> None:
        (found,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
        assert validate_pdf_signature(found, context).bottom_line

    mine, theirs, ratio = rates_side_by_side(ours, peer, 20, 8)
    return _milliseconds("seal in a PDF judged, RSA-2048 (pyHanko)", mine, theirs, None, ratio)


def _sealing() -> list[Row]:
    person, _, _, _ = _town(new_rsa_key)
    printed = render("notice.typ", NOTICE)
    mine, theirs, ratio = rates_side_by_side(
        lambda: seal_pdf(printed, person, at=NOW, reason="Мөр"), _sealing_peer(printed, person), 20, 20
    )
    alone = _milliseconds("PAdES seal, RSA-2048 (pyHanko)", mine, theirs, None, ratio)
    both = seconds_each(
        lambda: seal_pdf(render("notice.typ", NOTICE), person, at=NOW, reason="Мөр"), 20, rounds=3
    )
    return [alone, _milliseconds("PDF/A notice printed and sealed", both, 0, 15)]


def _sealing_peer(printed: bytes, person: SigningKey) -> Callable[[], object]:
    assert person.key.key is not None
    others = [x509.Certificate.load(each.der) for each in person.others]
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(person.certificate.der),
        signing_key=translate_pyca_cryptography_key_to_asn1(person.key.key),
        cert_registry=SimpleCertificateStore.from_certs(others),
    )
    meta = signers.PdfSignatureMetadata(
        field_name="Seal1", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )

    def sealed() -> None:
        writer = IncrementalPdfFileWriter(io.BytesIO(printed))
        signers.sign_pdf(writer, meta, signer=signer, new_field_spec=SigFieldSpec("Seal1"))

    return sealed
