"""The account-mail destination: the letter with a link for a forgotten password.

The link is made here, when the letter goes out, and stands nowhere but in the letter. Without a mail server,
or when the hour of the request has passed, there is nothing to send.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from qyzmet.cases.delivery.outbox import Delivery, destination
from qyzmet.people.links import link_for
from qyzmet.people.models import Account

__all__ = ["deliver"]


@destination("account-mail")
def deliver(delivery: Delivery) -> None:
    """Send the letter to the address the account has. Raises what the mail server raises."""
    account = Account.objects.filter(pk=int(delivery.stream.removeprefix("account:"))).first()
    if account is None or not account.is_active or not account.email or not settings.EMAIL_HOST:
        return
    said, language = _texts(), account.language if account.language in {"kk", "ru", "en"} else "kk"
    address = f"{settings.QYZMET_ADDRESS}/reset/{link_for(account, delivery.now)}"
    host = settings.QYZMET_ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0] or "qyzmet"
    EmailMessage(
        subject=said["subject"][language],
        body="\n\n".join(each.format(address=address) for each in said["letter"][language]),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[account.email],
        headers={
            "Message-ID": f"<link-{delivery.id}@{host}>",
            "Content-Language": language,
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT),
    ).send()


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("links.yaml").read_text("utf-8"))
    return loaded
