"""Who does what: tasks given to colleagues with a reason, substitutes by order, cases closed by a conflict of interest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from qyzmet.cases import acts
from qyzmet.cases.acts import accounts
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Conflict, Entry, Outbox, Token
from qyzmet.cases.queries import timeline
from qyzmet.cases.queries.readings import readings
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.gateway.mail.whom import told
from qyzmet.people.actor import Actor, actors_for
from qyzmet.people.models import Account, PostHolding, Relative, Substitution
from tests.cases.test_own_case import STUD, represents
from tests.cases.town import APPLICANT, OTHER, Town, citizen, licence, moment, tulpar
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db

NOW = moment("2024-09-02 10:00")


@pytest.fixture
def cases(samruk: Town) -> Iterator[list[Case]]:
    with clock.hold(NOW):
        yield [acts.submit(citizen(), licence(), now=NOW) for _ in range(3)]


@pytest.fixture
def head(samruk: Town, cases: list[Case]) -> Actor:
    return samruk.official("head", cases[0].provider)


def refusal(official: Actor, case: Case) -> str:
    """With what the official is refused when taking and when completing the first step."""
    codes = set()
    for act in (acts.take, acts.complete):
        with pytest.raises(ActRefused) as problem:
            act(official, case.ref, 1, now=NOW)
        codes.add(problem.value.code)
    (code,) = codes
    return code


def test_the_head_gives_many_tasks_to_a_colleague_of_the_same_post(
    samruk: Town, cases: list[Case], head: Actor
) -> None:
    before, after = samruk.actor("registrar"), samruk.official("registrar", cases[0].provider)
    acts.take(before, cases[0].ref, 1, now=NOW)
    desk = Desk(head).open("/office/work?post=registrar")
    picked = [f"{case.ref}.1" for case in cases[:2]]
    sent = desk.send("/work", pick=picked, to=str(after.account), reason="")
    assert sent.status == 422
    assert "No reason is given" in sent.errors
    assert len(sent.page.xpath("//input[@name='pick'][@checked]")) == 2  # what was picked stays picked
    sent.send("/work", pick=picked, to=str(after.account), reason="Leave from today.")
    assert "2 tasks are given" in desk.main
    held = Token.objects.filter(case__in=cases).order_by("case_id").values_list("assignee_id", flat=True)
    assert list(held) == [after.account, after.account, None]
    assert Entry.objects.filter(act="task.assigned", person=head.person).count() == 2


def test_both_are_told_who_had_the_task_and_who_gets_it(samruk: Town, cases: list[Case], head: Actor) -> None:
    before, after = samruk.actor("registrar"), samruk.official("registrar", cases[0].provider)
    acts.take(before, cases[0].ref, 1, now=NOW)
    acts.assign(head, cases[0].ref, 1, after.account or 0, reason="Leave.", now=NOW)
    case = Case.objects.get(pk=cases[0].pk)
    sides = Outbox.objects.filter(destination="mail", kind="task.assigned").values_list("ref", flat=True)
    persons = {who.person for side in sides for who in told(case, law_of(case.edition_id), side, NOW)}
    assert persons == {before.person, after.person}


def test_one_who_does_not_hold_the_post_gets_no_task(samruk: Town, cases: list[Case], head: Actor) -> None:
    other = samruk.actor("vet")
    desk = Desk(head).open("/office/work?post=registrar")
    desk.send("/work", pick=[f"{cases[0].ref}.1"], to=str(other.account), reason="Why not.")
    assert "tasks are given" not in desk.main
    assert Token.objects.get(case=cases[0], no=1).assignee_id is None


def test_only_who_directs_the_body_sees_its_work_and_its_substitutions(
    samruk: Town, cases: list[Case]
) -> None:
    for path in ("/office/work", "/office/substitutions"):
        assert Desk(samruk.actor("registrar")).open(path).status == 403


def test_the_head_enters_a_substitution_by_order_and_ends_it(
    samruk: Town, cases: list[Case], head: Actor
) -> None:
    registrar, other = samruk.actor("registrar"), samruk.actor("vet")
    desk = Desk(head).open("/office/substitutions")
    (seat,) = desk.page.xpath(
        "//label[starts-with(normalize-space(), 'Registrar')]/preceding-sibling::input/@value"
    )
    typed = {
        "holding": seat,
        "person": other.person,
        "since": "02.09.2024 09:00",
        "until": "01.09.2024 09:00",
    }
    assert desk.send("/substitutions", **typed, order="").status == 422
    assert other.person in desk.page.xpath("//input[@name='person']/@value")
    desk.send("/substitutions", **typed, order="17-ж/қ, 01.09.2024")
    assert desk.status == 422
    desk.send("/substitutions", **{**typed, "until": "10.09.2024 18:00"}, order="17-ж/қ, 01.09.2024")
    assert "The substitution is entered" in desk.main
    row = Substitution.objects.get()
    assert (row.substitute_id, row.order) == (other.account, "17-ж/қ, 01.09.2024")
    desk.send(f"/substitutions/{row.pk}/stop", reason="Back early.")
    assert "is ended" in desk.main
    assert Substitution.objects.get().until <= NOW
    with pytest.raises(ActRefused, match="not-your-act"):
        acts.substitute(
            registrar, row.holding_id, other.account or 0, order="1", since=NOW, until=moment("2024-10-01 09:00"),
            now=NOW,
        )  # fmt: skip


def test_who_stands_in_takes_over_from_the_list_what_the_absent_one_had_taken(
    samruk: Town, cases: list[Case], head: Actor
) -> None:
    seat = PostHolding.objects.get(post="registrar", organisation=cases[0].provider)
    acts.take(samruk.actor("registrar"), cases[0].ref, 1, now=NOW)
    friend = Account.objects.create(number="999999999999", surname="Стажёр", confirmed_at=NOW)
    acts.substitute(head, seat.pk, friend.pk, order="9", since=NOW, until=NOW + timedelta(days=7), now=NOW)
    acting = next(each for each in actors_for(friend, NOW) if each.order)
    Desk(acting).open("/office/").send("/hand", ("take", f"{cases[0].ref}.1"))
    assert Token.objects.get(case=cases[0], no=1).assignee_id == friend.pk
    desk = Desk(head).open("/office/work?post=registrar")
    assert "Стажёр" in desk.text


def test_a_head_orders_nothing_in_another_body(samruk: Town, cases: list[Case], head: Actor) -> None:
    elsewhere = samruk.official("registrar", samruk.body("other-valley", cases[0].provider.kind))
    holding = elsewhere_holding(elsewhere)
    with pytest.raises(ActRefused, match="not-your-act"):
        acts.substitute(
            head, holding, samruk.actor("vet").account or 0, order="1", since=NOW,
            until=moment("2024-10-01 09:00"), now=NOW,
        )  # fmt: skip


def elsewhere_holding(official: Actor) -> int:
    return PostHolding.objects.get(account=official.account).pk


def test_the_case_of_a_declared_relative_is_closed_until_the_name_is_withdrawn(
    samruk: Town, cases: list[Case]
) -> None:
    registrar = samruk.actor("registrar")
    desk = Desk(registrar).open("/office/relatives")
    assert (
        desk.send("/relatives", number="811201401189", kinship="spouse").status == 422
    )  # a wrong check digit
    desk.send("/relatives", number=APPLICANT, kinship="spouse")
    assert "Spouse" in desk.main
    assert refusal(registrar, cases[0]) == "relative-case"
    shown = desk.case(cases[0].ref)
    assert "declared as family" in shown.main
    assert not shown.page.find_class("decision")
    head = samruk.official("head", cases[0].provider)
    with pytest.raises(ActRefused, match="substitute-unfit"):
        acts.assign(head, cases[0].ref, 1, registrar.account or 0, now=NOW)
    desk.open("/office/relatives").send(f"/relatives/{Relative.objects.get().pk}/withdraw")
    assert "list is empty" in desk.main
    acts.take(registrar, cases[0].ref, 1, now=NOW)


def test_who_looks_into_the_case_of_a_relative_leaves_an_entry_though_it_is_in_the_hands_of_the_post(
    samruk: Town, cases: list[Case]
) -> None:
    registrar = samruk.actor("registrar")
    acts.read_case(registrar, cases[0].ref, now=NOW)
    assert readings(cases[0]) == []
    accounts.declare_relative(registrar, APPLICANT, "spouse", now=NOW)
    acts.read_case(registrar, cases[0].ref, now=NOW)
    assert [each.post for each in readings(cases[0])] == ["registrar"]


def test_a_company_of_the_family_closes_its_cases_too(samruk: Town, cases: list[Case]) -> None:
    registrar = samruk.actor("registrar")
    accounts.declare_relative(registrar, STUD, "company", now=NOW)
    keeper = represents(citizen(OTHER), STUD)
    own = acts.submit(keeper, licence(tulpar(**{"stud-bin": STUD})), now=NOW)
    assert refusal(registrar, own) == "relative-case"
    acts.take(registrar, cases[0].ref, 1, now=NOW)


def test_whoever_declares_a_conflict_loses_the_task_and_gets_none_back(
    samruk: Town, cases: list[Case]
) -> None:
    registrar, head = samruk.actor("registrar"), samruk.official("head", cases[0].provider)
    acts.take(registrar, cases[0].ref, 1, now=NOW)
    desk = Desk(registrar).case(cases[0].ref)
    assert desk.send("/conflict", conflict=" ").status == 422
    desk.open(f"/office/cases/{cases[0].ref}").send("/conflict", conflict="The keeper is my neighbour.")
    assert Token.objects.get(case=cases[0], no=1).assignee_id is None
    assert Conflict.objects.get().reason == "The keeper is my neighbour."
    assert refusal(registrar, cases[0]) == "conflict-declared"
    (sent,) = Outbox.objects.filter(destination="mail", kind="conflict.declared")
    case = Case.objects.get(pk=cases[0].pk)
    assert {w.person for w in told(case, law_of(case.edition_id), sent.ref, NOW)} == {head.person}
    with pytest.raises(ActRefused, match="conflict-there"):
        acts.declare_conflict(registrar, case.ref, reason="Again.", now=NOW)
    acts.take(registrar, cases[1].ref, 1, now=NOW)  # other cases are not touched


def test_a_party_never_reads_of_the_conflict_or_of_who_got_the_task(
    samruk: Town, cases: list[Case], head: Actor
) -> None:
    acts.declare_conflict(samruk.actor("registrar"), cases[0].ref, reason="Neighbour.", now=NOW)
    codes = {each.code for each in timeline(citizen(), cases[0].ref)}
    assert "conflict.declared" not in codes
    assert "conflict.declared" in {each.code for each in timeline(head, cases[0].ref)}


def test_the_head_sees_the_files_before_the_commission_and_hands_none_over(
    samruk: Town, cases: list[Case], head: Actor
) -> None:
    Token.objects.filter(case__in=cases).update(kind="collegial", post="board")
    desk = Desk(head).open("/office/work?post=board")
    assert all(case.ref in desk.page.xpath("string(//tbody)") or case.number in desk.main for case in cases)
    assert "Votes given: 0" in desk.main
    assert "its members vote on them" in desk.main
    assert not desk.page.xpath("//input[@name='pick']")
    assert "3" in desk.page.xpath("string(//ul[contains(@class,'counters')])")
