"""The account-mail destination: the letter with a link for a forgotten password, and that an address changed.

The link is made here, when the letter goes out, and stands nowhere but in the letter. Without a mail server,
or when the hour of the request has passed, there is nothing to send.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from qyzmet.cases.acts.accounts.change_contact import CHANGED
from qyzmet.cases.delivery.outbox import Delivery, destination
from qyzmet.gateway.mail.letters import event_of
from qyzmet.people.links import link_for
from qyzmet.people.models import Account

__all__ = ["deliver"]


@destination("account-mail")
def deliver(delivery: Delivery) -> None:
    """Send the letter to the address the account has, or had. Raises what the mail server raises."""
    account = Account.objects.filter(pk=int(delivery.stream.removeprefix("account:"))).first()
    if account is None or not account.is_active or not settings.EMAIL_HOST:
        return
    if delivery.kind == CHANGED:
        before = str(event_of(delivery.stream, delivery.seq, delivery.kind).said.get("before", ""))
        _send(delivery, account, before, _texts()["changed"], f"{settings.QYZMET_ADDRESS}/reset/signature")
    elif account.email:
        address = f"{settings.QYZMET_ADDRESS}/reset/{link_for(account, delivery.now)}"
        _send(delivery, account, account.email, _texts(), address)


def _send(delivery: Delivery, account: Account, to: str, said: Mapping[str, Any], address: str) -> None:
    if not to:
        return
    language = account.language if account.language in {"kk", "ru", "en"} else "kk"
    host = settings.QYZMET_ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0] or "qyzmet"
    EmailMessage(
        subject=said["subject"][language],
        body="\n\n".join(each.format(address=address) for each in said["letter"][language]),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
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
