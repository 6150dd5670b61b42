"""`qyzmet texts`: what nobody has reviewed is counted, and a review holds for the words it was given for."""

from __future__ import annotations

import json
from datetime import date

import pytest

from qyzmet.cli import main
from qyzmet.pages.every_text import every_text
from qyzmet.pages.reviews import Review, counted, digest_of, reviews, total

FILE = "office/texts/tasks.yaml"


def reviewed(digest: str, language: str = "kk") -> Review:
    return Review(FILE, language, "A reader", date(2026, 11, 21), digest)


def words() -> list[object]:
    return [each for each in every_text() if each.file == FILE]


def test_the_counts_are_printed_by_file_and_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["texts"]) == 0
    said = capsys.readouterr().out
    assert FILE in said
    assert f"kk: {total(counted(), 'kk')[0]} reviewed" in said


def test_as_json_every_file_stands_with_its_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["texts", FILE, "--json"]) == 0
    (said,) = json.loads(capsys.readouterr().out)
    assert said["texts"]["ru"] == len([each for each in words() if "ru" in each.words])  # type: ignore[attr-defined]


def test_a_review_counts_the_language_it_is_of() -> None:
    found = counted((reviewed(digest_of(words(), "kk")),))[FILE]  # type: ignore[arg-type]
    assert found.reviewed["kk"] == found.texts["kk"] > 0
    assert found.reviewed["ru"] == 0
    assert "A reader" in found.by["kk"]


def test_a_review_no_longer_holds_once_the_words_have_changed() -> None:
    assert counted((reviewed("0123456789abcdef"),))[FILE].reviewed["kk"] == 0


def test_a_text_that_says_it_is_not_reviewed_is_not() -> None:
    package = "regulations/housing-assistance/2019-04-25-n2-261/service.yaml"
    texts = [each for each in every_text() if each.file == package]
    review = Review(package, "kk", "A reader", date(2026, 11, 21), digest_of(texts, "kk"))
    found = counted((review,))[package]
    assert found.doubted == 3
    assert found.reviewed["kk"] == found.texts["kk"] - 3


def test_every_line_of_the_register_names_a_file_that_is_there() -> None:
    assert {each.file for each in reviews()} <= set(counted())
