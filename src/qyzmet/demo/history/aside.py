"""What happens beside the steps of cases: orders, announcements, readings, slips put right, papers refused at
the window. Each is tried at its moment, and again some hours later while there is nothing yet to do it to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial

from qyzmet import clock
from qyzmet.cases import acts
from qyzmet.cases.acts.administering import announce_maintenance
from qyzmet.cases.filing.consents import consents
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, CaseState, Filing
from qyzmet.cases.signed.prepared import correction_bytes
from qyzmet.demo.crowd import crowd
from qyzmet.demo.history.answers import phrase
from qyzmet.demo.history.cast import Company, Standing, principal
from qyzmet.demo.history.habits import NEVER, dice
from qyzmet.demo.history.lawbook import scripts
from qyzmet.demo.history.papers import papers_for
from qyzmet.demo.history.script import Composer
from qyzmet.demo.rehearsal.keys import Keys
from qyzmet.demo.rehearsal.ways import outcomes
from qyzmet.documents.models import Document, DocumentState
from qyzmet.documents.planning import plan_again
from qyzmet.people.actor import Actor, actor_for
from qyzmet.people.models import Account, PostHolding

__all__ = ["Once", "asides"]

AGAIN = timedelta(hours=5)
ADMINISTRATOR, AWAY, STANDS_IN = "850415320007", "660604390749", "691108302973"
"""The head of Medeu's department is on leave; a member of its commission stands in."""
MAINTENANCE = {
    "kk": "Жүйеде жоспарлы жұмыстар жүргізіледі. Портал өтініштерді қабылдайды, мерзімдер тоқтамайды",
    "ru": "Плановые работы в системе. Заявления через портал принимаются, сроки не останавливаются",
    "en": "Planned work on the system. Applications are taken on the portal, and every term runs on",
}


class Once:
    """An event tried until it is done."""

    def __init__(self, at: datetime, do: Callable[[datetime], bool]) -> None:
        self.at, self.do = at, do

    def play(self, at: datetime) -> None:
        """Try it."""
        self.at = NEVER if self.do(at) else at + AGAIN


def asides(composer: Composer, company: Company) -> Iterator[Once]:
    """All of them."""
    now, day = composer.now, timedelta(days=1)
    yield Once(_hour(now - 7 * day, 9, 40), lambda at: _substitute(at, company))
    yield Once(_hour(now - day, 16, 5), _announce)
    for place in range(6 if composer.cases >= 100 else 2):
        yield Once(_hour(now - (40 - 6 * place) * day, 11, 10 + place), partial(_correct, place))
    for place in range(2):
        yield Once(_hour(now - (24 - 9 * place) * day, 15, 20), partial(_annul, place))
    for place in range(18 if composer.cases >= 100 else 4):
        yield Once(_hour(now - (2 + 3 * place) * day, 10 + place % 7, 33), partial(_read, place))
    for place in range(3):
        yield Once(_hour(now - (3 + 7 * place) * day, 19, 15), partial(_take_back, place))
    yield from _turned_away(composer, company)


def _hour(day: datetime, hour: int, minute: int) -> datetime:
    return datetime.combine(clock.local(day).date(), time(hour, minute), clock.ALMATY)


def official(number: str, at: datetime, post: str | None = None) -> Actor:
    """Somebody in the post they hold."""
    account = Account.objects.get(number=number)
    held = PostHolding.objects.filter(account=account, **({"post": post} if post else {})).order_by("id")[0]
    return actor_for(account, at, post=held.post, organisation=held.organisation_id)


def _substitute(at: datetime, company: Company) -> bool:
    """A leave of two weeks, by order."""
    held = PostHolding.objects.get(account__number=AWAY, post="head")
    instead = Account.objects.get(number=STANDS_IN)
    since, until = _hour(at + timedelta(days=1), 9, 0), _hour(at + timedelta(days=15), 18, 30)
    acts.substitute(
        official(ADMINISTRATOR, at), held.pk, instead.pk, order="47-ж/қ", since=since, until=until, now=at,
        reason="Бөлім басшысының жыл сайынғы еңбек демалысы",
    )  # fmt: skip
    company.standing.append(Standing(instead.pk, held.account_id, "head", since, until))
    return True


def _announce(at: datetime) -> bool:
    begins = _hour(at + timedelta(days=3), 21, 0)
    announce_maintenance(
        official(ADMINISTRATOR, at), MAINTENANCE, since=begins, until=begins + timedelta(hours=3), now=at,
        reason="Дерекқорды жаңарту, жоспарлы жұмыстар кестесі бойынша",
    )  # fmt: skip
    return True


