"""The acts clause by clause: every clause has its wording, its status and its id, and a citation finds it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from qyzmet.regulation.acts import Acts, UnknownClause, load_acts
from qyzmet.regulation.datafile import LawDataError

ACTS = load_acts()

ANSWERED_BY = {
    *("housing-assistance", "housing-certificate", "equity-permit", "equity-contract", "construction-object"),
    *("system-account", "livestock-subsidy", "processing-subsidy"),
    *("land-private-ownership", "land-permanent-use", "land-paid-use", "land-gratuitous-use"),
    *("hearing", "complaint", "clock", "fee", "openings", "catalogue", "glossary", "tables", "diagram"),
    *("cases", "people", "portal", "counter", "signatures", "documents", "registers", "gateway"),
}


def ids(cite: str) -> list[str]:
    return [clause.id for clause in ACTS.resolve(cite)]


def test_every_clause_of_the_five_acts_is_there() -> None:
    counted = Counter(clause.act for clause in ACTS.clauses)
    assert counted == {"A120": 82, "K4201": 118, "M262": 736, "O109": 218, "O144": 145}
    assert sum(counted.values()) == 1299


def test_a_clause_says_what_the_act_says() -> None:
    assert ACTS.clause("A120 §5(2)").text == (
        "The head reads the incoming documents and names the responsible specialist, within 30 minutes."
    )
    assert ACTS.clause("M262 private §16(1) item 2").text.endswith(
        "the right of private ownership of a land plot."
    )


def test_no_clause_needs_another_to_be_understood() -> None:
    for clause in ACTS.clauses:
        assert clause.text.endswith("."), clause.id
        for borrowed in ("same as", "Differs", "as in an.", "digest", "seed"):
            assert borrowed not in clause.text, clause.id


def test_the_four_land_texts_stand_each_in_their_own_words() -> None:
    item = "§13 Centre 8"
    texts = {
        part: ACTS.clause(f"M262 {part} {item}").text
        for part in ("private", "permanent", "paid", "gratuitous")
    }
    assert "private ownership of a land plot" in texts["private"]
    assert "permanent land use" in texts["permanent"]
    assert "temporary paid (long-term, short-term) land use (lease)" in texts["paid"]
    assert "temporary gratuitous land use" in texts["gratuitous"]


def test_permanent_use_is_for_state_legal_entities_only() -> None:
    assert ACTS.clause("M262 permanent §6").text == "Recipients are state legal entities only."
    assert ACTS.clause("M262 paid §6").text == ACTS.clause("M262 private §6").text


def test_who_answers_for_a_clause_is_named_unless_it_asks_nothing() -> None:
    for clause in ACTS.clauses:
        if clause.status == "not-applicable":
            assert clause.by is None
            assert clause.reason
            assert not clause.pending
        else:
            assert clause.by in ANSWERED_BY, clause.id


def test_a_step_or_a_term_is_never_waved_away_but_for_the_misprint_of_section_13() -> None:
    waved = {
        c.id for c in ACTS.clauses if c.kind in {"step", "term", "ground"} and c.status == "not-applicable"
    }
    assert waved == {f"M262 {part} §13 Centre 6" for part in ("private", "permanent", "paid", "gratuitous")}


def test_a_citation_stops_at_a_boundary() -> None:
    assert ids("A120 §5") == [f"A120 §5({n})" for n in range(1, 7)]
    assert ids("O109 r352 §1") == ["O109 r352 §1 ¶1", "O109 r352 §1(1)", "O109 r352 §1(2)", "O109 r352 §1(3)"]
    assert "O109 r352 §11 ¶1" not in ids("O109 r352 §1")
    assert ids("M262 paid §12 ¶2(3)") == ["M262 paid §12 ¶2(3)"]


def test_a_clause_named_exactly_comes_before_what_stands_under_it() -> None:
    assert ids("K4201 an.2 §5(1)") == [
        "K4201 an.2 §5(1)",
        "K4201 an.2 §5(1) notice",
        "K4201 an.2 §5(1) result",
    ]


def test_several_citations_are_joined_by_semicolons() -> None:
    assert ids("A120 §5(6); A120 §9(7)") == ["A120 §5(6)", "A120 §9(7)"]


@pytest.mark.parametrize(
    ("cite", "suggestion"),
    [
        ("A120 §51", "A120 §5(1)"),
        ("M262 privat §16(1)", "M262 private §16(1)"),
        ("O109 r352 §7 ¶9", "O109 r352 §7 ¶5"),
        ("A120 §5(1); A120 decree §55", "A120 decree §5"),
    ],
)
def test_a_misspelt_citation_is_told_the_nearest_clause(cite: str, suggestion: str) -> None:
    with pytest.raises(UnknownClause) as problem:
        ACTS.resolve(cite)
    assert problem.value.suggestion == suggestion
    assert f"did you mean '{suggestion}'?" in str(problem.value)


@pytest.mark.parametrize("cite", ["K4201", "M262 paid", "O144 an.1", "O109 r352 §7; O144"])
def test_a_whole_act_is_no_citation(cite: str) -> None:
    with pytest.raises(
        UnknownClause, match=r"is too wide a citation: it means \d+ clauses; name the section\."
    ):
        ACTS.resolve(cite)


def test_a_citation_of_nothing_finds_nothing() -> None:
    with pytest.raises(
        UnknownClause, match="No clause is called 'the Bible'; the acts are in regulations/acts"
    ):
        ACTS.resolve("the Bible")


@pytest.mark.parametrize(
    "cite",
    [
        *("APPC art. 73", "APPC art. 76", "APPC art. 91", "APPC art. 91(4)", "r345"),
        *("Law on state services art. 5(2)(11)", "Law on state services art. 20(2)"),
        *("Law on state services art. 25(2)", "Law on personal data art. 8"),
        *(
            "Land Code art. 23",
            "Land Code art. 34",
            "Land Code art. 35",
            "Land Code art. 37",
            "Land Code art. 43",
        ),
    ],
)
def test_a_law_that_is_not_in_hand_can_be_cited_and_says_so(cite: str) -> None:
    assert all(clause.outside for clause in ACTS.resolve(cite))


def test_laws_not_in_hand_are_not_counted_among_the_clauses() -> None:
    assert not any(clause.outside for clause in ACTS.clauses)


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ("A120", "repealed on 20 October 2020 by No. 4/438"),
        ("K4201", "repealed on 31 January 2020 by No. 05/02"),
        ("M262", "repealed on 1 February 2013 by No. 29"),
        ("O144", "in force"),
    ],
)
def test_the_status_of_an_act_is_said_honestly(act: str, status: str) -> None:
    words = ACTS[act].status
    assert words is not None
    assert words.en == status


def test_a_day_that_rests_on_an_unknown_publication_is_called_unconfirmed() -> None:
    for act in ("A120", "K4201", "M262", "O109", "O144"):
        life = ACTS[act].life
        assert life is not None
        assert life.published == "unconfirmed"
        assert not isinstance(life.in_force.from_, str)
        assert life.in_force.from_.basis.startswith("unconfirmed: ")


def test_the_2019_wording_of_the_almaty_decree_has_a_life_of_its_own() -> None:
    later = ACTS["A120"].edition_life
    assert later is not None
    assert later.adopted.on == date(2019, 4, 25)


def test_the_head_of_every_act_cites_the_clauses_it_is_read_from() -> None:
    for act in ACTS.values():
        if not act.outside:
            assert act.cite is not None
            assert ACTS.resolve(act.cite)


def test_what_no_citation_reaches_is_counted_as_unmapped() -> None:
    asked = [c for c in ACTS.clauses if c.status != "not-applicable"]
    assert len(ACTS.unmapped([])) == len(asked)
    left = {clause.id for clause in ACTS.unmapped(["A120 §5", "A120 §8(1)"])}
    assert "A120 §8(2)" in left
    assert not left & {"A120 §5(1)", "A120 §5(6)", "A120 §8(1)"}
    assert len(left) == len(asked) - 7


GOOD = """
act: X1
title: {kk: бір, ru: один, en: one}
number: "1"
adopted: 2020-01-01
clauses:
"""


def in_folder(folder: Path, rows: str) -> Acts:
    (folder / "X1.yaml").write_text(GOOD + rows, encoding="utf-8")
    return load_acts(folder)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("  - {id: X1 §1, kind: step, status: done, text: A.}", "unknown status 'done'"),
        ("  - {id: X1 §1, kind: step, status: not-applicable, text: A.}", "needs a reason"),
        ("  - {id: X1 §1, kind: step, status: executed, reason: no, text: A.}", "if, and only if"),
        ("  - {id: X2 §1, kind: step, status: executed, text: A.}", "has to begin with 'X1 '"),
        ("  - {id: X1 §1, kind: step, status: executed}", "X1.yaml:7:5: .* has no `text`"),
        (
            "  - {id: X1 §1, kind: step, status: executed, txt: A., text: B.}",
            "no key `txt`; did you mean `text`",
        ),
        ("  - {id: X1 §1, kind: 5, status: executed, text: A.}", "`kind` of a clause is words"),
        ("  - X1 §1", "a clause is a mapping"),
        (
            "  - {id: X1 §1, kind: step, status: executed, kind: term, text: A.}",
            "`kind` stands here a second time",
        ),
        (2 * "  - {id: X1 §1, kind: step, status: executed, text: A.}\n", "'X1 §1' stands twice"),
    ],
)
def test_an_act_that_says_too_much_or_too_little_is_refused(tmp_path: Path, rows: str, sentence: str) -> None:
    with pytest.raises(LawDataError, match=sentence) as problem:
        in_folder(tmp_path, rows)
    assert "X1.yaml" in str(problem.value)
