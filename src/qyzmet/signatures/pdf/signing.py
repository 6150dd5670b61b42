"""Sealing a PDF (PAdES): an incremental update that leaves every byte before it as it was."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

from qyzmet.clock import ALMATY
from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.certificates.certificate import Certificate
from qyzmet.signatures.cms.reading import read_cms
from qyzmet.signatures.cms.signing import SigningKey, sign_cms, with_time_stamps
from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.pdf.file import PdfFile
from qyzmet.signatures.pdf.seals import fields_of

# Bytes left for attributes and the signature's value; a token brings its authority's certificates along.
_ROOM, _ROOM_OF_STAMP = 4096, 12 * 1024


def seal_pdf(
    data: bytes,
    key: SigningKey,
    *,
    at: datetime,
    reason: str,
    location: str = "",
    stamp: Callable[[bytes], bytes | None] | None = None,
    chain: Sequence[Certificate] = (),
) -> bytes:
    """The PDF with one more seal (PAdES B-B; B-T with `stamp`), unseen on its pages, still the PDF/A it was.

    `at` is the moment the seal claims, aware. `stamp` is given the SHA-256 of the signature's value and
    answers with a time-stamp token, DER, or None where its authority is silent. `chain` are authorities sent
    along beside those of the key. Raises SignatureError of the check `format` for what is no PDF.
    """
    others = tuple({each.sha256: each for each in (*key.others, *chain)}.values())
    sealing = replace(key, others=others)
    room = _ROOM + sum(len(each.der) for each in (key.certificate, *others))
    said = {
        "timestamp": at.astimezone(ALMATY),
        "name": key.certificate.subject.name,
        "reason": reason,
        "location": location or None,
        "bytes_reserved": 2 * (room + (_ROOM_OF_STAMP if stamp else 0)),
    }
    flow, start, resumed, output = _with_room(data, said)
    whole = output.getvalue()
    message = sign_cms(whole[:start] + whole[resumed:], [sealing], at=None)
    if stamp is not None:
        token = stamp(hashes.digest("sha256", read_cms(message).signers[0].signature))
        message = with_time_stamps(message, {0: token}) if token else message
    if 2 * len(message) > resumed - start - 2:
        raise SignatureError("pdf-seal-large", count=len(message))
    flow.send(message)
    return output.getvalue()


def _with_room(data: bytes, said: dict[str, Any]) -> tuple[Generator[Any, Any, None], int, int, BytesIO]:
    """The file with room for the seal from one byte to another, and pyHanko waiting to be given it."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    from qyzmet.signatures.pdf.writing import QuietWriter

    name = _free_name(PdfFile(data))
    try:
        flow = PdfCMSEmbedder(SigFieldSpec(name)).write_cms(name, QuietWriter(BytesIO(data)))
        next(flow)
        flow.send(SigObjSetup(SignatureObject(subfilter=SigSeedSubFilter.PADES, **said)))
        prepared, output = flow.send(SigIOSetup("sha256"))
    except PdfError as problem:
        raise SignatureError("pdf-broken", place=0) from problem
    return flow, prepared.reserved_region_start, prepared.reserved_region_end, output


def _free_name(file: PdfFile) -> str:
    taken = {said.get("T") for _, said in fields_of(file)}
    return next(name for number in range(1, 1000) if (name := f"Seal{number}").encode() not in taken)
