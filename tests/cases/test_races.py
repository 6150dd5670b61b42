"""Two at once, and a process killed in the middle: done once, or not at all, never half."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from qyzmet.cases import acts
from qyzmet.cases.acts import queue
from qyzmet.cases.models import Case, Entry, NumberSeries, Outbox, SignatureRecord, Stream, Ticket, Token
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.models import Organisation
from tests.cases.conftest import found
from tests.cases.town import KEYS, citizen, licence, moment

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("unguarded"), pytest.mark.django_db(transaction=True)]

NOW = moment("2024-09-02 10:00")


def at_once(jobs: list[Callable[[], Any]]) -> list[str]:
    """Run jobs in threads that start together; what came of each: `done` or the code of its refusal."""
    gate, said = threading.Barrier(len(jobs)), [""] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        gate.wait()
        try:
            job()
            said[place] = "done"
        except ActRefused as refusal:
            said[place] = refusal.code
        except Exception as problem:  # the test shows it
            said[place] = repr(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_two_officials_complete_one_task_at_once_and_one_of_them_did() -> None:
    town = found()
    case = acts.submit(citizen(), licence(), now=NOW)
    first, second = town.actor("registrar"), town.official("registrar", case.provider)
    said = at_once([lambda who=who: acts.complete(who, case.ref, 1, now=NOW) for who in (first, second) * 4])
    assert Counter(said) == {"done": 1, "changed": 7}
    assert Entry.objects.filter(act="task.completed").count() == 1


def test_one_filing_sent_many_times_at_once_is_one_case() -> None:
    found()
    who = citizen()
    said = at_once([lambda: acts.submit(who, licence(), now=NOW, key="same") for _ in range(6)])
    assert said == ["done"] * 6
    assert Case.objects.count() == 1


def test_numbers_given_at_once_have_no_gap_and_no_double() -> None:
    found()
    who = citizen()
    said = at_once([lambda n=n: acts.submit(who, licence(), now=NOW, key=f"k{n}") for n in range(8)])
    assert said == ["done"] * 8
    numbers = sorted(number[-6:] for number in Case.objects.values_list("number", flat=True) if number)
    assert numbers == [f"{n:06d}" for n in range(1, 9)]
    assert NumberSeries.objects.get(series="case").next == 9


def test_killed_before_the_commit_nothing_is_left_and_after_it_everything() -> None:
    town = found()
    case = acts.submit(citizen(), licence(), now=NOW)
    before = [m.objects.count() for m in (Entry, Token, Outbox)]
    connections.close_all()
    assert killed(lambda: die_before_commit(town.actor("registrar"), case.ref)) == signal.SIGKILL
    assert [m.objects.count() for m in (Entry, Token, Outbox)] == before
    assert killed(lambda: die_after_commit(town.actor("registrar"), case.ref)) == signal.SIGKILL
    # The side effect was not carried out, and its row waits for the delivery worker.
    done = Entry.objects.get(stream=case.stream, act="task.completed")
    assert Outbox.objects.filter(stream=case.stream, seq=done.seq, state="waiting").exists()
    assert Stream.objects.get(name=case.stream).seq == Entry.objects.filter(stream=case.stream).count()


def killed(job: Callable[[], None]) -> int:
    """Run a job in a child process that kills itself; the signal it died of."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        job()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


def die_before_commit(actor: Any, ref: str) -> None:
    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    connection.ensure_connection()
    connection._commit = die
    acts.complete(actor, ref, 1, now=NOW)


def die_after_commit(actor: Any, ref: str) -> None:
    acts.complete(actor, ref, 1, now=NOW)
    os.kill(os.getpid(), signal.SIGKILL)


def test_one_signature_sent_many_times_at_once_files_one_case() -> None:
    found()
    who = citizen()
    signed = KEYS.sign_filing(who, licence(channel="falcon"), key="same", now=NOW)
    jobs = [lambda: acts.submit(who, signed, now=NOW, key="same") for _ in range(5)]
    jobs += [lambda: acts.submit(who, signed, now=NOW, key="other")]
    assert Counter(at_once(jobs)) == {"done": 5, "signature-not-this": 1}
    assert (Case.objects.count(), SignatureRecord.objects.count()) == (1, 1)


def test_one_number_called_at_many_windows_comes_to_one() -> None:
    town = found()
    first = town.actor("registrar")
    where = first.organisation or 0
    others = [town.official("registrar", Organisation.objects.get(pk=where)) for _ in range(3)]
    ticket = queue.issue_ticket(first, where, "sampler", now=NOW)
    for number, who in enumerate((first, *others), start=1):
        queue.open_window(who, number, now=NOW)
    said = at_once([lambda who=who: queue.call_ticket(who, ticket.pk, now=NOW) for who in (first, *others)])
    assert Counter(said) == {"done": 1, "ticket-gone": 3}
    assert Entry.objects.filter(act="ticket.called").count() == 1


def test_the_next_of_a_queue_called_at_once_is_another_for_each_window() -> None:
    town = found()
    first = town.actor("registrar")
    where = first.organisation or 0
    officials = [first, *(town.official("registrar", Organisation.objects.get(pk=where)) for _ in range(2))]
    at_once([lambda: queue.issue_ticket(first, where, "sampler", now=NOW) for _ in range(4)])
    for number, who in enumerate(officials, start=1):
        queue.open_window(who, number, now=NOW)
    said = at_once([lambda who=who: queue.call_ticket(who, now=NOW) for who in officials])
    assert said == ["done"] * 3
    assert sorted(Ticket.objects.filter(state="called").values_list("no", flat=True)) == [1, 2, 3]
