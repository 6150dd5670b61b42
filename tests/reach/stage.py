"""What pages need besides cases: something begun by everybody, so that no page of the list has nothing to show.

stage.set(now)     # on an empty database: the demo's people, the published law, cases, and all that
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from qyzmet import demo
from qyzmet.cases import acts
from qyzmet.cases.acts import administering, queue
from qyzmet.cases.acts.accounts import declare_relative
from qyzmet.cases.dates import clocks
from qyzmet.cases.hall.queueing import window_of
from qyzmet.cases.laws import forget, law_of
from qyzmet.cases.models import Case, Outbox
from qyzmet.cases.steps import functions
from qyzmet.cases.steps.functions import Call, Verdict
from qyzmet.clock import ALMATY
from qyzmet.demo.history import play
from qyzmet.demo.staffing import staff
from qyzmet.people import directory
from qyzmet.people.actor import SYSTEM, Actor, actors_for
from qyzmet.people.models import Account, Organisation, PostHolding
from qyzmet.portal.models import Draft
from qyzmet.regulation.loader import load_package, package_files
from qyzmet.regulation.sharing import SHIPPED
from tests.cases.town import (
    DOCUMENT,
    SAMPLER,
    filled_form,
    open_step,
    package_at,
    publish,
    shipped,
    signed,
)
from tests.office.desk import Desk
from tests.office.walking import spelt
from tests.portal.filling import file, page_of, ready, send
from tests.reach import few
from tests.reach.roles import ROLES

__all__ = ["NOW", "set_up", "tidy"]

NOW = datetime(2024, 6, 3, 10, 0, tzinfo=ALMATY)
"""A Monday on which the few cases stand where few.py has taken them."""
CO_SIGNED, COMPANY = "equity-permit", ROLES["co-signer"].number


def set_up(now: datetime = NOW, cases: int = 0) -> None:
    """Fill the database; the clock has to stand at `now`. `cases` of the demo's history, or the few."""
    if cases:
        play(now, cases)
    else:
        _few(now)
    with _stalls():
        _sampler(now)
    _drafts(now)
    _prompts()
    _administered(now)
    _at_the_window(now)


def tidy() -> None:
    """Take the deployment's own packages out of the data folder again."""
    for name in ("sampler", "samruk"):
        shutil.rmtree(settings.QYZMET_DATA / "packages" / name, ignore_errors=True)


def _few(now: datetime) -> None:
    directory.forget()
    forget()
    demo.load(now)
    for path in package_files(SHIPPED):
        package = load_package(path).package
        if package is not None and not package.abstract:
            publish(package)
    few.play(now)


def _at_the_window(now: datetime) -> None:
    """A window is open and somebody waits before it; an official has named a relative."""
    counter = ROLES["counter"].actor(now)
    assert counter is not None
    if window_of(counter) is None:
        queue.open_window(counter, 3, now=now)
    queue.issue_ticket(counter, counter.organisation or 0, "housing-assistance", now=now)
    specialist = ROLES["specialist"].actor(now)
    assert specialist is not None
    declare_relative(specialist, "760312437504", "sibling", now=now)


@contextmanager
def _stalls() -> Iterator[None]:
    """The register the sampler writes to."""

    def note_stall(_call: Call) -> Verdict:
        return Verdict("done")

    with functions.lent({"samruk.note_stall": note_stall}):
        yield


def _sampler(now: datetime) -> None:
    """A service of nobody's, with the case that waits for its recipient."""
    shutil.copytree(SAMPLER / "parameters", settings.QYZMET_DATA / "parameters", dirs_exist_ok=True)
    clocks.parameters.cache_clear()
    package = package_at(SAMPLER / "2024-01-10-n1" / "service.yaml")
    trial = package_at(SAMPLER / "flight-trial" / "2024-01-10-n1" / "service.yaml")
    for each in (trial, package):
        acts.publish_edition(SYSTEM, each, now=now)
    staff([package, trial], now)
    bodies = {
        role: Organisation.objects.get(kind=spoken.kind).pk for role, spoken in package.organisations.items()
    }
    citizen = ROLES["citizen"].actor(now)
    assert citizen is not None
    from qyzmet.cases.filing.intake import Application
    from tests.cases.town import tulpar

    variant = {"licence": "first", "altitude": "low"}
    asked = Application("sampler", "portal", variant, tulpar(), documents={}, orgs=bodies)
    case = acts.submit(citizen, asked, now=now)
    registrar, vet = _in_post("registrar", now), _in_post("vet", now)
    acts.complete(registrar, case.ref, 1, outcome="done", now=now)
    papers = {"portrait": DOCUMENT, "vaccination": DOCUMENT}
    limps = acts.submit(citizen, replace(asked, documents=papers), now=now)
    acts.complete(registrar, limps.ref, 1, outcome="done", now=now)
    _heard(limps, vet, now)


def _heard(case: Case, vet: Actor, now: datetime) -> None:
    """Grounds of refusal were found, and the recipient is invited, with another slot to choose."""
    grounds = [{"ground": "ill", "reason": "Ақсайды."}]
    found = {"wingspan": "9", "temper": "calm"}
    acts.complete(
        vet, case.ref, open_step(case, "vet-check").no, "sick", output=found, grounds=grounds, now=now
    )
    no, at = open_step(case, "hearing:notice").no, now + timedelta(days=1)
    said = {"preliminary-decision": "Бас тарту: жылқы ақсайды.", "hearing-at": at, "way": "in-person"}
    acts.notify_hearing(
        vet, case.ref, no, at=at, way="in-person", preliminary_decision=said["preliminary-decision"],
        offered=[at + timedelta(hours=3)], signed=signed(vet, case, no, now=now, output=said), now=now,
    )  # fmt: skip


