"""A step of a procedure committed to SQLite: with us permission, journal entries, task, deadline and outbox.

The peer is SpiffWorkflow's step (restore, run, serialise) with a bare commit of its state to a table; both
databases sync at every commit (WAL, synchronous=FULL). Steps measured: the first two of housing assistance,
one with an automatic check behind it.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from datetime import timedelta
from typing import Any

from bench import alone, throwaway
from bench.harness import Row
from bench.procedure_step import _spiff

ROUNDS = 7


def rows(size: str) -> list[Row]:
    return alone.rows_of("committed_step", size)


def measure(size: str) -> list[Row]:
    folder = throwaway.ready()
    each = 400 if size == "full" else 100
    cases = _filed((ROUNDS + 1) * each // 2)
    peer = _peer(f"{folder}/peer.sqlite3")
    _ours(cases[: each // 2])
    pairs = []
    for turn in range(1, ROUNDS + 1):
        mine = _ours(cases[turn * each // 2 : (turn + 1) * each // 2])
        begin = time.perf_counter()
        for _ in range(each):
            peer()
        theirs = (time.perf_counter() - begin) / each
        pairs.append((mine, theirs, theirs / mine))
    mine, theirs, ratio = (statistics.median(column) for column in zip(*pairs, strict=True))
    return [
        Row("committed step, SQLite (SpiffWorkflow, bare commit)", f"{1 / mine:,.0f}/s", f"{1 / theirs:,.0f}/s",
            f"{ratio:.2f} x", ">= 2 x", ratio, 2),
    ]  # fmt: skip


def _filed(count: int) -> list:
    from qyzmet.cases.filing.intake import Application
    from qyzmet.demo.samples import Samples
    from qyzmet.people.actor import actor_for
    from qyzmet.people.models import Account, Organisation
    from qyzmet.regulation.loader import load_tree

    package = load_tree()[("housing-assistance", "2019-04-25-n2-261")].package
    holders = Account.objects.filter(posts__isnull=True, kind="individual", is_active=True)
    applicant = actor_for(holders.first(), throwaway.NOW)
    office = Organisation.objects.get(code="alatau-social-department").pk
    samples, facts = Samples(throwaway.NOW.date()), {"channel": "portal", "recipient": "individual"}
    application = Application(
        service="housing-assistance", channel="portal", form=samples.form(package, facts),
        documents=samples.documents(package, facts), orgs={"provider": office},
    )  # fmt: skip
    return [_file(applicant, application, f"bench-{number}") for number in range(count)]


def _file(applicant: Any, application: Any, key: str) -> Any:
    """Signed as the portal's way in demands; signing is no part of what is measured."""
    from qyzmet.cases import acts
    from qyzmet.demo.rehearsal.keys import Keys

    signed = Keys.shared().sign_filing(applicant, application, key=key, now=throwaway.NOW)
    return acts.submit(applicant, signed, now=throwaway.NOW, key=key)


def _ours(cases: list) -> float:
    """Seconds of one completed step, over the first two steps of each case."""
    from qyzmet.cases import acts
    from qyzmet.people.actor import actor_for
    from qyzmet.people.models import PostHolding

    now = throwaway.NOW + timedelta(minutes=5)
    clerk, head = (
        actor_for(held.account, now, post=post, organisation=held.organisation_id)
        for post in ("responsible-specialist", "head")
        for held in PostHolding.objects.filter(post=post, organisation=cases[0].provider_id)[:1]
    )
    todo = [(case.ref, case.next_token - 1) for case in cases]
    begin = time.perf_counter()
    for ref, no in todo:
        case = acts.complete(clerk, ref, no, now=now)
        acts.complete(head, ref, case.next_token - 1, now=now)
    return (time.perf_counter() - begin) / (2 * len(cases))


def _peer(path: str):
    """Their step, and its state written to a table and committed."""
    step = _spiff()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE state (id INTEGER PRIMARY KEY, body TEXT)")
    connection.execute("INSERT INTO state VALUES (1, '')")

    def committed() -> None:
        body = step()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE state SET body = ? WHERE id = 1", [body])
        connection.execute("COMMIT")

    return committed


if __name__ == "__main__":
    alone.answer(measure)
