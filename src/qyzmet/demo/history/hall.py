"""The windows of the State Corporation: numbers taken, called, served and let go; visits to homes; the
contact centre, which looks cases up; notes officials leave each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial

from qyzmet import clock
from qyzmet.cases.acts.add_note import add_note
from qyzmet.cases.acts.contact.look_up import look_up
from qyzmet.cases.acts.declare_conflict import declare_conflict
from qyzmet.cases.acts.queue.begin_serving import begin_serving
from qyzmet.cases.acts.queue.call_ticket import call_ticket
from qyzmet.cases.acts.queue.close_window import close_window
from qyzmet.cases.acts.queue.end_serving import end_serving
from qyzmet.cases.acts.queue.issue_ticket import issue_ticket
from qyzmet.cases.acts.queue.mark_no_show import mark_no_show
from qyzmet.cases.acts.queue.open_window import open_window
from qyzmet.cases.acts.visits.appoint_home_visit import appoint_home_visit
from qyzmet.cases.acts.visits.ask_home_visit import ask_home_visit
from qyzmet.cases.acts.visits.cancel_home_visit import cancel_home_visit
from qyzmet.cases.dates import clocks
from qyzmet.cases.models import Case, CaseState
from qyzmet.cases.refusals import ActRefused
from qyzmet.demo.crowd import crowd
from qyzmet.demo.history.answers import address, phrase
from qyzmet.demo.history.aside import Once, official
from qyzmet.demo.history.cast import Company, principal
from qyzmet.demo.history.habits import NEVER, dice
from qyzmet.demo.history.script import Composer
from qyzmet.demo.history.timeline import Event
from qyzmet.demo.rehearsal.pace import working
from qyzmet.people.actor import SYSTEM, Actor
from qyzmet.people.models import Account, Organisation

__all__ = ["hall"]

WINDOWS = ("850206474591", "990802336759")
SPECIALIST, CENTRE, BODY = "780318420299", "941102433611", "state-corporation-alatau"
SERVICE = "housing-assistance"
DAYS = 11
"""Of these last days the numbers of the queue are remembered."""


def hall(composer: Composer, company: Company) -> Iterator[Event]:
    """Everything at the windows and beside them."""
    if SERVICE not in composer.opened:
        return
    small = composer.cases < 100
    for back in range(2 if small else DAYS):
        day = clock.local(composer.now).date() - timedelta(days=back)
        if clock.schedule("state-corporation", clocks.calendar()).is_working(day):
            yield from _day(datetime.combine(day, time(9), clock.ALMATY), composer.now)
    for place in range(2 if small else 6):
        at = composer.now - timedelta(days=1.1 + 1.7 * place)
        yield Once(_office(at, 20 * place), partial(_visit, place))
    for place in range(3 if small else 20):
        at = composer.now - timedelta(days=0.4 + 1.9 * place)
        yield Once(_office(at, 17 * place), partial(_called, place))
    for place in range(3 if small else 14):
        at = composer.now - timedelta(days=0.2 + 1.3 * place)
        yield Once(_office(at, 23 * place), partial(_noted, place))
    yield Once(_office(composer.now - timedelta(days=3), 200), partial(_stands_aside, company))


def _where() -> int:
    return Organisation.objects.get(code=BODY).pk


def _office(at: datetime, minutes: int) -> datetime:
    """Some minutes of working time into a day."""
    opens = datetime.combine(clock.local(at).date(), time(9), clock.ALMATY)
    return working(f"{10 + minutes % 350} minutes", opens, _where())


def _day(opens: datetime, now: datetime) -> Iterator[Event]:
    """A day of two windows: who comes is called in turn; one goes away, one waits too long."""
    chance, today = dice("hall", opens.date()), opens.date() == clock.local(now).date()
    for place, number in enumerate(WINDOWS):
        yield Once(opens + timedelta(minutes=2 + place), partial(_open, number, place + 1))
        if not today:
            yield Once(opens + timedelta(hours=9, minutes=15 + place), partial(_close, number))
    at = opens + timedelta(minutes=8)
    for turn in range(9):
        at += timedelta(minutes=chance.randrange(14, 46))
        yield Once(at, _comes)
        if today and at > now - timedelta(minutes=35):
            continue
        called = at + timedelta(minutes=31 if turn == 5 else chance.randrange(1, 11))
        yield Turn(called, WINDOWS[turn % 2], chance.randrange(5, 19), gone=turn == 7)


def _open(number: str, window: int, at: datetime) -> bool:
    open_window(official(number, at), window, now=at)
    return True


def _close(number: str, at: datetime) -> bool:
    close_window(official(number, at), now=at)
    return True


def _comes(at: datetime) -> bool:
    issue_ticket(SYSTEM, _where(), SERVICE, now=at)
    return True


class Turn:
    """One number: called, served for some minutes and done; or called in vain."""

    def __init__(self, at: datetime, window: str, minutes: int, *, gone: bool) -> None:
        self.at, self.window, self.minutes, self.gone = at, window, minutes, gone
        self.ticket = 0
        self.served = False

    def play(self, at: datetime) -> None:
        """The next of it."""
        who = official(self.window, at)
        if not self.ticket:
            self._call(who, at)
        elif self.gone:
            mark_no_show(who, self.ticket, now=at)
            self.at = NEVER
        elif not self.served:
            begin_serving(who, self.ticket, now=at)
            self.served, self.at = True, at + timedelta(minutes=self.minutes)
        else:
            end_serving(who, self.ticket, now=at)
            self.at = NEVER

    def _call(self, who: Actor, at: datetime) -> None:
        """A window that is still busy calls some minutes later."""
        try:
            self.ticket = call_ticket(who, now=at).pk
        except ActRefused as refusal:
            if refusal.code not in {"ticket-in-hand", "queue-empty", "window-none"}:
                raise
            self.at = at + timedelta(minutes=5) if refusal.code == "ticket-in-hand" else NEVER
        else:
            self.at = at + timedelta(minutes=2)


def _visit(place: int, at: datetime) -> bool:
    """Somebody who cannot come asks for a visit; most are appointed, one is cancelled."""
    who, person = official(WINDOWS[0], at), crowd().people[50 + place]
    made = ask_home_visit(
        who, _where(), SERVICE, principal(person.iin), phone="+7 727 300 11 22", consent=True, now=at,
        address=address(f"visit:{place}", "alatau-social-department"), why=phrase(f"visit:{place}", "visit"),
    )  # fmt: skip
    if place % 3 == 1:
        cancel_home_visit(who, made.pk, reason="Өтініш беруші өзі келді", now=at)
    elif place % 3 == 2 or place == 0:
        inspector = Account.objects.get(number=WINDOWS[1]).pk
        comes = working("2 working days", at, _where()).replace(hour=10 + place, minute=0)
        appoint_home_visit(who, made.pk, at=comes, inspector=inspector, now=at)
    return True


def _called(place: int, at: datetime) -> bool:
    """Somebody calls and asks how their case stands; now and then the number is not theirs."""
    numbered = Case.objects.exclude(number=None).filter(applicant_kind="individual").order_by("-id")
    cases = list(numbered[place : place + 1])
    if not cases:
        return False
    asked = cases[0].applicant if place % 7 else crowd().people[3].iin
    look_up(official(CENTRE, at), str(cases[0].number), asked, now=at)
    return True


def _noted(place: int, at: datetime) -> bool:
    case = _in_hand(place)
    if case is None:
        return False
    add_note(official(SPECIALIST, at), case.ref, phrase(f"note:{place}", "note"), now=at)
    return True


def _stands_aside(company: Company, at: datetime) -> bool:
    """A member of the commission knows an applicant."""
    case = _in_hand(4)
    if case is None:
        return False
    who = _member(at)
    declare_conflict(who, case.ref, reason=phrase("aside", "recusal"), now=at)
    company.aside.setdefault(case.ref, set()).add(who.account)
    return True


def _member(at: datetime) -> Actor:
    return official("910510301675", at)


def _in_hand(place: int) -> Case | None:
    mine = Case.objects.filter(provider__code="alatau-social-department", state=CaseState.OPEN)
    return mine.order_by("-id")[place % 5 : place % 5 + 1].first()
