"""How a case ended is said in words, and by one function for its recipient and for the officials."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.translation import override

from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Edition
from qyzmet.office.names import exit_name
from qyzmet.pages.endings import ending_of


@pytest.fixture
def law(monday: datetime) -> Law:
    return law_of(Edition.objects.get(service="housing-assistance").pk)


def test_an_ending_is_called_what_its_package_calls_it(law: Law) -> None:
    for key, found in law.package.exits.items():
        for language in ("kk", "ru", "en"):
            with override(language):
                assert exit_name(law, key) == found.name.in_language(language)


@pytest.mark.parametrize(
    ("exit_", "kk", "ru", "en"),
    [
        ("withdrawn", "Кері қайтарып алынды", "Отозвано", "Withdrawn"),
        ("not-accepted", "Қабылданбады", "Не принято", "Not accepted"),
        ("erased", "Аяқталды", "Завершено", "Ended"),
        ("terminated", "Аяқталды", "Завершено", "Ended"),
    ],
)
def test_an_ending_no_package_names_is_said_in_words_too(
    law: Law, exit_: str, kk: str, ru: str, en: str
) -> None:
    assert exit_ not in law.package.exits
    for language, words in (("kk", kk), ("ru", ru), ("en", en)):
        with override(language):
            found = ending_of(law, exit_)
            assert found is not None
            assert exit_name(law, exit_) == found.words == words


def test_a_case_that_has_not_ended_has_no_ending(law: Law) -> None:
    assert ending_of(law, None) is None
    assert exit_name(law, None) == ""
