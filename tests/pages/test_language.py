"""Every text people read, in three languages: complete, in official words, in clean letters and signs.

It looks over the tables of all rooms, the letters, the refusals, the printed documents, the law and its names, and
the words templates and documents hold themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from qyzmet.pages.every_text import HOUSE, Said, every_text, files_of_texts
from qyzmet.pages.words import LANGUAGES
from qyzmet.regulation.glossary import load_glossary, slips

CYRILLIC = "а-яёәғқңөұүһіА-ЯЁӘҒҚҢӨҰҮҺІ"
MIXED = re.compile(rf"[{CYRILLIC}][A-Za-z]|[A-Za-z][{CYRILLIC}]")
KAZAKH_ONLY = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
QUOTED = re.compile(r"«[^»]*»")
LETTERS = re.compile(rf"[{CYRILLIC}]{{2,}}")
PLACE = re.compile(r"\{(\w*)[^{}]*\}")
TEMPLATES = [
    path
    for ending in ("html", "typ")
    for path in sorted(HOUSE.rglob(f"*.{ending}"))
    if "static" not in path.parts
]
HALF = {"one", "few"}
CATEGORIES = {"kk": {"one", "other"}, "ru": {"one", "few", "many", "other"}, "en": {"one", "other"}}


@pytest.fixture(scope="module")
def texts() -> list[Said]:
    return list(every_text())


def where(wrong: Callable[[str, str], object], texts: list[Said]) -> list[str]:
    """The places of texts of which something is wrong in a language."""
    return [
        f"{said.file}: {said.key} ({language}): {said.words[language][:80]}"
        for said in texts
        for language in LANGUAGES
        if language in said.words and wrong(language, said.words[language])
    ]


def test_no_text_tells_a_term_otherwise_than_the_glossary(texts: list[Said]) -> None:
    assert where(lambda language, words: list(slips(words, language)), texts) == []


def test_templates_and_documents_hold_no_word_beside_the_glossary() -> None:
    found = [
        f"{path.relative_to(HOUSE)}: {slip.found} (say {slip.term})"
        for path in TEMPLATES
        for language in ("kk", "ru")
        for slip in slips(path.read_text("utf-8"), language)
    ]
    assert found == []


def test_a_variant_is_never_the_term_itself() -> None:
    own = {key: list(slips(getattr(t.name, x), x)) for key, t in load_glossary().items() for x in LANGUAGES}
    assert {key: found for key, found in own.items() if found} == {}


@pytest.mark.parametrize(
    ("language", "words", "term"),
    [
        ("ru", "Обратитесь к поставщику услуги", "provider"),
        ("ru", "список Получателей услуг", "recipient"),
        ("kk", "Қызмет алушылар тізімі", "recipient"),
        ("kk", "Электрондық қолтаңбаны тексеріңіз", "eds"),
        ("en", "within 3 business days", "working-day"),
    ],
)
def test_a_word_beside_the_glossary_is_noticed(language: str, words: str, term: str) -> None:
    assert [slip.term for slip in slips(words, language)] == [term]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "Көрсетілетін қызметті алушы"),
        ("kk", "көрсетілетін қызметті берушіге"),
        ("ru", "услугополучателя"),
        ("ru", "Ответственный исполнитель услугодателя"),
        ("en", "Public service centre"),
    ],
)
def test_official_words_are_left_in_peace(language: str, words: str) -> None:
    assert list(slips(words, language)) == []


def test_an_abbreviation_of_a_number_or_a_key_stands_in_every_language_or_in_none(texts: list[Said]) -> None:
    abbreviations = [("ЭЦҚ", "ЭЦП"), ("ЖСН", "ИИН"), ("БСН", "БИН"), ("АЕК", "МРП")]
    alone = [
        f"{said.file}: {said.key}: {kk} / {ru}"
        for said in texts
        for kk, ru in abbreviations
        if {"kk", "ru"} <= set(said.words)
        if bool(re.search(rf"\b{kk}", said.words["kk"])) != bool(re.search(rf"\b{ru}", said.words["ru"]))
    ]
    assert alone == []


def test_no_text_is_missing_or_empty_in_a_language(texts: list[Said]) -> None:
    whole = [said for said in texts if said.form in {"", "other"}]
    missing = [f"{said.file}: {said.key}" for said in whole if set(said.words) != set(LANGUAGES)]
    empty = where(lambda _, words: not words.strip(), texts)
    assert (missing, empty) == ([], [])


def test_plurals_are_written_for_the_categories_their_language_has(texts: list[Said]) -> None:
    forms: dict[tuple[str, str, str], set[str]] = {}
    for said in texts:
        for language in said.words if said.form else ():
            forms.setdefault((said.file, said.key, language), set()).add(said.form)
    assert len(forms) > 30
    strange = {place: sorted(found - CATEGORIES[place[2]]) for place, found in forms.items()}
    assert {place: found for place, found in strange.items() if found} == {}
    # Russian says 1 and 2–4 and 5 otherwise; whoever writes one of them apart writes all three.
    half = [
        place for place, found in forms.items() if place[2] == "ru" and len(found) > 1 and not found >= HALF
    ]
    assert half == []


def test_the_same_values_are_put_into_every_language(texts: list[Said]) -> None:
    uneven = [
        f"{said.file}: {said.key}"
        for said in texts
        if len({frozenset(PLACE.findall(words)) for words in said.words.values()}) > 1
    ]
    assert uneven == []


def test_no_word_mixes_two_alphabets(texts: list[Said]) -> None:
    # Latin і, a, o, e, c, p, x look like Cyrillic: no search finds such a word, and no reader hears it right.
    assert where(lambda _, words: MIXED.search(PLACE.sub(" ", words)), texts) == []


def test_a_look_alike_letter_is_noticed() -> None:
    assert MIXED.search("өтiніш")  # the first і is Latin
    assert not MIXED.search("өтініш")


def test_russian_has_no_kazakh_letters_and_english_no_cyrillic_outside_what_it_quotes(
    texts: list[Said],
) -> None:
    def foreign(language: str, words: str) -> object:
        plain = QUOTED.sub("", words)
        if language == "ru":
            return KAZAKH_ONLY.search(plain)
        return language == "en" and re.search(rf"[{CYRILLIC}]", re.sub(r"\([^)]*\)", "", plain))

    # The hint of a field for Kazakh words gives an example of them.
    assert [each for each in where(foreign, texts) if "f-text-kk-hint" not in each] == []


def test_no_sentence_is_the_same_in_kazakh_and_russian(texts: list[Said]) -> None:
    same = [
        f"{s.file}: {s.key}: {s.words['kk'][:60]}"
        for s in texts
        if s.words.get("kk") == s.words.get("ru") and len(LETTERS.findall(s.words.get("kk", ""))) >= 3
    ]
    assert same == []


def test_spaces_quotes_and_dashes_are_those_of_print(texts: list[Said]) -> None:
    def careless(language: str, words: str) -> object:
        return re.search(r"\S {2,}\S", words) or (
            language != "en" and re.search(r"[\"“”]|\w - \w|\.\.\.", QUOTED.sub("", words))
        )

    # The limits of the land act's own table stand as it prints them, hyphens and all.
    assert [each for each in where(careless, texts) if "register-request.within.note" not in each] == []


def test_the_list_holds_the_tables_of_every_room_the_letters_and_the_law() -> None:
    files = {str(path.relative_to(HOUSE)) for path in files_of_texts()}
    assert {
        "gateway/mail/letters.yaml", "cases/refusals.yaml", "documents/texts.yaml", "signatures/texts.yaml",
        "regulations/state-databases.yaml", "regulation/printing/words.yaml", "pages/texts/frame.yaml",
        "portal/texts/apply.yaml", "office/texts/tasks.yaml", "evidence/texts.yaml", "identity/texts.yaml",
    } <= files  # fmt: skip
    shipped = {str(p.relative_to(HOUSE)) for p in (HOUSE / "regulations").rglob("service.yaml")}
    assert shipped <= files
    tables = {str(path.relative_to(HOUSE)) for path in HOUSE.rglob("texts/*.yaml")}
    assert tables <= files
