"""Every address of the house, for every role, with samples of its arguments: the one list.

    for each in addresses(ROLES["citizen"], now, kinds=("page",)):
        each.name, each.path

A new page is one line here: `page(name, roles, sample)`; `download` for what is taken away, `leads` for what
only leads on, `posts` for what only takes a POST. `LEFT_OUT` names what has no line, and why.
tests/reach/test_addresses.py fails for an address that is neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from qyzmet.config import clock
from tests.reach import samples as s
from tests.reach.roles import APPLICANTS, OFFICIALS, ROLES, Role

__all__ = ["ADDRESSES", "LEFT_OUT", "Address", "Found", "addresses", "everything", "names"]

Kind = Literal["page", "download", "leads", "posts"]
EVERYBODY = tuple(ROLES)
SIGNED_IN = (*APPLICANTS, *OFFICIALS)
WORKERS = tuple(
    name for name in OFFICIALS if name not in ("supervisor", "auditor", "administrator", "contact-centre")
)
VISITOR, ADMIN, SUPERVISOR, AUDITOR = ("visitor",), ("administrator",), ("supervisor",), ("auditor",)
HEADS = ("head", "subsidy-head")
SITTING, COUNTER = ("commission-chair", "commission-member"), ("counter", "centre-inspector")


@dataclass(frozen=True)
class Address:
    """A named address, how it is asked for, and who has it."""

    name: str
    kind: Kind
    roles: tuple[str, ...]
    sample: s.Sample


@dataclass(frozen=True)
class Found:
    """One address with its arguments, as a role reaches it."""

    role: str
    name: str
    kind: Kind
    path: str


def page(name: str, roles: tuple[str, ...], sample: s.Sample = s.plain) -> Address:
    return Address(name, "page", roles, sample)


def download(name: str, roles: tuple[str, ...], sample: s.Sample = s.plain) -> Address:
    return Address(name, "download", roles, sample)


def leads(name: str, roles: tuple[str, ...], sample: s.Sample = s.plain) -> Address:
    return Address(name, "leads", roles, sample)


def posts(name: str, roles: tuple[str, ...], sample: s.Sample = s.plain) -> Address:
    return Address(name, "posts", roles, sample)


LEFT_OUT = {
    "mgov-request": "a phone's address, known by its token alone; tests/api shows it",
    "mgov-documents": "a phone's address, known by its token alone; tests/api shows it",
    "account-code": "asked between the password and the session; tests/portal/accounts shows it",
    "account-reset-signed": "asked after a signature without a session; tests/portal/accounts shows it",
    "account-egov": "leads to another house, when one is configured",
    "account-egov-back": "comes from another house, with its code",
}

OF_EVERYBODY = (
    page("catalogue", EVERYBODY, s.asked("q=zzz")),
    page("service", VISITOR, s.every_service),
    page("service-sheet", VISITOR, s.services),
    page("service-form", VISITOR, s.services),
    download("service-form-pdf", VISITOR, s.services),
    download("service-diagram", VISITOR, s.services),
    download("service-bpmn", VISITOR, s.services),
    page("sign-in", VISITOR),
    page("verify", ("visitor", "citizen")),
    page("verify-code", VISITOR, s.codes),
    page("account-register", VISITOR),
    page("account-reset", VISITOR),
    page("account-reset-signature", VISITOR),
    page("account-reset-link", VISITOR, s.reset_links),
    page("account-status", VISITOR),
    page("board", VISITOR, s.halls),
    page("board-window", VISITOR, s.hall_windows),
    download("health-live", VISITOR),
    download("health-ready", VISITOR),
    posts("set_language", EVERYBODY),
    posts("clock-next", EVERYBODY),
)
OF_SIGNED_IN = (
    page("roles", SIGNED_IN),
    posts("sign-out", SIGNED_IN),
    page("account", SIGNED_IN),
    leads("account-confirm", ("citizen",)),
    page("account-contact", ("citizen", "specialist")),
    page("account-password", ("citizen", "specialist")),
    posts("account-sessions", SIGNED_IN),
    page("account-factor", ("citizen", "specialist")),
    page("account-companies", ("citizen", "company")),
    posts("account-company-take", ("citizen",)),
    posts("account-company-give", ("company",)),
    posts("account-company-withdraw", ("company",)),
    page("sign", SIGNED_IN, s.requests),
    download("sign-state", SIGNED_IN, s.requests),
    download("sign-all", SIGNED_IN, s.requests),
    download("sign-content", SIGNED_IN, s.request_items),
    download("sign-shown", SIGNED_IN, s.request_shows),
    download("sign-attached", SIGNED_IN, s.request_files),
)
OF_APPLICANTS = (
    page("apply", APPLICANTS, s.services),
    leads("draft", APPLICANTS, s.drafts),
    page("draft-part", APPLICANTS, s.draft_parts),
    page("draft-documents", APPLICANTS, s.drafts),
    download("draft-file", APPLICANTS, s.draft_files),
    page("draft-check", APPLICANTS, s.drafts),
    leads("draft-sign", APPLICANTS, s.drafts),
    page("draft-sides", APPLICANTS, s.locked_drafts),
    posts("draft-unlock", APPLICANTS, s.locked_drafts),
    page("draft-delete", APPLICANTS, s.drafts),
    page("to-sign", APPLICANTS, s.to_sign),
    posts("to-sign-decline", APPLICANTS, s.to_sign),
    page("cabinet", APPLICANTS),
    page("cabinet-case", APPLICANTS, s.cases),
    page("cabinet-filed", APPLICANTS, s.first(s.cases)),
    download("cabinet-case-file", APPLICANTS, s.first(s.cases)),
    page("cabinet-decisions", APPLICANTS, s.ended),
    page("cabinet-withdraw", APPLICANTS, s.withdrawable),
    page("cabinet-answer", APPLICANTS, s.answered),
    page("cabinet-complain", APPLICANTS, s.ended),
    page("cabinet-hearing", APPLICANTS, s.heard),
    download("cabinet-hearing-ics", APPLICANTS, s.heard),
    download("cabinet-file", APPLICANTS, s.files),
    download("cabinet-signature", APPLICANTS, s.signatures),
    page("cabinet-data", APPLICANTS, s.first(s.cases)),
    page("cabinet-consent", APPLICANTS, s.consented),
    page("my-data", APPLICANTS),
    download("my-data-copy", APPLICANTS),
    page("letters", APPLICANTS),
    page("letter", APPLICANTS, s.letters),
)
OF_OFFICIALS = (
    page("office", WORKERS, s.asked("show=late", "show=mine")),
    posts("office-hand", WORKERS),
    posts("office-batch", WORKERS),
    page("office-batch-again", WORKERS, s.prompts),
    page("office-batch-done", WORKERS, s.batches),
    page("office-agenda", SITTING),
    posts("office-agenda-votes", SITTING),
    page("office-letters", OFFICIALS),
    page("office-letter", OFFICIALS, s.letters),
    page("office-search", OFFICIALS, s.searches),
    page("office-case", WORKERS, s.deciding),
    posts("office-decide", WORKERS, s.work),
    posts("office-step", WORKERS, s.with_verbs(s.work, "take")),
    posts("office-suspension", WORKERS, s.with_verbs(s.first(s.cases), "suspend")),
    download("office-file", WORKERS, s.files),
    download("office-document", WORKERS, s.documents),
    page("office-correct", WORKERS, s.changeable),
    page("office-annul", WORKERS, s.changeable),
    download("office-case-file", WORKERS, s.first(s.cases)),
    page("office-decisions", WORKERS, s.ended),
    download("office-tasks-export", WORKERS, s.given(kind="csv")),
    posts("office-filters", WORKERS),
    page("office-work", HEADS),
    page("office-substitutions", HEADS),
    page("office-suspensions", HEADS),
    posts("office-substitution-stop", HEADS, s.substitutions),
    page("office-relatives", WORKERS),
    posts("office-relative-withdraw", WORKERS, s.relatives),
    page("office-hearings", WORKERS),
    page("office-hearing", WORKERS, s.hearings),
    posts("office-hearing-call-off", WORKERS, s.hearings),
    download("office-search-export", OFFICIALS, s.given(kind="csv")),
    posts("office-state-data", WORKERS, s.first(s.cases)),
    posts("office-note", WORKERS, s.first(s.cases)),
    posts("office-conflict", WORKERS, s.first(s.cases)),
    download("office-look", WORKERS, s.looks),
    download("office-signature", WORKERS, s.signatures),
)
AT_THE_COUNTER = (
    page("office-confirm-account", COUNTER),
    page("office-intake", COUNTER),
    page("office-receipt", COUNTER, s.receipts),
    page("office-refused", COUNTER, s.refused_filings),
    download("office-refused-document", COUNTER, s.refused_filings),
    page("office-intake-form", COUNTER, s.intake_services),
    posts("office-intake-check", COUNTER, s.intake_services),
    page("queue", COUNTER),
    posts("queue-do", COUNTER, s.given(verb="call")),
    page("queue-slip", COUNTER, s.slips),
    page("handing", COUNTER),
    page("handing-give", COUNTER, s.handed),
    page("handing-receipt", COUNTER, s.handed),
    posts("handing-remind", COUNTER, s.handed),
    page("visits", COUNTER),
    page("visit-new", COUNTER),
    page("visit", COUNTER, s.home_visits),
    posts("visit-appoint", COUNTER, s.home_visits),
    posts("visit-cancel", COUNTER, s.home_visits),
    page("contact", ("contact-centre",)),
    page("contact-visit", ("contact-centre",)),
)
WATCHING = (
    page("supervision", SUPERVISOR),
    page("supervision-late", SUPERVISOR),
    page("supervision-refusals", SUPERVISOR),
    page("supervision-times", SUPERVISOR),
    page("supervision-cases", SUPERVISOR),
    page("supervision-waits", SUPERVISOR),
    page("supervision-recount", SUPERVISOR),
    download("supervision-export", SUPERVISOR, s.given(name="cases", kind="csv")),
    page("audit", AUDITOR),
    download("audit-export", AUDITOR, s.given(kind="csv")),
    page("audit-journal", AUDITOR, s.first(s.cases)),
    page("audit-seals", AUDITOR),
)
ADMINISTERING = (
    page("admin", ADMIN),
    page("admin-bodies", ADMIN),
    page("admin-body-new", ADMIN),
    page("admin-body", ADMIN, s.bodies),
    page("admin-post-give", ADMIN, s.bodies),
    page("admin-body-change", ADMIN, s.with_verbs(s.bodies, "rename", "hours-give", "place", "close")),
    page("admin-posts", ADMIN),
    page("admin-post", ADMIN, s.posts),
    page("admin-post-end", ADMIN, s.posts),
    page("admin-post-stand-in", ADMIN, s.posts),
    page("admin-substitution-stop", ADMIN, s.substitutions),
    page("admin-accounts", ADMIN, s.asked("q=900205417747")),
    page("admin-account", ADMIN, s.accounts),
    page("admin-account-change", ADMIN, s.with_verbs(s.accounts, "block", "end-sessions")),
    page("admin-hours", ADMIN),
    page("admin-hours-new", ADMIN),
    page("admin-hours-named", ADMIN, s.hours),
    page("admin-hours-change", ADMIN, s.hours),
    page("admin-calendar", ADMIN),
    page("admin-calendar-new", ADMIN),
    page("admin-parameters", ADMIN),
    page("admin-parameter", ADMIN, s.parameters),
    page("admin-parameter-set", ADMIN, s.parameters),
    page("admin-openings", ADMIN),
    page("admin-opening-new", ADMIN),
    page("admin-opening-end", ADMIN, s.openings),
    page("admin-packages", ADMIN),
    page("admin-proposal", ADMIN, s.proposals),
    page("admin-proposal-decide", ADMIN, s.with_verbs(s.proposals, "decline")),
    page("admin-edition", ADMIN, s.editions),
    page("admin-edition-check", ADMIN, s.editions),
    page("admin-edition-propose", ADMIN, s.proposed),
    page("admin-parked", ADMIN),
    page("admin-parked-again", ADMIN, s.parked),
    page("admin-maintenance", ADMIN),
    page("admin-maintenance-new", ADMIN),
    page("admin-maintenance-cancel", ADMIN, s.announced),
    page("admin-seals", ADMIN),
    page("admin-seal-now", ADMIN),
    page("admin-texts", ADMIN),
)
ALL = (
    *OF_EVERYBODY,
    *OF_SIGNED_IN,
    *OF_APPLICANTS,
    *OF_OFFICIALS,
    *AT_THE_COUNTER,
    *WATCHING,
    *ADMINISTERING,
)
ADDRESSES: dict[str, Address] = {each.name: each for each in ALL}


def names() -> set[str]:
    """The name of every pattern of the house."""
    return set(_walk(get_resolver().url_patterns))


def _walk(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns)
        else:
            yield str(each.name or each.pattern)


def addresses(
    role: Role, now: datetime | None = None, *, kinds: tuple[Kind, ...] = ("page",)
) -> Iterator[Found]:
    """Every address of these kinds that the role has something at, now."""
    if not role.filled:
        return
    who = s.Looker(role, now or clock.now())
    for each in ADDRESSES.values():
        if each.kind in kinds and role.name in each.roles:
            yield from (
                Found(role.name, each.name, each.kind, _path(each.name, args)) for args in each.sample(who)
            )


def everything(now: datetime | None = None, *, kinds: tuple[Kind, ...] = ("page",)) -> Iterator[Found]:
    """The same for all roles."""
    for role in ROLES.values():
        yield from addresses(role, now, kinds=kinds)


def _path(name: str, args: s.Args) -> str:
    query = args.get("?", "")
    path = reverse(name, kwargs={key: value for key, value in args.items() if key != "?"})
    return f"{path}?{query}" if query else path
