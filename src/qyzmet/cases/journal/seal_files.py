"""Seals as files outside the database: how one is written, signed, read back and checked.

A file is one line of JSON (`key`: fingerprint, `signature`: base64 of Ed25519 over the rest) and then the
seal's bytes, canonical JSON of `v, no, prev, day, sealed_at, until, leaves`. A leaf is `[stream, count,
head]`. `prev` is the SHA-256 of the bytes of the seal before. The public key lies beside them; the private
one with the data.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from qyzmet.cases.journal.findings import Tampering
from qyzmet.cases.models import Seal

__all__ = ["PUBLIC_KEY", "SealFile", "Sealed", "encode_seal", "fingerprint", "read_file", "read_seals",
           "signing_key", "write_durably", "write_seal"]  # fmt: skip

PUBLIC_KEY = "seal-key.pem"
NOTHING = "0" * 64
Checkpoint = tuple[int, str]


class SealFile(NamedTuple):
    """A seal read back: its place in the chain, its leaves, its hash, and whether the signature holds."""

    no: int
    day: str
    until: datetime
    prev: str
    hash: str
    leaves: list[tuple[str, int, str]]
    signature: bytes
    signed: bool


class Sealed(NamedTuple):
    """What a folder of seals vouches for: for each stream the (count, head) pairs in order of count.

    `until`: whatever was recorded before this moment stands in some seal. `tamperings`: of the seals
    themselves.
    """

    seals: tuple[int, ...]
    checkpoints: dict[str, list[Checkpoint]]
    until: datetime | None
    last: str
    key: str
    tamperings: list[Tampering]


def encode_seal(  # noqa: PLR0917 - the parts of a seal, in its own order
    no: int, prev: str, day: str, sealed_at: datetime, until: datetime, leaves: Iterable[tuple[str, int, str]]
) -> bytes:
    """The bytes of a seal."""
    said = {
        "v": 1, "no": no, "prev": prev, "day": day, "sealed_at": _utc(sealed_at), "until": _utc(until),
        "leaves": [list(leaf) for leaf in leaves],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def write_seal(folder: Path, no: int, day: str, body: bytes, key: Ed25519PrivateKey) -> tuple[Path, bytes]:
    """Sign a seal and write it durably; the file and the signature. The public key is laid beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    public = key.public_key()
    if not (folder / PUBLIC_KEY).exists():
        write_durably(folder / PUBLIC_KEY, _pem(public))
    signature = key.sign(body)
    head = {"key": fingerprint(public), "signature": base64.b64encode(signature).decode()}
    path = folder / f"{no:06d}-{day}.seal"
    write_durably(path, json.dumps(head, sort_keys=True).encode() + b"\n" + body)
    return path, signature


def write_durably(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file that is either whole or not there, and there after a power cut."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def signing_key(data: Path) -> Ed25519PrivateKey:
    """The deployment's key, made at first use in `keys/seal.pem` of the data folder, readable by its owner
    only."""
    path = data / "keys" / "seal.pem"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        write_durably(path, made, 0o600)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} is not an Ed25519 key; put the deployment's own key back")  # noqa: TRY004
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the public key, hex."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()


def read_file(path: Path, key: Ed25519PublicKey | None) -> SealFile:
    """Read one seal. Raises ValueError or KeyError when the file is not one."""
    head, _, body = path.read_bytes().partition(b"\n")
    said: dict[str, Any] = json.loads(body)
    signature = base64.b64decode(json.loads(head)["signature"])
    return SealFile(
        no=int(said["no"]),
        day=str(said["day"]),
        until=datetime.fromisoformat(said["until"]),
        prev=str(said["prev"]),
        hash=hashlib.sha256(body).hexdigest(),
        leaves=[(str(s), int(n), str(h)) for s, n, h in said["leaves"]],
        signature=signature,
        signed=key is not None and _holds(key, signature, body),
    )


def read_seals(folder: Path | None) -> Sealed:
    """Read a folder of seals and check their signatures, their chain and what the database says of them."""
    files = sorted(folder.glob("*.seal")) if folder is not None and folder.is_dir() else []
    key = _public(folder) if folder is not None and files else None
    wrong: list[Tampering] = []
    checkpoints: dict[str, list[Checkpoint]] = {}
    seals: list[SealFile] = []
    for path in files:
        try:
            seal = read_file(path, key)
        except (ValueError, KeyError, TypeError):
            wrong.append(_of(0, "edited", f"the file {path.name} cannot be read as a seal"))
            continue
        for stream, count, head in seal.leaves:
            checkpoints.setdefault(stream, []).append((count, head))
        seals.append(seal._replace(leaves=[]))
    wrong += _chain(seals) + (_against_database(seals) if folder is not None else [])
    last = seals[-1] if seals else None
    return Sealed(
        tuple(s.no for s in seals), checkpoints, last.until if last else None, last.day if last else "",
        fingerprint(key) if key else "", wrong,
    )  # fmt: skip


def _chain(seals: list[SealFile]) -> list[Tampering]:
    wrong: list[Tampering] = []
    prev, expected = NOTHING, 1
    for seal in seals:
        if not seal.signed:
            wrong.append(_of(seal.no, "edited", "its signature does not hold for the key beside it"))
        if seal.no != expected:
            wrong.append(_of(expected, "deleted", f"the folder goes on with seal {seal.no}"))
        elif seal.prev != prev:
            wrong.append(_of(seal.no, "replaced", "it does not follow from the seal before it"))
        prev, expected = seal.hash, seal.no + 1
    return wrong


def _against_database(seals: list[SealFile]) -> list[Tampering]:
    kept = {seal.no: seal for seal in seals}
    stored = {s.no: s for s in Seal.objects.order_by("no").only("no", "hash", "signature")}
    wrong = [
        _of(no, "deleted", "the database knows this seal and the folder lacks it")
        for no in stored
        if no not in kept
    ]
    for no, seal in kept.items():
        if no not in stored:
            wrong.append(_of(no, "deleted", "the folder holds this seal and the database has lost it"))
        elif bytes(stored[no].hash).hex() != seal.hash:
            wrong.append(_of(no, "replaced", "folder and database hold different seals of this number"))
        elif bytes(stored[no].signature or b"") != seal.signature:
            wrong.append(
                _of(no, "replaced", "folder and database hold different signatures, so another key signed")
            )
    return wrong


def _of(no: int, kind: str, text: str) -> Tampering:
    return Tampering(kind, "seal", no, no, text)  # type: ignore[arg-type]


def _public(folder: Path) -> Ed25519PublicKey | None:
    path = folder / PUBLIC_KEY
    if not path.exists():
        return None
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except ValueError:
        return None  # then no signature holds, and each seal says so
    return key if isinstance(key, Ed25519PublicKey) else None


def _pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _holds(key: Ed25519PublicKey, signature: bytes, body: bytes) -> bool:
    try:
        key.verify(signature, body)
    except InvalidSignature:
        return False
    return True
