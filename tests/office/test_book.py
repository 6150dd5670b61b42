"""The book of suspensions: what happened in the cases of a body, by year."""

from __future__ import annotations

import pytest

from qyzmet.cases import acts
from qyzmet.config import clock
from qyzmet.people.actor import SYSTEM
from tests.cases.town import Town, citizen, licence, moment
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db

NOW = moment("2024-09-02 10:00")
LATER = moment("2024-09-05 11:30")
BOOK = "/office/suspensions"


def test_every_suspension_stands_there_with_its_ground_reason_and_days(samruk: Town) -> None:
    """M262 §12 ¶4 book: data on a suspension are entered in the book, by themselves."""
    with clock.hold(NOW):
        first, second = (acts.submit(citizen(), licence(), now=NOW) for _ in range(2))
        head = samruk.official("head", first.provider)
        desk = Desk(head)
        assert "No case of the body has been suspended" in desk.open(BOOK).main
        for case in (first, second):
            acts.suspend(SYSTEM, case.ref, "dispute", reason=f"Order {case.pk}.", occurred=NOW, now=NOW)
    with clock.hold(LATER):
        acts.resume(SYSTEM, first.ref, "dispute", reason="The court has ruled.", now=LATER)
        said = desk.open(BOOK).main
        for part in (
            first.number,
            second.number,
            f"Order {first.pk}.",
            "The court has ruled.",
            "2 September 2024",
        ):
            assert str(part) in said, part
        assert said.count("still suspended") == 1
        assert said.index(str(first.number)) < said.index(str(second.number))


def test_a_page_that_is_just_full_has_no_empty_one_after_it(
    samruk: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qyzmet.cases.queries.book.MOST", 2)
    with clock.hold(NOW):
        cases = [acts.submit(citizen(), licence(), now=NOW) for _ in range(3)]
        for case in cases[:2]:
            acts.suspend(SYSTEM, case.ref, "dispute", reason="Order 7.", occurred=NOW, now=NOW)
        desk = Desk(samruk.official("head", cases[0].provider))
        assert desk.open(BOOK).links("after=") == []
        acts.suspend(SYSTEM, cases[2].ref, "dispute", reason="Order 8.", occurred=NOW, now=NOW)
        said = desk.open(desk.open(BOOK).links("after=")[0]).main
    assert ("Order 8." in said, "Order 7." in said, desk.links("after=")) == (True, False, [])


def test_another_body_and_other_posts_read_none_of_it(samruk: Town) -> None:
    with clock.hold(NOW):
        case = acts.submit(citizen(), licence(), now=NOW)
        acts.suspend(SYSTEM, case.ref, "dispute", reason="Order 7.", occurred=NOW, now=NOW)
        elsewhere = samruk.official("head", samruk.body("far-away", "ministry"))
        assert "Order 7." not in Desk(elsewhere).open(BOOK).main
        assert Desk(samruk.actor("registrar")).client.get(BOOK).status_code == 403


@pytest.mark.parametrize("year", ["20249999", "1", "٢٠٢٤", "9" * 5000])
def test_a_year_without_suspensions_shows_the_last_that_has_them(samruk: Town, year: str) -> None:
    with clock.hold(NOW):
        case = acts.submit(citizen(), licence(), now=NOW)
        acts.suspend(SYSTEM, case.ref, "dispute", reason="Order 7.", occurred=NOW, now=NOW)
        assert "Order 7." in Desk(samruk.official("head", case.provider)).open(f"{BOOK}?year={year}").main
