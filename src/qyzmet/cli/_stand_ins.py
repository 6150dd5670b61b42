"""Where the demo's stand-ins listen, and what the other processes must know of it."""

from __future__ import annotations

import os
import socket
from collections.abc import MutableMapping
from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["HOST", "MAIL_PORT", "PAGE_PORT", "SOCKET_PORT", "Places", "choose", "free", "tell"]

HOST = "127.0.0.1"
SOCKET_PORT = 13579
PAGE_PORT = 13580
MAIL_PORT = 13525
NAMES_OF_HERE = {"127.0.0.1", "localhost"}


@dataclass(frozen=True, slots=True)
class Places:
    """Ports on this machine; `socket` is None where the deployment names a real NCALayer, `mail`
    where it names a mail server."""

    page: int
    socket: int | None
    mail: int | None = None

    @property
    def address(self) -> str:
        """The page."""
        return f"http://{HOST}:{self.page}/"


def choose(env: MutableMapping[str, str] = os.environ) -> Places:
    """The usual ports, or free ones where those are taken; NCALayer's own as the deployment says."""
    said, mail = env.get("QYZMET_NCALAYER", ""), None if env.get("QYZMET_SMTP") else free(MAIL_PORT)
    parts = urlsplit(said)
    if said and (parts.scheme != "ws" or parts.hostname not in NAMES_OF_HERE):
        return Places(free(PAGE_PORT), None, mail)
    return Places(free(PAGE_PORT), parts.port or free(SOCKET_PORT), mail)


def tell(places: Places, env: MutableMapping[str, str] = os.environ) -> None:
    """Let every process started from here find them; what the deployment has set stays."""
    found = {
        "QYZMET_STAND_IN": places.address,
        "QYZMET_OCSP": f"{places.address}ocsp",
        "QYZMET_CRL": f"{places.address}crl/gost.crl {places.address}crl/rsa.crl",
        "QYZMET_TSA": f"{places.address}tsp",
        "QYZMET_STATE_DATA": f"{places.address}shep",
    }
    if env.get("QYZMET_EGOV_CLIENT"):  # off unless a client is named, in the demo too
        found["QYZMET_EGOV_AUTHORIZE"] = f"{places.address}egov"
        found["QYZMET_EGOV_TOKEN"] = f"{places.address}egov/token"
        found["QYZMET_EGOV_PERSON"] = f"{places.address}egov/person"
    if places.socket is not None:
        found["QYZMET_NCALAYER"] = f"ws://{HOST}:{places.socket}"
    if places.mail is not None:
        found["QYZMET_SMTP"] = f"smtp+plain://{HOST}:{places.mail}"
    for name, value in found.items():
        if not env.get(name):
            env[name] = value


def free(port: int) -> int:
    """This port if nobody has it, else any free one (0: any)."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            probe.bind((HOST, 0))
        found: int = probe.getsockname()[1]
        return found