def _correct(place: int, at: datetime) -> bool:
    """A sum was mistyped, the document is issued again, signed."""
    found = Document.objects.filter(
        state=DocumentState.IN_FORCE,
        case__service="housing-assistance",
        case__exit="assigned",
        issued="notice",
    ).exclude(pk__in=Document.objects.exclude(replaced_by=None).values("replaced_by"))
    former = found.order_by("id").first()
    if former is None or former.case is None:
        return False
    law = law_of(former.case.edition_id)
    who = _signer(former.case, law.package.issued[former.issued].signed_by or "head", at)
    corrections = {"amount": f"{dice('slip', place).randrange(90, 300) * 100}"}
    reason = phrase(f"slip:{place}", "correction")
    printed = plan_again(former, corrections, now=at)
    data = correction_bytes(
        former.case, edition=law.name, document=former.issued, corrections=corrections, reason=reason,
        printed={"number": printed.number, "code": printed.code, "sha256": printed.sha256}, actor=who,
        prepared_at=at,
    )  # fmt: skip
    signed = Keys.shared().signed(who.person, data, at)
    acts.correct_document(
        who, former.case.ref, former.issued, corrections=corrections, reason=reason, now=at, signed=signed
    )
    return True


def _annul(place: int, at: datetime) -> bool:
    """A result given on wrong data is annulled by who signs it."""
    found = Document.objects.filter(state=DocumentState.IN_FORCE, case__state=CaseState.ENDED)
    for former in found.select_related("case").order_by("id")[place * 7 :]:
        case = former.case
        rule = law_of(case.edition_id).package.issued.get(former.issued) if case else None
        post = rule.signed_by if rule else None
        if case and post and former.issued == "notice" and _holds(post, case):
            reason = phrase(f"annul:{place}", "annulment")
            acts.annul(_signer(case, post, at), case.ref, former.issued, reason=reason, now=at)
            return True
    return False


def _holds(post: str, case: Case) -> bool:
    return PostHolding.objects.filter(post=post, organisation=case.provider_id).exists()


def _signer(case: Case, post: str, at: datetime) -> Actor:
    held = PostHolding.objects.filter(post=post, organisation=case.provider_id).order_by("id")[0]
    return actor_for(held.account, at, post=post, organisation=case.provider_id)


READERS = ("640619310500", "720512400008", "761012478682", "890508430453", "751010387048")


def _read(place: int, at: datetime) -> bool:
    """Somebody who has nothing to do with a case now reads it; its people see that."""
    who = official(READERS[place % len(READERS)], at)
    for case in Case.objects.filter(provider__code="alatau-social-department").order_by("-id")[
        place : place + 4
    ]:
        acts.read_case(who, case.ref, now=at)
    return True


def _take_back(place: int, at: datetime) -> bool:
    """A consent is withdrawn, where the law lets it be."""
    for case in Case.objects.exclude(state=CaseState.ENDED).order_by("id")[place * 5 :]:
        form = Filing.objects.get(pk=case.pk).form
        free = [
            c for c in consents(case, law_of(case.edition_id), form) if c.may_withdraw and not c.withdrawn_at
        ]
        account = Account.objects.filter(number=case.applicant).first()
        if free and account is not None and account.kind == "individual":
            acts.withdraw_consent(actor_for(account, at), case.ref, free[0].field, reason="", now=at)
            return True
    return False


def _turned_away(composer: Composer, company: Company) -> Iterator[Once]:
    """Incomplete sets, refused at the window with a receipt."""
    services = [s for s in composer.opened if "not-accepted" in outcomes(scripts()[s].package).values()]
    for place in range(7 if composer.cases >= 100 else 2):
        if services:
            service = services[place % len(services)]
            at = _hour(composer.now - timedelta(days=2 + 6 * place), 10 + place % 6, 47)
            yield Once(at, partial(_refuse, service, place))


def _refuse(service: str, place: int, at: datetime) -> bool:
    package = scripts()[service].package
    by = next(c.by for c in package.channels.values() if c.by is not None)
    kind = package.organisations[package.posts[by].org].kind
    held = PostHolding.objects.filter(post=by, organisation__kind=kind).order_by("-id")[0]
    who = actor_for(held.account, at, post=by, organisation=held.organisation_id)
    exit_ = next(e for e in package.exits.values() if e.kind == "not-accepted")
    grounds = list(exit_.grounds or package.grounds)
    ground = grounds[place % len(grounds)]
    missing = [key for key, document in package.documents.items() if document.required][: 1 + place % 2]
    whom = (
        crowd().people[place * 9].iin if "individual" in package.recipients else crowd().companies[place].bin
    )
    acts.refuse_to_accept(
        who, service, principal(whom), now=at,
        grounds=[{"ground": ground, "reason": package.grounds[ground].name.kk}],
        documents=[paper for key in missing for paper in papers_for(package, key, at)],
    )  # fmt: skip
    return True
