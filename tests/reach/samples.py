"""Sample arguments of addresses, found in the database for whoever asks: one function per kind of argument.

Each takes a `Looker` and gives dictionaries of arguments; the key "?" holds a query. Nothing found: no address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from qyzmet.cases.hearings.appointments import hearing_of
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Batch, Blob, Case, CaseState, Edition, Outbox, Proposal, RefusedFiling, Token
from qyzmet.cases.models import Maintenance as Announced
from qyzmet.cases.models.queue import HomeVisit, Ticket, Window
from qyzmet.cases.queries import case_page, my_tasks, visible_cases
from qyzmet.cases.queries.handing import waiting
from qyzmet.documents.models import Document
from qyzmet.evidence.models import SigningRequest
from qyzmet.gateway.models import Notice
from qyzmet.office import casefile, correcting, hearing_room, proofs
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account, Organisation, PostHolding, Relative, Substitution
from qyzmet.portal.filed import awaited
from qyzmet.portal.models import CoSignature, Draft
from qyzmet.regulation.loader import load_package, package_files
from tests.reach.roles import Role

__all__ = ["Args", "Looker", "Sample"]

Args = dict[str, Any]
Sample = Callable[["Looker"], Iterator[Args]]
ENOUGH = 60
"""So many of the newest cases are looked through for one that fits."""


@dataclass(frozen=True)
class Looker:
    """Who looks, and when."""

    role: Role
    now: datetime

    @cached_property
    def actor(self) -> Actor | None:
        return self.role.actor(self.now)

    @cached_property
    def seen(self) -> list[Case]:
        """The newest cases this role sees."""
        if self.actor is None:
            return []
        return list(visible_cases(self.actor)[:ENOUGH])

    @cached_property
    def work(self) -> list[Token]:
        """Open steps of the post."""
        if self.actor is None or self.actor.post is None or self.role.name in ("supervisor", "auditor"):
            return []
        return [task.token for task in my_tasks(self.actor, most=ENOUGH).tasks]

    @property
    def party(self) -> str:
        return self.actor.party if self.actor else ""


def plain(_who: Looker) -> Iterator[Args]:
    """An address without arguments."""
    yield {}


def asked(*queries: str) -> Sample:
    """The same address with each of these questions."""

    def found(_who: Looker) -> Iterator[Args]:
        yield {}
        yield from ({"?": query} for query in queries)

    return found


def given(**args: Any) -> Sample:
    """Always these arguments."""

    def found(_who: Looker) -> Iterator[Args]:
        yield dict(args)

    return found


def with_verbs(of: Sample, *verbs: str) -> Sample:
    """The first sample of another kind, once for each verb."""

    def found(who: Looker) -> Iterator[Args]:
        first = next(of(who), None)
        if first is not None:
            yield from ({**first, "verb": verb} for verb in verbs)

    return found


def first(of: Sample) -> Sample:
    """Only the first of them."""

    def found(who: Looker) -> Iterator[Args]:
        for each in of(who):
            yield each
            return

    return found


def services(_who: Looker) -> Iterator[Args]:
    yield {"service": "housing-assistance"}


def every_service(_who: Looker) -> Iterator[Args]:
    for name in (
        Edition.objects.filter(general=False).order_by("service").values_list("service", flat=True).distinct()
    ):
        yield {"service": name}


def cases(who: Looker) -> Iterator[Args]:
    """One in the hands of the post, and one of every state."""
    chosen: dict[str, Case] = {}
    mine = {token.case_id for token in who.work}
    for case in who.seen:
        chosen.setdefault("mine" if case.pk in mine else f"{case.state} {case.exit or ''}", case)
    for case in list(chosen.values())[:4]:
        yield {"ref": case.ref}


def deciding(who: Looker) -> Iterator[Args]:
    """The case page with the form of an outcome open: one for every outcome of the first step at hand."""
    yield from cases(who)
    for token in who.work[:1]:
        case = Case.objects.get(pk=token.case_id)
        for outcome in law_of(case.edition_id).step(token.step).then:
            yield {"ref": case.ref, "?": f"do={token.no}&outcome={outcome}"}


def letters(who: Looker) -> Iterator[Args]:
    mine = Notice.objects.filter(person=who.party, organisation__isnull=True).order_by("-id")
    at_work = Notice.objects.filter(
        person=who.role.number, organisation=who.actor.organisation if who.actor else None
    )
    found = at_work.order_by("-id") if who.role.post else mine
    for pk in found.values_list("pk", flat=True)[:2]:
        yield {"pk": pk}


def work(who: Looker) -> Iterator[Args]:
    for token in who.work[:1]:
        yield {"ref": Case.objects.get(pk=token.case_id).ref, "no": token.no}


def _documents(who: Looker) -> QuerySet[Document]:
    return Document.objects.filter(case__in=[case.pk for case in who.seen]).order_by("-id")


def documents(who: Looker) -> Iterator[Args]:
    for each in _documents(who)[:1]:
        yield {"ref": each.case.ref, "pk": each.pk} if each.case else {}


def changeable(who: Looker) -> Iterator[Args]:
    """A document this post may put right."""
    for case in who.seen:
        page = case_page(who.actor, case.ref) if who.actor else None
        for each in casefile.issued(page) if page and who.actor else ():
            if correcting.may_change(who.actor, page, each):
                yield {"ref": case.ref, "pk": each.pk}
                return


def files(who: Looker) -> Iterator[Args]:
    """A file of an application, where the role sees its papers."""
    for case in who.seen:
        shown = case_page(who.actor, case.ref).shown if who.actor else {}
        for name, kept in (shown.get("documents") or {}).items():
            if kept and Blob.objects.filter(digest=kept[0]["sha256"]).exists():
                yield {"ref": case.ref, "document": name, "place": 0}
                return


def issued(who: Looker) -> Iterator[Args]:
    """A document of the case as its recipient takes it."""
    for each in documents(who):
        yield {"ref": each["ref"], "document": "issued", "place": 0}


def heard(who: Looker) -> Iterator[Args]:
    """A case in which a hearing was set."""
    for case in who.seen:
        if hearing_of(case) is not None:
            yield {"ref": case.ref}
            return


def signatures(who: Looker) -> Iterator[Args]:
    for case in who.seen:
        for proof in proofs.proofs(case_page(who.actor, case.ref)) if who.actor else ():
            yield {"ref": case.ref, "pk": proof.id, "kind": "signature"}
            yield {"ref": case.ref, "pk": proof.id, "kind": "content"}
            return


def searches(who: Looker) -> Iterator[Args]:
    """A number that several cases have, and words nothing has."""
    applicants = Counter(case.applicant for case in who.seen)
    often = next((number for number, times in applicants.most_common(1) if times > 1), None)
    yield {}
    yield {"?": "q=zzz"}
    if often:
        yield {"?": f"q={often}"}


def ended(who: Looker) -> Iterator[Args]:
    for case in who.seen:
        if case.state == CaseState.ENDED:
            yield {"ref": case.ref}
            return


def withdrawable(who: Looker) -> Iterator[Args]:
    for case in who.seen:
        if case.state == CaseState.OPEN:
            yield {"ref": case.ref}
            return


def answered(who: Looker) -> Iterator[Args]:
    """A case that waits for its recipient."""
    for case in who.seen:
        if case.state != CaseState.ENDED and who.actor and awaited(case_page(who.actor, case.ref)):
            yield {"ref": case.ref}
            return


def consented(who: Looker) -> Iterator[Args]:
    from qyzmet.portal.views.personal import consents

    for case in who.seen:
        page = case_page(who.actor, case.ref) if who.actor else None
        for each in consents(case, page.law, page.shown.get("form") or {}) if page else ():
            if each.may_withdraw:
                yield {"ref": case.ref, "field": each.field}
                return


def drafts(who: Looker) -> Iterator[Args]:
    own = Draft.objects.filter(owner__number=who.role.number, filed="", prepared="")
    for draft in own.order_by("id")[:1]:
        yield {"ref": draft.ref}


def locked_drafts(who: Looker) -> Iterator[Args]:
    """A draft whose other sides were asked to sign."""
    for draft in Draft.objects.filter(owner__number=who.role.number, filed="").exclude(prepared="")[:1]:
        yield {"ref": draft.ref}


def draft_parts(who: Looker) -> Iterator[Args]:
    for each in drafts(who):
        for part in law_of(Draft.objects.get(ref=each["ref"]).edition_id).package.form:
            yield {**each, "part": part}


def draft_files(who: Looker) -> Iterator[Args]:
    for draft in Draft.objects.filter(owner__number=who.role.number, filed=""):
        for name, kept in draft.documents.items():
            if kept:
                yield {"ref": draft.ref, "document": name, "place": 0}
                return


def to_sign(who: Looker) -> Iterator[Args]:
    for each in CoSignature.objects.filter(number=who.party, state=CoSignature.INVITED)[:1]:
        yield {"ref": each.ref}


def requests(who: Looker) -> Iterator[Args]:
    """Pages on which this person is asked to sign."""
    found = SigningRequest.objects.filter(
        account__number=who.role.number, closed_at=None, expires_at__gt=who.now
    )
    capacity = {"post": who.role.post or None}
    for row in found.order_by("id"):
        if row.capacity.get("post") == capacity["post"]:
            yield {"token": row.token}
            return


def _items(who: Looker) -> Iterator[tuple[Args, dict[str, Any]]]:
    for each in requests(who):
        yield each, SigningRequest.objects.get(token=each["token"]).items[0]


def request_items(who: Looker) -> Iterator[Args]:
    for each, item in _items(who):
        yield {**each, "item": item["id"]}


def request_shows(who: Looker) -> Iterator[Args]:
    for each, item in _items(who):
        if item["shows"]:
            yield {**each, "item": item["id"], "place": 0}


def request_files(who: Looker) -> Iterator[Args]:
    from qyzmet.pages.signing.views import _content, tell

    for each, item in _items(who):
        told = tell(_content(SigningRequest.objects.get(token=each["token"]), item["id"]))
        if told is not None and told.files:
            yield {**each, "item": item["id"], "place": 0}


def prompts(who: Looker) -> Iterator[Args]:
    """A prompt to sign many cases."""
    for row in SigningRequest.objects.filter(account__number=who.role.number, purpose="batch")[:1]:
        yield {"token": row.token}


def batches(who: Looker) -> Iterator[Args]:
    for row in Batch.objects.filter(account__number=who.role.number)[:1]:
        yield {"?": f"no={row.pk}"}


def looks(who: Looker) -> Iterator[Args]:
    """A document printed to be looked at before it is signed: nobody keeps its address but who had it printed."""
    from qyzmet.office.signing import _salt, notes

    for row in SigningRequest.objects.filter(account__number=who.role.number, purpose="decision"):
        case = Case.objects.get(ref=row.subject)
        for shown in row.items[0]["shows"]:
            if who.actor is not None:
                note = notes.dumps([case.ref, shown["sha256"], "notice"], salt=_salt(who.actor))
                yield {"ref": case.ref, "note": note}
                return


def refused_filings(who: Looker) -> Iterator[Args]:
    if who.actor and who.actor.organisation:
        for row in RefusedFiling.objects.filter(organisation=who.actor.organisation)[:1]:
            yield {"pk": row.pk}


def intake_services(who: Looker) -> Iterator[Args]:
    from qyzmet.office.desk import intake_ways, published

    if who.actor:
        yield from ({"service": service} for service in list(intake_ways(who.actor, published()))[:2])


def receipts(who: Looker) -> Iterator[Args]:
    from qyzmet.office.desk import intake_ways, published

    if who.actor and intake_ways(who.actor, published()):
        for case in who.seen[:1]:
            yield {"ref": case.ref}


def codes(_who: Looker) -> Iterator[Args]:
    """Documents in force, replaced and annulled, and a code nobody has."""
    seen: set[str] = set()
    for each in Document.objects.order_by("id"):
        if each.state not in seen:
            seen.add(each.state)
            yield {"code": each.code}
    yield {"code": "NOBODY-HAS-THIS"}


def reset_links(_who: Looker) -> Iterator[Args]:
    from qyzmet.people.links import link_for

    account = Account.objects.filter(number="810827427457").first()
    if account:
        yield {"link": link_for(account, _who.now)}
    yield {"link": "nobody-sent-this"}


def bodies(_who: Looker) -> Iterator[Args]:
    for row in Organisation.objects.order_by("id")[1:2]:
        yield {"pk": row.pk}


def posts(_who: Looker) -> Iterator[Args]:
    for row in PostHolding.objects.filter(until=None).order_by("id")[:1]:
        yield {"pk": row.pk}


def substitutions(_who: Looker) -> Iterator[Args]:
    for row in Substitution.objects.filter(until__gt=_who.now).order_by("id")[:1]:
        yield {"pk": row.pk}


def accounts(_who: Looker) -> Iterator[Args]:
    for row in Account.objects.filter(number="900205417747"):
        yield {"pk": row.pk}


def hours(_who: Looker) -> Iterator[Args]:
    yield {"name": "provider"}


def parameters(_who: Looker) -> Iterator[Args]:
    yield {"name": "mci"}


def openings(_who: Looker) -> Iterator[Args]:
    from qyzmet.cases.filing import editions

    for each in editions.opened():
        if each.service == "housing-assistance":
            yield {"service": each.service, "edition": each.edition, "since": str(each.from_)}
            return


def editions(_who: Looker) -> Iterator[Args]:
    for row in Edition.objects.filter(service="housing-assistance").order_by("id")[:1]:
        yield {"service": row.service, "edition": row.edition}


def proposed(_who: Looker) -> Iterator[Args]:
    """An edition that could be proposed: one of the deployment's own."""
    for path in package_files(settings.QYZMET_DATA / "packages"):
        package = load_package(path).package
        if package is not None and not package.abstract:
            yield {"service": package.service, "edition": package.edition}
            return


