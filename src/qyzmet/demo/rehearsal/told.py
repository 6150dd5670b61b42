"""What a rehearsal tells: a row for each step of the act, in the order they were done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, Deadline, Token
from qyzmet.regulation.model import Package, Step

__all__ = ["SYSTEM", "Row", "overrun", "rows_of"]

SYSTEM = "system"
BY_PEOPLE = {"task", "batch", "collegial", "await"}


@dataclass(frozen=True)
class Row:
    """One step as it was done.

    `actor`: the post, the party an event was awaited from, or `system`; `org`: the role of the organisation
    that held it; `due` empty where the law sets no limit. `number`: the act's
    own for the step; `person`, `body`: who and where.
    """

    step: str
    actor: str
    org: str
    opened: datetime
    due: datetime | None
    done: datetime
    cite: str
    person: str = ""
    body: int | None = None
    number: int | None = None

    @property
    def late(self) -> bool:
        """Whether it was done after its due moment."""
        return self.due is not None and self.done > self.due

    def plain(self) -> dict[str, Any]:
        """The row as JSON values, moments on Almaty clocks; `late` only where it is."""
        said: dict[str, Any] = {
            "step": self.step, "actor": self.actor, "org": self.org, "opened": _face(self.opened),
            "due": _face(self.due), "done": _face(self.done), "cite": self.cite,
        }  # fmt: skip
        return said | ({"late": True} if self.late else {})


def _face(moment: datetime | None) -> str | None:
    return clock.local(moment).isoformat(timespec="seconds") if moment else None


def rows_of(law: Law, case: Case, closed: Iterable[Token]) -> Iterator[Row]:
    """Rows for steps closed together; what gathers branches comes after them."""
    tokens = list(closed)
    last = {t.no: max([t.no, *(b.no for b in tokens if b.parent == t.no)]) for t in tokens}
    for token in sorted(tokens, key=lambda t: (last[t.no], t.kind == "all-of")):
        step = law.step(token.step)
        if told(law.package, token.step, step):
            yield _row(case, token, step)


def told(package: Package, step_id: str, step: Step) -> bool:
    """What people do is always a row; what does itself is one where the act counts it among its steps, or
    counts none."""
    if step.kind in BY_PEOPLE or ":" in step_id:
        return True
    return step.number is not None or all(each.number is None for each in package.steps.values())


def _row(case: Case, token: Token, step: Step) -> Row:
    heard = step.from_ if step.kind == "await" and token.outcome != "timeout" else None
    return Row(
        step=token.step, actor=token.post or step.by or heard or SYSTEM, org=token.role or _provider(case),
        opened=token.opened_at, due=token.due, done=token.closed_at or token.opened_at, cite=step.cite,
        person=token.closed_by, body=token.organisation_id, number=step.number,
    )  # fmt: skip


def _provider(case: Case) -> str:
    return next((role for role, body in case.orgs.items() if body == case.provider_id), "provider")


def overrun(case: Case) -> Row | None:
    """The overall term as a last row, when the case took longer than it."""
    term = Deadline.objects.filter(subject=f"case:{case.pk}", duty="term").first()
    if term is None or term.due is None or case.ended_at is None or case.ended_at <= term.due:
        return None
    return Row(
        step="term", actor=SYSTEM, org=_provider(case), opened=case.registered_at, due=term.due,
        done=case.ended_at, cite=str(term.basis.get("cite", "")), body=case.provider_id,
    )  # fmt: skip
