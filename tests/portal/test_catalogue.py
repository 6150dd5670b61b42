"""The catalogue and what it says of a service: found by word, honest about the act, made from the package alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.portal.catalogue import STATES, listed
from tests.portal.conftest import settle, signed_in

TWELVE = (
    "construction-object", "equity-contract", "equity-permit", "housing-assistance", "housing-certificate",
    "land-gratuitous-use", "land-paid-use", "land-permanent-use", "land-private-ownership", "livestock-subsidy",
    "processing-subsidy", "system-account",
)  # fmt: skip
INLINE = re.compile(r"<style|<script(?! src=)|\s(?:style|on[a-z]+)=|javascript:|https?://(?!www\.w3\.org)")


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ALMATY)


def read(address: str, language: str = "kk") -> str:
    visitor = Client()
    visitor.cookies["django_language"] = language
    page = visitor.get(address)
    assert page.status_code == 200, address
    return page.content.decode()


@pytest.fixture
def all_twelve(db: None) -> Iterator[None]:
    """Every service, on a day in 2025 when the demo opens them all."""
    with clock.hold(at("2025-03-03T10:00")):
        settle(*TWELVE, "general/complaint", "general/hearing")
        yield


@pytest.mark.parametrize(
    "words",
    [
        "тұрғын үй көмегі",
        "тургын уй комеги",
        "ЖИЛИЩНАЯ",
        "жилищной помощи",
        "utilities",
        "көмегін тағайындау",
    ],
)
def test_a_service_is_found_by_word_in_any_language_and_without_kazakh_letters(
    monday: datetime, words: str
) -> None:
    page = Client().get("/", {"q": words})
    assert [card["listed"].package.service for card in page.context["cards"]] == ["housing-assistance"]


def test_a_service_is_found_by_life_event_and_by_body(all_twelve: None) -> None:
    def found(**asked: str) -> set[str]:
        return {card["listed"].package.service for card in Client().get("/", asked).context["cards"]}

    assert found(event="low-income") == {"housing-assistance"}
    assert found(body="social-department") == {"housing-assistance"}
    assert found() == set(TWELVE)


def test_a_word_nobody_uses_finds_nothing_and_says_what_to_do(monday: datetime) -> None:
    page = read("/?q=зымыран")
    assert "Мұндай қызмет табылмады" in page


def test_an_act_in_force_is_shown_as_in_force(monday: datetime) -> None:
    page = read("/services/housing-assistance")
    assert "Күшінде" in page
    assert "Көрсетілім үшін ашылды" not in page


def test_what_one_can_apply_for_today_stands_first(all_twelve: None) -> None:
    now = at("2024-06-03T10:00")
    with clock.hold(now):
        states = [each.state for each in listed(now)]
    assert states == sorted(states, key=STATES.index)
    assert len(states) == 12
    assert states[0] == "in-force"


def test_a_repealed_act_is_shown_as_repealed_with_the_ground_it_is_opened_on(all_twelve: None) -> None:
    page = read("/services/housing-assistance", "ru")
    assert "утратило силу постановлением от 20 октября 2020 года № 4/438" in page
    assert "Демонстрация, редакция открыта для обучения и показа" in page


def test_if_i_file_on_a_friday_evening_it_counts_from_monday(monday: datetime) -> None:
    with clock.hold(at("2019-06-07T19:30")):
        page = read("/services/housing-assistance")
    assert "2019\u202fж. 10 маусым, 09:00" in page
    assert "2019\u202fж. 20 маусым, 18:30" in page
    assert 'class="strip"' in page


def test_the_fee_is_reckoned_by_the_bands_of_the_package(db: None) -> None:
    with clock.hold(at("2012-08-01T10:00")):
        settle("land-private-ownership")
        page = read("/services/land-private-ownership?payer=farm&hectares=120")
        assert "1\xa0618" in page
        wrong = read("/services/land-private-ownership?payer=farm&hectares=көп")
        assert "сан ретінде оқылмайды" in wrong


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_service_has_its_pages_without_a_page_written_for_it(all_twelve: None, language: str) -> None:
    for service in TWELVE:
        for page in ("", "/sheet", "/form"):
            said = read(f"/services/{service}{page}", language)
            assert f'lang="{language}"' in said
            assert INLINE.search(said.partition("<body")[2]) is None, (service, page, INLINE.search(said))


def test_every_service_gives_its_files(all_twelve: None) -> None:
    for service in TWELVE:
        assert read(f"/services/{service}/diagram.svg").startswith("<svg")
        assert "bpmn:definitions" in read(f"/services/{service}/process.bpmn")


def test_every_service_one_can_file_in_a_browser_begins(all_twelve: None) -> None:
    citizen, developer = signed_in(), signed_in("121140459293")
    for service in TWELVE:
        fit = [c for c in (citizen, developer) if not c.get(f"/apply/{service}").context["unfit"]]
        assert fit, service
        page = fit[0].get(f"/apply/{service}")
        beginning = page.context["beginning"]
        if not beginning.possible:
            assert "бос нысаны" in read(f"/services/{service}")
            continue
        chosen = {q.name: q.options[0][0] for q in beginning.questions}
        answer = fit[0].post(f"/apply/{service}", chosen)
        assert answer.status_code == 302, (service, answer.content.decode())
        first = fit[0].get(answer["Location"], follow=True)
        assert first.status_code == 200
        assert first.context["form"].widgets


def test_no_page_is_a_service_that_is_not_there(monday: datetime) -> None:
    for address in (
        "/services/nothing",
        "/services/complaint",
        "/services/hearing",
        "/services/nothing/form",
    ):
        assert Client().get(address).status_code == 404


def test_the_policy_lets_nothing_run_that_is_not_ours(monday: datetime) -> None:
    policy = Client().get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("words", "service"),
    [
        ("мал шаруашылығы субсидия", "livestock-subsidy"),
        ("СУБСИДИЯЛАР мал шаруашылыгы", "livestock-subsidy"),
        ("скота племенного субсидию", "livestock-subsidy"),
        ("үлескерлердің ақшасына рұқсат", "equity-permit"),
        ("улескерлердин акшасына рұқсат", "equity-permit"),
        ("сертификаттың тұрғын үйге", "housing-certificate"),
        ("договору долевого участия", "equity-contract"),
        ("housing certificates", "housing-certificate"),
        ("жерге меншік жеке", "land-private-ownership"),
    ],
)
def test_words_are_found_in_any_order_ending_and_keyboard(all_twelve: None, words: str, service: str) -> None:
    page = Client().get("/", {"q": words})
    assert [card["listed"].package.service for card in page.context["cards"]][:1] == [service]


def test_a_short_word_is_not_the_beginning_of_another(all_twelve: None) -> None:
    """`жер` is land, and not `жергілікті`, local, which stands in the name of every body."""
    found = [card["listed"].package.service for card in Client().get("/", {"q": "жер"}).context["cards"]]
    assert {each for each in found if each.startswith("land-")} == {
        "land-gratuitous-use", "land-paid-use", "land-permanent-use", "land-private-ownership",
    }  # fmt: skip
    assert "equity-permit" not in found


def test_life_events_are_told_as_people_would_say_them(all_twelve: None) -> None:
    page = read("/", "kk")
    assert "Құрылыс компаниясын басқарамын" in page
    assert 'href="/?event=construction"' in page
    assert "Я получаю землю" in read("/", "ru")


def test_where_nothing_has_every_word_the_nearest_are_offered(all_twelve: None) -> None:
    page = Client().get("/", {"q": "зымыран сертификаты"})
    assert page.context["cards"] == []
    assert [each.package.service for each in page.context["nearest"]] == ["housing-certificate"]
    assert "Сөздеріңіздің бір бөлігі бар қызметтер" in page.content.decode()


@pytest.mark.parametrize("words", ["'", "<b>", "%", "🙂", "\x00", " ", "а" * 5000, "--"])
def test_strange_words_are_answered(monday: datetime, words: str) -> None:
    assert Client().get("/", {"q": words}).status_code == 200
