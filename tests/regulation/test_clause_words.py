"""Citations said to people: the act by its name, the place in it in the words of Kazakh, Russian and English law."""

from __future__ import annotations

import re

import pytest

from qyzmet.clock import LANGUAGES
from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.citations import citations
from qyzmet.regulation.clause_words import clause_in_words, clause_words

A120 = (
    "Алматы қаласы әкімдігінің 2016 жылғы 20 қаңтардағы № 1/20 қаулысы",
    "Постановление акимата города Алматы от 20 января 2016 года № 1/20",
    "Decree No. 1/20 of the akimat of Almaty of 20 January 2016",
)
IDS = [clause.id for act in load_acts().values() for clause in act.clauses]

# What follows the act's name, in Kazakh, Russian and English.
PLACES = [
    ("A120", "§10(6)", "10-тармақтың 6) тармақшасы", "пункт 10, подпункт 6)", "point 10(6)"),
    ("A120", "§1 ¶1 provider", "1-тармақ, 1-абзац", "пункт 1, абзац 1", "point 1, paragraph 1"),
    ("A120", "§9(1) filing", "9-тармақтың 1) тармақшасы", "пункт 9, подпункт 1)", "point 9(1)"),
    ("A120", "§3 ¶1 result 1", "3-тармақ, 1-абзац", "пункт 3, абзац 1", "point 3, paragraph 1"),
    ("A120", "decree §5", "қаулының өз мәтіні, 5-тармақ", "текст самого постановления, пункт 5", "the decree itself, point 5"),
    ("A120", "an.1 sign 1", "1-қосымша, 1-шартты белгі", "приложение 1, условный знак 1", "annex 1, sign 1"),
    ("O109", "an.2 row 8(2) item 1", "2-қосымша, 8-жолдың 2) тармақшасы, тізімнің 1-тармағы",
     "приложение 2, строка 8, подпункт 2), пункт 1 списка", "annex 2, row 8(2), item 1"),
    ("O109", "an.2 row 7(1) s1", "2-қосымша, 7-жолдың 1) тармақшасы, 1-сөйлем",
     "приложение 2, строка 7, подпункт 1), предложение 1", "annex 2, row 7(1), sentence 1"),
    ("O109", "list §1 ¶3", "тізбе, 1-тармақ, 3-абзац", "перечень, пункт 1, абзац 3", "list, point 1, paragraph 3"),
    ("O109", "an.1 applicant", "1-қосымша", "приложение 1", "annex 1"),
    ("O109 r352", "§7 ¶4 s2", "7-тармақ, 4-абзац, 2-сөйлем", "пункт 7, абзац 4, предложение 2",
     "point 7, paragraph 4, sentence 2"),
    ("O109 r417", "§14(2) s1", "14-тармақтың 2) тармақшасы, 1-сөйлем", "пункт 14, подпункт 2), предложение 1",
     "point 14(2), sentence 1"),
    ("O144 an.1", "an.2 row 7(2)", "2-қосымша, 7-жолдың 2) тармақшасы", "приложение 2, строка 7, подпункт 2)",
     "annex 2, row 7(2)"),
    ("M262", "private an.2 t.1 action 12",
     "жеке меншік құқығына актілер регламенті, 2-қосымша, 1-кесте, 12-іс-қимыл",
     "регламент по актам на право частной собственности, приложение 2, таблица 1, действие 12",
     "regulation on acts of private ownership, annex 2, table 1, action 12"),
    ("M262", "paid §13 Centre 4",
     "уақытша өтеулі жер пайдалану құқығына актілер регламенті, 13-тармақ, Орталық арқылы, 4) тармақша",
     "регламент по актам на право временного возмездного землепользования, пункт 13, через Центр, подпункт 4)",
     "regulation on acts of temporary paid land use, point 13, through the Centre, item 4"),
    ("M262", "gratuitous §16(2) item 6a",
     "уақытша өтеусіз жер пайдалану құқығына актілер регламенті, 16-тармақтың 2) тармақшасы, тізімнің 6а-тармағы",
     "регламент по актам на право временного безвозмездного землепользования, пункт 16, подпункт 2), пункт 6а списка",
     "regulation on acts of temporary gratuitous land use, point 16(2), item 6a"),
    ("M262", "permanent §12 ¶2(1)",
     "тұрақты жер пайдалану құқығына актілер регламенті, 12-тармақ, 2-абзацтың 1) тармақшасы",
     "регламент по актам на право постоянного землепользования, пункт 12, абзац 2, подпункт 1)",
     "regulation on acts of permanent land use, point 12, paragraph 2(1)"),
    ("K4201", "an.1 reg. an.2 column 3(1)", "1-қосымша, регламентке 2-қосымша, 3-бағанның 1) тармақшасы",
     "приложение 1, приложение 2 к регламенту, графа 3, подпункт 1)",
     "annex 1, annex 2 to the regulation, column 3(1)"),
    ("APPC", "art. 91(4)", "91-баптың 4-бөлігі", "статья 91, часть 4", "article 91(4)"),
    ("Law on state services", "art. 20(2)", "20-баптың 2-тармағы", "статья 20, пункт 2", "article 20(2)"),
    ("Law on state services", "art. 5(2)(11)", "5-баптың 2-тармағының 11) тармақшасы",
     "статья 5, пункт 2, подпункт 11)", "article 5(2)(11)"),
    ("Law on housing relations", "art. 10-2(10-14)", "10-2-баптың 10-14) тармақшасы",
     "статья 10-2, подпункт 10-14)", "article 10-2(10-14)"),
    ("Standard 319", "item 9", "9-тармақ", "пункт 9", "point 9"),
    ("Labour Code", "working time", "жұмыс уақыты", "рабочее время", "working time"),
    ("r417", "an.3", "3-қосымша", "приложение 3", "annex 3"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "place", "kk", "ru", "en"), PLACES)
