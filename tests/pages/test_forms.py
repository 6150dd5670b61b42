"""Forms made from a package's fields: what is drawn, what is read back, how a fault is put to a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from qyzmet.pages import forms
from qyzmet.pages.words import table
from qyzmet.regulation.model import Field

WORDS = {"kk": "Атауы", "ru": "Название", "en": "Name"}


def field(**parts: Any) -> Field:
    return Field.model_validate({"name": WORDS, **parts})


def posted(fields: dict[str, Field], words: str) -> dict[str, Any]:
    return forms.posted(fields, QueryDict(words))


FAMILY = field(
    type="rows", of={"iin": {"type": "iin", "name": WORDS}, "born": {"type": "date", "name": WORDS}}
)


def test_a_day_is_read_as_people_write_it() -> None:
    fields = {"born": field(type="date")}
    assert posted(fields, "born=27.3.2019") == {"born": "2019-03-27"}
    assert posted(fields, "born=2019-03-27") == {"born": "2019-03-27"}


def test_a_day_that_does_not_exist_is_kept_as_typed_and_named() -> None:
    fields = {"born": field(type="date")}
    given = posted(fields, "born=31.02.2019")
    assert given == {"born": "31.02.2019"}
    form = forms.Form(fields, given, {}, forms.check(fields, given, {}).faults)
    assert form.widgets[0].text == "31.02.2019"
    assert form.errors[0].id == "born"
    assert "27.03.2019" in form.errors[0].text


def test_a_moment_without_offset_is_of_almaty() -> None:
    assert posted({"at": field(type="moment")}, "at=27.03.2019 10:00") == {"at": "2019-03-27T10:00:00+06:00"}


def test_empty_rows_are_left_out_and_the_rest_keep_their_order() -> None:
    words = "family.count=3&family[0].iin=&family[0].born=&family[1].iin=900205417747&family[2].born=1.2.2010"
    assert posted({"family": FAMILY}, words) == {"family": [{"iin": "900205417747"}, {"born": "2010-02-01"}]}


def test_a_row_is_added_and_taken_away_by_buttons() -> None:
    words = "family.count=1&family[0].iin=900205417747&family[0].born="
    added = forms.rows_command({"family": FAMILY}, QueryDict(words + "&add=family"))
    assert added is not None
    assert len(added["family"]) == 2
    removed = forms.rows_command({"family": FAMILY}, QueryDict(words + "&remove=family.0"))
    assert removed == {"family": []}
    assert forms.rows_command({"family": FAMILY}, QueryDict(words)) is None


def test_a_fault_in_a_row_leads_to_its_input() -> None:
    given = {
        "family": [
            {"iin": "900205417747", "born": "2010-02-01"},
            {"iin": "900205417740", "born": "2010-02-01"},
        ]
    }
    form = forms.Form({"family": FAMILY}, given, {}, forms.check({"family": FAMILY}, given, {}).faults)
    assert [each.id for each in form.errors] == ["family-1-iin"]
    assert "900205417740" in form.errors[0].text


def test_a_field_is_asked_only_where_it_applies() -> None:
    fields = {"has": field(type="yes-no"), "cost": field(type="money", only={"form.has": True})}
    for given, names in (({"has": False}, ["has"]), ({"has": True}, ["has", "cost"])):
        form = forms.Form(fields, given, forms.live_facts(fields, given))
        assert [each.name for each in form.widgets] == names


def test_a_number_nobody_can_read_is_no_fact() -> None:
    fields = {"area": field(type="area")}
    assert forms.live_facts(fields, {"area": "көп"}) == {}
    assert str(forms.live_facts(fields, {"area": "64,5"})["form.area"]) == "64.5"


def test_a_consent_that_was_not_given_is_asked_for() -> None:
    fields = {"consent": field(type="consent")}
    given = posted(fields, "consent.asked=1")
    assert forms.check(fields, given, {}).faults == {"consent": "required"}


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("money", "1234567.5", "1\xa0234\xa0567,50\xa0₸"),
        ("area", "64.5", "64,5\xa0м²"),
        ("date", "2024-05-10", "2024\u202fж. 10 мамыр"),
        ("iban", "KZ24070105KSN0000000", "KZ24 0701 05KS N000 0000"),
        ("yes-no", True, "Иә"),
        ("money", "көп", "көп"),
    ],
)
def test_an_answer_is_shown_in_words(kind: str, value: Any, words: str) -> None:
    assert str(forms.shown(field(type=kind), value, "kk")) == words


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "code", ["required", "unknown", "type", "choice", "min", "max", "iin-check", "number-unreadable"]
)
def test_every_fault_has_its_sentence(code: str, language: str) -> None:
    for kind in ("text", "number", "money", "choice", "rows", "consent", "iin", "date", "phone", "email"):
        said = forms.sentence(field(type=kind, min=1, max=3), code, "1", language)
        assert said.endswith(".")
        assert "{" not in said


def test_every_text_of_the_pages_is_in_three_languages() -> None:
    with translation.override("kk"):
        assert [key for key, words in table().items() if set(words) != {"kk", "ru", "en"}] == []
