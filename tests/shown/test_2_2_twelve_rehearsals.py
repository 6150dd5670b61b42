"""Twelve rehearsals, each with every exit; the sampler through every construct."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest
from django.db import transaction

from qyzmet.cases import laws
from qyzmet.cases.laws import holds
from qyzmet.cases.models import Case, RefusedFiling, Suspension, Token
from qyzmet.clock import ALMATY
from qyzmet.demo.rehearsal import CannotRehearse, Pace, Rehearsal, Wish, outcomes, read_script, rehearse
from qyzmet.demo.rehearsal.cast import gather_cast
from qyzmet.people import directory
from qyzmet.regulation.model import Package, StepKind
from qyzmet.regulation.model.steps import ExitKind
from qyzmet.regulation.sharing import SHIPPED

SAMPLER = Path(__file__).parents[1] / "regulations" / "sampler" / "2024-01-10-n1" / "service.yaml"
TWELVE = (
    "construction-object",
    "equity-contract",
    "equity-permit",
    "housing-assistance",
    "housing-certificate",
    "land-gratuitous-use",
    "land-paid-use",
    "land-permanent-use",
    "land-private-ownership",
    "livestock-subsidy",
    "processing-subsidy",
    "system-account",
)
LAND = "land-private-ownership"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Nothing is remembered of another test's bodies and editions."""
    directory.forget()
    laws.forget()
    yield
    directory.forget()
    laws.forget()


@contextmanager
def undone() -> Iterator[None]:
    """What is played inside leaves nothing behind: the next rehearsal has the whole calendar before it."""
    begun = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(begun)
        directory.forget()
        laws.forget()


def path_of(service: str) -> Path:
    return next(SHIPPED.glob(f"{service}/*/service.yaml"))


def play(path: Path, wish: Wish | None = None, **more: Any) -> Rehearsal:
    return rehearse(read_script(path), wish or Wish(), **more)


def steps(done: Rehearsal) -> list[str]:
    return [row.step for row in done.rows]


def numbers(done: Rehearsal) -> list[int | None]:
    return [row.number for row in done.rows]


def moment(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ALMATY)


def variants(package: Package) -> Iterator[dict[str, str]]:
    """Every choice of options that may stand together."""
    for chosen in product(*[[(d, o) for o in options] for d, options in package.variants.items()]):
        variant = dict(chosen)
        if all(holds(package.variants[d][o].only, variant) for d, o in chosen):
            yield variant


def everything() -> Iterator[Any]:
    """Each service and the sampler, by each door, in each variant."""
    for path in [*map(path_of, TWELVE), SAMPLER]:
        package = read_script(path).package
        for channel in package.channels:
            for variant in variants(package):
                yield pytest.param(
                    path, channel, variant, id=" ".join([package.service, channel, *variant.values()])
                )


def may_end_so(package: Package, outcome: str, facts: Mapping[str, object]) -> bool:
    """Whether the law itself opens an ending to this door and variant."""
    exit_ = package.exits.get(outcome)
    return exit_ is None or holds(exit_.only, facts)


@pytest.mark.django_db
@pytest.mark.parametrize("service", TWELVE)
def test_2_2_each_service_comes_to_its_first_positive_end(service: str) -> None:
    done = play(path_of(service))
    kinds = outcomes(read_script(path_of(service)).package)
    assert kinds[done.exit] == "positive"
    assert done.rows
    assert all(row.opened <= row.done and not row.late for row in done.rows)


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize(("path", "channel", "variant"), list(everything()))
def test_2_2_every_exit_by_every_door_in_every_variant(
    path: Path, channel: str, variant: dict[str, str]
) -> None:
    script = read_script(path)
    kinds = outcomes(script.package)
    facts = {"channel": channel, "recipient": script.package.recipients[0], **variant}
    reached: set[str] = set()
    gather_cast(script, script.opens_at())
    for outcome, kind in kinds.items():
        if not may_end_so(script.package, outcome, facts):
            with undone(), pytest.raises(CannotRehearse, match="cannot end in"):
                rehearse(script, Wish(channel, variant, outcome))
            continue
        if kind == "not-accepted" and script.package.channels[channel].by is None:
            continue
        try:
            with undone():
                done = rehearse(script, Wish(channel, variant, outcome))
        except CannotRehearse as none:
            assert f"{script.package.service} cannot end in {outcome}" in str(none)  # noqa: PT017
            continue
        reached.add(outcome)
        assert done.exit == outcome or kind.startswith("suspension")
        assert done.rows
    assert any(kinds[each] == "positive" for each in reached)


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize("service", TWELVE)
def test_2_2_no_exit_of_a_service_is_out_of_reach(service: str) -> None:
    script = read_script(path_of(service))
    gather_cast(script, script.opens_at())
    for outcome in script.package.exits:
        with undone():
            done = rehearse(script, Wish(outcome=outcome))
        assert outcome in {done.exit, done.way.outcome}


