"""Dates, money, sizes and plurals as each language writes them, by the filters every page uses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from qyzmet.identity import said_date, said_moment
from qyzmet.pages.every_text import HOUSE
from qyzmet.pages.templatetags.words import day, filesize, moment, money, plain, short_day, time_of_day
from qyzmet.pages.words import LANGUAGES, say, table

FRIDAY = datetime(2024, 5, 10, 13, 30, tzinfo=UTC)  # 18:30 in Almaty
NIGHT = datetime(2024, 5, 9, 20, 0, tzinfo=UTC)  # one in the morning of the 10th
NBSP = "\u00a0"


def shown(text: str) -> str:
    """CLDR puts a narrow no-break space before `ж.` and `г.`."""
    return text.replace("\u202f", " ").replace(NBSP, " ")


@pytest.mark.parametrize(
    ("language", "whole", "short", "moment_", "sentence"),
    [
        ("kk", "2024 ж. 10 мамыр", "10 мам.", "2024 ж. 10 мамыр, 18:30", "10.05.2024 18:30"),
        ("ru", "10 мая 2024 г.", "10 мая", "10 мая 2024 г., 18:30", "10 мая 2024 г., 18:30"),
        ("en", "10 May 2024", "10 May", "10 May 2024, 18:30", "10 May 2024, 18:30"),
    ],
)
def test_days_and_moments(language: str, whole: str, short: str, moment_: str, sentence: str) -> None:
    with translation.override(language):
        assert shown(day(FRIDAY)) == shown(day(FRIDAY.date())) == whole
        assert shown(short_day(FRIDAY)) == short
        assert shown(moment(FRIDAY)) == moment_
        assert time_of_day(FRIDAY) == "18:30"
        assert shown(day(NIGHT)) == whole  # the day is that of Almaty
    assert shown(said_moment(FRIDAY, language)) == sentence  # type: ignore[arg-type]
    assert shown(said_date(date(2024, 5, 10), language)) in sentence  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("tenge", "said"),
    [
        (Decimal("1234567.5"), "1 234 567,50 ₸"),
        (Decimal("0.07"), "0,07 ₸"),
        (999, "999,00 ₸"),
        (Decimal("-12000"), "-12 000,00 ₸"),
        (None, ""),
    ],
)
def test_money_is_written_one_way_in_every_language(language: str, tenge: Decimal | None, said: str) -> None:
    with translation.override(language):
        assert money(tenge) == said.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("language", "size", "said"),
    [
        ("kk", 1_258_291, "1,2 МБ"), ("ru", 1_258_291, "1,2 МБ"), ("en", 1_258_291, "1.2 MB"),
        ("kk", 348_160, "340 КБ"), ("en", 10, "1 KB"),
    ],
)  # fmt: skip
def test_sizes_of_files(language: str, size: int, said: str) -> None:
    with translation.override(language):
        assert filesize(size) == said


def test_a_number_keeps_its_digits_and_no_zeros_at_the_end() -> None:
    assert plain(Decimal("54.30")) == "54,3"
    assert plain(Decimal("1200")) == f"1{NBSP}200"


@pytest.mark.parametrize(
    ("count", "ru", "kk", "en"),
    [
        (0, "Остановлено 0 доставок", "0", "0 deliveries"),
        (1, "Остановлена 1 доставка", "1", "1 delivery"),
        (2, "Остановлены 2 доставки", "2", "2 deliveries"),
        (4, "Остановлены 4 доставки", "4", "4 deliveries"),
        (5, "Остановлено 5 доставок", "5", "5 deliveries"),
        (11, "Остановлено 11 доставок", "11", "11 deliveries"),
        (14, "Остановлено 14 доставок", "14", "14 deliveries"),
        (21, "Остановлена 21 доставка", "21", "21 deliveries"),
        (22, "Остановлены 22 доставки", "22", "22 deliveries"),
        (111, "Остановлено 111 доставок", "111", "111 deliveries"),
    ],
)
def test_a_count_takes_the_form_its_language_has_for_it(count: int, ru: str, kk: str, en: str) -> None:
    assert say("admin.has-parked", "ru", count=count) == ru
    assert say("admin.has-parked", "kk", count=count).startswith(kk)
    assert say("admin.has-parked", "en", count=count).startswith(en)


def test_kazakh_says_a_count_without_a_plural() -> None:
    counts = [words["kk"] for words in table().values() if isinstance(words["kk"], dict)]
    assert len(counts) >= 9
    assert [sorted(each) for each in counts if len(set(each.values())) > 1] == []


def test_pages_write_dates_by_these_filters_alone() -> None:
    # A date input takes ISO, and `<time datetime>` is for programs; whatever else a person reads is CLDR's.
    machine = ("|date:'Y-m-d'", "|date:'c'")
    found = [
        f"{path.relative_to(HOUSE)}: {line.strip()[:90]}"
        for path in sorted(HOUSE.rglob("*.html"))
        for line in path.read_text("utf-8").splitlines()
        if any(
            mark in strip(line, machine)
            for mark in ("|date", "|floatformat", "|intcomma", "|time:", "strftime")
        )
    ]
    assert found == []


def strip(line: str, marks: tuple[str, ...]) -> str:
    for mark in marks:
        line = line.replace(mark, "")
    return line


def test_no_sentence_of_a_page_is_given_a_date_in_digits_by_hand() -> None:
    # `%d.%m.%Y` by hand is for what a form reads back, and for Kazakh inside a sentence (`identity.said_date`).
    rooms = ("pages", "portal", "office", "cases", "gateway", "documents", "evidence")
    by_hand = {
        str(path.relative_to(HOUSE))
        for room in rooms
        for path in (HOUSE / room).rglob("*.py")
        if ":%d.%m.%Y" in path.read_text("utf-8")
    }
    assert by_hand <= {
        "pages/forms/widgets.py",  # an input of a form
        "office/administering/views/parameters.py",  # the same
        "office/templatetags/figures.py",  # narrow columns of figures
    }
