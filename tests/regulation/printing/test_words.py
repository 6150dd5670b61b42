"""Terms and numbers in words: Kazakh has no plural after a numeral, Russian three forms."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qyzmet.regulation.datafile import read_law
from qyzmet.regulation.printing import words
from qyzmet.regulation.printing.glyphs import width, wrap
from qyzmet.regulation.printing.phrases import hours_words
from qyzmet.regulation.printing.words import any_of, number, term_words


@pytest.mark.parametrize(
    ("term", "kk", "ru", "en"),
    [
        ("1 working day", "1 жұмыс күні", "1 рабочий день", "1 working day"),
        ("3 working days", "3 жұмыс күні", "3 рабочих дня", "3 working days"),
        ("8 working days", "8 жұмыс күні", "8 рабочих дней", "8 working days"),
        ("11 working days", "11 жұмыс күні", "11 рабочих дней", "11 working days"),
        ("21 working days", "21 жұмыс күні", "21 рабочий день", "21 working days"),
        ("112 working days", "112 жұмыс күні", "112 рабочих дней", "112 working days"),
        ("1 hour", "1 сағат", "1 час", "1 hour"),
        ("2 hours", "2 сағат", "2 часа", "2 hours"),
        ("20 minutes", "20 минут", "20 минут", "20 minutes"),
        ("31 minutes", "31 минут", "31 минута", "31 minutes"),
        ("pick-up at 10:00, 12:00, 16:00", "күніне 3 рет", "3 раза в день", "3 times a day"),
    ],
)
def test_terms_in_three_languages(term: str, kk: str, ru: str, en: str) -> None:
    assert [term_words(term, "kk"), term_words(term, "ru"), term_words(term, "en")] == [kk, ru, en]


def test_hours_of_the_authorised_body_and_the_centre() -> None:
    assert hours_words("authorised-body", "kk") == "дүйсенбі – жұма 9:00–18:00, үзіліс 13:00–14:00"
    assert hours_words("centre", "ru") == "понедельник – суббота 9:00–19:00, перерыв 13:00–14:00"


def test_a_duty_department_has_two_spans() -> None:
    assert hours_words("duty-department", "en") == "Monday – Friday 9:00–20:00; Saturday 9:00–13:00"


def test_the_portal_takes_filings_round_the_clock_and_registers_by_its_hours() -> None:
    said = hours_words("portal", "kk")
    assert said.startswith("тәулік бойы")
    assert said.endswith("дүйсенбі – жұма 9:00–18:30, үзіліс 13:00–14:30")


def test_numbers_have_a_comma_in_kazakh_and_russian() -> None:
    assert number(Decimal("3.2"), "kk") == "3,2"
    assert number(Decimal("1618"), "ru") == "1\u00a0618"
    assert number(Decimal("1618.5"), "en") == "1,618.5"


def test_alternatives_are_joined_by_or() -> None:
    assert any_of(["а", "б", "в"], "kk") == "а, б немесе в"
    assert any_of(["а"], "ru") == "а"


def test_every_fixed_word_stands_in_three_languages() -> None:
    for key, said in read_law(words._FILE).items():
        assert set(said) == {"kk", "ru", "en"}, key
        assert all(said.values()), key


def test_lines_fit_and_keep_every_letter() -> None:
    text = "Мамандандырылған кәсіпорынның қабылдау және беру тобы қанағаттандырылмағандықтарыңыздан"
    lines = wrap(text, 12, 90)
    assert all(width(line, 12) <= 90 for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace(" ", "")
