"""The ten rows of main requirements."""

from __future__ import annotations

import json
from datetime import date

import pytest
from lxml import html

from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.parameters import load_parameters
from qyzmet.regulation.printing import Sheet, sheet, sheet_html, sheet_text
from qyzmet.regulation.printing.sheet import ROWS, Item
from qyzmet.regulation.printing.words import LANGUAGES, Language
from tests.regulation.printing.shipped import SERVICES, shipped


def of(service: str, lang: Language = "kk", on: date = date(2012, 8, 1)) -> Sheet:
    return sheet(shipped(service), load_acts(), lang, on, parameters=load_parameters())


def said(made: Sheet, row: str) -> str:
    """Everything a row says, in one line."""

    def every(items: tuple[Item, ...]) -> list[str]:
        return [words for item in items for words in (item.text, *every(item.items))]

    return " | ".join(every(made.rows[ROWS.index(row)].items))


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_service_has_ten_rows_that_say_something(service: str, lang: Language) -> None:
    made = of(service, lang, date(2024, 5, 3))
    assert [row.number for row in made.rows] == list(range(1, 11))
    silent = {row.key for row in made.rows if not row.items}
    # A hearing is no service of its own: nobody applies for it, it has no term and refuses nothing.
    assert silent <= ({"ways", "term", "schedule"} if service == "hearing" else set()) | {
        "refusals",
        "documents",
    }


def test_housing_assistance_is_free_and_takes_eight_working_days() -> None:
    made = of("housing-assistance", "ru", date(2019, 6, 3))
    assert said(made, "term") == "8 рабочих дней со дня регистрации"
    assert said(made, "fee") == "Государственная услуга оказывается бесплатно"
    assert "Государственная корпорация" in said(made, "ways")


def test_a_duplicate_of_a_land_act_has_its_own_term() -> None:
    term = said(of("land-private-ownership", "en"), "term")
    assert "6 working days from the submission of the documents" in term
    assert "4 working days from the submission of the documents (A duplicate of the act" in term


def test_waiting_and_being_served_at_a_window_have_limits_of_the_act() -> None:
    text = said(of("land-private-ownership", "en"), "term")
    assert "Public service centre: waiting in the queue, at most 30 minutes" in text
    assert "Provider's office: being served, at most 30 minutes" in text
    assert "waiting in the queue" not in said(of("housing-assistance", "en"), "term")


def test_the_land_fee_lists_payers_bands_and_the_value_of_its_unit() -> None:
    fee = said(of("land-private-ownership"), "fee")
    assert "Шаруа және фермер қожалығы: 3,2 АЕК" in fee
    assert "500 га дейін – коэффициент 1,2" in fee
    assert "01.08.2012: 1\u00a0618 теңге" in fee


def test_both_offices_that_keep_the_same_hours_are_named() -> None:
    assert "Уәкілетті орган, Мамандандырылған кәсіпорын: дүйсенбі – жұма 9:00–18:00" in said(
        of("land-private-ownership"), "schedule"
    )


def test_a_document_says_for_whom_it_is_and_that_the_original_comes_back() -> None:
    papers = said(of("land-private-ownership", "ru"), "documents")
    assert "только: " in papers
    assert "оригинал предъявляется для сверки и возвращается" in papers


def test_the_last_row_says_that_the_act_is_repealed() -> None:
    assert "күші жойылды" in said(of("land-private-ownership"), "other")


def test_as_html_each_row_is_a_row_and_each_clause_a_cite() -> None:
    table = html.fromstring(sheet_html(of("housing-assistance")))
    assert [row.get("id") for row in table.iter("tr")] == [f"sheet-{key}" for key in ROWS]
    cites = {cite.get("title"): cite.text for cite in table.iter("cite")}
    assert cites["O109 an.2 row 3"].endswith("№ 109 бұйрығы, 2-қосымша, 3-жол")


def test_words_are_escaped() -> None:
    package = shipped("housing-assistance")
    nasty = package.model_copy(
        update={"other": package.other.model_copy(update={"kk": "<script>1</script> & co"})}
    )
    made = sheet(nasty, load_acts(), "kk", date(2019, 6, 3))
    assert "&lt;script&gt;1&lt;/script&gt; &amp; co" in sheet_html(made)


def test_as_text_the_rows_are_numbered() -> None:
    text = sheet_text(of("housing-assistance", "en"))
    assert text.count("\n10. **") == 1
    assert "[O109 an.2 row 3]" in text


def test_as_json_it_round_trips() -> None:
    data = json.loads(json.dumps(of("housing-assistance").as_data()))
    assert data["rows"][2]["items"][0]["cite"] == "O109 an.2 row 3"
