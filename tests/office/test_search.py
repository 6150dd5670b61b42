"""Search: by number, IIN, name in any order and case, without a Kazakh keyboard, address, plot; only what one sees."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import acts
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, CaseWord, Edition, Filing
from qyzmet.cases.queries import visible_cases
from qyzmet.cases.queries.search import found
from qyzmet.cases.words import wording
from qyzmet.cases.words.rewording import give, reword
from qyzmet.config import clock
from qyzmet.office import taking_lists
from qyzmet.office.views import search
from tests.cases import town
from tests.cases.test_housing_assistance import application
from tests.cases.town import OTHER, Town, citizen, licence, moment, tulpar
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db


def file(now: datetime, surname: str, given: str, number: str, **form: str) -> Case:
    who = citizen(number, surname)
    who = type(who)(account=who.account, person=number, name=f"{surname} {given}")
    return acts.submit(who, licence(tulpar(**form)), now=now)


@pytest.fixture
def two(samruk: Town) -> Iterator[tuple[Case, Case]]:
    """Two tulpars' licences; one keeper lives in Elm Street, the other in Abay avenue."""
    monday = moment("2024-09-02 10:00")
    first = file(monday, "Өмірбекұлы", "Нұрғиса", town.APPLICANT, home="Самұрық, Шегіршін көшесі 1")
    second = file(monday, "Әуезова", "Қымбат", OTHER, home="Самұрық, Абай даңғылы 7", called="Құлагер")
    with clock.hold(monday):
        yield first, second


@pytest.mark.parametrize(
    "words",
    [
        "Өмірбекұлы Нұрғиса", "нургиса омирбекулы", "ОМИРБЕК", "нұрғ өмір", "811201401188", "811201 401188",
        "шегиршин", "самурык шегіршін", "Тайбурыл",
    ],
)  # fmt: skip
def test_a_case_is_found_by_any_beginning_of_its_words_in_any_order(
    samruk: Town, two: tuple[Case, Case], words: str
) -> None:
    assert [each.ref for each in found(samruk.actor("registrar"), words)] == [two[0].ref]


def test_a_number_is_found_whole_in_part_and_by_its_beginning(samruk: Town, two: tuple[Case, Case]) -> None:
    case = Case.objects.get(pk=two[1].pk)
    assert case.number
    series, year, last = case.number.rsplit("-", 2)
    actor = samruk.actor("registrar")
    for words in (case.number, case.number.lower(), case.ref.lower(), f"{series} {last}"):
        assert [each.ref for each in found(actor, words)] == [case.ref], words
    assert len(found(actor, f"{series}-{year}")) == 2


@pytest.mark.parametrize(
    "words", ["", "  ", "%", "_", "нет такого", "' OR 1=1", "Нұрғиса Қымбат", "\x00", "🐎", "а" * 500]
)
def test_what_is_nowhere_finds_nothing(samruk: Town, two: tuple[Case, Case], words: str) -> None:
    assert found(samruk.actor("registrar"), words) == []
    assert Desk(samruk.actor("registrar")).open(f"/office/search?q={quote(words)}").status == 200


def test_a_corrected_answer_is_found_and_the_former_no_longer(samruk: Town, two: tuple[Case, Case]) -> None:
    papers = Filing.objects.get(pk=two[0].pk)
    papers.form = {**papers.form, "home": "Самұрық, Емен көшесі 3"}
    papers.save()
    actor = samruk.actor("registrar")
    assert found(actor, "емен") == []
    assert wording.keep(two[0], law_of(two[0].edition_id), papers) > 0
    assert len(found(actor, "емен")) == 1
    assert found(actor, "шегіршін") == []


def test_words_are_worked_out_anew_whenever_one_likes(samruk: Town, two: tuple[Case, Case]) -> None:
    assert reword() == (2, 0)  # the acts have written them right
    kept = set(CaseWord.objects.values_list("case_id", "word", "depth"))
    CaseWord.objects.filter(case=two[0]).delete()
    assert found(samruk.actor("registrar"), "нурғиса") == []
    assert reword().wrong > 10
    assert set(CaseWord.objects.values_list("case_id", "word", "depth")) == kept


