"""The citizen before a hearing: chooses a slot, cannot come, objects in writing, takes the invitation along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from qyzmet.cases import acts
from qyzmet.cases.hearings.appointments import hearing_of
from qyzmet.cases.models import Case
from qyzmet.cases.queries import timeline
from qyzmet.config import clock
from qyzmet.people.models import Account
from tests.cases.conftest import found, parameters, stalls
from tests.cases.test_hearings import AT, MONDAY, OTHER_TIME, at_notice, invited
from tests.cases.town import OTHER, Town, citizen, hear, licence, open_step
from tests.portal.test_answering import keeper

__all__ = ["parameters", "stalls"]


@pytest.fixture
def samruk(db: None) -> Iterator[Town]:
    with clock.hold(MONDAY):
        yield found()


def stands(case: Case) -> tuple[object, ...]:
    now = hearing_of(Case.objects.get(pk=case.pk))
    assert now is not None
    return now.at, now.answer, now.said


def test_the_page_of_the_case_says_when_where_and_how(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    page = keeper().get(f"/cabinet/{case.ref}").content.decode()
    for said in (
        "Тыңдау",
        "2024\u202fж. 3 қыркүйек, 15:00",
        "Жеке қатысу",
        "Самұрық, 5-бөлме",
        "әлі берілмеген",
    ):
        assert said in page


def test_a_slot_is_chosen_and_the_invitation_follows(samruk: Town) -> None:
    case, visitor = invited(samruk, at_notice(samruk)), keeper()
    page = visitor.get(f"/cabinet/{case.ref}/hearing")
    assert [each["at"] for each in page.context["slots"]] == [AT, OTHER_TIME]
    chosen = page.context["slots"][1]["value"]
    answer = visitor.post(f"/cabinet/{case.ref}/hearing", {"answer": chosen, "said": ""})
    assert answer.status_code == 302, answer.content.decode()
    assert stands(case) == (OTHER_TIME, "comes", "")
    file = visitor.get(f"/cabinet/{case.ref}/hearing.ics")
    assert file["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART;TZID=Asia/Almaty:20240904T110000\r\n" in file.content
    assert b"SEQUENCE:1\r\n" in file.content


def test_whoever_cannot_come_says_why_and_nothing_typed_is_lost(samruk: Town) -> None:
    case, visitor = invited(samruk, at_notice(samruk)), keeper()
    for given, where in (
        ({"answer": "written", "said": " "}, "said"),
        ({"said": "Тайбурыл сау."}, "answer-0"),
    ):
        answer = visitor.post(f"/cabinet/{case.ref}/hearing", given)
        assert answer.status_code == 422
        assert f'href="#{where}"' in answer.content.decode()
        assert f'id="{where}"' in answer.content.decode()
    assert "Тайбурыл сау.</textarea>" in answer.content.decode()
    visitor.post(f"/cabinet/{case.ref}/hearing", {"answer": "written", "said": "Тайбурыл сау."})
    assert stands(case) == (AT, "written", "Тайбурыл сау.")


def test_what_was_typed_outlives_the_session(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    stranger = Client()
    asked = stranger.post(f"/cabinet/{case.ref}/hearing", {"answer": "cannot", "said": "Жолдамын."})
    assert asked.status_code == 401
    assert "сақталды" in asked.content.decode()
    account = citizen()
    row = Account.objects.get(number=account.person)
    row.set_password("Qara-Tau-77")
    row.save()
    form = {"number": account.person, "password": "Qara-Tau-77", "kept": asked.context["kept"]}
    back = stranger.post("/sign-in", form)
    assert back["Location"] == f"/cabinet/{case.ref}/hearing"
    page = stranger.get(back["Location"])
    assert "Жолдамын.</textarea>" in page.content.decode()
    assert stands(case) == (AT, "", "")
    assert "Жолдамын.</textarea>" not in stranger.get(back["Location"]).content.decode()


def test_a_hearing_is_nobody_elses(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    other = citizen(OTHER, "Сатпаев")
    visitor = Client()
    visitor.force_login(
        Account.objects.get(number=other.person), backend="qyzmet.people.backend.AccountBackend"
    )
    for address in ("hearing", "hearing.ics"):
        assert visitor.get(f"/cabinet/{case.ref}/{address}").status_code == 404
    none = acts.submit(other, licence(), now=MONDAY)
    assert visitor.get(f"/cabinet/{none.ref}/hearing").status_code == 404


def test_after_the_hearing_the_page_only_tells(samruk: Town) -> None:
    case, visitor = invited(samruk, at_notice(samruk)), keeper()
    hear(samruk.actor("vet"), case.ref, open_step(case, "hearing:hold").no, "waived", now=MONDAY)
    page = visitor.get(f"/cabinet/{case.ref}/hearing").content.decode()
    assert "Жауапты жіберу" not in page
    assert "Алушы тыңдаудан бас тартты" in page
    for told in (page, visitor.get(f"/cabinet/{case.ref}").content.decode()):
        assert "берілмеді" in told
        assert "әлі берілмеген" not in told
        assert "hearing.ics" not in told


def test_the_cabinet_says_what_waits_for_its_owner(samruk: Town) -> None:
    case, visitor = invited(samruk, at_notice(samruk)), keeper()
    page = visitor.get("/cabinet").content.decode()
    assert "Тыңдауға шақырылдыңыз" in page
    assert f'href="/cabinet/{case.ref}/hearing"' in page
    acts.answer_hearing(citizen(), case.ref, "comes", now=MONDAY)
    assert "Тыңдауға шақырылдыңыз" not in visitor.get("/cabinet").content.decode()


def test_after_its_time_the_minutes_are_awaited_and_nothing_is_left_to_choose(samruk: Town) -> None:
    case, visitor = invited(samruk, at_notice(samruk)), keeper()
    pages = ("/cabinet", f"/cabinet/{case.ref}", f"/cabinet/{case.ref}/hearing")
    with clock.hold(AT):  # one of the moments offered is still ahead
        assert [each["at"] for each in visitor.get(pages[2]).context["slots"]] == [OTHER_TIME]
    with clock.hold(OTHER_TIME + timedelta(hours=1)):  # an objection in writing is still in time
        asked = visitor.get(pages[2]).context
        assert (asked["slots"], [each["value"] for each in asked["others"]]) == ([], ["written"])
        late = visitor.post(pages[2], {"answer": "waives"})
        assert (late.status_code, "бұл жауап енді қабылданбайды" in late.content.decode()) == (422, True)
    with clock.hold(OTHER_TIME + timedelta(days=3)):
        for page, words in zip(
            pages, ("хаттамасы күтілуде", *["енді оның хаттамасы күтілуде"] * 2), strict=True
        ):
            said = visitor.get(page).content.decode()
            assert words in said
            for gone in (
                "Тыңдауға шақырылдыңыз",
                "Уақытын таңдау",
                "Күнтізбеге қосу",
                'name="answer"',
                "Белгіленген<",
            ):
                assert gone not in said, (page, gone)


def test_who_said_they_would_come_has_nothing_more_to_choose_after_it(samruk: Town) -> None:
    case, visitor = invited(samruk, at_notice(samruk)), keeper()
    acts.answer_hearing(citizen(), case.ref, "comes", now=MONDAY)
    with clock.hold(AT):
        said = visitor.get(f"/cabinet/{case.ref}/hearing").content.decode()
    assert "енді оның хаттамасы күтілуде" in said
    assert 'name="answer"' not in said


def test_what_was_answered_stands_in_the_copy_of_ones_data_and_why_it_was_moved_among_the_messages(
    samruk: Town,
) -> None:
    case, visitor = invited(samruk, at_notice(samruk)), keeper()
    acts.answer_hearing(citizen(), case.ref, "cannot", said="Жолдамын.", now=MONDAY)
    vet, no = samruk.actor("vet"), open_step(case, "hearing:hold").no
    acts.move_hearing(
        vet, case.ref, no, at=OTHER_TIME, way="video", place="Зал", reason="Бөлме бос емес.", now=MONDAY
    )
    page = visitor.get(f"/cabinet/{case.ref}").content.decode()
    assert "Тыңдау басқа уақытқа ауыстырылды (Бөлме бос емес.)" in page
    told = {each.code: each.data for each in timeline(citizen(), case.ref)}
    assert told["hearing.answered"] == {"answer": "cannot", "said": "Жолдамын."}
    assert told["hearing.moved"]["place"] == "Зал"
