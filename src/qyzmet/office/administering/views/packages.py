"""Editions: what is published under which hash, what the files say, and publishing by two people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse

from qyzmet.cases import revising
from qyzmet.cases.acts import administering as acts
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, CaseState, Edition, Proposal
from qyzmet.cases.refusals import refused
from qyzmet.office.administering.changing import Change, Given, Preview, carry_out
from qyzmet.office.administering.differing import differences
from qyzmet.office.administering.fields import everywhere
from qyzmet.office.administering.files import file_of, found, is_base
from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.history import Event, Payloads, events, said
from qyzmet.office.administering.listing import Cell, Listing, Thing, draw_list, draw_thing, listing, tag
from qyzmet.office.administering.naming import package_names
from qyzmet.office.names import people
from qyzmet.pages.words import current_language, say
from qyzmet.regulation import canon
from qyzmet.regulation.checker.report import check_files
from qyzmet.regulation.loader import Loaded, load_package
from qyzmet.regulation.model import Package

__all__ = ["check", "decide", "edition", "packages", "proposal", "propose"]

PAGE = "admin-packages"
HOME = "/office/admin/packages/"
CODES = {"edition.published", "edition.revised", "edition.proposed", "edition.approved", "edition.declined"}
KINDS = {"publish": "open", "texts": "done", "repair": "held"}
STATES = {"waiting": "soon", "approved": "done", "declined": "refused", "withdrawn": "past"}


@administrator
def packages(request: HttpRequest) -> HttpResponse:
    """The newest revision of every edition, files nobody has published, proposals that wait."""
    names = package_names()
    newest = {
        (row.service, row.edition): row
        for row in Edition.objects.order_by("service", "revision").defer("package")
    }
    open_ = Case.objects.exclude(state=CaseState.ENDED).values_list("edition").annotate(n=Count("id"))
    cases = dict(open_.order_by())
    rows: list[tuple[str, Sequence[str | Cell]]] = [
        (f"{HOME}{row.service}/{row.edition}",
         (names.get(row.service, everywhere(row.service))[current_language()], row.edition, str(row.revision),
          row.hash[:12], said(row.published_at.isoformat()), str(cases.get(row.pk, 0))))
        for row in newest.values()
    ]  # fmt: skip
    rows += [
        (f"{HOME}{service}/{name}", (service, name, "–", "", _not_published(path), ""))
        for (service, name), path in found().items() if (service, name) not in newest
    ]  # fmt: skip
    table = listing(PAGE, ("service", "edition", "revision", "hash", "published", "cases"), rows)
    return draw_list(request, PAGE, table, beside=[_proposals()], events=_past())


@administrator
def edition(request: HttpRequest, service: str, edition: str) -> HttpResponse:
    """One edition: its revisions, what the file changes, and the way to propose it."""
    rows = list(Edition.objects.filter(service=service, edition=edition).order_by("-revision"))
    path = file_of(service, edition)
    if not rows and path is None:
        raise Http404
    loaded = load_package(path) if path else None
    package = loaded.package if loaded else None
    facts = [(say("admin.f-service"), Cell(service)), (say("admin.f-edition"), Cell(edition)),
             (say(f"{PAGE}.file"), _file_state(rows, loaded))]  # fmt: skip
    hashes = (("hash", "hash"), ("law", "law_hash"), ("words", "texts_hash")) if rows else ()
    facts += [(say(f"{PAGE}.{key}"), Cell(getattr(rows[0], name))) for key, name in hashes]
    base = f"{HOME}{service}/{edition}"
    actions = [(say(f"{PAGE}.check"), f"{base}/check")] if path else []
    if package is not None and not package.abstract and _state(rows, package) in ("new", "differs"):
        actions.append((say(f"{PAGE}.propose"), f"{base}/propose"))
    tables = [_revisions(rows)]
    if rows and package is not None and revising.digest(package) != rows[0].hash:
        tables.append(_differ(law_of(rows[0].pk).package, package, say(f"{PAGE}.file-changes")))
    if len(rows) > 1:
        title = say(f"{PAGE}.last-revision", before=rows[1].revision, after=rows[0].revision)
        tables.append(_differ(law_of(rows[1].pk).package, law_of(rows[0].pk).package, title))
    past = _past(lambda data: data.get("hash") in {row.hash for row in rows})
    title = f"{_names(service)[current_language()]}, {edition}"
    return draw_thing(request, PAGE, Thing(title, facts, actions, tables, past))


def _past(about: Callable[[Payloads], bool] | None = None) -> list[Event]:
    """What was done to editions, each by the name of its service."""
    names, found = package_names(), events("system", CODES, about)
    titles = ((each, *each.subject.partition("/")) for each in found)
    return [
        replace(each, subject=f"{names[service][current_language()]}, {edition}")
        if service in names
        else each
        for each, service, _, edition in titles
    ]


def _names(service: str) -> dict[str, str]:
    """What a service is called; one nobody has published goes by its id."""
    return package_names().get(service, everywhere(service))


@administrator
def check(request: HttpRequest, service: str, edition: str) -> HttpResponse:
    """What the check finds in the file, each at its line and column."""
    path = file_of(service, edition)
    if path is None:
        raise Http404
    report = check_files([path])
    rows = (
        ("", (f"{_near(f.path)}:{f.line}:{f.col}", _level(f), f.code, f.message)) for f in report.findings
    )  # fmt: skip
    title = f"{say(f'{PAGE}.check')}: {service}/{edition}"
    table = listing(
        PAGE, ("place", "level", "code", "message"), rows, title=title, empty=say(f"{PAGE}.no-findings")
    )
    sign = "error" if report.failed else "success"
    told = say(
        f"{PAGE}.check-failed" if report.failed else f"{PAGE}.check-clean", unreviewed=report.unreviewed
    )
    back = [(say(f"{PAGE}.to-edition"), f"{HOME}{service}/{edition}")]
    return draw_list(request, PAGE, table, actions=back, what="", said=told, said_sign=sign)


@administrator
def propose(request: HttpRequest, service: str, edition: str) -> HttpResponse:
    """The dry run with its report, and the proposal."""
    path = file_of(service, edition)
    package = load_package(path).package if path else None
    if path is None or package is None or package.abstract:
        raise Http404

    def preview(given: Given) -> Preview:
        if check_files([path]).failed:
            raise refused("package-faulty")
        return _dry_run(package)

    def do(given: Given) -> str:
        made = acts.propose_edition(given.actor, package, reason=given.reason, now=given.now, key=given.key)
        return f"{HOME}proposals/{made.pk}"

    back = f"{HOME}{service}/{edition}"
    facts = [
        (say("admin.f-edition"), f"{service}/{edition}"),
        (say(f"{PAGE}.hash"), revising.digest(package)),
    ]
    return carry_out(request, Change(PAGE, "propose", back, {}, do, facts=facts, preview=preview))


@administrator
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: what it changes for how many, who proposed it and who decided."""
    row = _proposal(pk)
    who = people(numbers=[row.person, row.decided_by])
    facts = [
        (say("admin.f-edition"), Cell(f"{row.service}/{row.edition}")),
        (say(f"{PAGE}.kind"), tag(say(f"{PAGE}.{row.kind}"), KINDS[row.kind])),
        (say(f"{PAGE}.hash"), Cell(row.hash)),
        (say(f"{PAGE}.proposed-by"), Cell(who.get(row.person, row.person))),
        (say(f"{PAGE}.proposed-at"), Cell(said(row.made_at.isoformat()))),
        (say("admin.f-reason"), Cell(row.reason)),
        (say(f"{PAGE}.state"), tag(say(f"{PAGE}.{row.state}"), STATES[row.state])),
    ]
    if row.decided_by:
        facts += [
            (say(f"{PAGE}.decided-by"), Cell(who.get(row.decided_by, row.decided_by))),
            (say(f"{PAGE}.answer"), Cell(row.answer)),
        ]
    facts += [(name, Cell(text)) for name, text in _report(row.report)]
    waits = row.state == "waiting"
    actions = (
        [(say(f"{PAGE}.{v}"), f"{HOME}proposals/{pk}/{v}") for v in ("approve", "decline")] if waits else []
    )
    before = (
        Edition.objects.filter(service=row.service, edition=row.edition)
        .exclude(hash=row.hash)
        .order_by("-revision")
        .first()
    )
    new = canon.from_bytes(bytes(row.package))
    tables = [_differ(law_of(before.pk).package, new, say(f"{PAGE}.differences"))] if before else []
    past = _past(lambda data: data.get("hash") == row.hash)
    return draw_thing(request, PAGE, Thing(say(f"{PAGE}.proposal", no=pk), facts, actions, tables, past))


