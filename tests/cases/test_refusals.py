"""What is refused, and that nothing has changed then."""

from __future__ import annotations

import string
from datetime import timedelta

import pytest

from qyzmet.cases import acts, refusals
from qyzmet.cases.models import Case, Entry, IdempotencyKey, Outbox, RefusedFiling, Token
from qyzmet.cases.queries import case_page, timeline, visible_cases
from qyzmet.cases.refusals import ActRefused, codes, refused
from qyzmet.people.actor import Principal
from tests.cases.town import (
    DOCUMENT,
    OTHER,
    RECIPIENT,
    Town,
    citizen,
    file,
    licence,
    moment,
    open_step,
    steps,
    tulpar,
)

pytestmark = pytest.mark.django_db

NOW = moment("2024-06-03 10:00")


def code(problem: pytest.ExceptionInfo[ActRefused]) -> str:
    return problem.value.code


def test_every_code_speaks_three_languages_about_the_same_things() -> None:
    for name in codes():
        sentences = refusals._sentences()[name]
        fields = [
            {field for _, field, _, _ in string.Formatter().parse(sentences[lang]) if field}
            for lang in ("kk", "ru", "en")
        ]
        assert fields[0] == fields[1] == fields[2], name
        assert all(sentences[lang].strip() for lang in ("kk", "ru", "en")), name


