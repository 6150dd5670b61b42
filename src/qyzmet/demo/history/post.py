"""The mail server of the history: takes every letter, but those for one mailbox that is full."""

from __future__ import annotations

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

__all__ = ["FULL", "Postman"]

FULL = "full@example.kz"


class Postman(BaseEmailBackend):
    """Letters go nowhere: their text stands in the cabinet."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken. Raises SMTPRecipientsRefused for the full mailbox."""
        for message in email_messages:
            if FULL in message.to:
                raise SMTPRecipientsRefused({FULL: (552, b"5.2.2 Mailbox full")})
        return len(email_messages)