@administrator
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Approve, which publishes, or decline."""
    row = _proposal(pk)
    act: Any = {"approve": acts.approve_edition, "decline": acts.decline_edition}.get(verb)
    if act is None:
        raise Http404

    def do(given: Given) -> None:
        act(given.actor, pk, reason=given.reason, now=given.now, key=given.key)

    facts = [(say("admin.f-edition"), f"{row.service}/{row.edition}"), (say(f"{PAGE}.hash"), row.hash),
             *_report(row.report)]  # fmt: skip
    back = f"{HOME}proposals/{pk}"
    return carry_out(request, Change(PAGE, verb, back, {}, do, facts=facts, final=verb == "approve"))


def _dry_run(package: Package) -> Preview:
    before = (
        Edition.objects.filter(service=package.service, edition=package.edition).order_by("-revision").first()
    )
    if before is None:
        return Preview(say(f"{PAGE}.dry-new"))
    report = revising.report(before, package)
    heads = tuple(say(f"{PAGE}.{key}") for key in ("where", "old", "new"))
    rows = [(d.where, d.old, d.new) for d in differences(law_of(before.pk).package, package)]
    told = "; ".join(f"{name}: {text}" for name, text in _report(report.stored()))
    return Preview(f"{say(f'{PAGE}.{report.kind}')}. {told}", heads, rows)


def _report(report: dict[str, Any]) -> list[tuple[str, str]]:
    if not report:
        return []
    steps = ", ".join(f"{step} ({count})" for step, count in report["steps"].items())
    lost = ", ".join(report["lost"])
    return [
        (say(f"{PAGE}.r-cases"), str(report["cases"])),
        (say(f"{PAGE}.r-steps"), steps or "–"),
        (say(f"{PAGE}.r-term"), said(bool(report["term"]))),
        *([(say(f"{PAGE}.r-lost"), lost)] if lost else []),
    ]


def _state(rows: list[Edition], package: Package | None) -> str:
    if package is None:
        return "unreadable"
    if not rows:
        return "new"
    return "same" if any(row.hash == revising.digest(package) for row in rows[:1]) else "differs"


def _not_published(path: Path) -> Cell:
    """A file that only others are made from is not one that waits."""
    if is_base(path):
        return tag(say(f"{PAGE}.base"), "past")
    return tag(say(f"{PAGE}.not-published"), "soon")


def _file_state(rows: list[Edition], loaded: Loaded | None) -> Cell:
    if loaded is None or loaded.abstract:
        return tag(say(f"{PAGE}.base" if loaded else f"{PAGE}.no-file"), "past")
    state = _state(rows, loaded.package)
    signs = {"unreadable": "late", "new": "soon", "same": "done", "differs": "held"}
    return tag(say(f"{PAGE}.file-{state}"), signs[state])


def _revisions(rows: list[Edition]) -> Listing:
    cells = (
        (
            "",
            (
                str(r.revision),
                r.hash[:16],
                r.law_hash[:12],
                r.texts_hash[:12],
                said(r.published_at.isoformat()),
            ),
        )
        for r in rows
    )
    heads = ("revision", "hash", "law", "words", "published")
    return listing(PAGE, heads, cells, title=say(f"{PAGE}.revisions"), empty=say(f"{PAGE}.not-published"))


def _differ(before: Package, after: Package, title: str) -> Listing:
    signs = {"added": "open", "removed": "refused", "changed": "held"}
    rows = (
        ("", (d.where, tag(say(f"{PAGE}.{d.kind}"), signs[d.kind]), d.old, d.new))
        for d in differences(before, after)
    )
    return listing(
        PAGE, ("where", "change", "old", "new"), rows, title=title, empty=say(f"{PAGE}.no-differences")
    )


def _proposals() -> Listing:
    rows = Proposal.objects.order_by("-pk").defer("package")[:20]
    who = people(numbers=[row.person for row in rows])
    cells = (
        (
            f"{HOME}proposals/{r.pk}",
            (
                f"{r.service}/{r.edition}",
                tag(say(f"{PAGE}.{r.kind}"), KINDS[r.kind]),
                who.get(r.person, r.person),
                said(r.made_at.isoformat()),
                tag(say(f"{PAGE}.{r.state}"), STATES[r.state]),
            ),
        )
        for r in rows
    )
    heads = ("edition", "kind", "proposed-by", "proposed-at", "state")
    return listing(PAGE, heads, cells, title=say(f"{PAGE}.proposals"), empty=say(f"{PAGE}.no-proposals"))


def _proposal(pk: int) -> Proposal:
    row = Proposal.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _level(finding: Any) -> Cell:
    if finding.level == "error":
        return tag(say(f"{PAGE}.error"), "late")
    return tag(say(f"{PAGE}.known"), "past") if finding.acknowledged else tag(say(f"{PAGE}.notice"), "soon")


def _near(path: str) -> str:
    """The last parts of a path: where the folder of the deployment lies is nobody's business here."""
    return "/".join(path.split("/")[-3:])
