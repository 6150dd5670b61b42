"""Dated values with what they rest on, and editions opened by name: written whole into the deployment's files."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from qyzmet.cases.acts import administering as acts
from qyzmet.cases.dates import clocks
from qyzmet.cases.filing import editions
from qyzmet.cases.models import Entry
from qyzmet.cases.refusals import ActRefused
from tests.office.administering.conftest import Platform
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db
MCI = "/office/admin/parameters/mci/set"
NEW = "/office/admin/openings/new"
GROUND = {"ground_kk": "Бұйрық 4", "ground_ru": "Приказ 4", "ground_en": "Order 4"}


def test_a_value_holds_from_its_day_and_the_former_before_it(
    platform: Platform, monday: datetime, own_folder: Path
) -> None:
    desk = Desk(platform.first).open(MCI)
    desk.send(
        ".act",
        value="2 600,5",
        since="01.07.2019",
        reference="Law 5",
        status="confirmed",
        reason="Order 2",
    )
    values = clocks.parameters()
    assert values.value("mci", date(2019, 7, 1)) == Decimal("2600.5")
    assert values.value("mci", date(2019, 6, 30)) == Decimal("2525")
    assert values.value("mci", date(2020, 4, 1)) == Decimal("2778")
    assert values.entry("mci", date(2019, 7, 1)).checked == monday.date()
    written = yaml.safe_load((own_folder / "parameters" / "administrator.yaml").read_text())
    assert written["mci"]["values"][0]["reference"] == "Law 5"
    assert "Order 2" in desk.main
    assert "Our own" in desk.main


def test_what_was_typed_again_for_the_same_day_puts_it_right(platform: Platform, monday: datetime) -> None:
    for value in ("2600", "2601"):
        acts.set_parameter(platform.first, "mci", value, since=date(2019, 7, 1), reference="Law 5", status="confirmed",
                           reason="Order 2", now=monday)  # fmt: skip
    assert clocks.parameters().value("mci", date(2019, 7, 1)) == Decimal("2601")


UNFIT_VALUES = [
    ("value", "many", "not written as this parameter"), ("value", "", "is empty"), ("value", "😀", "not written as"),
    ("since", "01.01.2019", "has gone by"), ("until", "01.06.2019", "before it begins"),
    ("since", "32.01.2019", "no such day"), ("reference", "<script>", "signs no official"), ("status", "maybe", "no such"),
]  # fmt: skip


def test_a_value_that_cannot_be(platform: Platform, monday: datetime) -> None:
    for field, value, says in UNFIT_VALUES:
        given = {
            "value": "2600",
            "since": "01.07.2019",
            "reference": "Law 5",
            "status": "confirmed",
            "reason": "Order 2",
        }
        desk = Desk(platform.first).open(MCI).send(".act", **{**given, field: value})
        assert desk.status == 422
        assert says in desk.errors


def test_a_day_gone_by_needs_a_second_thought(platform: Platform, monday: datetime) -> None:
    desk = Desk(platform.first).open(MCI)
    desk.send(".act", value="2500", since="01.01.2019", reference="Law 5", status="confirmed", reason="Order 2",
              backwards="yes")  # fmt: skip
    assert clocks.parameters().value("mci", date(2019, 2, 1)) == Decimal("2500")


def test_pick_up_times_are_parameters_like_others(platform: Platform, monday: datetime) -> None:
    name = next(name for name, each in clocks.parameters().items() if each.type == "times")
    desk = Desk(platform.first).open(f"/office/admin/parameters/{name}/set")
    desk.send(
        ".act",
        value="9:30, 15:00",
        since="01.07.2019",
        reference="Order 3",
        status="confirmed",
        reason="Order 3",
    )
    assert [f"{t:%H:%M}" for t in clocks.parameters().value(name, date(2019, 7, 2))] == ["09:30", "15:00"]


def test_two_administrators_set_one_value_and_the_second_is_told(
    platform: Platform, monday: datetime
) -> None:
    slow, quick = (Desk(each).open(MCI) for each in (platform.first, platform.second))
    given = {"since": "01.07.2019", "reference": "Law 5", "status": "confirmed", "reason": "Order 2"}
    quick.send(".act", value="2600", **given)
    slow.send(".act", value="2700", **given)
    assert slow.status == 409
    assert clocks.parameters().value("mci", date(2019, 7, 1)) == Decimal("2600")


def test_every_parameter_has_a_page(platform: Platform, monday: datetime) -> None:
    desk = Desk(platform.first)
    kinds = {each.type: name for name, each in clocks.parameters().items()}
    assert {desk.open(f"/office/admin/parameters/{name}/set").status for name in kinds.values()} == {200}
    assert set(kinds) >= {"decimal", "count", "times", "term", "rows"}


def test_a_table_is_written_as_it_stands(platform: Platform, monday: datetime) -> None:
    name = "housing-certificate-amounts"
    desk = Desk(platform.first).open(f"/office/admin/parameters/{name}/set")
    desk.send(".act", since="01.07.2024", reference="Decision 8", status="confirmed", reason="Decision 8")
    values = clocks.parameters()
    assert values.value(name, date(2024, 7, 2)) == values.value(name, date(2024, 6, 1))
    desk.open(f"/office/admin/parameters/{name}/set").send(
        ".act", value="- [", since="02.07.2024", reason="x"
    )
    assert desk.status == 422


def test_an_edition_is_opened_by_name_beside_the_demos(
    platform: Platform, monday: datetime, own_folder: Path
) -> None:
    acts.end_opening(platform.first, "housing-assistance", "2019-04-25-n2-261", date(2019, 4, 25),
                     last=date(2019, 6, 30), reason="Order 3", now=monday)  # fmt: skip
    desk = Desk(platform.first).open(NEW)
    (option,) = desk.page.xpath("//input[@name='edition']/@value")
    desk.send(".act", edition=option, since="01.07.2019", until="31.12.2019", reason="Order 4", **GROUND)
    assert "The edition is opened" in desk.text
    own = [o for o in editions.opened() if o.service == "housing-assistance"]
    assert [(o.from_, o.to) for o in own] == [
        (date(2019, 4, 25), date(2019, 6, 30)),
        (date(2019, 7, 1), date(2019, 12, 31)),
    ]
    assert len({o.service for o in editions.opened()}) == 12
    assert (own_folder / "openings.yaml").is_file()
    assert Entry.objects.filter(stream="system", act="edition.opened").exists()


UNFIT_OPENINGS = [
    ("since", "01.06.2019", "lies in the past"), ("until", "01.06.2018", "before it begins"),
    ("edition", "n999999", "no such answer"), ("ground_kk", "Order", "in the letters"),
    ("ground_en", "", "is empty"), ("since", "05.06.2019", "the days meet"),
]  # fmt: skip


def test_an_opening_that_cannot_be(platform: Platform, monday: datetime) -> None:
    for field, value, says in UNFIT_OPENINGS:
        desk = Desk(platform.first).open(NEW)
        (option,) = desk.page.xpath("//input[@name='edition']/@value")
        given = {
            "edition": option,
            "since": "04.06.2019",
            "until": "31.12.2019",
            "reason": "Order 4",
            **GROUND,
        }
        desk.send(".act", **{**given, field: value})
        assert desk.status == 422
        assert says in desk.errors


def test_two_openings_at_once_do_not_both_hold(platform: Platform, monday: datetime) -> None:
    opened = {"service": "housing-assistance", "edition": "2019-04-25-n2-261"}
    ground = {"kk": "Бұйрық", "ru": "Приказ", "en": "Order"}
    acts.end_opening(
        platform.first, **opened, since=date(2019, 4, 25), last=date(2019, 6, 30), reason="x", now=monday
    )
    for actor, refused in ((platform.first, False), (platform.second, True)):
        given = {"since": date(2019, 7, 1), "until": None, "reason": "x", "now": monday}
        if refused:
            with pytest.raises(ActRefused, match="opening-overlaps"):
                acts.open_edition(actor, **opened, ground=ground, **given)
        else:
            acts.open_edition(actor, **opened, ground=ground, **given)