def _in_post(post: str, now: datetime) -> Actor:
    holding = PostHolding.objects.filter(post=post).select_related("account").first()
    assert holding is not None
    return next(each for each in actors_for(holding.account, now) if each.post == post)


def _drafts(now: datetime) -> None:
    """A citizen's, ready to be signed; a developer's, which another company was asked to sign."""
    citizen = ROLES["citizen"].client()
    draft = ready(citizen)
    filed = send(citizen, draft)
    assert filed.status_code == 302, filed.content.decode()
    page_of(citizen, ready(citizen))
    developer = ROLES["company"].client()
    package = shipped(CO_SIGNED)
    provider = Organisation.objects.filter(kind=package.organisations["provider"].kind).first()
    assert provider is not None
    answer = developer.post(f"/apply/{CO_SIGNED}", {"org.provider": provider.pk})
    made = Draft.objects.get(ref=answer["Location"].rsplit("/", 1)[1])
    facts = {"channel": "portal", "recipient": "legal-entity", "visit": False}
    made.form = filled_form(package, **facts) | {"authorised-company-bin": COMPANY}
    made.save()
    page = developer.get(f"/drafts/{made.ref}/documents")
    if page.status_code == 200:
        developer.post(f"/drafts/{made.ref}/documents", {row.key: file() for row in page.context["rows"]})
    answer = developer.post(f"/drafts/{made.ref}/check")
    assert answer["Location"] == f"/drafts/{made.ref}/sides", answer.content.decode()


def _prompts() -> None:
    """Officials asked to sign: a decision with the document it prints, and many decisions at once."""
    for role in ("head", "commission-chair", "officer", "specialist"):
        _press_first(_desk(role), with_document=role == "specialist")
    _press_many(_desk("subsidy-head"))


def _desk(name: str) -> Desk:
    """The role at its desk, which reads what it is asked to sign and goes no further."""
    actor = ROLES[name].actor()
    assert actor is not None
    desk = Desk(actor, "kk", signs=False)
    desk.client = ROLES[name].client()
    return desk


def _press_first(desk: Desk, *, with_document: bool) -> None:
    """Decide cases at hand until one asks for a signature, and stop at the prompt."""
    desk.open("/office/")
    for address in sorted({link.split("?")[0].split("#")[0] for link in desk.links("/office/cases/")}):
        desk.open(address)
        forms = [f for f in desk.page.forms if (f.get("action") or "").partition("?")[0].endswith("/decide")]
        if not forms:
            continue
        case = Case.objects.get(ref=address.rsplit("/", 1)[1])
        no = int(forms[0].get("action").split("/steps/")[1].split("/")[0])
        name = case.tokens.get(no=no).step
        if with_document and not name.startswith("notify"):
            continue
        step = law_of(case.edition_id).step(name)
        values = {**dict(forms[0].form_values()), **spelt(step.output, set(forms[0].xpath(".//@name")))}
        desk.read(desk.client.post(forms[0].get("action"), values, follow=True), "")
        if desk.asked:
            return


def _press_many(desk: Desk) -> None:
    """Pick all that can be decided together and confirm, as far as the prompt."""
    picks = [str(value) for value in desk.open("/office/").page.xpath("//input[@name='pick']/@value")]
    desk.read(desk.client.post("/office/batch", {"pick": picks}, follow=True), "")
    desk.send("/office/batch")
    assert desk.asked, desk.errors


def _administered(now: datetime) -> None:
    """A substitution, works announced, an edition proposed, a letter nobody takes."""
    admin = ROLES["administrator"].actor(now)
    assert admin is not None
    words = {"kk": "Жүйе жаңартылады.", "ru": "Система обновляется.", "en": "The system is being updated."}
    soon, later = now + timedelta(days=1), now + timedelta(days=1, hours=2)
    administering.announce_maintenance(admin, words, since=soon, until=later, reason="№ 5 бұйрық", now=now)
    held = PostHolding.objects.get(account__number="960927430611", post="responsible-specialist")
    other = Account.objects.get(number=ROLES["specialist"].number)
    acts.substitute(admin, held.pk, other.pk, order="№ 17", since=now, until=later, now=now, reason="Демалыс")
    corrected = package_at(_own_packages() / "service.yaml")
    administering.propose_edition(admin, corrected, reason="№ 1 бұйрық", now=now)
    letter = Outbox.objects.order_by("-id").first()
    assert letter is not None
    Outbox.objects.filter(pk=letter.pk).update(
        state="parked", attempts=9, last_error="550 5.1.1 no such mailbox"
    )


def _own_packages() -> Path:
    """The sampler among the deployment's own packages, one word of it put differently: its folder."""
    own = settings.QYZMET_DATA / "packages"
    edition = Path(own) / "sampler" / "2024-01-10-n1"
    shutil.copytree(SAMPLER / "samruk", own / "samruk", dirs_exist_ok=True)
    edition.mkdir(parents=True, exist_ok=True)
    words = (SAMPLER / "2024-01-10-n1" / "service.yaml").read_text(encoding="utf-8")
    (edition / "service.yaml").write_text(
        words.replace("Flight licence", "A licence to fly", 1), encoding="utf-8"
    )
    return edition
