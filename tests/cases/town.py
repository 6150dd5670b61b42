"""A small world for tests: published packages, an organisation for every role, an official for every post."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from qyzmet.cases import acts, laws
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case, Edition, Token
from qyzmet.cases.signed import Signed
from qyzmet.cases.signed.deciding import clause_of
from qyzmet.clock import ALMATY
from qyzmet.demo.rehearsal.keys import Keys, Told
from qyzmet.demo.samples import Samples
from qyzmet.identity import is_iin
from qyzmet.people import directory
from qyzmet.people.actor import SYSTEM, Actor, Principal
from qyzmet.people.models import Account, Organisation, PostHolding
from qyzmet.regulation import canon
from qyzmet.regulation.model import Package
from qyzmet.regulation.model.steps import DONE
from qyzmet.regulation.sharing import SHIPPED
from tests.cases.once import package_at, remember_bytes

remember_bytes()
SAMPLER = Path(__file__).parents[1] / "regulations" / "sampler"
LONG_AGO = datetime(2010, 1, 1, tzinfo=ALMATY)

APPLICANT = "811201401188"
OTHER = "680503250034"
SAMPLES = Samples(on=date(2019, 6, 3))
DOCUMENT = [{"name": "scan.pdf", "size": 10, "sha256": "0" * 64}]


def moment(words: str) -> datetime:
    """A moment in Almaty: `2024-06-03 10:00`."""
    return datetime.fromisoformat(words).replace(tzinfo=ALMATY)


def shipped(service: str) -> Package:
    return package_at(next(SHIPPED.glob(f"{service}/*/service.yaml")))


def publish(package: Package) -> Edition:
    """Publish at a time before everything the tests do."""
    data = canon.to_bytes(package)
    row = acts.publish_edition(SYSTEM, package, now=LONG_AGO)
    assert bytes(row.package) == data
    return row


def person_number(count: int) -> str:
    """The IIN of the so-manieth official: a number with a right check digit, as a certificate demands."""
    start = 700101_30000_0 + count * 10
    return next(str(number) for number in range(start, start + 1_000_000) if is_iin(str(number)))


class Town:
    """Bodies and officials for the packages given; `actor(post)` is who holds a post."""

    def __init__(self, *packages: Package, region: str = "") -> None:
        self.region = region
        directory.forget()
        laws.forget()
        self.bodies: dict[str, Organisation] = {}
        self.actors: dict[str, Actor] = {}
        self.above = self.body("above", "higher-body")
        for package in packages:
            self.settle(package)

    def body(
        self, code: str, kind: str, hours: str = "provider", parent: Organisation | None = None
    ) -> Organisation:
        row = Organisation.objects.create(
            code=f"{code}{self.region}", kind=kind, name_kk=code, name_ru=code, name_en=code, hours=hours,
            parent=parent, region=self.region,
        )  # fmt: skip
        directory.forget()
        return row

    def settle(self, package: Package) -> None:
        """An organisation for each role, and an official for each post."""
        for role in package.organisations.values():
            if role.kind not in self.bodies:
                self.bodies[role.kind] = self.body(role.kind, role.kind, role.hours, self.above)
        for post, held in package.posts.items():
            if post not in self.actors:
                kind = package.organisations[held.org].kind
                self.actors[post] = self.official(post, self.bodies[kind])

    def official(self, post: str, where: Organisation, *, chair: bool = True, number: str = "") -> Actor:
        """An account in a post; every one of them may chair."""
        account = Account.objects.create(
            number=number or person_number(Account.objects.count()),
            surname=post.title(),
            given_name="A.",
            confirmed_at=LONG_AGO,
        )
        PostHolding.objects.create(
            account=account, organisation=where, post=post, since=LONG_AGO, chair=chair
        )
        return Actor(
            account=account.pk, person=account.number, name=account.full_name, post=post,
            organisation=where.pk, chair=chair,
        )  # fmt: skip

    def actor(self, post: str) -> Actor:
        return self.actors[post]


def citizen(number: str = APPLICANT, surname: str = "Омарова") -> Actor:
    """An individual with an account."""
    account, _ = Account.objects.get_or_create(
        number=number,
        defaults={"surname": surname, "given_name": "Айгүл", "language": "kk", "confirmed_at": LONG_AGO},
    )
    return Actor(account=account.pk, person=number, name=account.full_name)


RECIPIENT = Principal(APPLICANT, "individual", "Омарова Айгүл", "self")


def tulpar(**changes: Any) -> dict[str, Any]:
    """The answers of an application for a flight licence."""
    return {
        "phone": "+7 701 123 45 67", "home": "Samruk, Elm Street 1", "co-kept": False,
        "deposit": "KZ24070105KSN0000000", "called": "Тайбурыл", "coat": "dawn", "wings": "2",
        "foaled-on": "2020-05-01", "worth": "0", "payer": "keeper", "pasture": "1.5", "stable": "20",
        "consent": True, **changes,
    }  # fmt: skip


def licence(form: Mapping[str, Any] | None = None, **changes: Any) -> Application:
    """An application for a first flight licence through the portal, with all its papers."""
    said: dict[str, Any] = {
        "service": "sampler",
        "channel": "portal",
        "variant": {"licence": "first", "altitude": "low"},
        "form": tulpar() if form is None else form,
        "documents": {"portrait": DOCUMENT, "vaccination": DOCUMENT},
    }
    return Application(**{**said, **changes})


def filled_form(package: Package, **facts: Any) -> dict[str, Any]:
    """Sample answers to what the form of a package asks an individual."""
    return SAMPLES.form(package, {"recipient": "individual", **facts})


def documents(package: Package, **facts: Any) -> dict[str, Any]:
    """Every paper the service may ask for."""
    return SAMPLES.documents(package, facts)


def open_step(case: Case, step: str) -> Token:
    """The open token on a step."""
    return Token.objects.get(case=case, step=step, closed_at__isnull=True)


def steps(case: Case) -> list[str]:
    """The steps that are open, in the order they opened."""
    return list(
        Token.objects.filter(case=case, closed_at__isnull=True).order_by("no").values_list("step", flat=True)
    )


KEYS = Keys.shared()


def file(actor: Actor, application: Application, *, now: datetime, key: str | None = None) -> Case:
    """File an application signed by everyone who has to sign it."""
    key = key or secrets.token_hex(8)
    signed = KEYS.sign_filing(actor, application, key=key, now=now)
    return acts.submit(actor, signed, now=now, key=key if signed.signatures else None)


def signed(actor: Actor, case: Case, no: int, outcome: str = DONE, *, now: datetime, **told: Any) -> Signed:
    """The signature of the official on a step of a case as it stands, to come out like this."""
    token = Token.objects.get(case=case, no=no)
    fresh = Case.objects.get(pk=case.pk)
    return KEYS.sign_step(actor, fresh, token, Told(outcome, **told), now=now)


def complete(actor: Actor, ref: str, no: int, outcome: str = DONE, *, now: datetime, **more: Any) -> Case:
    """Complete a step, signed where the law has it signed and a page would ask for it."""
    token = Token.objects.filter(case__ref=ref, no=no, closed_at__isnull=True).first()
    if token is not None and clause_of(laws.law_of(token.case.edition_id).step(token.step)):
        told = {name: more[name] for name in ("output", "grounds") if more.get(name)}
        more["signed"] = signed(actor, token.case, no, outcome, now=now, **told)
    return acts.complete(actor, ref, no, outcome, now=now, **more)


def notify(actor: Actor, ref: str, no: int, *, at: datetime, now: datetime, decision: str) -> Case:
    """Send the notice of a hearing by video, signed by who decides."""
    said = {"preliminary-decision": decision, "hearing-at": at, "way": "video"}
    by = signed(actor, Case.objects.get(ref=ref), no, now=now, output=said)
    return acts.notify_hearing(
        actor, ref, no, at=at, way="video", preliminary_decision=decision, now=now, signed=by
    )


def hear(actor: Actor, ref: str, no: int, outcome: str = "held", *, now: datetime) -> Case:
    """Record a hearing, its protocol signed by who decides."""
    by = signed(actor, Case.objects.get(ref=ref), no, outcome, now=now)
    return acts.hold_hearing(actor, ref, no, outcome, now=now, signed=by)
