"""The authority's services: lists, OCSP, time stamps; each may be told to be silent."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Literal, get_args

from qyzmet.demo.authority import Algorithm, DemoAuthority

__all__ = ["SERVICES", "Service", "ServiceSilent", "Services"]

Service = Literal["crl", "ocsp", "tsp"]
SERVICES: tuple[Service, ...] = get_args(Service)


class ServiceSilent(RuntimeError):
    """The service was told not to answer."""


class Services:
    """What the national authority answers at its three addresses, by the demo's keys."""

    def __init__(self, keys: DemoAuthority) -> None:
        self._keys = keys
        self._lock = threading.Lock()
        self._silent: frozenset[Service] = frozenset()

    @property
    def silent(self) -> frozenset[Service]:
        """The services that do not answer now."""
        return self._silent

    def silence(self, *names: str) -> None:
        """From now on these are silent, and all others answer. Raises ValueError for an unknown one."""
        unknown = set(names) - set(SERVICES)
        if unknown:
            raise ValueError(f"there is no service {min(unknown)!r}; there are {', '.join(SERVICES)}")
        with self._lock:
            self._silent = frozenset(each for each in SERVICES if each in names)

    def crl(self, algorithm: Algorithm, now: datetime) -> bytes:
        """The list of a branch, DER. Raises ServiceSilent."""
        self._speak("crl")
        return self._keys.crl(now, algorithm)

    def ocsp(self, request: bytes, now: datetime) -> bytes:
        """An answer, DER. Raises ServiceSilent, SignatureError."""
        self._speak("ocsp")
        return self._keys.answer_ocsp(request, now)

    def stamp(self, request: bytes, now: datetime) -> bytes:
        """A time-stamp response, DER. Raises ServiceSilent, SignatureError."""
        self._speak("tsp")
        return self._keys.answer_stamp(request, now)

    def _speak(self, name: Service) -> None:
        if name in self._silent:
            raise ServiceSilent(f"{name} was told to be silent")
