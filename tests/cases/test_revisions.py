"""Publishing is final; a revision says first what it would change, and for how many."""

from __future__ import annotations

from pathlib import Path

import pytest

from qyzmet.cases import acts
from qyzmet.cases.models import Case, Deadline, Edition, Entry, Token
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.sweep import sweep
from qyzmet.people.actor import SYSTEM
from qyzmet.regulation.model import Package
from tests.cases.town import SAMPLER, Town, citizen, licence, moment, open_step, package_at

pytestmark = pytest.mark.django_db

NOW = moment("2024-09-02 10:00")


@pytest.fixture(autouse=True)
def seals(tmp_path: Path, settings: object) -> None:
    settings.QYZMET_SEALS = str(tmp_path / "seals")  # type: ignore[attr-defined]


def sampler() -> Package:
    return package_at(SAMPLER / "2024-01-10-n1" / "service.yaml")


def reworded() -> Package:
    package = sampler()
    name = package.name.model_copy(update={"en": "Flight licence, better worded"})
    return package.model_copy(update={"name": name})


def repaired(step: str = "register", words: str = "50 minutes") -> Package:
    """The sampler with another limit of one step."""
    package = sampler()
    limit = package.steps[step].within[-1].model_copy(update={"term": words})
    changed = package.steps[step].model_copy(update={"within": (limit,)})
    return package.model_copy(update={"steps": {**package.steps, step: changed}})


def test_a_published_edition_is_final_and_the_same_again_changes_nothing(samruk: Town) -> None:
    before = Edition.objects.count()
    assert acts.publish_edition(SYSTEM, sampler(), now=NOW).service == "sampler"
    assert Edition.objects.count() == before
    with pytest.raises(ActRefused, match="edition-published"):
        acts.publish_edition(SYSTEM, reworded(), now=NOW)
    with pytest.raises(ActRefused, match="not-your-act"):
        acts.publish_edition(samruk.actor("mayor"), reworded(), now=NOW)


def test_texts_apply_at_once_and_move_no_deadline(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    due = open_step(case, "register").due
    made = acts.revise_edition(SYSTEM, reworded(), reason="", approver="", now=NOW)
    assert made.kind == "texts"
    assert Case.objects.get(pk=case.pk).edition_id == made.after_id
    assert open_step(case, "register").due == due
    acts.complete(samruk.actor("registrar"), case.ref, 1, now=NOW)


def test_the_dry_run_of_a_repair_writes_nothing_and_counts_the_cases(samruk: Town) -> None:
    for _ in range(3):
        acts.submit(citizen(), licence(), now=NOW)
    before = Entry.objects.count()
    report = acts.dry_run(repaired())
    assert (report.kind, report.cases, report.steps, report.lost) == ("repair", 3, {"register": 3}, ())
    assert Entry.objects.count() == before


def test_a_repair_moves_open_deadlines_old_and_new_journaled_and_leaves_ended_cases(samruk: Town) -> None:
    ended = acts.submit(citizen(), licence(), now=NOW)
    acts.withdraw(citizen(), ended.ref, now=NOW)
    case = acts.submit(citizen(), licence(), now=NOW)
    assert open_step(case, "register").due == moment("2024-09-02 11:00")
    made = acts.revise_edition(SYSTEM, repaired(), reason="A slip.", approver="811201401188", now=NOW)
    assert open_step(case, "register").due == moment("2024-09-02 10:50")
    assert Deadline.objects.get(subject=f"token:{case.pk}.1").due == moment("2024-09-02 10:50")
    assert Entry.objects.filter(stream=case.stream, act="case.revised").count() == 1
    assert Case.objects.get(pk=ended.pk).edition_id == made.before_id
    # Run again it finds nothing left to do.
    acts.revise_edition(SYSTEM, repaired(), reason="A slip.", approver="811201401188", now=NOW)
    assert Entry.objects.filter(act="case.revised").count() == 1


def test_a_repair_needs_an_approver_and_keeps_the_steps_cases_stand_on(samruk: Town) -> None:
    acts.submit(citizen(), licence(), now=NOW)
    with pytest.raises(ActRefused, match="approval-needed"):
        acts.revise_edition(SYSTEM, repaired(), reason="A slip.", approver="", now=NOW)
    package = sampler()
    less = {k: v for k, v in package.steps.items() if k != "register"}
    with pytest.raises(ActRefused, match="revision-breaks"):
        acts.revise_edition(
            SYSTEM, package.model_copy(update={"steps": less}), reason="x", approver="811201401188", now=NOW
        )
    with pytest.raises(ActRefused, match="revision-same"):
        acts.dry_run(sampler())


def test_a_case_filed_while_a_revision_was_applied_follows_with_the_next_tick(samruk: Town) -> None:
    made = acts.revise_edition(SYSTEM, repaired(), reason="A slip.", approver="811201401188", now=NOW)
    case = acts.submit(citizen(), licence(), now=NOW)
    Case.objects.filter(pk=case.pk).update(edition=made.before)  # it had read the law a moment before
    assert sweep(NOW)["followed"] == 1
    assert sweep(NOW)["followed"] == 0
    assert Case.objects.get(pk=case.pk).edition == made.after
    assert Entry.objects.filter(stream=case.stream, act="case.revised").count() == 1


def test_a_case_that_reached_a_step_the_revision_lacks_stays_on_its_law(samruk: Town) -> None:
    made = acts.revise_edition(SYSTEM, repaired(), reason="A slip.", approver="811201401188", now=NOW)
    case = acts.submit(citizen(), licence(), now=NOW)
    Case.objects.filter(pk=case.pk).update(edition=made.before)
    Token.objects.filter(case=case, step="register").update(step="register-twice")
    assert sweep(NOW)["followed"] == 0
    assert Case.objects.get(pk=case.pk).edition == made.before


def test_one_key_is_one_revision(samruk: Town) -> None:
    acts.revise_edition(SYSTEM, reworded(), reason="", approver="", now=NOW, key="once")
    with pytest.raises(ActRefused, match="key-reused"):
        acts.revise_edition(SYSTEM, repaired(), reason="", approver="", now=NOW, key="once")
    assert Edition.objects.filter(service="sampler").count() == 2
