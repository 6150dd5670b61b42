"""Time: the limits of the steps, each used up, against the overall term; a hearing that has to fit in.

Both are questions to the act, so both are notices. They are asked of a case registered in the morning: if
even that one cannot be done at its limits, none can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qyzmet.clock import ClockError, parse_term
from qyzmet.regulation.checker.graph import Graph, Plan, Spot
from qyzmet.regulation.checker.longest import Arrivals, arrivals
from qyzmet.regulation.checker.situations import Situation, decide
from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.checker.worktime import DAY, START, Moment, after, spoken
from qyzmet.regulation.findings import Finding
from qyzmet.regulation.model import Limit, TermRule
from qyzmet.regulation.model.steps import END
from qyzmet.regulation.places import Path

__all__ = ["look"]

_RESULTS = {"positive", "neutral", "refusal"}


def look(subject: Subject) -> Iterator[Finding]:
    """Limits that exceed the term, hearings that cannot fit, by situation and exit."""
    notice = _notice_before_hearing(subject)
    for situation, graph in subject.graphs:
        found = arrivals(graph, subject.package.steps, situation, lambda name: _pick_ups(subject, name))
        yield from _terms(subject, situation, found)
        if notice is not None:
            decisions = _decisions(found, graph, subject.plan)
            yield from _hearings(subject, situation, found, decisions, notice)


def _pick_ups(subject: Subject, name: str) -> int:
    """How many times a day a parameter gives; once where it cannot be told."""
    parameter = subject.parameters.get(name) if isinstance(subject.parameters, Mapping) else None
    values = getattr(parameter, "values", None)
    times = getattr(values[-1], "value", None) if isinstance(values, tuple | list) and values else None
    return len(times) if isinstance(times, tuple | list) else 1


def _terms(subject: Subject, situation: Situation, found: Arrivals) -> Iterator[Finding]:
    for exit_, spot in sorted(_latest(found).items()):
        if subject.package.exits[exit_].kind not in _RESULTS:
            continue
        index, end = _term(subject, situation, exit_)
        if end is None or found.at[spot] <= end:
            continue
        days = [key for key in found.way(spot) if _takes_days(subject, key, situation, exit_)]
        message = (
            f"steps that take all their time lead to `{exit_}` by {spoken(found.at[spot])} "
            f"({situation.spoken}), over the term, {spoken(end)}"
            + (f"; the days are in {', '.join(days)}" if days else "")
        )
        yield subject.notice("limits-exceed-term", ("term", index), message, _at(situation, exit_))


def _latest(found: Arrivals) -> dict[str, Spot]:
    """The end that is reached last, by exit."""
    ends: dict[str, Spot] = {}
    for spot, moment in found.at.items():
        if spot.step == END and spot.exit and (spot.exit not in ends or moment > found.at[ends[spot.exit]]):
            ends[spot.exit] = spot
    return ends


def _term(subject: Subject, situation: Situation, exit_: str) -> tuple[int, Moment | None]:
    """The rule that holds and when it runs out; of several that might hold the longest."""
    possible: list[tuple[Moment, int]] = []
    for index, rule in enumerate(subject.package.term):
        holds = decide(rule.only, {**situation.facts, "exit": exit_})
        if holds is not False and (end := _rule_end(rule)) is not None:
            possible.append((end, index))
        if holds:
            break
    if not possible:
        return 0, None
    end, index = max(possible)
    return index, end


def _rule_end(rule: TermRule) -> Moment | None:
    try:
        return after(START, rule.within)
    except ClockError:
        return None


def _takes_days(subject: Subject, key: str, situation: Situation, exit_: str) -> bool:
    facts = {**situation.facts, "exit": exit_}
    limits = [lim for lim in subject.package.steps[key].within if decide(lim.only, facts) is not False]
    return any("day" in (limit.term or "") for limit in limits[:1])


def _at(situation: Situation, exit_: str) -> str:
    return "/".join(part for part in (situation.name, exit_) if part)


def _notice_before_hearing(subject: Subject) -> int | None:
    """How many working days before the end of the term the hearing's notice must have gone out."""
    for hook in subject.package.hooks:
        general = subject.package_of(hook)
        if general is None or general.attach is None or general.attach.stage != "before-refusal":
            continue
        for limit in (limit for step in general.steps.values() for limit in step.within):
            if (days := _days(limit)) is not None:
                return days
    return None


def _days(limit: Limit) -> int | None:
    try:
        term = parse_term(limit.before_term_end) if limit.before_term_end else None
    except ClockError:
        return None
    return term.count if term and term.unit == "working-day" else None


def _hearings(
    subject: Subject, situation: Situation, found: Arrivals, decisions: dict[str, Spot], notice: int
) -> Iterator[Finding]:
    exits = subject.package.exits
    for exit_, spot in sorted(decisions.items()):
        if exits[exit_].kind != "refusal" or exits[exit_].hearing_not_required:
            continue
        _, end = _term(subject, situation, exit_)
        if end is None:
            continue
        latest = Moment(end.day - notice, DAY)
        if found.at[spot] > latest:
            path: Path = ("steps", spot.step)
            message = (
                f"the notice of a hearing before `{exit_}` has to go out by {spoken(latest)} "
                f"({situation.spoken}), and `{spot.step}` can open as late as {spoken(found.at[spot])}"
            )
            yield subject.notice("hearing-cannot-fit", path, message, _at(situation, exit_))


def _decisions(found: Arrivals, graph: Graph, planned: Plan) -> dict[str, Spot]:
    """For each exit, the spot that names it last in time."""
    decisions: dict[str, Spot] = {}
    for spot, edges in graph.edges.items():
        for edge in edges:
            if edge.skips or edge.kind != "move" or spot not in found.at:
                continue
            named = planned.steps[spot.step].step.then[edge.outcome][edge.move].exit
            if named and (named not in decisions or found.at[spot] > found.at[decisions[named]]):
                decisions[named] = spot
    return decisions
