"""A case goes to another organisation: with what, seen by whom, and where it may not go."""

from __future__ import annotations

import pytest

from qyzmet.cases import acts
from qyzmet.cases.models import Case, Deadline
from qyzmet.cases.queries import visible_cases
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.models import Organisation
from tests.cases.town import Town, citizen, licence, moment

pytestmark = pytest.mark.django_db

NOW = moment("2024-09-02 10:00")


@pytest.fixture
def filed(samruk: Town) -> Case:
    return acts.submit(citizen(), licence(), now=NOW)


def neighbour(town: Town, case: Case, **values: object) -> Organisation:
    row = town.body("neighbour", case.provider.kind, parent=town.body("other-above", "higher-body"))
    Organisation.objects.filter(pk=row.pk).update(**values)
    return row


def test_the_body_above_the_new_provider_sees_it_and_the_one_above_the_former_no_longer(
    samruk: Town, filed: Case
) -> None:
    there = neighbour(samruk, filed)
    before, after = samruk.official("head", samruk.above), samruk.official("head", there.parent or there)
    assert list(visible_cases(before)) == [filed]
    acts.transfer(samruk.official("head", filed.provider), filed.ref, there.pk, reason="Lives there", now=NOW)
    assert list(visible_cases(before)) == []
    assert list(visible_cases(after)) == [filed]
    assert set(Deadline.objects.filter(state="open", person=None).values_list("holder_id", flat=True)) == {
        there.pk
    }


def test_it_does_not_go_where_the_service_is_not_given(samruk: Town, filed: Case) -> None:
    there = neighbour(samruk, filed, serves=["another-service"])
    with pytest.raises(ActRefused, match="organisation-unfit"):
        acts.transfer(
            samruk.official("head", filed.provider), filed.ref, there.pk, reason="Lives there", now=NOW
        )


def test_one_withdrawn_before_it_was_registered_has_no_result_to_set_aside(samruk: Town) -> None:
    sunday = moment("2024-09-01 10:00")
    case = acts.submit(citizen(), licence(), now=sunday)
    acts.withdraw(citizen(), case.ref, now=sunday)
    with pytest.raises(ActRefused, match="not-ended"):
        acts.reopen(
            samruk.official("head", case.provider), case.ref, "register", reason="A court said so", now=NOW
        )