def test_a_place_is_named_in_three_languages(act: str, place: str, kk: str, ru: str, en: str) -> None:
    name = clause_words().acts[act]
    said = [clause_in_words(f"{act} {place}", language) for language in LANGUAGES]
    assert said == [f"{name.kk}, {kk}", f"{name.ru}, {ru}", f"{name.en}, {en}"]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_latin_letter_is_left_of_any_clause(language: str) -> None:
    said = {cite: clause_in_words(cite, language) for cite in IDS}  # type: ignore[arg-type]
    assert len(said) > 1200
    assert {cite: words for cite, words in said.items() if re.search("[A-Za-z]", words)} == {}


def test_what_the_product_cites_is_understood_too() -> None:
    parts = {each.cite for each in citations()}
    known = [part for part in parts if part in IDS or any(cite.startswith(f"{part} ") for cite in IDS)]
    assert len(known) > 500
    assert [part for part in known if clause_in_words(part, "en") == part] == []


def test_every_act_has_a_name_with_its_number() -> None:
    acts, named = load_acts(), clause_words().acts
    assert set(acts) - set(named) == set()
    numbered = [act for act in acts.values() if act.number and not act.outside]
    for act in numbered:
        assert all(f"{act.number}" in named[act.id].in_language(language) for language in LANGUAGES)


def test_several_clauses_of_one_act_name_it_once() -> None:
    said = [clause_in_words("A120 §10(6); A120 §10(7)", language) for language in LANGUAGES]
    assert said == [
        f"{A120[0]}, 10-тармақтың 6) тармақшасы; 10-тармақтың 7) тармақшасы",
        f"{A120[1]}, пункт 10, подпункт 6); пункт 10, подпункт 7)",
        f"{A120[2]}, point 10(6); point 10(7)",
    ]


def test_rows_of_one_clause_name_it_once() -> None:
    assert clause_in_words("A120 §9(1) filing; A120 §9(1) intake", "en") == f"{A120[2]}, point 9(1)"


def test_clauses_of_two_acts_name_both() -> None:
    said = clause_in_words("K4201 an.1 §8(6); A120 §5(1)", "ru")
    assert said == (
        "Постановление акимата Карагандинской области от 16 июля 2019 года № 42/01, приложение 1, пункт 8, "
        f"подпункт 6); {A120[1]}, пункт 5, подпункт 1)"
    )


def test_an_act_of_a_deployment_keeps_its_id() -> None:
    assert clause_in_words("SAMPLER ch.1 §12(11)", "kk") == "SAMPLER, 1-тарау, 12-тармақтың 11) тармақшасы"


@pytest.mark.parametrize(
    "text", ["ӘРПК 83-бабы", "Order of the head of 5 May 2024", "A120 §x", "retention", ""]
)
def test_what_is_no_citation_stays_as_it_is(text: str) -> None:
    assert clause_in_words(text, "ru") == text
