"""The official words: complete in three languages, taken from the acts, and printed as the page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qyzmet.cli import main
from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.datafile import LawDataError
from qyzmet.regulation.glossary import as_markdown, load_glossary, load_sections

GLOSSARY = load_glossary()
PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"


@pytest.mark.parametrize(
    ("term", "kk", "ru", "en"),
    [
        ("recipient", "көрсетілетін қызметті алушы", "услугополучатель", "recipient"),
        ("receipt", "қолхат", "расписка", "receipt"),
        ("hearing", "тыңдау", "заслушивание", "hearing"),
        ("working-day", "жұмыс күні", "рабочий день", "working day"),
        ("reasoned-refusal", "уәжді бас тарту", "мотивированный отказ", "reasoned refusal"),
        ("duplicate", "телқұжат", "дубликат", "duplicate"),
        ("equity-holder", "үлескер", "дольщик", "equity holder"),
        ("extract", "үзінді-көшірме", "выписка", "extract"),
    ],
)
def test_the_words_of_the_acts(term: str, kk: str, ru: str, en: str) -> None:
    name = GLOSSARY[term].name
    assert (name.kk, name.ru, name.en) == (kk, ru, en)


def test_every_word_is_taken_from_a_clause_that_is_there() -> None:
    acts = load_acts()
    for term in GLOSSARY.values():
        assert acts.resolve(term.cite)


def test_every_definition_shown_by_the_glossary_has_its_word() -> None:
    acts = load_acts()
    told = {clause.id for term in GLOSSARY.values() for clause in acts.resolve(term.cite)}
    missing = [c.id for c in acts.clauses if c.by == "glossary" and c.id not in told]
    assert missing == []


def test_each_language_is_written_in_its_own_letters() -> None:
    for key, term in GLOSSARY.items():
        assert re.search("[а-яәғқңөұүһі]", term.name.kk.casefold()), key
        assert not re.search("[әғқңөұүһі]", term.name.ru.casefold()), key
        assert not re.search("[а-яё]", term.name.en.casefold()), key


def test_no_word_stands_for_two_things_in_english() -> None:
    names = [term.name.en for term in GLOSSARY.values()]
    assert len(names) == len(set(names))


def test_the_page_is_printed_from_the_source() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(load_sections())


def test_the_command_prints_the_page_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary"]) == 0
    assert capsys.readouterr().out == PAGE.read_text(encoding="utf-8")
    assert main(["glossary", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hearing"]["name"]["kk"] == "тыңдау"


TERM = '{name: {kk: "а", ru: "б", en: "c"}, cite: A120 §5}'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            f"sections:\n  - {{name: {{kk: а, ru: б}}, terms: {{one: {TERM}}}}}",
            "`name` has no English words; add `en`",
        ),
        (
            2 * f"  - {{name: {{kk: а, ru: б, en: c}}, terms: {{one: {TERM}}}}}\n",
            "'one' stands in two sections",
        ),
    ],
)
def test_a_glossary_with_a_gap_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(text if text.startswith("sections") else f"sections:\n{text}", encoding="utf-8")
    with pytest.raises(LawDataError, match=sentence):
        load_sections(path)
