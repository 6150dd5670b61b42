"""The mail destination: an event is written into the cabinet of everyone it is told to, then sent by e-mail.

The letter in the cabinet is there first and always; a mail server that does not answer delays only the
e-mail. A letter keeps one Message-ID however often it is sent, so that the one that was taken twice is shown
once.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from qyzmet.cases.delivery.outbox import Delivery, destination
from qyzmet.cases.laws import law_of
from qyzmet.cases.lock import writing
from qyzmet.cases.models import Case
from qyzmet.gateway.mail import digest, letters
from qyzmet.gateway.mail.whom import Told, told
from qyzmet.gateway.models import Notice

__all__ = ["deliver"]


class LetterMissing(LookupError):
    """An event was sent for which `letters.yaml` has no letter."""


@destination("mail")
def deliver(delivery: Delivery) -> None:
    """Tell of one event; the same delivery twice tells once. Raises what the mail server raises."""
    if not letters.known(delivery.kind):
        raise LetterMissing(
            f"there is no letter for {delivery.kind!r}; write it in gateway/mail/letters.yaml"
        )
    for notice in _written(delivery):
        if notice.email and notice.sent_at is None and settings.EMAIL_HOST:
            _send(notice, delivery.now)


def _written(delivery: Delivery) -> list[Notice]:
    """The letters of this event, made where they are not there yet."""
    event = letters.event_of(delivery.stream, delivery.seq, delivery.kind)
    room, _, number = delivery.stream.partition(":")
    with writing(), transaction.atomic():
        if room == "organisation":
            return _of_body(int(number), delivery, event)
        return _of_case(Case.objects.get(pk=int(number)), delivery, event)


def _of_case(case: Case, delivery: Delivery, event: letters.Event) -> list[Notice]:
    law = law_of(case.edition_id)
    before = Notice.objects.filter(case=case, seq=delivery.seq, code=delivery.kind)
    kept = {(each.person, each.organisation_id): each for each in before}
    found = []
    for who in told(case, law, delivery.ref, delivery.now):
        said = letters.letter(case, law, event, who.language, _address(case, who))
        found.append(kept.get((who.person, who.organisation)) or _kept(case, delivery, event, who, said))
    return found


def _of_body(body: int, delivery: Delivery, event: letters.Event) -> list[Notice]:
    """The letters of the day; once they stand they stay as they are, whatever has been done since."""
    before = Notice.objects.filter(case=None, organisation=body, seq=delivery.seq, code=delivery.kind)
    if kept := list(before.order_by("id")):
        return kept
    since = datetime.fromisoformat(event.said["since"]) if event.said.get("since") else None
    return [
        _kept(None, delivery, event, who, said) for who, said in digest.told_in(body, since, delivery.now)
    ]


def _kept(
    case: Case | None, delivery: Delivery, event: letters.Event, who: Told, said: letters.Letter
) -> Notice:
    return Notice.objects.create(
        case=case, seq=delivery.seq, code=delivery.kind, person=who.person,
        organisation_id=who.organisation, language=who.language, subject=said.subject[:300],
        letter=list(said.paragraphs), occurred_at=event.occurred_at, made_at=delivery.now, email=who.email,
    )  # fmt: skip


def _address(case: Case, who: Told) -> str:
    room = "cabinet" if who.organisation is None else "office/cases"
    return f"{settings.QYZMET_ADDRESS}/{room}/{case.ref}"


def _send(notice: Notice, now: datetime) -> None:
    host = settings.QYZMET_ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0] or "qyzmet"
    message = EmailMessage(
        subject=" ".join(notice.subject.split()),
        body="\n\n".join(notice.letter),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[notice.email],
        headers={
            "Message-ID": f"<notice-{notice.pk}@{host}>",
            "Content-Language": notice.language,
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT),
    )
    message.send()
    notice.sent_at = now
    with writing(), transaction.atomic():
        Notice.objects.filter(pk=notice.pk, sent_at=None).update(sent_at=now)
