"""Letters as those read them to whom they were told: a party in the cabinet, an official in the office.

for notice in cabinet.letters(actor): ...
notice = cabinet.opened(actor, pk, now=now)  # reading marks it read, once, in the journal
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.gateway.models import Notice
from qyzmet.people.actor import Actor

__all__ = ["letters", "opened", "sent_in", "state_of", "unread"]


def letters(actor: Actor) -> QuerySet[Notice]:
    """Every letter told to the actor in this role, newest first; none to who is not confirmed."""
    if not actor.confirmed:
        return Notice.objects.none()
    if actor.is_official:
        found = Notice.objects.filter(person=actor.person, organisation=actor.organisation)
    else:
        found = Notice.objects.filter(person=actor.party, organisation=None)
    return found.select_related("case").order_by("-id")


def unread(actor: Actor) -> int:
    """How many of them nobody has opened yet."""
    return letters(actor).filter(read_at=None).count()


def sent_in(case: Case) -> QuerySet[Notice]:
    """What was told to the parties of a case, oldest first: when, and to which address."""
    return Notice.objects.filter(case=case, organisation=None).order_by("id")


def state_of(notice: Notice) -> str:
    """`sent`, `waiting` for the mail server, or `cabinet` where no address is known."""
    if not notice.email:
        return "cabinet"
    return "sent" if notice.sent_at else "waiting"


def opened(actor: Actor, pk: int, *, now: datetime) -> Notice:
    """Open a letter. The first time is journaled: from then on it is known that it was read.

    Raises ActRefused `not-found` for a letter of somebody else, the same as for none.
    """
    notice = letters(actor).filter(pk=pk).first()
    if notice is None:
        raise refused("not-found")
    if notice.read_at is not None:
        return notice
    with act("read-letter", actor, now=now) as this:
        if Notice.objects.filter(pk=pk, read_at=None).update(read_at=this.now):
            stream = f"reads:{notice.case_id}" if notice.case_id else f"account:{actor.account}"
            this.record(stream, "notice.read", {"event": notice.code, "seq": notice.seq})
    notice.refresh_from_db()
    return notice
