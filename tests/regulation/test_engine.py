"""The engine, as examples: each is one rule of docs/language.md."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from qyzmet.regulation.engine import (
    EMPTY,
    Advance,
    Choice,
    Close,
    Complete,
    EngineError,
    Event,
    NoPath,
    Open,
    Program,
    Resume,
    Start,
    State,
    Suspend,
    advance,
    compile_package,
    dump_state,
    find_path,
    load_state,
)
from tests.regulation.small import exit_, hearing, package, step

NOW = datetime(2024, 5, 3, 5, 0, tzinfo=UTC)
GRANT: dict[str, Any] = {"granted": exit_("positive")}
GRANT_OR_REFUSE = GRANT | {"refused": exit_("refusal", grounds=["untrue"])}
DECIDE = step({"grant": {"go": "end", "exit": "granted"}, "refuse": {"go": "end", "exit": "refused"}})


def play(program: Program, *events: Event | str, facts: dict[str, object] | None = None) -> Advance:
    """Start and apply events; a word completes the first open token with that outcome."""
    done = advance(program, EMPTY, Start(), facts or {}, NOW)
    for event in events:
        if isinstance(event, str):
            event = Complete(next(t.id for t in done.state.tokens if not t.suspended), event)  # noqa: PLW2901
        done = advance(program, done.state, event, facts or {}, NOW)
    return done


def open_steps(state: State) -> list[str]:
    return [t.step for t in state.tokens]


def test_a_case_starts_at_the_first_step() -> None:
    program = compile_package(package({"register": step("decide"), "decide": DECIDE}, GRANT_OR_REFUSE))
    assert open_steps(play(program).state) == ["register"]


def test_a_step_whose_condition_does_not_hold_is_skipped() -> None:
    steps = {
        "intake": step("decide", only={"channel": "state-corporation"}),
        "decide": step({"grant": {"go": "hand-over", "exit": "granted"}}),
        "hand-over": step("end", only={"channel": "state-corporation"}),
    }
    program = compile_package(package(steps))
    assert open_steps(play(program, facts={"channel": "portal"}).state) == ["decide"]
    assert play(program, "grant", facts={"channel": "portal"}).ended == "granted"
    counter = play(program, "done", "grant", facts={"channel": "state-corporation"})
    assert open_steps(counter.state) == ["hand-over"]


def test_a_condition_may_ask_where_the_case_is_heading() -> None:
    steps = {
        "decide": step(
            {"grant": {"go": "print", "exit": "granted"}, "refuse": {"go": "print", "exit": "refused"}}
        ),
        "print": step("end", only={"exit": "granted"}),
    }
    program = compile_package(package(steps, GRANT_OR_REFUSE))
    assert play(program, "refuse").ended == "refused"
    assert open_steps(play(program, "grant").state) == ["print"]


def test_the_first_move_whose_condition_holds_is_taken() -> None:
    steps = {
        "weigh": step([{"go": "large", "only": "form.hectares > 50"}, {"go": "small"}]),
        "large": step({"ok": {"go": "end", "exit": "granted"}}),
        "small": step({"ok": {"go": "end", "exit": "granted"}}),
    }
    program = compile_package(package(steps))
    assert open_steps(play(program, "done", facts={"form.hectares": 120}).state) == ["large"]
    assert open_steps(play(program, "done", facts={"form.hectares": 50}).state) == ["small"]


class TestAllOf:
    steps = {
        "both": step({"done": {"go": "decide"}}, kind="all-of", branches=["papers", "plot"]),
        "papers": step("both"),
        "plot": step({"ok": "both", "bad": {"go": "end", "exit": "refused", "alone": True}}),
        "decide": DECIDE,
    }

    def program(self) -> Program:
        return compile_package(package(self.steps, GRANT_OR_REFUSE))

    def test_branches_open_together_and_the_last_one_back_completes_it(self) -> None:
        assert open_steps(play(self.program()).state) == ["both", "papers", "plot"]
        assert open_steps(play(self.program(), Complete(2)).state) == ["both", "plot"]
        assert open_steps(play(self.program(), Complete(2), Complete(3, "ok")).state) == ["decide"]

    def test_alone_closes_the_others(self) -> None:
        done = play(self.program(), Complete(3, "bad"))
        assert done.ended == "refused"
        assert {t.step for t in done.cancelled} == {"both", "papers"}

    def test_branches_that_are_all_skipped_are_back_at_once(self) -> None:
        steps = self.steps | {
            "papers": step("both", only={"channel": "portal"}),
            "plot": step("both", only={"channel": "portal"}),
        }
        program = compile_package(package(steps, GRANT_OR_REFUSE))
        assert open_steps(play(program, facts={"channel": "centre"}).state) == ["decide"]


class TestHearing:
    """APPC art. 73: a refusal decided from 1 July 2021 is heard first."""

    program = compile_package(package({"decide": DECIDE}, GRANT_OR_REFUSE), [hearing()])

    def test_a_refusal_waits_for_its_hearing_and_is_then_decided_finally(self) -> None:
        notice = play(self.program, "refuse")
        assert (notice.preliminary, open_steps(notice.state)) == ("refuse", ["hearing:notice"])
        back = play(self.program, "refuse", "done", "held")
        assert open_steps(back.state) == ["decide"]
        assert play(self.program, "refuse", "done", "held", "refuse").ended == "refused"

    def test_after_the_hearing_the_decision_may_be_the_other_one(self) -> None:
        assert play(self.program, "refuse", "done", "waived", "grant").ended == "granted"

    def test_a_decision_of_2019_has_no_hearing(self) -> None:
        then = datetime(2019, 6, 3, 5, 0, tzinfo=UTC)
        start = advance(self.program, EMPTY, Start(), {}, then)
        assert advance(self.program, start.state, Complete(1, "refuse"), {}, then).ended == "refused"

    def test_the_first_moment_of_1_july_2021_is_judged_in_almaty(self) -> None:
        start = advance(self.program, EMPTY, Start(), {}, NOW)
        for moment, ended in (((30, 17, 59), "refused"), ((30, 18, 0), None)):
            now = datetime(2021, 6, *moment, tzinfo=UTC)
            assert advance(self.program, start.state, Complete(1, "refuse"), {}, now).ended == ended

    def test_a_clause_may_say_no_hearing_is_required(self) -> None:
        exits = GRANT | {
            "refused": exit_("refusal", grounds=["untrue"]) | {"hearing-not-required": "A120 §5(4)"}
        }
        program = compile_package(package({"decide": DECIDE}, exits), [hearing()])
        assert play(program, "refuse").ended == "refused"


class TestSuspension:
    """M262 §12: the signed notice stops the clock, travels to the recipient, and the case goes on afterwards."""

    steps = {
        "examine": step(
            {"send": {"go": "sign", "exit": "granted"}, "suspend": {"go": "sign", "exit": "held-up"}}
        ),
        "sign": step("seal"),
        "seal": step("end"),
    }
    exits = GRANT | {
        "held-up": exit_("suspension", grounds=["court"], effective="sign", resume="examine"),
    }

    def program(self, **more: Any) -> Program:
        return compile_package(package(self.steps, self.exits, **more))

    def test_it_takes_effect_when_the_notice_is_signed_and_the_notice_runs_on(self) -> None:
        drafted = play(self.program(), Complete(1, "suspend", "court"))
        assert drafted.suspended is None
        signed = play(self.program(), Complete(1, "suspend", "court"), "done")
        assert signed.suspended == "court"
        assert open_steps(play(self.program(), Complete(1, "suspend", "court"), "done").state) == ["seal"]
        waiting = play(self.program(), Complete(1, "suspend", "court"), "done", "done")
        assert (waiting.ended, waiting.state.tokens) == (None, ())

    def test_lifted_it_goes_on_where_the_regulation_says(self) -> None:
        lifted = play(self.program(), Complete(1, "suspend", "court"), "done", "done", Resume("court"))
        assert open_steps(lifted.state) == ["examine"]
        assert lifted.state.tokens[0].exit is None

    def test_a_suspension_needs_a_ground_of_the_law(self) -> None:
        with pytest.raises(EngineError, match="ground") as refused:
            play(self.program(), "suspend")
        assert refused.value.code == "ground-needed"

    def test_a_court_freezes_open_steps_but_those_that_run_on(self) -> None:
        frozen = play(self.program(), Suspend("court"))
        assert frozen.state.tokens[0].suspended
        with pytest.raises(EngineError) as refused:
            advance(self.program(), frozen.state, Complete(1, "send"), {}, NOW)
        assert refused.value.code == "suspended"
        running = {"court": {**_court(), "runs-on": ["examine"]}}
        assert not play(self.program(suspensions=running), Suspend("court")).state.tokens[0].suspended

    def test_two_grounds_both_have_to_be_lifted(self) -> None:
        two = {"court": _court(), "prosecutor": _court()}
        program = self.program(suspensions=two)
        one_left = play(program, Suspend("court"), Suspend("prosecutor"), Resume("court"))
        assert one_left.state.tokens[0].suspended
        assert not advance(program, one_left.state, Resume("prosecutor"), {}, NOW).state.tokens[0].suspended

    def test_the_path_to_a_suspension_goes_on_to_the_end(self) -> None:
        path = find_path(self.program(), {}, "held-up", NOW)
        assert [(c.step, c.outcome) for c in path] == [
            ("examine", "suspend"),
            ("sign", "done"),
            ("seal", "done"),
            ("", "resume"),
            ("examine", "send"),
            ("sign", "done"),
            ("seal", "done"),
        ]


def _court() -> dict[str, Any]:
    words = {"kk": "сот", "ru": "суд", "en": "court"}
    return {"name": words, "until": words, "cite": "M262 private §12 ¶2(1)", "by": ["clerk"]}


class TestRefusedEvents:
    program = compile_package(package({"decide": DECIDE}, GRANT_OR_REFUSE))

    @pytest.mark.parametrize(
        ("event", "code"),
        [
            (Complete(7, "grant"), "token-not-open"),
            (Complete(1, "dance"), "no-such-outcome"),
            (Start(), "started"),
            (Resume("court"), "not-suspended"),
            (Suspend("weather"), "no-such-ground"),
            (Open("nowhere"), "no-such-step"),
            (Close("nowhere"), "no-such-exit"),
        ],
    )
    def test_each_has_its_code(self, event: Event, code: str) -> None:
        with pytest.raises(EngineError) as refused:
            play(self.program, event)
        assert refused.value.code == code

    def test_nothing_happens_after_the_end(self) -> None:
        with pytest.raises(EngineError) as refused:
            play(self.program, "grant", Open("decide"))
        assert refused.value.code == "ended"


def test_closing_cancels_what_is_open() -> None:
    program = compile_package(
        package({"decide": DECIDE}, GRANT_OR_REFUSE | {"withdrawn": exit_("withdrawn")})
    )
    done = play(program, Close("withdrawn"))
    assert (done.ended, [t.step for t in done.cancelled]) == ("withdrawn", ["decide"])


def test_steps_skipped_in_a_circle_are_named_not_followed_for_ever() -> None:
    steps = {"a": step("b", only={"channel": "x"}), "b": step("a", only={"channel": "x"})}
    with pytest.raises(EngineError) as refused:
        play(compile_package(package(steps)))
    assert refused.value.code == "endless"


def test_a_path_names_every_choice() -> None:
    program = compile_package(package({"register": step("decide"), "decide": DECIDE}, GRANT_OR_REFUSE))
    assert find_path(program, {}, "refused", NOW) == (Choice("register", "done"), Choice("decide", "refuse"))
    with pytest.raises(NoPath):
        find_path(program, {}, "lost", NOW)


def test_a_state_comes_back_from_json_as_it_was() -> None:
    program = compile_package(package(TestSuspension.steps, TestSuspension.exits), [hearing()])
    for events in ((), (Complete(1, "suspend", "court"), "done"), (Suspend("court"),)):
        state = play(program, *events).state
        assert load_state(dump_state(state)) == state
