"""The same step of many cases completed in one go, with a result for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qyzmet.cases.acts.run_batch import Together, make_batch, run_batch
from qyzmet.cases.models import BatchItem
from qyzmet.cases.queries import CasePage, case_page
from qyzmet.cases.queries.choices import choices
from qyzmet.cases.refusals import ActRefused
from qyzmet.office.deciding import Decision
from qyzmet.office.names import step_name
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor

__all__ = ["Chosen", "Result", "chosen", "complete_each", "groups", "results"]

MOST = 200


@dataclass(frozen=True)
class Chosen:
    """A case picked for the batch; `group` is its service and step, `kind` what the law says is done at once.

    `offers` are the outcomes that need nothing but a name.
    """

    ref: str
    no: int
    number: str
    applicant: str
    group: str
    kind: str
    step: str
    clause: str
    offers: tuple[Decision, ...] = field(default=())

    @property
    def key(self) -> str:
        return f"{self.ref}.{self.no}"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one case; `refused` says why it was not done, both are empty while it waits."""

    ref: str
    number: str
    done: bool
    refused: str = ""
    clause: str = ""


def chosen(actor: Actor, keys: Sequence[str]) -> list[Chosen]:
    """The picked steps that are still the actor's and may be done in a batch; others are left out."""
    found: list[Chosen] = []
    for key in dict.fromkeys(keys[:MOST]):
        ref, _, no = key.partition(".")
        try:
            page = case_page(actor, ref)
        except ActRefused:
            continue
        found += _of(page, int(no) if no.isdecimal() and len(no) < 10 else -1)
    return found


def _of(page: CasePage, no: int) -> Iterator[Chosen]:
    mine = {each.no for each in page.doable}
    for token in page.tokens:
        if token.no == no and no in mine and token.kind == "batch":
            offers = [Decision(page, token, each) for each in choices(page.law, page.case, token)]
            yield Chosen(
                page.case.ref,
                no,
                page.case.number or page.case.ref,
                page.shown.get("applicant_name") or "",
                f"{page.case.service}/{token.step}",
                page.law.step(token.step).batch or "dispatch",
                step_name(page.law, token.step),
                page.law.step(token.step).cite,
                tuple(each for each in offers if _bare(each)),
            )


def _bare(decision: Decision) -> bool:
    """Whether an outcome asks for nothing but a name; the rest is done on the case's own page."""
    return not decision.choice.grounds and not decision.form.widgets and not decision.extra


def groups(found: Sequence[Chosen]) -> dict[str, list[Chosen]]:
    """The cases by service and step, as the confirmation shows them."""
    grouped: dict[str, list[Chosen]] = {}
    for each in found:
        grouped.setdefault(each.group, []).append(each)
    return grouped


def complete_each(
    actor: Actor,
    grouped: Mapping[str, Sequence[Chosen]],
    outcomes: Mapping[str, str],
    key: str,
    now: datetime,
) -> list[int]:
    """Make a batch of each group and carry it out; their numbers. With the same `key` nothing is done twice.

    A group is left out when it needs a choice nobody made. Raises ActRefused.
    """
    made = []
    for group, found in grouped.items():
        known = [offer.outcome for offer in found[0].offers]
        asked = outcomes.get(group, "")
        outcome = asked if asked in known else known[0] if len(known) == 1 else ""
        if outcome:
            what = Together(kind=found[0].kind, outcome=outcome)
            tasks = [(each.ref, each.no) for each in found]
            batch = make_batch(actor, tasks, what, now=now, key=f"{key}:{group}"[:100])
            run_batch(actor, batch, now=now)
            made.append(batch.pk)
    return made


def results(actor: Actor, numbers: Sequence[int]) -> list[Result]:
    """What came of each case of the actor's own batches."""
    mine = BatchItem.objects.filter(
        batch__in=numbers, batch__account=actor.account, batch__organisation=actor.organisation
    )
    return [_result(item) for item in mine.select_related("case").order_by("batch_id", "place")]


def _result(item: BatchItem) -> Result:
    case, came = item.case, item.result or {}
    said = came.get("text") or {}
    return Result(
        case.ref,
        case.number or case.ref,
        "done" in came,
        said.get(current_language(), ""),
        came.get("clause", ""),
    )
