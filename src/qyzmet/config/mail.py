"""The mail server of a deployment: `QYZMET_SMTP`, read once.

    QYZMET_SMTP=smtp://name:word@mail.example.kz:587   # STARTTLS
    QYZMET_SMTP=smtps://name:word@mail.example.kz:465  # TLS from the first byte
    QYZMET_SMTP=smtp+plain://127.0.0.1:2525            # no encryption: refused in production
    QYZMET_MAIL_FROM=noreply@example.kz

Without it nothing is sent by e-mail; the cabinet has every letter all the same.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

__all__ = ["mail_settings"]

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
PATIENCE = 10


def mail_settings(env: Mapping[str, str] = os.environ, *, production: bool) -> dict[str, Any]:
    """Django's names for what the variables say. Raises ImproperlyConfigured with one sentence."""
    found: dict[str, Any] = {
        "EMAIL_HOST": "", "EMAIL_TIMEOUT": PATIENCE,
        "DEFAULT_FROM_EMAIL": env.get("QYZMET_MAIL_FROM") or "qyzmet@localhost",
    }  # fmt: skip
    address = env.get("QYZMET_SMTP", "").strip()
    if not address:
        return found
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError as problem:
        raise ImproperlyConfigured("The port in QYZMET_SMTP is no number from 1 to 65535.") from problem
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured("QYZMET_SMTP is written smtp://name:word@host:587, or smtps:// for TLS.")
    if production and parts.scheme == "smtp+plain":
        raise ImproperlyConfigured(
            "Production sends no letter unencrypted: use smtp:// or smtps:// in QYZMET_SMTP."
        )
    return found | {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
