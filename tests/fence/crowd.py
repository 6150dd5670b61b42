"""Two towns under one roof, everybody who can come in, and of every thing with an address at least two owners.

Which cases one sees is worked out here from who applied, who provides, who stands above and who holds a step,
never from the table of access or the queries the product asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.test import Client

from qyzmet.cases import acts, blobs
from qyzmet.cases.acts.run_batch import Together, make_batch
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, HomeVisit, Outbox, Ticket, Token
from qyzmet.documents.issue import issue
from qyzmet.evidence.asking import Item, ask
from qyzmet.gateway.models import Notice
from qyzmet.pages import acting
from qyzmet.people.actor import Actor, Principal
from qyzmet.people.directory import body
from qyzmet.people.models import (
    Account,
    Authority,
    Organisation,
    PostHolding,
    Relative,
    Substitution,
)
from qyzmet.portal.models import CoSignature, Draft
from qyzmet.signatures import Expected
from tests.cases.bustle import END, MONDAY, bustle, turned_away
from tests.cases.test_sampler import at_examinations
from tests.cases.town import (
    APPLICANT,
    LONG_AGO,
    OTHER,
    Town,
    citizen,
    file,
    licence,
    open_step,
    package_at,
    shipped,
    tulpar,
)
from tests.cases.town import SAMPLER as SAMPLER_AT
from tests.fence.files import PDF

__all__ = ["COMPANY", "Crowd", "Seat", "gather"]

COMPANY, KEEPER, STRANGER, NEWCOMER = "121140459293", "900205417747", "760312437504", "810827427457"
BACKEND = "qyzmet.people.backend.AccountBackend"


@dataclass
class Seat:
    """Somebody at the door: `actor` is None for a visitor. `sees` says of a case whether it is theirs to see."""

    name: str
    actor: Actor | None
    sees: Callable[[Case], bool] = field(repr=False)
    session: str = field(default="", repr=False)

    def client(self, language: str = "en") -> Client:
        """A browser in which they have signed in and chosen this role."""
        browser = Client(HTTP_ACCEPT_LANGUAGE=language)
        browser.cookies["django_language"] = language
        if self.actor is not None:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.session or self._came_in()
        return browser

    def stay(self) -> None:
        """Come in for good: browsers of the tests that follow go on with this session."""
        if self.actor is not None:
            self.session = self._came_in()

    def _came_in(self) -> str:
        """A new session in this role: its key."""
        assert self.actor is not None
        browser = Client()
        browser.force_login(Account.objects.get(pk=self.actor.account), backend=BACKEND)
        session = browser.session
        session[acting.KEPT] = acting.key_of(self.actor)
        session.save()
        return str(session.session_key)

    @property
    def official(self) -> bool:
        return self.actor is not None and self.actor.is_official

    def cases(self) -> list[Case]:
        return [case for case in Case.objects.select_related("filing").order_by("id") if self.sees(case)]


@dataclass
class Crowd:
    """The two towns, the bodies above them, and everybody by name."""

    west: Town
    east: Town
    seats: dict[str, Seat]
    now: datetime = END


def gather() -> Crowd:
    """A month in the west, a morning in the east, and people who watch, run and look things up."""
    west = Town(*_packages())
    _publish()
    bustle(west)
    turned_away(west)
    east = Town(*_packages(), region="-east")
    _in_the_east(east)
    _in_both(west, east)
    for case in Case.objects.filter(parent=None).order_by("id"):
        _papers_for(case)
    return Crowd(west, east, {seat.name: seat for seat in _seats(west, east)})


def _packages() -> list:
    found = [SAMPLER_AT / "2024-01-10-n1", SAMPLER_AT / "flight-trial" / "2024-01-10-n1"]
    return [
        *(package_at(each / "service.yaml") for each in found),
        shipped("general/complaint"),
        shipped("general/hearing"),
    ]


def _publish() -> None:
    from tests.cases.town import publish

    for package in _packages():
        publish(package)


def _near(town: Town, **more: object) -> dict[str, object]:
    """Files at the bodies of one town."""
    package = _packages()[0]
    orgs = {role: town.bodies[spoken.kind].pk for role, spoken in package.organisations.items()}
    return {"orgs": orgs, "documents": _scans(), **more}


def _scans() -> dict[str, object]:
    digest = blobs.put(PDF, "application/pdf", now=MONDAY)
    return {
        key: [{"name": f"{key}.pdf", "size": len(PDF), "sha256": digest}]
        for key in ("portrait", "vaccination")
    }


def _in_the_east(town: Town) -> None:
    """Open and examined, co-kept, a company's, from the window, complained of."""
    stranger, keeper = citizen(STRANGER, "Ғабдуллина"), citizen(KEEPER, "Ысқақова")
    examined = acts.submit(stranger, licence(**_near(town)), now=MONDAY)
    acts.complete(town.actor("registrar"), examined.ref, 1, now=MONDAY)
    both = tulpar(**{"co-kept": True, "co-keeper-iin": OTHER})
    file(keeper, licence(both, **_near(town)), now=MONDAY + timedelta(minutes=5))
    acts.submit(
        _company(), licence(tulpar(**{"stud-bin": COMPANY}), **_near(town)), now=MONDAY + timedelta(minutes=9)
    )
    window = Principal(STRANGER, "individual", "Ғабдуллина Ш.", "self")
    acts.submit(
        town.actor("registrar"), licence(channel="counter", recipient=window, **_near(town)), now=MONDAY + timedelta(hours=1)
    )  # fmt: skip
    turned_away(town)


