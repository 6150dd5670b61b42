"""SMTP with an end: a mail server that drips, or never stops answering, is hung up on.

The worker hands over everything else too: a letter that takes for ever would hold up documents and seals.
"""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from qyzmet.evidence.bell import hanging_up_after, wind

__all__ = ["WITHIN", "BoundedBackend"]

WITHIN = 60.0
"""Seconds for a connection with its letter, from the moment it stands."""


class _Line(smtplib.SMTP):
    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        line: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        wind(line)
        return line


class _Covered(smtplib.SMTP_SSL, _Line):
    """The bell is wound before TLS is spoken."""


class BoundedBackend(EmailBackend):
    """Django's, bounded in time as a whole. Raises TimeoutError when it was too long."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What is connected with."""
        return _Covered if self.use_ssl else _Line

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were sent."""
        with hanging_up_after(WITHIN):
            sent: Any = super().send_messages(email_messages)
            return int(sent or 0)
