"""The supervisor's tables, in the words of the page: what a page shows and a file holds."""

from __future__ import annotations

from collections.abc import Mapping

from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Edition
from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import Ended, Ground, Load, Pressing, Times
from qyzmet.identity import sort_key
from qyzmet.office.desk import published
from qyzmet.office.names import body_name, exit_name, ground_name, people, step_name
from qyzmet.office.spreadsheets import Cell
from qyzmet.office.supervising.sheets import Table
from qyzmet.pages.words import current_language, say
from qyzmet.people.directory import body
from qyzmet.portal.posts import post_name
from qyzmet.regulation.clause_words import clause_in_words

__all__ = ["Words", "cases_table", "grounds_table", "late_table", "load_table", "people_table", "times_table"]


class Words:
    """Names, each looked up once for a table."""

    def __init__(self) -> None:
        general = (
            law_of(pk)
            for pk in Edition.objects.filter(general=True).order_by("id").values_list("id", flat=True)
        )
        self._laws = {law.package.service: law for law in (*general, *published())}
        self._posts: dict[tuple[str, int], str] = {}

    def service(self, service: str) -> str:
        """A service's name, or its id where no edition of it is published any more."""
        law = self._laws.get(service)
        return law.package.name.in_language(current_language()) if law else service

    def post(self, post: str, organisation: int) -> str:
        """A post's name as the body that has it calls it."""
        key = (post, organisation)
        if key not in self._posts:
            self._posts[key] = post_name(post, "", body(organisation).kind)[current_language()]
        return self._posts[key]

    def ground(self, key: Ground) -> tuple[str, str]:
        """A ground's name and clause."""
        if not key.ground:
            return say("supervision.no-ground"), _clause(key.clause)
        law = self._laws.get(key.service)
        words, clause = ground_name(law, key.ground) if law else (key.ground, "")
        return words, _clause(key.clause or clause)


def _clause(cite: str) -> str:
    return clause_in_words(cite, current_language()) if cite else ""


def load_table(rows: list[Load]) -> Table:
    """Open steps by body and post."""
    words = Words()
    posts: dict[tuple[int, str], list[Load]] = {}
    for row in rows:
        posts.setdefault((row.organisation, row.post), []).append(row)
    heads = (say("supervision.body"), say("supervision.post"), *_share_heads())
    lines = ((body_name(o), words.post(p, o), *figures.total(of)) for (o, p), of in posts.items())
    return Table("load", say("supervision.by-post"), heads, tuple(lines))


def people_table(rows: list[Load]) -> Table:
    """Open steps by who has taken them."""
    words = Words()
    names = people(ids=[row.person for row in rows])
    kept = [row for row in rows if row.person is not None]
    heads = (say("supervision.person"), say("supervision.body"), say("supervision.post"), *_share_heads())
    lines = (
        (
            names[row.person or 0],
            body_name(row.organisation),
            words.post(row.post, row.organisation),
            *row.share,
        )
        for row in kept
    )
    return Table("people", say("supervision.by-person"), heads, tuple(sorted(lines, key=_by_name)))


def _by_name(line: tuple[Cell, ...]) -> tuple[str, ...]:
    """In the order of the Kazakh alphabet."""
    return tuple(sort_key(str(cell)) for cell in line[:3])


def _share_heads() -> tuple[str, ...]:
    return (
        say("supervision.open"), say("supervision.taken"), say("supervision.today"), say("supervision.soon"),
        say("supervision.late"), say("supervision.held"),
    )  # fmt: skip


def late_table(rows: list[Pressing]) -> Table:
    """What is late or about to be, with who holds it."""
    words = Words()
    names = people(ids=[account for row in rows for _, _, account in row.holders])
    heads = (
        say("desk.number"), say("supervision.what"), say("desk.due"), say("desk.holder"),
        say("supervision.body"), say("desk.service"),
    )  # fmt: skip
    lines = tuple(
        (
            row.case.number or row.case.ref,
            step_name(law_of(row.case.edition_id), row.step) if row.step else say("supervision.whole-term"),
            row.due,
            "; ".join(_holder(words, names, *each) for each in row.holders)
            or say("supervision.nobody-holds"),
            body_name(row.case.provider_id),
            words.service(row.case.service),
        )
        for row in rows
    )
    return Table("late", say("supervision.to-late"), heads, lines, tuple(_case(row.case) for row in rows))


def _holder(
    words: Words, names: Mapping[int | str, str], where: int | None, post: str, account: int | None
) -> str:
    title = words.post(post, where) if where else post
    return f"{names[account]}, {title}" if account else ": ".join((title, say("supervision.nobody-took")))


def grounds_table(name: str, title: str, counted: Mapping[Ground, int]) -> Table:
    """Refusals by ground and clause, the commonest first."""
    words = Words()
    heads = (
        say("supervision.ground"), say("supervision.clause"), say("desk.service"), say("supervision.body"),
        say("supervision.count"),
    )  # fmt: skip
    lines = [
        (*words.ground(key), words.service(key.service), body_name(key.provider), count)
        for key, count in sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    ]
    return Table(name, title, heads, tuple(lines))


def times_table(cases: list[Ended]) -> Table:
    """How long the cases that ended took, by body and service."""
    words = Words()
    heads = (
        say("supervision.body"), say("desk.service"), say("supervision.ended"), say("supervision.in-time"),
        say("supervision.late"), say("supervision.undated"), say("supervision.share"),
        say("supervision.net-days"), say("supervision.net-days-90"),
        say("supervision.gross-days"), say("supervision.gross-days-90"),
        say("supervision.net-hours"), say("supervision.net-hours-90"),
        say("supervision.gross-hours"), say("supervision.gross-hours-90"),
        say("supervision.breaches"),
    )  # fmt: skip
    lines = []
    for (provider, service), of in figures.grouped(cases).items():
        breached = sum(case.breached for case in of)
        where = (body_name(provider), words.service(service))
        lines.append((*where, *_time_cells(figures.times(of)), breached))
    return Table("times", say("supervision.to-times"), heads, tuple(lines))


def _time_cells(of: Times) -> tuple[str | int | float, ...]:
    share = f"{of.share:.0%}" if of.share is not None else say("supervision.no-date")
    counts = (of.count, of.in_time, of.late, of.undated, share)
    return (*counts, *of.net_days, *of.gross_days, *of.net_hours, *of.gross_hours)


def cases_table(cases: list[Case]) -> Table:
    """Cases, newest first, without a word of their papers."""
    words = Words()
    heads = (
        say("desk.number"), say("desk.service"), say("supervision.body"), say("desk.state"),
        say("supervision.registered"), say("desk.due"), say("supervision.ended-on"),
    )  # fmt: skip
    lines = tuple(
        (
            case.number or case.ref, words.service(case.service), body_name(case.provider_id), _state(case),
            _registered(case), case.due, case.ended_at,
        )
        for case in cases
    )  # fmt: skip
    return Table("cases", say("supervision.to-cases"), heads, lines, tuple(_case(case) for case in cases))


def _registered(case: Case) -> Cell:
    """When it was registered; in a word where it is not yet, or ended before it was."""
    if case.number:
        return case.registered_at
    ended = case.state == "ended"
    return say("supervision.not-registered") if ended else say("supervision.to-register")


def _state(case: Case) -> str:
    states = {
        "received": say("desk.state-received"), "open": say("desk.state-open"),
        "suspended": say("desk.state-suspended"),
    }  # fmt: skip
    ending = exit_name(law_of(case.edition_id), case.exit) or say("desk.state-ended")
    return states.get(case.state, ending)


def _case(case: Case) -> str:
    return f"/office/cases/{case.ref}"
