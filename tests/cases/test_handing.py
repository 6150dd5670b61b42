"""A result given at a window always has a receiver on record, and is given once (A120 §5(6))."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from qyzmet.cases import acts
from qyzmet.cases.acts.run_batch import Together, make_batch, run_batch
from qyzmet.cases.hall.handing import Receiver, gives, giving_steps
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import BatchItem, Case, CaseState, Entry, HandedOver
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account, Organisation
from tests.cases.conftest import housing_town
from tests.cases.test_housing_assistance import MONDAY, application
from tests.cases.test_races import at_once
from tests.cases.town import APPLICANT, Town, file, open_step
from tests.office.queue.test_handing import ready

NOW = MONDAY + timedelta(days=1)


def give(who: Actor, case: Case, no: int, *, key: str | None = None) -> Case:
    return acts.hand_over(
        who, case.ref, no, received_by="Омарова Айгүл", identified_by="ЖК 012345678",
        receiver=Receiver(APPLICANT), now=NOW, key=key,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_result_is_not_given_without_a_receiver(housing: Town) -> None:
    case, counter = ready(housing), housing.actor("counter")
    no = open_step(case, "hand-over").no
    with pytest.raises(ActRefused, match="receiver-needed") as problem:
        acts.complete(counter, case.ref, no, now=NOW)
    assert problem.value.clause.startswith("A120 §5(6)")
    batch = make_batch(counter, [(case.ref, no)], Together(), now=NOW)
    assert run_batch(counter, batch, now=NOW) == {"done": 0, "refused": 1, "waiting": 0}
    assert BatchItem.objects.get().result["refused"] == "receiver-needed"
    case.refresh_from_db()
    assert (case.state, HandedOver.objects.exists()) == (CaseState.OPEN, False)
    assert give(counter, case, no).state == CaseState.ENDED


@pytest.mark.django_db
def test_the_window_gives_nothing_while_it_still_takes_the_papers_in(housing: Town) -> None:
    counter = housing.actor("counter")
    case = file(counter, application("state-corporation"), now=MONDAY)
    no = open_step(case, "intake").no
    with pytest.raises(ActRefused, match="no-result-here"):
        give(counter, case, no)
    with pytest.raises(ActRefused, match="no-result-here"):
        acts.remind_to_collect(counter, case.ref, no, now=NOW)
    assert not Entry.objects.filter(act__in=["result.handed-over", "result.reminded"]).exists()


@pytest.mark.django_db
def test_a_window_gives_what_came_in_by_it_and_by_no_other_way(housing: Town) -> None:
    law = law_of(ready(housing).edition_id)
    assert giving_steps(law) == {"hand-over"}
    assert gives(law, "state-corporation", "hand-over") == ("done",)
    assert gives(law, "portal", "hand-over") == ()
    assert gives(law, "state-corporation", "notify") == gives(law, "no-such", "hand-over") == ()


@pytest.mark.usefixtures("unguarded")
@pytest.mark.django_db(transaction=True)
def test_two_clerks_give_one_result_at_once_and_one_of_them_did() -> None:
    town = housing_town()
    case, first = ready(town), town.actor("counter")
    second = town.official("counter", Organisation.objects.get(pk=first.organisation))
    no = open_step(case, "hand-over").no
    said = at_once([lambda who=who: give(who, case, no) for who in (first, second) * 3])
    assert Counter(said) == {"done": 1, "given-already": 5}
    assert Entry.objects.filter(act="result.handed-over").count() == 1
    with pytest.raises(ActRefused) as problem:
        give(second, case, no)
    giver = Account.objects.get(number=HandedOver.objects.get().official)
    assert giver.full_name in problem.value.text["en"]


@pytest.mark.usefixtures("unguarded")
@pytest.mark.django_db(transaction=True)
def test_one_press_sent_twice_at_once_gives_once_and_both_are_told_so() -> None:
    town = housing_town()
    case = ready(town)
    no, who = open_step(case, "hand-over").no, town.actor("counter")
    assert at_once([lambda: give(who, case, no, key="page") for _ in range(3)]) == ["done"] * 3
    assert HandedOver.objects.count() == Entry.objects.filter(act="result.handed-over").count() == 1
