"""A consultant looks up where an application stands for somebody who called."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from qyzmet.cases.hall.consulting import consultant
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import attempts
from qyzmet.people.actor import Actor

__all__ = ["look_up"]


def look_up(actor: Actor, number: str, iin: str, *, now: datetime) -> Case | None:
    """The case of this number and IIN or BIN, to tell its stage; None where there is none.

    What is somebody else's and what does not exist are answered alike. Every look-up leaves an entry: in the
    contact centre's stream, and of a case that was found in its readings, where its recipient and the auditor
    see it. The caller's number is journaled only with a case that bears it. Raises ActRefused `not-your-act`,
    `contact-too-often`. Cites: O109 an.2 row 10 ¶3; O109 an.4 row 10 ¶3; Law on personal data art. 8.
    """
    where = consultant(actor)
    plain, whose = "".join(number.split()).upper()[:40], "".join(iin.split())[:12]
    if not (attempts.may("contact", str(actor.account), now) and attempts.may("contact-number", whose, now)):
        raise refused("contact-too-often")
    found = Case.objects.filter(Q(number=plain) | Q(ref=plain), applicant=whose).first()
    with act("look-up", actor, now=now) as this:
        own, read = f"contact:{where}", f"reads:{found.pk}" if found else ""
        this.ledger.lock([own, read] if read else [own])
        this.record(
            own, "contact.looked-up", {"found": found is not None, "case": found.ref if found else ""}
        )
        if found is not None:
            this.record(read, "case.looked-up", {"as": [actor.post]})
    return found
