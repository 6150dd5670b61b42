"""The hearing between notice and protocol: slots offered, chosen and moved, what the recipient says, the calendar file."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from qyzmet.cases import acts
from qyzmet.cases.hearings.appointments import hearing_of
from qyzmet.cases.models import Case, Entry, Outbox
from qyzmet.cases.refusals import ActRefused
from qyzmet.documents.invitation import folded, invitation_ics
from tests.cases.town import OTHER, Town, citizen, hear, licence, moment, open_step, signed, steps

pytestmark = pytest.mark.django_db

MONDAY = moment("2024-09-02 10:00")
AT = moment("2024-09-03 15:00")
OTHER_TIME = moment("2024-09-04 11:00")
DECISION = "The tulpar limps; it is not fit to fly."


def at_notice(town: Town, applicant: str = "") -> Case:
    """A case in which grounds of refusal were found."""
    who = citizen(applicant, "Сатпаев") if applicant else citizen()
    case = acts.submit(who, licence(), now=MONDAY)
    registered = open_step(case, "register")
    acts.complete(town.actor("registrar"), case.ref, registered.no, now=MONDAY)
    acts.complete(
        town.actor("vet"), case.ref, open_step(case, "vet-check").no, "sick",
        output={"wingspan": "9", "temper": "calm"}, grounds=[{"ground": "ill", "reason": "It limps."}], now=MONDAY,
    )  # fmt: skip
    return case


def invited(town: Town, case: Case) -> Case:
    """The notice is sent: Tuesday at three, or Wednesday at eleven."""
    vet, no = town.actor("vet"), open_step(case, "hearing:notice").no
    said = {
        "preliminary-decision": DECISION,
        "hearing-at": AT,
        "way": "in-person",
        "place": "Самұрық, 5-бөлме",
    }
    by = signed(vet, case, no, now=MONDAY, output=said)
    return acts.notify_hearing(
        vet, case.ref, no, at=AT, way="in-person", preliminary_decision=DECISION, place="Самұрық, 5-бөлме",
        now=MONDAY, signed=by, offered=[OTHER_TIME],
    )  # fmt: skip


def now_of(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_a_hearing_is_set_as_late_as_the_body_that_hears_is_open_and_no_later(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    no, said = open_step(case, "hearing:hold").no, {"way": "in-person", "reason": "The ridge is snowed in."}
    with pytest.raises(ActRefused, match="hearing-too-late"):
        acts.move_hearing(
            samruk.actor("vet"), case.ref, no, at=moment("2024-09-04 19:01"), now=MONDAY, **said
        )
    acts.move_hearing(samruk.actor("vet"), case.ref, no, at=moment("2024-09-04 19:00"), now=MONDAY, **said)
    found = hearing_of(now_of(case))
    assert found is not None
    assert found.at == found.latest


def unfolded(file: bytes) -> str:
    return file.replace(b"\r\n ", b"").decode()


def test_the_notice_offers_slots_and_the_recipient_chooses_one(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    found = hearing_of(now_of(case))
    assert found is not None
    assert (found.at, found.offered, found.sequence, found.state) == (AT, (OTHER_TIME,), 0, "set")
    assert found.choices(MONDAY) == (AT, OTHER_TIME)
    # Two working days after the notice of Monday, when the clinic, which hears, closes: as its step is due.
    assert found.latest == moment("2024-09-04 19:00") == open_step(case, "hearing:hold").due
    acts.answer_hearing(citizen(), case.ref, "comes", at=OTHER_TIME, now=MONDAY)
    found = hearing_of(now_of(case))
    assert found is not None
    assert (found.at, found.sequence, found.answer) == (OTHER_TIME, 1, "comes")
    assert found.choices(MONDAY) == (AT, OTHER_TIME)  # the first one can still be taken again
    assert Outbox.objects.filter(kind="hearing.chosen", ref="holder").exists()
    with pytest.raises(ActRefused, match="hearing-too-early"):
        hear(samruk.actor("vet"), case.ref, open_step(case, "hearing:hold").no, now=AT + timedelta(hours=1))
    hear(samruk.actor("vet"), case.ref, open_step(case, "hearing:hold").no, now=OTHER_TIME)
    found = hearing_of(now_of(case))
    assert found is not None
    assert found.state == "held"


def test_a_slot_that_was_not_offered_or_that_another_has_is_not_given(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    with pytest.raises(ActRefused, match="hearing-slot-gone"):
        acts.answer_hearing(citizen(), case.ref, "comes", at=moment("2024-09-04 12:00"), now=MONDAY)
    neighbour = invited(samruk, at_notice(samruk, applicant=OTHER))
    acts.answer_hearing(citizen(OTHER), neighbour.ref, "comes", at=OTHER_TIME, now=MONDAY)
    with pytest.raises(ActRefused, match="hearing-slot-gone"):
        acts.answer_hearing(citizen(), case.ref, "comes", at=OTHER_TIME, now=MONDAY)
    with pytest.raises(ActRefused, match="not-found"):
        acts.answer_hearing(citizen(OTHER), case.ref, "comes", now=MONDAY)


def test_slots_lie_within_two_working_days_of_the_notice(samruk: Town) -> None:
    case = at_notice(samruk)
    vet, no = samruk.actor("vet"), open_step(case, "hearing:notice").no
    with pytest.raises(ActRefused, match="hearing-too-late"):
        acts.notify_hearing(
            vet, case.ref, no, at=AT, way="video", preliminary_decision=DECISION, now=MONDAY,
            offered=[moment("2024-09-05 09:00")],
        )  # fmt: skip
    assert "hearing:notice" in steps(case)


def test_whoever_cannot_come_says_why_and_whoever_objects_writes_it(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    with pytest.raises(ActRefused, match="hearing-why"):
        acts.answer_hearing(citizen(), case.ref, "written", said="  ", now=MONDAY)
    with pytest.raises(ActRefused, match="hearing-answer"):
        acts.answer_hearing(citizen(), case.ref, "perhaps", now=MONDAY)
    acts.answer_hearing(citizen(), case.ref, "cannot", said="Жолдамын.", now=MONDAY)
    acts.answer_hearing(citizen(), case.ref, "written", said="Тайбурыл ақсамайды.", now=MONDAY)
    found = hearing_of(now_of(case))
    assert found is not None
    assert (found.answer, found.said) == ("written", "Тайбурыл ақсамайды.")
    assert Entry.objects.filter(stream=case.stream, act="hearing.answered").count() == 2


def test_after_its_time_only_an_objection_in_writing_is_taken_for_two_working_days_from_the_notice(
    samruk: Town,
) -> None:
    case = invited(samruk, at_notice(samruk))
    with pytest.raises(ActRefused, match="hearing-slot-gone"):  # the other moment is still ahead
        acts.answer_hearing(citizen(), case.ref, "comes", now=AT)
    passed = OTHER_TIME + timedelta(hours=1)
    for answer in ("comes", "cannot", "waives"):
        with pytest.raises(ActRefused, match="hearing-passed") as problem:
            acts.answer_hearing(citizen(), case.ref, answer, said="Жолда қалдым.", now=passed)
    assert "until 4 September 2024" in problem.value.text["en"]
    acts.answer_hearing(citizen(), case.ref, "written", said="Тайбурыл ақсамайды.", now=passed)
    found = hearing_of(now_of(case))
    assert found is not None
    assert (found.answer, found.latest) == ("written", moment("2024-09-04 19:00"))
    with pytest.raises(ActRefused, match="hearing-passed"):
        acts.answer_hearing(citizen(), case.ref, "written", said="Тағы.", now=moment("2024-09-04 19:01"))


def test_a_hearing_that_is_moved_says_why_and_gives_a_new_invitation(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    vet, no = samruk.actor("vet"), open_step(case, "hearing:hold").no
    before = hearing_of(now_of(case))
    with pytest.raises(ActRefused, match="hearing-why"):
        acts.move_hearing(vet, case.ref, no, at=OTHER_TIME, way="video", reason=" ", now=MONDAY)
    with pytest.raises(ActRefused, match="hearing-too-late"):
        acts.move_hearing(
            vet,
            case.ref,
            no,
            at=moment("2024-09-05 09:00"),
            way="video",
            reason="Бөлме бос емес.",
            now=MONDAY,
        )
    acts.move_hearing(
        vet, case.ref, no, at=OTHER_TIME, way="video", place="https://video.example/5", reason="Бөлме бос емес.",
        now=MONDAY,
    )  # fmt: skip
    after = hearing_of(now_of(case))
    assert before is not None
    assert after is not None
    first, second = (unfolded(invitation_ics(now_of(case), each, "kk")) for each in (before, after))
    assert re.findall("UID:.*", first) == re.findall("UID:.*", second)
    assert "SEQUENCE:0\r\n" in first
    assert "SEQUENCE:1\r\n" in second
    assert "DTSTART;TZID=Asia/Almaty:20240903T150000\r\n" in first
    assert "DTSTART;TZID=Asia/Almaty:20240904T110000\r\n" in second
    assert Outbox.objects.filter(kind="hearing.moved", destination="mail").exists()


def test_a_hearing_the_case_no_longer_needs_is_cancelled_in_the_calendar(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    hear(samruk.actor("vet"), case.ref, open_step(case, "hearing:hold").no, "waived", now=MONDAY)
    found = hearing_of(now_of(case))
    assert found is not None
    said = unfolded(invitation_ics(now_of(case), found, "ru"))
    assert "STATUS:CANCELLED\r\n" in said
    assert "SEQUENCE:1\r\n" in said
    with pytest.raises(ActRefused, match="hearing-none"):
        acts.answer_hearing(citizen(), case.ref, "comes", now=MONDAY)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_calendar_file_is_as_rfc_5545_wants_it(samruk: Town, language: str) -> None:
    case = invited(samruk, at_notice(samruk))
    found = hearing_of(now_of(case))
    assert found is not None
    file = invitation_ics(now_of(case), found, language)
    lines = file.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() for line in lines[:-1])  # a letter cut in two could not be read back
    assert b"\n" not in file.replace(b"\r\n", b"")
    said = unfolded(file)
    for wanted in ("VERSION:2.0", "PRODID:", "UID:hearing-", "DTSTAMP:20240902T050000Z", "BEGIN:VTIMEZONE"):
        assert f"\r\n{wanted}" in said
    assert said.count("BEGIN:") == said.count("END:") == 5
    assert f"SUMMARY;LANGUAGE={language}:" in said
    assert "LOCATION:Самұрық\\, 5-бөлме\r\n" in said


def test_a_long_kazakh_line_is_folded_between_letters() -> None:
    line = "DESCRIPTION:" + "Көрсетілетін қызметті алушының ұстанымы; " * 6
    said = folded(line)
    assert all(len(piece) <= 75 for piece in said.split(b"\r\n"))
    assert said.replace(b"\r\n ", b"").decode() == line + "\r\n"


def test_a_hearing_called_off_is_cancelled_in_the_calendar_until_it_is_set_anew(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    vet, no = samruk.actor("vet"), open_step(case, "hearing:hold").no
    acts.call_off_hearing(vet, case.ref, no, reason="Тыңдаушы ауырып қалды.", now=MONDAY)
    off = hearing_of(now_of(case))
    assert off is not None
    assert (off.state, off.sequence) == ("cancelled", 1)
    assert "STATUS:CANCELLED\r\n" in unfolded(invitation_ics(now_of(case), off, "kk"))
    with pytest.raises(ActRefused, match="hearing-none"):
        acts.answer_hearing(citizen(), case.ref, "comes", now=MONDAY)
