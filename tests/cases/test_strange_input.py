"""What nobody's form sends: it is refused with a reason, the same on both databases, and nothing is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from qyzmet.cases import acts
from qyzmet.cases.models import Case, Entry, IdempotencyKey
from qyzmet.cases.queries import case_page, timeline
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.actor import SYSTEM, Principal
from tests.cases.town import APPLICANT, DOCUMENT, OTHER, RECIPIENT, Town, citizen, licence, moment, tulpar

pytestmark = pytest.mark.django_db

NOW = moment("2024-09-02 10:00")
NUL, HALF = "Тай\0бурыл", "\ud83d"
PAPERS = {"portrait": DOCUMENT, "vaccination": DOCUMENT}


def refusal(job: Callable[[], object]) -> ActRefused:
    """What a job is refused with; nothing of it is left."""
    before = Case.objects.count(), Entry.objects.count(), IdempotencyKey.objects.count()
    with pytest.raises(ActRefused) as problem:
        job()
    assert (Case.objects.count(), Entry.objects.count(), IdempotencyKey.objects.count()) == before
    return problem.value


def deep(levels: int) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for _ in range(levels):
        nested = {"in": nested}
    return nested


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (tulpar(called=NUL), "unstorable"),
        (tulpar(called=HALF), "unstorable"),
        (tulpar(home={"street": NUL}), "unstorable"),
        (tulpar(home={HALF: "street"}), "unstorable"),
        (tulpar(called="х" * 5_000_000), "form-faulty"),
        (tulpar(home={str(n): "х" * 9_000 for n in range(1000)}), "too-large"),
        (tulpar(home=deep(5000)), "form-faulty"),
        (tulpar(coat=["dawn"]), "form-faulty"),
        (tulpar(coat={}), "form-faulty"),
        pytest.param(tulpar(wings=10**5000), "form-faulty", id="five thousand digits"),
        (tulpar(wings="NaN"), "form-faulty"),
        (tulpar(wings=float("inf")), "form-faulty"),
        (tulpar(wings=True), "form-faulty"),
        (tulpar(wings="٢"), "form-faulty"),
        (tulpar(worth="-1"), "form-faulty"),
        (tulpar(**{"foaled-on": "0000-00-00"}), "form-faulty"),
        (tulpar(asked="nobody"), "form-faulty"),
    ],
)
def test_an_answer_nobody_types(samruk: Town, form: Mapping[str, Any], code: str) -> None:
    assert refusal(lambda: acts.submit(citizen(), licence(form), now=NOW)).code == code


def test_an_account_number_in_small_letters_is_the_same_account(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(tulpar(deposit="kz24 0701 05ks n000 0000")), now=NOW)
    assert case.filing.form["deposit"] == "KZ24070105KSN0000000"


@pytest.mark.parametrize(
    ("changes", "place", "fault"),
    [
        ({"variant": {"licence": "first", "altitude": "low", "recipient": "legal-entity"}}, "variant.recipient", "unknown"),
        ({"variant": {"licence": "first", "altitude": "low", "output.decide.x": "1"}}, "variant.output.decide.x", "unknown"),
        ({"documents": {**PAPERS, "love-letter": DOCUMENT}}, "documents.love-letter", "unknown"),
        ({"documents": {**PAPERS, "portrait": "scan.pdf"}}, "documents.portrait", "type"),
        ({"documents": {**PAPERS, "portrait": [{"name": "a", "size": 1, "sha256": "../../etc/passwd"}]}},
         "documents.portrait", "type"),
        ({"documents": {**PAPERS, "portrait": [{"name": "a", "size": float("nan"), "sha256": "0" * 64}]}},
         "documents.portrait", "type"),
        ({"documents": {**PAPERS, "portrait": [{"name": "On paper", "size": 0, "sha256": "", "paper": True}]}},
         "documents.portrait", "type"),
        ({"parties": {"spy": OTHER}}, "parties.spy", "unknown"),
        ({"parties": {"co-keeper": "1"}}, "parties.co-keeper", "iin-length"),
        ({"signatures": {"king": {}}}, "signatures.king", "unknown"),
        ({"language": "klingon"}, "language", "choice"),
        ({"prepared": "x"}, "prepared", "type"),
    ],
)  # fmt: skip
def test_parts_of_an_application_the_law_does_not_know(
    samruk: Town, changes: dict[str, Any], place: str, fault: str
) -> None:
    problem = refusal(lambda: acts.submit(citizen(), licence(**changes), now=NOW))
    assert (problem.code, problem.hint.get(place)) == ("form-faulty", fault)


@pytest.mark.parametrize("number", ["", "81120140118", "811201401189", "٨١١٢٠١٤٠١١٨٨", "811201 401188", NUL])
def test_an_official_takes_nothing_in_for_a_number_that_cannot_be(samruk: Town, number: str) -> None:
    recipient = Principal(number, "individual", "Омарова Айгүл", "self")
    problem = refusal(
        lambda: acts.refuse_to_accept(
            samruk.actor("registrar"), "sampler", recipient, grounds=[{"ground": "x", "reason": "y"}], now=NOW
        )
    )
    assert problem.code == "form-faulty"
    assert problem.hint["recipient"] in {"iin-length", "iin-check", "type"}


@pytest.mark.parametrize("address", [NUL, HALF])
def test_a_refusal_at_the_window_names_no_address_that_no_database_keeps(samruk: Town, address: str) -> None:
    problem = refusal(
        lambda: acts.refuse_to_accept(
            samruk.actor("registrar"), "sampler", Principal(OTHER, "individual", "Омарова Айгүл", "self"),
            grounds=[{"ground": "x", "reason": "y"}], details={"address": address}, now=NOW,
        )
    )  # fmt: skip
    assert problem.code == "unstorable"


@pytest.mark.parametrize("organisation", [0, -1, 99_999, 2**62, 2**70])
def test_an_organisation_that_does_not_exist(samruk: Town, organisation: int) -> None:
    asked = licence(orgs={"provider": organisation})
    assert refusal(lambda: acts.submit(citizen(), asked, now=NOW)).code == "organisation-unfit"
    case = acts.submit(citizen(), licence(), now=NOW)
    moved = refusal(lambda: acts.transfer(SYSTEM, case.ref, organisation, reason="Merged", now=NOW))
    assert moved.code in {"organisation-unfit", "unstorable"}


@pytest.mark.parametrize("words", [NUL, HALF, "х" * 4_000_001])
def test_words_that_no_database_keeps(samruk: Town, words: str) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    registrar = samruk.actor("registrar")
    assert refusal(lambda: acts.withdraw(citizen(), case.ref, reason=words, now=NOW)).code in {
        "unstorable",
        "too-large",
    }
    said = {"order": {"words": words}}
    assert refusal(lambda: acts.complete(registrar, case.ref, 1, output=said, now=NOW)).code in {
        "unstorable", "too-large",
    }  # fmt: skip
    for absent in (
        lambda: case_page(registrar, words),
        lambda: timeline(registrar, words),
        lambda: acts.read_case(registrar, words, now=NOW),
        lambda: acts.complain(citizen(), words, licence(), now=NOW),
    ):
        assert refusal(absent).code == "not-found"
    assert refusal(lambda: acts.submit(citizen(), licence(service=words), now=NOW)).code == "edition-unknown"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), deep(5000), 2**63])
def test_what_a_step_records_that_is_no_plain_json(samruk: Town, value: object) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    problem = refusal(
        lambda: acts.complete(samruk.actor("registrar"), case.ref, 1, output={"order": value}, now=NOW)
    )
    assert problem.code in {"unstorable", "too-large"}


@pytest.mark.parametrize(("key", "code"), [("", "key-unfit"), ("k" * 65, "key-unfit"), (NUL, "unstorable")])
def test_a_key_nobody_can_keep(samruk: Town, key: str, code: str) -> None:
    assert refusal(lambda: acts.submit(citizen(), licence(), now=NOW, key=key)).code == code
    assert acts.submit(citizen(), licence(), now=NOW, key="k" * 64).applicant == APPLICANT


def test_a_counter_takes_an_original_that_was_shown_without_a_file(samruk: Town) -> None:
    from qyzmet.cases.filing.shapes import faults_of
    from qyzmet.cases.laws import law_of
    from qyzmet.cases.models import Edition

    law = law_of(Edition.objects.get(service="sampler").pk)
    counter = next(key for key, channel in law.package.channels.items() if channel.by)
    shown = [{"name": "On paper", "size": 0, "sha256": "", "paper": True}]
    asked = licence(channel=counter, recipient=RECIPIENT, documents={"portrait": shown})
    assert faults_of(law, asked) == {}
