"""Destinations of the outbox: a case that was filed is looked into, and each database is asked by itself.

What fails is tried again after the outbox's pauses, a few times; then the question is settled as failed and
the official sees it. Nothing is parked: a question nobody can answer is not the administrator's to take up.
"""

from __future__ import annotations

from qyzmet.cases.delivery.outbox import Delivery, destination
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import ActRefused
from qyzmet.gateway.models import StateQuestion
from qyzmet.gateway.statedata import answering
from qyzmet.gateway.statedata.asking import WAITING, ask, destination_of
from qyzmet.gateway.statedata.port import Question, StateDataFailed, connected, port
from qyzmet.people.actor import SYSTEM
from qyzmet.regulation.state_databases import asked_outside

__all__ = ["TRIES", "fetch", "look_into"]

TRIES = 4
"""After so many failed attempts, over about a quarter of an hour, the official is told."""
PEACEFUL = frozenset({"state-data-consent", "state-data-off", "ended"})


@destination("state-data")
def look_into(delivery: Delivery) -> None:
    """A case was filed: ask what its law lets be fetched, where there is a connection and a consent."""
    case = Case.objects.get(pk=int(delivery.stream.removeprefix("case:")))
    if not connected():
        return
    try:
        ask(SYSTEM, case.ref, now=delivery.now)
    except ActRefused as problem:
        if problem.code not in PEACEFUL:
            raise


def fetch(delivery: Delivery) -> None:
    """Ask a question, or fetch the answer to one that was taken. Raises StateDataFailed to be tried again."""
    pk = int(delivery.ref.partition("/")[0])
    row = StateQuestion.objects.get(pk=pk)
    if row.state not in WAITING:
        return
    if not row.about or not connected() or not answering.consented(row):
        answering.stop(pk, now=delivery.now)
        return
    try:
        answering.put(pk, port().ask(_question(row, delivery)), now=delivery.now)
    except StateDataFailed as problem:
        if delivery.attempt < TRIES:
            raise
        answering.fail(pk, problem.code, now=delivery.now)


def _question(row: StateQuestion, delivery: Delivery) -> Question:
    number = row.case.number or row.case.ref
    return Question(
        row.database, row.about, f"{row.case.service} {number}: {row.item}", row.consent, row.message,
        delivery.now, again=row.state == "late",
    )  # fmt: skip


def register() -> None:
    """One destination for each database."""
    for database in asked_outside():
        destination(destination_of(database))(fetch)
