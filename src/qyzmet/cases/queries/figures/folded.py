"""One case as its journal tells it: a fold over the entries' bytes and payloads, reading no other row of
it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.hearings import LAW
from qyzmet.cases.journal.entry_rows import Said
from qyzmet.cases.laws import Law
from qyzmet.cases.queries.figures.refusals import is_refusal, named_last
from qyzmet.people.directory import bodies

__all__ = ["Told"]

Data = Mapping[str, Any]


@dataclass
class Told:
    """What the entries read so far say. `taken`: step number → IIN of who has it, with the step's id;
    `stops`: [ground, since, until]; `decisions`: the grounds each decision named."""

    laws: Mapping[str, Law]
    accounts: Mapping[int, str]
    law: Law | None = None
    number: str = ""
    provider: int = 0
    received: datetime | None = None
    registered: datetime | None = None
    term: tuple[str, datetime, str] | None = None
    due: datetime | None = None
    ended_at: datetime | None = None
    exit: str = ""
    stops: list[list[Any]] = field(default_factory=list)
    breached: bool = False
    taken: dict[int, tuple[str, str]] = field(default_factory=dict)
    decisions: list[list[dict[str, Any]]] = field(default_factory=list)

    def read(self, entry: Said, data: Data) -> None:
        """Take in one entry."""
        self.law = self.laws.get(entry.edition, self.law)
        if data.get("grounds") and entry.act != "filing.refused":
            self.decisions.append(list(data["grounds"]))
        kept = READERS.get(entry.act)
        if kept is not None:
            kept(self, entry, data)
        if entry.act in COMPLETED:
            self._completed(data)

    @property
    def service(self) -> str:
        """The service, by the edition the entries name."""
        return self.law.package.service if self.law else ""

    @property
    def group(self) -> tuple[int, str]:
        """Provider and service."""
        return self.provider, self.service

    @property
    def suspended(self) -> bool:
        """Whether a suspension lasts."""
        return any(until is None for _, _, until in self.stops)

    def due_now(self) -> datetime | None:
        """The end of the overall term; none while the case stands still."""
        return None if self.suspended else self.due

    def grounds(self) -> list[str]:
        """The grounds it was refused on; [""] where it was refused and none was named."""
        if self.law is None or not is_refusal(self.law, self.exit):
            return []
        return named_last(self.law, self.decisions) or [""]

    def intervals(self) -> list[clock.Suspension]:
        """Its suspensions as the clock reads them."""
        return [clock.Suspension(since, until, ground) for ground, since, until in self.stops]

    def _received(self, entry: Said, data: Data) -> None:
        self.received = _moment(entry.occurred)

    def _registered(self, entry: Said, data: Data) -> None:
        self.number, self.registered = str(data["number"]), _moment(data["registered_at"])
        self.due = _moment(data["due"]) if data.get("due") else None
        prefix = self.number.rsplit("-", 2)[0]
        self.provider = next((b.id for b in bodies() if b.prefix == prefix), 0)
        self.term = self._term()

    def _term(self) -> tuple[str, datetime, str] | None:
        """The rule of the law whose term the registration named: its words, where it starts, whose hours."""
        if self.law is None or self.due is None:
            return None
        hours = next(b.hours for b in bodies() if b.id == self.provider)
        for rule in self.law.package.term:
            start = self.registered if rule.from_ == "registration" else self.received
            if start and clock.due(rule.within, start, hours, clocks.calendar()).moment == self.due:
                return rule.within, start, hours
        return None

    def _transferred(self, entry: Said, data: Data) -> None:
        role = data["role"]
        held = [no for no, (_, step) in self.taken.items() if self._role(step) in (None, role)]
        for no in held:
            del self.taken[no]
        if self.law is not None and role == _providing(self.law):
            self.provider = int(data["to"])

    def _role(self, step: str) -> str | None:
        if self.law is None:
            return None
        package = self.law.package
        post = package.posts.get(self.law.step(step).by or "")
        return post.org if post else None

    def _ended(self, entry: Said, data: Data) -> None:
        self.exit, self.ended_at, self.taken = str(data["exit"]), _moment(entry.recorded), {}

    def _reopened(self, entry: Said, data: Data) -> None:
        self.exit, self.ended_at = "", None

    def _suspended(self, entry: Said, data: Data) -> None:
        self.stops.append([data["ground"], _moment(entry.occurred), None])

    def _resumed(self, entry: Said, data: Data) -> None:
        for stop in self.stops:
            if stop[0] == data["ground"] and stop[2] is None:
                stop[2] = _moment(entry.occurred)
        if self.term is not None and not self.suspended:
            # Each working day after the day of suspension up to and including that of resumption moves it.
            within, start, hours = self.term
            self.due = clock.due(within, start, hours, clocks.calendar(), self.intervals()).moment

    def _moved(self, entry: Said, data: Data) -> None:
        if data["duty"] == "term" and data.get("new"):
            self.due = _moment(data["new"])

    def _breached(self, entry: Said, data: Data) -> None:
        self.breached = self.breached or data["clause"] == LAW

    def _take(self, entry: Said, data: Data) -> None:
        self.taken[int(data["no"])] = (entry.person, str(data["step"]))

    def _assigned(self, entry: Said, data: Data) -> None:
        self.taken[int(data["no"])] = (self.accounts[int(data["to"])], str(data["step"]))

    def _given_back(self, entry: Said, data: Data) -> None:
        self.taken.pop(int(data["no"]), None)

    def _returned(self, entry: Said, data: Data) -> None:
        self.taken = {no: held for no, held in self.taken.items() if held[1] != data["step"]}

    def _completed(self, data: Data) -> None:
        if "no" in data:
            self.taken.pop(int(data["no"]), None)
        if self.law is None or not self.taken or data.get("step") not in self.law.program.nodes:
            return
        targets = self.law.program.nodes[data["step"]].outcomes.get(str(data.get("outcome")), ())
        if any(target.alone for target in targets):
            self.taken = {}


def _providing(law: Law) -> str:
    roles = law.package.organisations
    return "provider" if "provider" in roles else next(iter(roles))


def _moment(words: str) -> datetime:
    return datetime.fromisoformat(words)


COMPLETED = frozenset({
    "task.completed", "decision.taken", "event.received", "hearing.held", "hearing.notified", "time.passed",
    "check.done", "effect.done",
})  # fmt: skip
READERS = {
    "case.received": Told._received,
    "case.registered": Told._registered,
    "case.transferred": Told._transferred,
    "case.ended": Told._ended,
    "case.reopened": Told._reopened,
    "case.suspended": Told._suspended,
    "case.resumed": Told._resumed,
    "case.returned": Told._returned,
    "case.breached": Told._breached,
    "deadline.moved": Told._moved,
    "task.taken": Told._take,
    "task.assigned": Told._assigned,
    "task.given-back": Told._given_back,
}
