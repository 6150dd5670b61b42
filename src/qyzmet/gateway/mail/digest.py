"""The letter of the day: what is near and what is late among the deadlines of one official in one body.

for who, said in digest.told_in(body, since, now): ...  # only those for whom something is new since then
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from qyzmet.cases.dates.standing import TOLD_ABOVE, standing
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Deadline, Token
from qyzmet.gateway.mail import letters
from qyzmet.gateway.mail.letters import Letter
from qyzmet.gateway.mail.whom import Told
from qyzmet.people.directory import body as organisation
from qyzmet.people.in_force import in_force
from qyzmet.people.models import PostHolding

__all__ = ["LONGEST", "told_in"]

CODE = "deadlines.told"
LONGEST = 40
"""Lines under one heading; how many more there are is said below them."""


class _Line(NamedTuple):
    row: Deadline
    case: Case
    above: bool

    @property
    def part(self) -> str:
        """The heading it stands under."""
        return "below" if self.above else "late" if self.row.marked_at else "near"

    def is_new(self, since: datetime | None) -> bool:
        return since is None or any(
            m is not None and m > since for m in (self.row.warned_at, self.row.marked_at)
        )


def told_in(body: int, since: datetime | None, now: datetime) -> Iterator[tuple[Told, Letter]]:
    """The officials of a body to whom something after `since` is new, with all that stands now."""
    tokens = list(_tokens(body))
    own = _lines(standing(now).filter(case__in=_tokens(body).values("case")), above=False)
    above = _lines(standing(now).filter(TOLD_ABOVE, case__provider__parent=body), above=True)
    held: dict[int, list[PostHolding]] = {}
    for each in (
        PostHolding.objects.filter(in_force(now), organisation=body).select_related("account").order_by("id")
    ):
        held.setdefault(each.account_id, []).append(each)
    for posts in held.values():
        lines = [line for line in own if _has(posts, tokens, line.row)] + above
        if any(line.is_new(since) for line in lines):
            account = posts[0].account
            yield (
                Told(account.number, body, account.language, account.email),
                _letter(lines, since, account.language),
            )


def _tokens(body: int) -> QuerySet[Token]:
    return Token.objects.filter(organisation=body, closed_at=None, cancelled=False).exclude(post="")


def _lines(found: QuerySet[Deadline], *, above: bool) -> list[_Line]:
    rows = found.select_related("case").order_by("due", "id")
    return [_Line(row, row.case, above) for row in rows if row.case is not None]


def _has(posts: Iterable[PostHolding], tokens: Iterable[Token], row: Deadline) -> bool:
    """Whether a holder of these posts has that in hand: the step itself, or any step of the case."""
    steps = [t for t in tokens if t.case_id == row.case_id and _stands_for(row, t)]
    return any(_in_hand(post, step) for post in posts for step in steps)


def _stands_for(row: Deadline, token: Token) -> bool:
    return not row.subject.startswith("token:") or row.subject == f"token:{token.case_id}.{token.no}"


def _in_hand(held: PostHolding, step: Token) -> bool:
    theirs = step.post == held.post and held.service in {"", step.service}
    return theirs and step.assignee_id in {None, held.account_id}


def _letter(lines: list[_Line], since: datetime | None, language: str) -> Letter:
    said = letters.texts(CODE)
    parts = {part: [line for line in lines if line.part == part] for part in ("late", "near", "below")}
    counts = {part: str(len(found)) for part, found in parts.items()}
    written = [
        each for part, found in parts.items() if found for each in _part(said, part, found, since, language)
    ]
    written.append(
        letters.filled(letters.texts("_read")[language], {"address": f"{settings.QYZMET_ADDRESS}/office/"})
    )
    kind = "subject" if counts["late"] != "0" or counts["near"] != "0" else "subject-below"
    return Letter(letters.filled(said[kind][language], counts), tuple(written))


def _part(
    said: letters.Texts, part: str, found: list[_Line], since: datetime | None, language: str
) -> Iterator[str]:
    yield said["letter"][part][language]
    for line in sorted(found, key=lambda each: not each.is_new(since))[:LONGEST]:
        yield letters.filled(said["line-below" if line.above else "line"][language], _facts(line, language))
    if len(found) > LONGEST:
        yield letters.filled(said["more"][language], {"count": str(len(found) - LONGEST)})


def _facts(line: _Line, language: str) -> dict[str, str]:
    case, law = line.case, law_of(line.case.edition_id)
    whole = line.row.duty == "term"
    return {
        "number": case.number or case.ref,
        "service": law.package.name.in_language(language),
        "step": letters.texts(CODE)["term"][language]
        if whole
        else letters.step_name(law, line.row.duty, language),
        "due": letters.moment(line.row.due, language),
        "body": organisation(case.provider_id).names[language],
        "address": f"{settings.QYZMET_ADDRESS}/office/cases/{case.ref}",
    }