def proposals(_who: Looker) -> Iterator[Args]:
    for row in Proposal.objects.order_by("-id")[:1]:
        yield {"pk": row.pk}


def parked(_who: Looker) -> Iterator[Args]:
    for row in Outbox.objects.filter(state="parked")[:1]:
        yield {"pk": row.pk}


def announced(_who: Looker) -> Iterator[Args]:
    for row in Announced.objects.filter(cancelled_at=None, until__gt=_who.now)[:1]:
        yield {"pk": row.pk}


def relatives(who: Looker) -> Iterator[Args]:
    for row in Relative.objects.filter(account__number=who.role.number, until=None)[:1]:
        yield {"pk": row.pk}


def hearings(who: Looker) -> Iterator[Args]:
    """A hearing in the hands of the post."""
    if who.actor is not None and who.work:
        appointed = (row for row in hearing_room.hearings(who.actor, who.now).rows if row.hearing is not None)
        for row in list(appointed)[:1]:
            yield {"ref": row.ref}


def slips(who: Looker) -> Iterator[Args]:
    where = who.actor.organisation if who.actor else None
    for row in Ticket.objects.filter(organisation=where).order_by("-id")[:1]:
        yield {"pk": row.pk}


def handed(who: Looker) -> Iterator[Args]:
    """A result that waits at the window."""
    if who.actor is not None:
        for row in waiting(who.actor, who.now)[:1]:
            yield {"ref": row.case.ref, "no": row.token.no}


def home_visits(who: Looker) -> Iterator[Args]:
    where = who.actor.organisation if who.actor else None
    for row in HomeVisit.objects.filter(organisation=where).order_by("-id")[:1]:
        yield {"pk": row.pk}


def halls(_who: Looker) -> Iterator[Args]:
    for row in Window.objects.filter(closed_at=None).order_by("id")[:1]:
        yield {"code": row.organisation.code}


def hall_windows(_who: Looker) -> Iterator[Args]:
    for row in Window.objects.filter(closed_at=None).order_by("id")[:1]:
        yield {"code": row.organisation.code, "number": row.number}
