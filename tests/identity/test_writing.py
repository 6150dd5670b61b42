"""Finding and sorting Kazakh names; dates as documents write them."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.identity import folded, sort_key, written_date, written_moment

ALPHABET = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"


def test_letters_sort_as_the_kazakh_alphabet() -> None:
    shuffled = random.Random(7).sample(ALPHABET, len(ALPHABET))
    assert "".join(sorted(shuffled, key=sort_key)) == ALPHABET


def test_names_sort_as_a_kazakh_list() -> None:
    names = ["Астана", "Әлия", "Бауыржан", "Кенже", "Қанат", "Қанат Ө.", "Ұлан", "Ыбырай", "Іле", "Ямал"]
    assert sorted(random.Random(7).sample(names, len(names)), key=sort_key) == names


@given(st.text(), st.text())
def test_a_key_sorts_the_same_under_any_collation(left: str, right: str) -> None:
    for key in (sort_key(left), sort_key(right)):
        assert key == "" or (key.isascii() and key.isalpha() and key.islower())
    assert sort_key(left + " " + right).startswith(sort_key(left))


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Қазақстан", "казакстан"),
        ("ӘУЕЗОВ Мұхтар Омарханұлы", "ауезов мухтар"),
        ("Үміт", "умит"),
        ("ЖШС «Өрлеу-2»", "орлеу 2"),
        ("Iле", "Іле"),  # a Latin I inside a Cyrillic word
        ("Семёнов", "семенов"),
    ],
)
def test_a_name_is_found_without_a_kazakh_keyboard(stored: str, typed: str) -> None:
    assert folded(typed) in folded(stored)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_dates_as_documents_write_them() -> None:
    saturday = date(2026, 11, 21)
    assert written_date(saturday, "kk").replace("\u202f", " ") == "2026 ж. 21 қараша"
    assert written_date(saturday, "kk", "full").replace("\u202f", " ") == "2026 ж. 21 қараша, сенбі"
    assert written_date(saturday, "ru").replace("\u202f", " ") == "21 ноября 2026 г."
    assert written_date(saturday, "en") == "21 November 2026"


def test_a_moment_is_written_on_its_day_in_almaty() -> None:
    late = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
    assert written_date(late, "en") == "22 November 2026"
    assert written_moment(late, "kk").replace("\u202f", " ") == "2026 ж. 22 қараша, 01:30"


def test_before_march_2024_almaty_was_an_hour_further_east() -> None:
    assert written_moment(datetime(2024, 2, 29, 17, 30, tzinfo=UTC), "en") == "29 February 2024, 23:30"
    assert written_moment(datetime(2024, 2, 29, 19, 30, tzinfo=UTC), "en") == "1 March 2024, 00:30"
