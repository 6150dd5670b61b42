"""State databases through the e-government gateway: where it is and as whom we ask, read once.

    QYZMET_STATE_DATA=https://gateway.example.kz/bip-sync-wss-gost/   # without it nothing is asked
    QYZMET_STATE_DATA_SENDER=qyzmet   QYZMET_STATE_DATA_PASSWORD=…    # as the gateway knows the System

Questions are signed with the key of `QYZMET_SEAL_KEY`, an information system's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

__all__ = ["StateData", "read_state_data"]


@dataclass(frozen=True, slots=True)
class StateData:
    """`address` empty: this deployment is not connected."""

    address: str = ""
    sender: str = ""
    password: str = ""


def read_state_data(production: bool, env: Mapping[str, str] = os.environ) -> StateData:
    """Read the variables; raise `ImproperlyConfigured` with one sentence for what cannot be."""
    address = env.get("QYZMET_STATE_DATA", "").strip()
    if not address:
        return StateData()
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured("QYZMET_STATE_DATA is the gateway's address and begins with https://.")
    if production and parts.scheme != "https":
        raise ImproperlyConfigured(
            "Production asks for personal data over TLS: QYZMET_STATE_DATA is https://."
        )
    sender = env.get("QYZMET_STATE_DATA_SENDER", "")
    if production and not sender:
        raise ImproperlyConfigured("QYZMET_STATE_DATA needs QYZMET_STATE_DATA_SENDER, the name given to us.")
    return StateData(address, sender or "qyzmet-demo", env.get("QYZMET_STATE_DATA_PASSWORD", ""))