def test_a_folder_made_before_cases_had_words_is_given_them_at_the_start(
    samruk: Town, two: tuple[Case, Case]
) -> None:
    kept = set(CaseWord.objects.values_list("case_id", "word", "depth"))
    CaseWord.objects.filter(case=two[0]).delete()
    CaseWord.objects.filter(case=two[1], depth=wording.FORM).delete()
    assert give().cases == 1
    assert {each for each in kept if each[0] == two[0].pk} <= set(
        CaseWord.objects.values_list("case_id", "word", "depth")
    )
    assert give() == (0, 0)


def test_a_stranger_and_another_body_find_nothing(samruk: Town, two: tuple[Case, Case]) -> None:
    elsewhere = samruk.body("other-valley", two[0].provider.kind, parent=None)
    stranger = samruk.official("registrar", elsewhere)
    assert found(stranger, "нурғиса") == []
    assert found(citizen("850101300019", "Сейтов"), "нурғиса") == []


def test_a_supervisor_finds_by_number_and_not_by_what_the_papers_say(
    samruk: Town, two: tuple[Case, Case]
) -> None:
    above = samruk.official("head", samruk.above)
    case = Case.objects.get(pk=two[0].pk)
    assert set(visible_cases(above).values_list("pk", flat=True)) == {each.pk for each in two}
    assert [each.ref for each in found(above, case.number or "")] == [case.ref]
    assert found(above, "нурғиса") == []
    assert found(above, "811201401188") == []


@pytest.mark.usefixtures("nothing_grows_old")
def test_a_supervisor_reads_no_more_of_a_long_list_than_a_page(samruk: Town, two: tuple[Case, Case]) -> None:
    above = samruk.official("supervisor", samruk.above)
    newest = max(two, key=lambda case: case.pk)
    with CaptureQueriesContext(connection) as asked:
        assert [each.ref for each in found(above, (newest.number or "")[:3], most=1)] == [newest.ref]
    looked, read = (each["sql"] for each in asked.captured_queries[-2:])
    assert looked.endswith("LIMIT 1")
    assert read.endswith(f"IN ({newest.pk})")


def test_a_page_of_finds_ends_where_the_next_begins(
    samruk: Town, two: tuple[Case, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "A_PAGE", 1)
    desk = Desk(samruk.actor("registrar")).open("/office/search?q=самурык")
    assert "Әуезова" in desk.main
    assert "Өмірбекұлы" not in desk.main
    desk.follow("Next page")
    assert "Өмірбекұлы" in desk.main


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_the_finds_are_taken_away_all_of_them(
    samruk: Town, two: tuple[Case, Case], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_lists, "A_PAGE", size)
    desk = Desk(samruk.actor("registrar"))
    answer = desk.client.get("/office/search.csv?q=самурык")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["Әуезова Қымбат", "Өмірбекұлы Нұрғиса"]
    above = Desk(samruk.official("head", samruk.above))
    number = Case.objects.get(pk=two[0].pk).number
    told = b"".join(above.client.get(f"/office/search.csv?q={number}")).decode("utf-8-sig")
    assert number in told
    assert "Нұрғиса" not in told  # whoever does not see the applicant takes no name away


@pytest.mark.parametrize("written", ["20-313-010-256", "20:313:010:256", "20:313:010", "20313010256"])
def test_a_cadastral_number_is_one_word_however_it_is_written(
    land: Town, monday: datetime, written: str
) -> None:
    law = law_of(Edition.objects.get(service="land-private-ownership").pk)
    fields = {key: each for section in law.package.form.values() for key, each in section.fields.items()}
    plot = next(key for key, each in fields.items() if each.type == "cadastral-number")
    case, papers = Case(ref="ABCDEFGHJKLM"), Filing(form={plot: "20-313-010-256"})
    words = {word for word, _ in wording.words_of(case, law, papers)}
    (key,) = wording.asked(written)
    assert any(word.startswith(key) for word in words)


def test_housing_assistance_is_found_by_the_applicants_address(housing: Town, monday: datetime) -> None:
    case = town.file(citizen(), application(), now=monday)
    form = case.filing.form
    address = next(str(v) for k, v in form.items() if "address" in k or k == "home")
    word = max(address.replace(",", " ").split(), key=len)
    assert [each.ref for each in found(housing.actor("responsible-specialist"), word)] == [case.ref]
