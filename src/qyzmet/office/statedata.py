"""What the case page shows of state databases, and whether the official may ask them."""

from __future__ import annotations

from dataclasses import dataclass

from qyzmet.cases import watching
from qyzmet.cases.filing.consents import consents, given_to_data
from qyzmet.cases.models import Capacity, CaseState
from qyzmet.cases.queries import CasePage
from qyzmet.gateway.models import StateQuestion
from qyzmet.gateway.statedata.asking import wanted_for
from qyzmet.gateway.statedata.port import connected
from qyzmet.pages.state_data import Row, rows
from qyzmet.people.actor import Actor

__all__ = ["OnPage", "on_page"]

ASKING = frozenset({Capacity.PROVIDER, Capacity.HOLDER, Capacity.INTAKE})


@dataclass(frozen=True, slots=True)
class OnPage:
    """`may`: ask one of the rows again; `may_ask`: ask what was not asked yet."""

    rows: list[Row]
    may: bool
    may_ask: bool


def on_page(actor: Actor, page: CasePage) -> OnPage:
    """The part of the case page."""
    found = rows(actor, page)
    open_ = page.case.state != CaseState.ENDED and not page.case.unconfirmed
    may = connected() and open_ and bool(page.capacities & ASKING) and not watching.watches(actor)
    return OnPage(found, may, may and _left(page))


def _left(page: CasePage) -> bool:
    """Whether the law lets something be fetched that nobody has asked for, with a consent that stands."""
    form = page.shown.get("form") or {}
    wanted = wanted_for(page.case, page.law, form) if form else []
    if not wanted or given_to_data(consents(page.case, page.law, form)) is None:
        return False
    known = set(StateQuestion.objects.filter(case=page.case).values_list("item", "database", "about"))
    return any((each.item, each.database, each.about) not in known for each in wanted)