@pytest.mark.django_db
def test_2_2_land_takes_17_steps_through_the_centre_and_13_at_the_body() -> None:
    assert numbers(play(path_of(LAND), Wish("centre"))) == list(range(1, 18))
    assert numbers(play(path_of(LAND), Wish("provider-office"))) == list(range(4, 17))


@pytest.mark.django_db
def test_2_2_housing_assistance_by_the_table_of_the_act() -> None:
    housing = path_of("housing-assistance")
    assert numbers(play(housing, Wish("portal"))) == [1, 2, 3, 4, 5]
    assert numbers(play(housing, Wish("state-corporation"))) == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.django_db
def test_2_2_a_refusal_is_heard_since_july_2021_and_not_before() -> None:
    housing = path_of("housing-assistance")
    before = play(housing, Wish(outcome="refused"), at=moment("2019-06-03 10:00"))
    after = play(housing, Wish(outcome="refused"), at=moment("2024-06-03 10:00"))
    assert [each for each in steps(before) if ":" in each] == []
    assert steps(after)[3:7] == ["decide", "hearing:notice", "hearing:hold", "decide"]


@pytest.mark.django_db
def test_2_2_a_suspended_case_waits_three_working_days_and_goes_on() -> None:
    done = play(path_of(LAND), Wish("provider-office", outcome="suspended"))
    at = steps(done).index("resume")
    assert steps(done)[at - 1 : at + 2] == ["seal-and-issue", "resume", "check-completeness"]
    assert done.exit == "act-given"
    held = Suspension.objects.get(case=done.case)
    # Monday 27 August 2012; Thursday the 30th is Constitution Day.
    assert held.until == moment("2012-08-31 18:00")


@pytest.mark.django_db
def test_2_2_the_window_refuses_an_incomplete_set_without_opening_a_case() -> None:
    done = play(path_of(LAND), Wish(outcome="not-accepted"))
    assert (steps(done), done.case) == (["refuse-to-accept"], None)
    assert RefusedFiling.objects.count() == 1


@pytest.mark.django_db
def test_2_2_what_a_contract_needs_is_made_by_the_same_acts_and_not_listed() -> None:
    done = play(path_of("equity-contract"), Wish(variant={"procedure": "assign"}))
    earlier = Case.objects.exclude(pk=done.case.pk if done.case else 0).order_by("id")
    assert [(c.service, c.exit) for c in earlier] == [
        ("equity-permit", "granted"),
        ("system-account", "opened"),
        ("construction-object", "registered"),
        ("equity-contract", "recorded"),
    ]
    assert steps(done)[-1] == "assign"


@pytest.mark.django_db
def test_2_2_at_its_limits_a_duplicate_of_land_overruns_the_term() -> None:
    done = play(path_of(LAND), Wish(outcome="duplicate-given"), pace=Pace(at_limits=True))
    assert all(row.done == row.due for row in done.rows[:-1])
    term = done.rows[-1].plain()
    assert (term["step"], term["late"]) == ("term", True)
    assert (term["due"], term["done"]) == ("2012-09-03T18:00:00+06:00", "2012-09-06T10:00:00+06:00")


@pytest.mark.django_db
def test_2_2_one_step_may_be_late_and_is_marked() -> None:
    done = play(path_of(LAND), pace=Pace(late="sign-result"))
    assert [row.step for row in done.rows if row.plain().get("late")] == ["sign-result"]


