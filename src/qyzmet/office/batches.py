"""The same step of many cases completed in one go, with a result for each.

    grouped = groups(chosen(actor, keys))
    made = carry_out(actor, orders(grouped, outcomes), key, now)

Where the step is signed, the bytes of every case are signed in one prompt first (`prompt`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet import evidence
from qyzmet.cases.acts.run_batch import Together, make_batch, run_batch
from qyzmet.cases.models import BatchItem
from qyzmet.cases.queries import CasePage, case_page
from qyzmet.cases.queries.choices import choices
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed
from qyzmet.cases.signed.signers import expected_of
from qyzmet.evidence.models import SigningRequest
from qyzmet.office import signing
from qyzmet.office.deciding import Decision
from qyzmet.office.names import step_name
from qyzmet.office.together import kind_of_batch
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor

__all__ = [
    "A_PROMPT",
    "BATCH",
    "Chosen",
    "Order",
    "Result",
    "carry_out",
    "chosen",
    "groups",
    "ordered",
    "orders",
    "prompt",
    "results",
    "within_a_prompt",
]

MOST = 200
A_PROMPT = 100
"""How many decisions one prompt signs: what a person can still look through."""
BATCH = "batch"


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
    def signs(self) -> bool:
        """Whether the step is signed."""
        return any(each.signs for each in self.offers)

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
        kind = kind_of_batch(page.law, token) if token.no == no and no in mine else ""
        if kind:
            offers = [Decision(page, token, each) for each in choices(page.law, page.case, token)]
            yield Chosen(
                page.case.ref,
                no,
                page.case.number or page.case.ref,
                page.shown.get("applicant_name") or "",
                f"{page.case.service}/{token.step}",
                kind,
                step_name(page.law, token.step),
                page.law.step(token.step).cite,
                tuple(each for each in offers if _bare(each)),
            )


def _bare(decision: Decision) -> bool:
    """Whether an outcome asks for nothing but a name; the rest is done on the case's own page."""
    asks = decision.choice.grounds or decision.form.widgets or decision.extra or decision.window
    return not asks


def groups(found: Sequence[Chosen]) -> dict[str, list[Chosen]]:
    """The cases by service and step, as the confirmation shows them."""
    grouped: dict[str, list[Chosen]] = {}
    for each in found:
        grouped.setdefault(each.group, []).append(each)
    return grouped


def within_a_prompt(found: Sequence[Chosen]) -> tuple[list[Chosen], int]:
    """The cases one prompt can take, and how many have to wait for the next."""
    signed = [each for each in found if each.signs]
    late = {each.key for each in signed[A_PROMPT:]}
    return [each for each in found if each.key not in late], len(late)


@dataclass(frozen=True, slots=True)
class Order:
    """What is done with the tasks (case reference, step number) of one service and step."""

    kind: str
    outcome: str
    tasks: tuple[tuple[str, int], ...]

    def plain(self) -> dict[str, Any]:
        """As a request for signatures keeps it."""
        return {"kind": self.kind, "outcome": self.outcome, "tasks": [list(each) for each in self.tasks]}


def orders(grouped: Mapping[str, Sequence[Chosen]], outcomes: Mapping[str, str]) -> dict[str, Order]:
    """What to do with each group. A group is left out when it needs a choice nobody made."""
    found = {}
    for group, cases in grouped.items():
        outcome = _outcome(cases[0], outcomes.get(group, ""))
        if outcome:
            found[group] = Order(cases[0].kind, outcome, tuple((each.ref, each.no) for each in cases))
    return found


def ordered(plain: Mapping[str, Mapping[str, Any]]) -> dict[str, Order]:
    """Orders as they were kept."""
    return {
        group: Order(each["kind"], each["outcome"], tuple((ref, no) for ref, no in each["tasks"]))
        for group, each in plain.items()
    }


def _outcome(chosen: Chosen, asked: str) -> str:
    known = [offer.outcome for offer in chosen.offers]
    return asked if asked in known else known[0] if len(known) == 1 else ""


def prompt(
    actor: Actor, grouped: Mapping[str, Sequence[Chosen]], what: Mapping[str, Order], key: str, now: datetime
) -> SigningRequest | None:
    """Ask for one signature over each case that is signed; None where none is. Raises ActRefused."""
    items = []
    for group, order in what.items():
        for each in grouped[group]:
            decision = next((offer for offer in each.offers if offer.outcome == order.outcome), None)
            if decision is not None and decision.signs:  # the act itself says why another cannot be done so
                items.append(signing.item_of(actor, decision.page, decision, each.key, now))
    if not items:
        return None
    params = {"key": key, "orders": {group: order.plain() for group, order in what.items()}}
    return evidence.ask(
        actor, BATCH, f"batch:{key}", items, expected=expected_of(actor), params=params, now=now
    )


def carry_out(
    actor: Actor,
    what: Mapping[str, Order],
    key: str,
    now: datetime,
    signed: Mapping[str, Signed] | None = None,
) -> list[int]:
    """Make a batch of each group and carry it out; their numbers. With the same `key` nothing is done twice.

    `signed`: a task's key → what came of its signature. Raises ActRefused.
    """
    made = []
    for group, order in what.items():
        kept = {ref: (signed or {}).get(f"{ref}.{no}") for ref, no in order.tasks}
        proofs = {ref: each for ref, each in kept.items() if each is not None}
        together = Together(kind=order.kind, outcome=order.outcome, signature=proofs or None)
        batch = make_batch(actor, order.tasks, together, now=now, key=f"{key}:{group}"[:100])
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