def _in_both(west: Town, east: Town) -> None:
    """What has an owner and an address and is no case: drafts, requests to sign, batches, looked-up papers."""
    for number, town in ((APPLICANT, west), (STRANGER, east)):
        someone = citizen(number)
        case = (
            at_examinations(west, **_near(west))
            if town is west
            else Case.objects.filter(applicant=STRANGER).earliest("id")
        )
        draft = Draft.objects.create(
            owner_id=someone.account, party=number, service="sampler", edition_id=case.edition_id, channel="portal",
            variant={"licence": "first", "altitude": "low"}, form=tulpar(), documents=_scans(),
            orgs=dict(case.orgs), created_at=MONDAY, updated_at=MONDAY,
        )  # fmt: skip
        locked = Draft.objects.create(
            owner_id=someone.account, party=number, service="sampler", edition_id=case.edition_id, channel="portal",
            variant={"licence": "first", "altitude": "low"}, form=tulpar(**{"co-kept": True}), prepared=_asked(),
            orgs=draft.orgs, documents=_scans(), created_at=MONDAY, updated_at=MONDAY,
        )  # fmt: skip
        side = OTHER if town is west else KEEPER
        CoSignature.objects.create(draft=locked, party="co-keeper", number=side, invited_at=MONDAY)
        _ask(someone, draft.ref)
        vet = town.actor("vet")
        step = open_step(case, "vet-check")
        _ask(vet, case.ref)
        _at_the_window(town, number)
        make_batch(vet, [(case.ref, step.no)], Together(outcome="healthy"), now=MONDAY)


def _at_the_window(town: Town, number: str) -> None:
    """A ticket and a home visit, a substitution ordered, a relative declared."""
    registrar = town.actor("registrar")
    where, account = registrar.organisation, registrar.account
    Ticket.objects.create(
        organisation_id=where, day=END.date(), no=1, service="sampler", queued_at=END, issued_at=END
    )
    HomeVisit.objects.create(
        organisation_id=where, service="sampler", applicant=number, applicant_name="А. Б.", phone="+7 701 0000000",
        address="Samruk", why="lame", way="phone", cite="SAMPLER ch.1 §4(4)", consented_at=END, asked_at=END,
        person=registrar.person,
    )  # fmt: skip
    held = PostHolding.objects.get(account_id=account)
    Substitution.objects.create(
        holding=held,
        substitute_id=town.actor("herald").account,
        order="№ 1",
        since=END,
        until=END + timedelta(days=3),
    )
    Relative.objects.create(account_id=account, number="680915400013", kinship="sibling", since=END)


def _asked() -> str:
    return blobs.put(b'{"v":1}', "application/json", now=MONDAY)


def _ask(actor: Actor, subject: str) -> None:
    item = Item(
        id="application", name={"kk": "Өтініш", "ru": "Заявление", "en": "Application"}, content=b"{}"
    )
    ask(actor, "filing", subject, [item], expected=Expected(iin=actor.person), now=END)