@pytest.mark.django_db
def test_2_2_the_sampler_goes_through_every_construct() -> None:
    script = read_script(SAMPLER)
    package = script.package
    done: list[Rehearsal] = []
    walked: set[tuple[str, str]] = set()
    for wish in [Wish("counter"), *(Wish(outcome=outcome) for outcome in outcomes(package))]:
        with undone():
            done.append(rehearse(script, wish))
            walked |= set(Token.objects.filter(service=package.service).values_list("step", "kind"))
    taken, kinds = {step for step, _ in walked}, {kind for _, kind in walked}
    assert kinds == set(get_args(StepKind))
    limits = [limit for step in taken if ":" not in step for limit in package.steps[step].within]
    for way in ("term", "pick_up", "not_set", "before_term_end"):
        assert any(getattr(limit, way) for limit in limits), way
    reached = {each.exit for each in done} | {each.way.outcome for each in done}
    assert {package.exits[each].kind for each in reached & package.exits.keys()} == set(get_args(ExitKind))
    assert package.exits.keys() <= reached
    assert {row.step for each in done for row in each.rows} >= {"suspend", "resume", "withdraw"}
    assert {"hearing:notice", "hearing:hold"} <= taken
    assert package.steps.keys() == {step for step in taken if ":" not in step}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (Wish("portl"), "has no way in called 'portl'; did you mean `portal`?"),
        (Wish(outcome="assignd"), "has no outcome called 'assignd'; did you mean `assigned`?"),
    ],
)
def test_2_2_what_is_not_there_is_refused_in_a_sentence(wish: Wish, says: str) -> None:
    with pytest.raises(CannotRehearse, match=says.replace("?", r"\?")):
        play(path_of("housing-assistance"), wish)


@pytest.mark.django_db
def test_2_2_an_ending_by_the_wrong_door_is_refused_naming_the_right_one() -> None:
    with pytest.raises(CannotRehearse, match="cannot end in duplicate-given with grant; it can with centre"):
        play(path_of(LAND), Wish(variant={"case": "grant"}, outcome="duplicate-given"))


@pytest.mark.django_db
def test_2_2_a_step_nobody_takes_cannot_be_late() -> None:
    with pytest.raises(CannotRehearse, match="accept is not done on this way"):
        play(path_of(LAND), Wish("provider-office"), pace=Pace(late="accept"))


def command(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "qyzmet", "rehearse", *words],
        capture_output=True, text=True, check=False, env={**os.environ, **env},
    )  # fmt: skip


def test_2_2_the_command_prints_a_json_row_a_step_and_leaves_the_deployment_alone(tmp_path: Path) -> None:
    elsewhere = {"QYZMET_DATA": str(tmp_path), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    centre = command(LAND, "--json", **elsewhere)
    rows = [json.loads(line) for line in centre.stdout.splitlines()]
    assert (centre.returncode, centre.stderr, len(rows)) == (0, "", 17)
    assert all(row.keys() == {"step", "actor", "org", "opened", "due", "done", "cite"} for row in rows)
    assert all(row["opened"] <= row["done"] <= row["due"] for row in rows)
    assert {row["org"] for row in rows} == {"centre", "provider", "enterprise"}
    body = command(LAND, "--json", "--channel", "provider-office", **elsewhere)
    assert len(body.stdout.splitlines()) == 13
    assert list(tmp_path.iterdir()) == []


def test_2_2_the_command_tells_the_journal_and_lists_what_can_be_asked() -> None:
    told = command("housing-assistance")
    assert told.returncode == 0
    assert told.stdout.splitlines()[-1].startswith("journal: ")
    assert told.stdout.rstrip().endswith("entries, verified")
    listed = json.loads(command(LAND, "--list", "--json").stdout)
    assert listed["channels"] == ["centre", "provider-office"]
    assert {"act-given", "refused", "suspended", "not-accepted"} <= listed["outcomes"].keys()


@pytest.mark.parametrize(
    "words",
    [
        ("land-privat-ownership",),
        (LAND, "--channel", "portal"),
        (LAND, "--variant", "grnt"),
        (LAND, "--outcome", "withdrawn"),
        (LAND, "--at", "yesterday"),
        (LAND, "--late", "acept"),
        (LAND, "--late", "accept", "--at-limits"),
    ],
)
def test_2_2_the_command_refuses_what_cannot_be_asked_in_one_sentence(words: tuple[str, ...]) -> None:
    done = command(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("qyzmet: ")
    assert done.stderr.count("\n") == 1