def test_a_stranger_learns_nothing_not_even_that_a_case_exists(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    stranger = citizen(OTHER, "Сатпаев")
    said = set()
    for ref in (case.ref, "NO-SUCH-CASE"):
        for ask in (
            lambda r: case_page(stranger, r),
            lambda r: timeline(stranger, r),
            lambda r: acts.read_case(stranger, r, now=NOW),
            lambda r: acts.complete(stranger, r, 1, now=NOW),
            lambda r: acts.withdraw(stranger, r, now=NOW),
            lambda r: acts.complain(stranger, r, licence(), now=NOW),
        ):
            with pytest.raises(ActRefused) as problem:
                ask(ref)
            said.add(str(problem.value.text))
    assert len(said) == 1
    assert list(visible_cases(stranger)) == []


def test_a_step_is_not_finished_before_it_opens(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    with pytest.raises(ActRefused) as problem:
        acts.complete(samruk.actor("registrar"), case.ref, 5, now=NOW)
    assert code(problem) == "not-open-yet"


def test_a_second_decision_hears_who_came_first_and_when(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    registrar, no = samruk.actor("registrar"), open_step(case, "register").no
    acts.complete(registrar, case.ref, no, now=moment("2024-06-03 10:42"))
    with pytest.raises(ActRefused) as problem:
        acts.complete(registrar, case.ref, no, now=moment("2024-06-03 10:43"))
    assert code(problem) == "changed"
    assert "3 June 2024, 10:42" in problem.value.text["en"]
    assert "03.06.2024 10:42" in problem.value.text["kk"]
    assert registrar.name in problem.value.text["kk"]


def test_a_stale_page_is_noticed(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    registrar, no = samruk.actor("registrar"), open_step(case, "register").no
    page = case_page(registrar, case.ref)
    acts.take(registrar, case.ref, no, now=NOW)
    with pytest.raises(ActRefused) as problem:
        acts.complete(registrar, case.ref, no, expected=page.seq, now=NOW)
    assert code(problem) == "changed"
    acts.complete(registrar, case.ref, no, expected=case_page(registrar, case.ref).seq, now=NOW)


def test_a_clock_moved_back_writes_nothing(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    with pytest.raises(ActRefused) as problem:
        acts.complete(samruk.actor("registrar"), case.ref, 1, now=NOW - timedelta(minutes=6))
    assert code(problem) == "clock-back"
    assert steps(case) == ["register"]


def test_another_post_and_another_organisation_do_not_do_this_step(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    with pytest.raises(ActRefused) as problem:
        acts.complete(samruk.actor("mayor"), case.ref, 1, now=NOW)
    assert code(problem) == "not-your-step"
    elsewhere = samruk.official("registrar", samruk.body("elsewhere", "office"))
    with pytest.raises(ActRefused) as problem:
        acts.complete(elsewhere, case.ref, 1, now=NOW)
    assert code(problem) == "not-found"


def test_nobody_acts_in_their_own_case(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    registrar = samruk.actor("registrar")
    Case.objects.filter(pk=case.pk).update(applicant=registrar.person)
    with pytest.raises(ActRefused) as problem:
        acts.complete(registrar, case.ref, 1, now=NOW)
    assert code(problem) == "own-case"


def test_a_colleague_leaves_a_taken_task_alone(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    registrar = samruk.actor("registrar")
    other = samruk.official("registrar", samruk.bodies[samruk_kind(case)])
    acts.take(registrar, case.ref, 1, now=NOW)
    with pytest.raises(ActRefused) as problem:
        acts.complete(other, case.ref, 1, now=NOW)
    assert code(problem) == "assigned-elsewhere"
    acts.give_back(registrar, case.ref, 1, now=NOW)
    assert acts.complete(other, case.ref, 1, now=NOW).pk == case.pk


def samruk_kind(case: Case) -> str:
    return case.provider.kind


def test_the_same_key_answers_again_and_does_nothing_again(samruk: Town) -> None:
    first = acts.submit(citizen(), licence(), now=NOW, key="k1")
    again = acts.submit(citizen(), licence(), now=NOW + timedelta(hours=1), key="k1")
    assert again.ref == first.ref
    assert Case.objects.count() == 1
    registrar = samruk.actor("registrar")
    for _ in range(2):
        acts.complete(registrar, first.ref, 1, now=NOW, key="k2")
    assert Entry.objects.filter(act="task.completed").count() == 1


def test_the_same_key_with_another_body_is_refused(samruk: Town) -> None:
    acts.submit(citizen(), licence(), now=NOW, key="k1")
    with pytest.raises(ActRefused) as problem:
        acts.submit(citizen(), licence(tulpar(called="Құлагер")), now=NOW, key="k1")
    assert code(problem) == "key-reused"


def test_a_stored_answer_is_not_given_to_one_who_may_no_longer_see_it(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW, key="k1")
    case.access.update(until=NOW)
    with pytest.raises(ActRefused) as problem:
        acts.submit(citizen(), licence(), now=NOW, key="k1")
    assert code(problem) == "not-found"


def test_every_fault_of_a_form_is_named_at_once(samruk: Town) -> None:
    form = tulpar(wings="nine", coat="green", **{"foaled-on": "yesterday"}, spare="x")
    del form["called"]
    with pytest.raises(ActRefused) as problem:
        acts.submit(citizen(), licence(form), now=NOW)
    assert problem.value.hint == {
        "spare": "unknown", "called": "required", "coat": "choice", "wings": "number-unreadable",
        "foaled-on": "type",
    }  # fmt: skip
    assert Case.objects.count() == 0


def test_a_refused_act_leaves_nothing_behind_not_even_its_key(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    before = [m.objects.count() for m in (Entry, Token, Outbox, IdempotencyKey)]
    with pytest.raises(ActRefused):
        acts.complete(samruk.actor("registrar"), case.ref, 1, "no-such-outcome", now=NOW, key="k9")
    assert [m.objects.count() for m in (Entry, Token, Outbox, IdempotencyKey)] == before


def test_a_co_signed_application_waits_for_the_other_side(samruk: Town) -> None:
    form = tulpar(**{"co-kept": True, "co-keeper-iin": OTHER})
    with pytest.raises(ActRefused) as problem:
        acts.submit(citizen(), licence(form), now=NOW)
    assert code(problem) == "party-signature"
    case = file(citizen(), licence(form), now=NOW)
    assert [c.ref for c in visible_cases(citizen(OTHER, "Сатпаев"))] == [case.ref]


def test_an_edition_not_in_force_is_refused_by_name(samruk: Town) -> None:
    with pytest.raises(ActRefused) as problem:
        acts.submit(citizen(), licence(), now=moment("2023-12-29 10:00"))
    assert problem.value.code.startswith("opening.")


def test_a_renewal_needs_a_licence_first(samruk: Town) -> None:
    papers = {"portrait": DOCUMENT, "vaccination": DOCUMENT, "old-licence": DOCUMENT}
    asked = licence(variant={"licence": "renewal", "altitude": "low"}, documents=papers)
    with pytest.raises(ActRefused) as problem:
        acts.submit(citizen(), asked, now=NOW)
    assert code(problem) == "need-missing"


def test_only_the_window_takes_in_what_comes_to_the_window(samruk: Town) -> None:
    asked = licence(channel="counter", recipient=RECIPIENT)
    with pytest.raises(ActRefused) as problem:
        acts.submit(citizen(), asked, now=NOW)
    assert code(problem) == "counter-only"
    case = acts.submit(samruk.actor("registrar"), asked, now=NOW)
    assert (case.applicant, case.filer) == (RECIPIENT.number, samruk.actor("registrar").person)


def test_a_refusal_to_accept_is_counted_without_a_case(samruk: Town) -> None:
    registrar = samruk.actor("registrar")
    row = acts.refuse_to_accept(
        registrar, "sampler", Principal(OTHER, "individual", "Сатпаев Е.", "self"),
        grounds=[{"ground": "papers-missing", "reason": "No portrait."}],
        documents=[{"document": "portrait", "fault": "missing"}], now=NOW, key="r1",
    )  # fmt: skip
    assert row.number == f"{registrar.organisation:04d}-БТ-2024-000001"
    assert (Case.objects.count(), RefusedFiling.objects.count()) == (0, 1)
    assert Entry.objects.filter(stream=f"counter:{registrar.organisation}", act="filing.refused").count() == 1


def test_a_word_may_differ_by_language() -> None:
    problem = refused("not-your-step", post={"kk": "Басшы", "ru": "Руководитель", "en": "Head"})
    assert "Басшы" in problem.text["kk"]
    assert "Head" in problem.text["en"]
