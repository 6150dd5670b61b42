"""Signing in by eGov (OAuth2, the code flow): whether this deployment offers it, and where it asks.

    QYZMET_EGOV_CLIENT=…   QYZMET_EGOV_SECRET=…       # given by the operator of eGov; without them it is off
    QYZMET_EGOV_AUTHORIZE, QYZMET_EGOV_TOKEN, QYZMET_EGOV_PERSON   # addresses, by default those of eGov

The addresses by default are those seen in use; no discovery document is published.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

__all__ = ["Egov", "read_egov"]

HOST = "https://idp.egov.kz/idp"


@dataclass(frozen=True, slots=True)
class Egov:
    """`client` empty: not offered. `person`: where one asks who has come."""

    client: str = ""
    secret: str = ""
    authorize: str = f"{HOST}/oauth/authorize"
    token: str = f"{HOST}/oauth/token"
    person: str = f"{HOST}/resource/user/basic"

    @property
    def offered(self) -> bool:
        return bool(self.client)


def read_egov(production: bool, env: Mapping[str, str] = os.environ) -> Egov:
    """Read the variables; raise `ImproperlyConfigured` with one sentence for what cannot be."""
    client, secret = env.get("QYZMET_EGOV_CLIENT", ""), env.get("QYZMET_EGOV_SECRET", "")
    if bool(client) != bool(secret):
        raise ImproperlyConfigured("Signing in by eGov needs both QYZMET_EGOV_CLIENT and QYZMET_EGOV_SECRET.")
    found = Egov(
        client,
        secret,
        env.get("QYZMET_EGOV_AUTHORIZE") or Egov().authorize,
        env.get("QYZMET_EGOV_TOKEN") or Egov().token,
        env.get("QYZMET_EGOV_PERSON") or Egov().person,
    )
    for address in (found.authorize, found.token, found.person):
        parts = urlsplit(address)
        if parts.scheme not in ({"https"} if production else {"http", "https"}) or not parts.hostname:
            raise ImproperlyConfigured(f"An address of eGov is no https address: {address!r}.")
    return found