def _company() -> Actor:
    account, _ = Account.objects.get_or_create(
        number="900726355479",
        defaults={"surname": "Тұрсынов", "given_name": "Еркебұлан", "confirmed_at": LONG_AGO},
    )
    Authority.objects.get_or_create(
        account=account, principal=COMPANY, principal_kind="legal-entity", principal_name="Зауыт", basis="head",
        since=LONG_AGO,
    )  # fmt: skip
    principal = Principal(COMPANY, "legal-entity", "Зауыт", "head")
    return Actor(account=account.pk, person=account.number, name=account.full_name, on_behalf_of=principal)


def _papers_for(case: Case) -> None:
    """A letter to the recipient and one to an official; of some cases the first document."""
    for person, where in ((case.applicant, None), (_official_at(case.provider_id), case.provider_id)):
        Notice.objects.create(
            case=case, seq=1, code="case.received", person=person, organisation_id=where, language="kk",
            subject=f"Letter {case.ref}", letter=["Words."], occurred_at=MONDAY, made_at=MONDAY,
        )  # fmt: skip
    asked = Outbox.objects.filter(destination="documents", stream=case.stream).order_by("seq").first()
    if asked is not None and case.pk % 3 == 0:
        issue(case.pk, asked.seq, asked.ref, now=END)


def _official_at(organisation: int) -> str:
    holding = PostHolding.objects.filter(organisation=organisation).order_by("id").first()
    return str(holding.account.number) if holding else "000000000000"


# Who sees what, a second time.


def of_a_party(number: str) -> Callable[[Case], bool]:
    """One's own: as the recipient, or as a side named in the papers."""
    return lambda case: number in {case.applicant, *case.filing.parties.values()}


def of_a_body(where: int) -> Callable[[Case], bool]:
    """A body sees what it provides, took in, stands above, holds a step of, or decides a complaint about."""

    def sees(case: Case) -> bool:
        complaints = Token.objects.filter(case__about=case, organisation=where).exclude(case__provider=where)
        return (
            where in (case.provider_id, body(case.provider_id).parent, _window_of(case))
            or Token.objects.filter(case=case, closed_at=None, organisation=where).exists()
            or complaints.exists()
        )

    return sees


def _window_of(case: Case) -> int | None:
    package = law_of(case.edition_id).package
    by = package.channels[case.channel].by
    return case.orgs.get(package.posts[by].org) if by else None


def of_a_watcher(where: int) -> Callable[[Case], bool]:
    """A supervisor watches what its own body provides and what the bodies below it do."""
    return lambda case: where in (case.provider_id, body(case.provider_id).parent)


def of_a_region(region: str) -> Callable[[Case], bool]:
    return lambda case: not region or body(case.provider_id).region == region


def nothing(case: Case) -> bool:
    return False


def _seats(west: Town, east: Town) -> Iterator[Seat]:
    yield Seat("visitor", None, nothing)
    yield Seat("newcomer", _newcomer(), nothing)
    for name, number in (
        ("citizen", APPLICANT),
        ("neighbour", OTHER),
        ("keeper", KEEPER),
        ("stranger", STRANGER),
    ):
        yield Seat(name, citizen(number), of_a_party(number))
    yield Seat("company", _company(), of_a_party(COMPANY))
    for side, town in (("west", west), ("east", east)):
        for post, actor in town.actors.items():
            yield Seat(f"{side} {post}", actor, of_a_body(actor.organisation or 0))
        above = town.above.pk
        yield Seat(f"{side} inspector above", town.official("inspector", town.above), of_a_body(above))
        yield Seat(f"{side} supervisor", town.official("supervisor", town.above), of_a_watcher(above))
        provider = town.actor("registrar").organisation or 0
        at = Organisation.objects.get(pk=provider)
        yield Seat(f"{side} overseer", town.official("supervisor", at), of_a_watcher(provider))
        quality = town.body("quality", "quality-body")
        yield Seat(f"{side} auditor", town.official("auditor", quality), of_a_region(quality.region))
    operator = west.body("operator", "system-operator")
    yield Seat("administrator", west.official("administrator", operator), nothing)
    yield Seat(
        "contact centre", west.official("contact-centre", west.body("calls", "contact-centre")), nothing
    )


def _newcomer() -> Actor:
    account, _ = Account.objects.get_or_create(number=NEWCOMER, defaults={"surname": "Ү", "given_name": "Г"})
    return Actor(account=account.pk, person=NEWCOMER, confirmed=False)
