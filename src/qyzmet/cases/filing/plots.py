"""Two open cases about one land plot: each is flagged, so that whoever decides sees the other.

Who named a plot stands in the plot's own stream, `plot:<cadastral number>`. A conflict stops nothing by
itself: a permit and an object registered on its ground name the same plot in their turn.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from qyzmet import identity
from qyzmet.cases import rows
from qyzmet.cases.hold import Held
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, CaseState, Finding, Payload

__all__ = ["FUNCTION", "name_plots"]

FUNCTION = "plot.conflicts"
OUTCOME = "conflict"


def name_plots(held: Held, form: Mapping[str, Any]) -> None:
    """Note the plots a filing names; where an open case names one of them too, both are flagged and told."""
    plots = sorted({identity.read_cadastral_number(said).normalised for said in _said(held, form)})
    if not plots:
        return
    ledger = held.act.ledger
    ledger.lock([f"plot:{plot}" for plot in plots])
    others = {plot: _open_on(plot, held.case.pk) for plot in plots}
    ledger.lock(sorted({case.stream for cases in others.values() for case in cases}))
    for plot in plots:
        held.act.record(f"plot:{plot}", "plot.named", {"case": held.case.pk, "ref": held.case.ref})
        for other in others[plot]:
            _flag(held, held.case, plot, other)
            _flag(held, other, plot, held.case)


def _said(held: Held, form: Mapping[str, Any]) -> list[str]:
    asked = (n for n, f in held.law.fields.items() if f.type == "cadastral-number" and n.startswith("form."))
    given = (form.get(name.removeprefix("form.")) for name in asked)
    return [str(said) for said in given if said]


def _open_on(plot: str, this: int) -> list[Case]:
    """The other cases that named the plot and have not ended, by id."""
    named = rows.select(Payload, "WHERE stream = %s ORDER BY seq", [f"plot:{plot}"])
    ids = {json.loads(each.data)["case"] for each in named if each.data is not None} - {this}
    return list(Case.objects.filter(pk__in=ids).exclude(state=CaseState.ENDED).order_by("id"))


def _flag(held: Held, case: Case, plot: str, other: Case) -> None:
    item = {"check": "plot", "fault": "named-by-another-case", "plot": plot, "case": other.ref}
    step = next(iter(law_of(case.edition_id).package.steps))
    rows.insert(
        [
            rows.make(Finding, case_id=case.pk, no=0, step=step, function=FUNCTION,
                outcome=OUTCOME, items=[item], at=held.now,
            )
        ]
    )  # fmt: skip
    seq = held.act.record(case.stream, "plot.conflict", item)
    held.act.send("mail", "plot.conflict", case.stream, seq, ref="holder")
