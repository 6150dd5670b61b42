"""Where signatures are judged, by what, and with which key the System seals: the environment, read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

__all__ = ["Evidence", "read_evidence"]

# What protects the demo's key files; everybody knows it.
DEMO_PASSWORD = "Qwerty12"  # noqa: S105
DEMO_KEYS = "demo-keys"


@dataclass(frozen=True, slots=True)
class Evidence:
    """`trust`: a folder of roots, authorities and lists. `ocsp`, `crl`: addresses instead of those the
    certificates name. `tsa`: the time-stamp authority. `seal_key`: a PKCS #12 file. `signatures`: own or
    ncanode (at `ncanode`). `ncalayer`: where browsers find NCALayer. Empty where nothing is set."""

    trust: str
    ocsp: tuple[str, ...]
    crl: tuple[str, ...]
    tsa: str
    seal_key: str
    seal_password: str
    signatures: str
    ncanode: str
    ncalayer: str


def read_evidence(production: bool, data: Path, env: Mapping[str, str] = os.environ) -> Evidence:
    """Read the variables; raise `ImproperlyConfigured` with one sentence for what cannot be."""
    said = Evidence(
        trust=_folder(env, "QYZMET_TRUST"),
        ocsp=_addresses(env, "QYZMET_OCSP"),
        crl=_addresses(env, "QYZMET_CRL"),
        tsa=_address(env, "QYZMET_TSA"),
        seal_key=_file(env, "QYZMET_SEAL_KEY"),
        seal_password=env.get("QYZMET_SEAL_PASSWORD", ""),
        signatures=env.get("QYZMET_SIGNATURES") or "own",
        ncanode=_address(env, "QYZMET_NCANODE"),
        ncalayer=env.get("QYZMET_NCALAYER")
        or ("wss://127.0.0.1:13579" if production else "ws://127.0.0.1:13579"),
    )
    if said.signatures not in {"own", "ncanode"}:
        raise ImproperlyConfigured(f"QYZMET_SIGNATURES is {said.signatures!r}; it can be own or ncanode.")
    if said.signatures == "ncanode" and not said.ncanode:
        raise ImproperlyConfigured("QYZMET_SIGNATURES is ncanode: set QYZMET_NCANODE to its address.")
    if urlsplit(said.ncalayer).scheme not in {"ws", "wss"}:
        raise ImproperlyConfigured(f"QYZMET_NCALAYER is {said.ncalayer!r}; it begins with wss://.")
    if production:
        _refuse_demo(said, data)
    return said


def _refuse_demo(said: Evidence, data: Path) -> None:
    if (data / DEMO_KEYS).exists():
        raise ImproperlyConfigured(
            f"The data folder {data} holds a demo's keys: give production another QYZMET_DATA."
        )
    for name, path in (("QYZMET_TRUST", said.trust), ("QYZMET_SEAL_KEY", said.seal_key)):
        if path and DEMO_KEYS in Path(path).resolve().parts:
            raise ImproperlyConfigured(
                f"{name} is of a demo, whose keys anybody has: give production its own."
            )
    if said.seal_password == DEMO_PASSWORD:
        raise ImproperlyConfigured(
            "QYZMET_SEAL_PASSWORD is the demo's, which everybody knows: give production's key its own."
        )
    if said.seal_key and not said.seal_password:
        raise ImproperlyConfigured("The seal key is behind a password: set QYZMET_SEAL_PASSWORD.")
    if said.ncalayer.startswith("ws://"):
        raise ImproperlyConfigured("QYZMET_NCALAYER is a demo's, without TLS: give its wss:// address.")


def _folder(env: Mapping[str, str], name: str) -> str:
    given = env.get(name, "")
    if given and not Path(given).is_dir():
        raise ImproperlyConfigured(f"{name} is {given!r}, which is no folder; name one with certificates.")
    return given


def _file(env: Mapping[str, str], name: str) -> str:
    given = env.get(name, "")
    if given and not Path(given).is_file():
        raise ImproperlyConfigured(f"{name} is {given!r}, which is no file; name a key file (.p12).")
    return given


def _addresses(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(_web(each, name) for each in env.get(name, "").split())


def _address(env: Mapping[str, str], name: str) -> str:
    given = env.get(name, "").strip()
    return _web(given, name) if given else ""


def _web(given: str, name: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} has {given!r}; write an address that begins with http:// or https://."
        )
    return given
