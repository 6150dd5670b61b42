"""Which edition takes a filing of a day, and what the person is told when none does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.datafile import LawDataError
from qyzmet.regulation.loader import load_tree
from qyzmet.regulation.model import Dated, InForce, Life, Package, Text
from qyzmet.regulation.openings import DEMO, NotOpen, Taken, edition_for, load_openings

NAME = Text(
    kk="Тұрғын үй көмегін тағайындау", ru="Назначение жилищной помощи", en="Assignment of housing assistance"
)
WORDING_2019 = load_acts()["A120"].edition_life
assert WORDING_2019 is not None
EDITIONS = {"2019-04-25-n2-261": WORDING_2019}


def a_life(first: date | None, last: date | None = None, repealed: bool = False) -> Life:
    end = Dated(on=last, basis="act") if last or repealed else None
    return Life(
        adopted=Dated(on=date(2024, 3, 26), basis="act"),
        registered="unconfirmed",
        published="unconfirmed",
        in_force=InForce(from_=Dated(on=first, basis="act"), to=end),
    )


def take(on: date, editions: dict[str, Life] = EDITIONS, openings: tuple = ()) -> Taken:  # type: ignore[type-arg]
    return edition_for("housing-assistance", NAME, editions, openings, on)


@pytest.mark.parametrize("on", [date(2019, 5, 6), date(2019, 6, 3), date(2020, 10, 30)])
def test_a_filing_takes_the_edition_in_force_that_day(on: date) -> None:
    assert take(on) == Taken("2019-04-25-n2-261")


def test_after_the_repeal_the_refusal_names_the_last_day_in_force() -> None:
    with pytest.raises(NotOpen) as problem:
        take(date(2020, 10, 31))
    assert problem.value.code == "opening.ended"
    said = {language: problem.value.text(language).replace("\u202f", " ") for language in ("kk", "ru", "en")}
    assert said["en"] == (
        "An application for “Assignment of housing assistance” is not taken on 31 October 2020: "
        "the last day edition 2019-04-25-n2-261 was in force is 30 October 2020 (unconfirmed); "
        "ask the provider which order applies now."
    )
    assert said["ru"] == (
        "31 октября 2020 г. заявление на услугу «Назначение жилищной помощи» не принимается: "
        "последний день действия редакции 2019-04-25-n2-261 — 30 октября 2020 г. (не подтверждён); "
        "уточните нынешний порядок у услугодателя."
    )
    assert said["kk"] == (
        "2020 ж. 31 қазан күні «Тұрғын үй көмегін тағайындау» қызметіне өтініш қабылданбайды: "
        "2019-04-25-n2-261 редакциясының қолданыста болған соңғы күні — 2020 ж. 30 қазан (расталмаған); "
        "қазіргі тәртіпті көрсетілетін қызметті берушіден нақтылаңыз."
    )


def test_before_its_first_day_the_refusal_names_that_day() -> None:
    with pytest.raises(
        NotOpen, match=r"comes into force on 6 May 2019 \(unconfirmed\); apply from that day on"
    ):
        take(date(2019, 5, 5))


def test_of_two_editions_the_later_takes_the_filing() -> None:
    editions = {"2024-03-26-n109": a_life(date(2024, 4, 9)), "2025-01-10-n7": a_life(date(2025, 2, 1))}
    assert take(date(2025, 1, 31), editions).edition == "2024-03-26-n109"
    assert take(date(2025, 2, 1), editions).edition == "2025-01-10-n7"


def test_an_edition_without_an_end_stays_in_force() -> None:
    assert take(date(2027, 12, 31), {"2024-03-26-n109": a_life(date(2024, 4, 9))}).opening is None


@pytest.mark.parametrize("life", [a_life(None), a_life(date(2012, 7, 24), None, repealed=True)])
def test_an_edition_whose_days_are_not_known_takes_nothing_of_itself(life: Life) -> None:
    with pytest.raises(NotOpen, match="was in force are not confirmed"):
        take(date(2012, 8, 1), {"2012-06-01-n262": life})


def test_an_opening_lets_a_repealed_edition_take_filings_and_says_why() -> None:
    taken = take(date(2024, 5, 6), openings=load_openings(DEMO))
    assert taken.edition == "2019-04-25-n2-261"
    assert taken.opening is not None
    assert taken.opening.ground.en.startswith("Demonstration")


def test_an_edition_in_force_needs_no_opening() -> None:
    assert take(date(2019, 6, 3), openings=load_openings(DEMO)).opening is None


def test_an_opening_holds_only_on_its_days() -> None:
    with pytest.raises(NotOpen):
        take(date(2028, 1, 1), openings=load_openings(DEMO))


SERVICES = {
    key: loaded.package
    for key, loaded in load_tree().items()
    if loaded.package is not None and not loaded.abstract and loaded.package.attach is None
}


def test_every_service_in_hand_is_opened_by_the_demo_in_its_edition() -> None:
    opened = {(opening.service, opening.edition) for opening in load_openings(DEMO)}
    assert set(SERVICES) <= opened


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda package: package.service)
def test_an_edition_lives_as_long_as_the_act_it_rests_on(service: Package) -> None:
    act = load_acts()[service.sources[0].act]
    life = act.edition_life or act.life
    assert life is not None
    assert days(service.life) == days(life)


def days(life: Life) -> tuple[date | None, date | None]:
    first, last = life.in_force.from_, life.in_force.to
    return (first.on if isinstance(first, Dated) else None, last.on if isinstance(last, Dated) else None)


def test_the_demo_opens_all_twelve_services() -> None:
    assert len({opening.service for opening in load_openings(DEMO)}) == 12


ONE = """
openings:
  - service: housing-assistance
    edition: 2019-04-25-n2-261
    from: 2024-01-01
    to: 2024-12-31
    ground: {kk: неге, ru: почему, en: why}
"""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ONE.replace("2024-12-31", "2023-12-31"), "ends before it begins"),
        (ONE + ONE.removeprefix("\nopenings:\n"), "housing-assistance is opened twice for the same days"),
        (ONE.replace("    ground:", "    reason:"), "has no `ground`; add it|no key `reason` here"),
        (ONE.replace("openings:", "open:"), "needs the key `openings`"),
    ],
)
def test_an_opening_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "openings.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LawDataError, match=sentence):
        load_openings(path)
