"""4.1, third walk: a refusal with a hearing, on the sampler (docs/walks.md §3).

Monday 3 June 2024 on the moved clock. A tulpar without wings: the vet would refuse, tells so beforehand and sets a
hearing; the citizen objects in writing; the hearing is held and recorded; the refusal is signed and says its ground,
its reason and where to complain. With QYZMET_PICTURES set, a picture of each page is kept there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qyzmet.cases.models import Case, CaseState
from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.documents.models import Document
from qyzmet.people.actor import Actor
from tests.browser import Browser
from tests.cases.town import SAMPLER, package_at
from tests.walking.desk import DO, fetched, open_steps, plain, printed, take_up, text_of
from tests.walking.filing import bring_in
from tests.walking.papers import a_paper
from tests.walking.person import Person
from tests.walking.samruk import FOLDER, samruk, wish_to_fly

pytestmark = pytest.mark.full
MONDAY = datetime(2024, 6, 3, 10, 0, tzinfo=ALMATY)
HEARING = datetime(2024, 6, 5, 11, 0, tzinfo=ALMATY)
REASON = "Тексеруде тұлпардың бірде-бір қанаты табылмады."
OBJECTION = "Тайбурылдың қанаты түлеп жатыр, жазда қайта шығады."
REMEDY = "Шешіммен келіспесеңіз, көрсетілетін қызметті берушіге шағым бере аласыз (ӘРПК 91-бабы)"


@pytest.fixture
def cast(committed: None) -> Iterator[Cast]:
    with clock.hold(MONDAY), samruk(MONDAY) as found:
        yield found


def keep(page: Browser, name: str) -> None:
    page.look(f"4-1-c-{name}")


def test_4_1_c_refused_after_a_hearing(person: Person, cast: Cast, tmp_path: Path) -> None:
    filing = wish_to_fly(package_at(SAMPLER / FOLDER), cast, "refused", wings="0")
    case = bring_in(person, cast, filing, a_paper(tmp_path), lambda _name: None)
    registrar, mayor = (cast.official(post, case.orgs["provider"]) for post in ("registrar", "mayor"))
    vet = cast.official("vet", case.orgs["clinic"])
    with clock.hold(MONDAY + timedelta(minutes=10)):
        take_up(person, registrar, case).go(DO)
    with clock.hold(MONDAY + timedelta(minutes=40)):
        the_vet_would_refuse(person, vet, case)
        the_hearing_is_set(person, case)
    printed(MONDAY + timedelta(minutes=40))
    with clock.hold(MONDAY + timedelta(hours=1)):
        the_citizen_objects(person, filing.applicant, case)
    with clock.hold(HEARING + timedelta(minutes=30)):
        the_hearing_is_held(person, vet, case)
        the_vet_refuses(person, vet, case)
    with clock.hold(HEARING + timedelta(hours=1)):
        the_mayor_signs(person, mayor, case)
    printed(HEARING + timedelta(hours=1))
    with clock.hold(HEARING + timedelta(hours=2)):
        the_citizen_reads_why(person, filing.applicant, case)
    assert [said for said in person.page.complaints() if "422" not in said] == []


def the_vet_would_refuse(person: Person, vet: Actor, case: Case) -> None:
    """A refusal begins as a preliminary decision: nothing has ended, the other examinations are over."""
    page = take_up(person, vet, case)
    page.go(".offers a[href*='outcome=sick']")
    page.type("o.wingspan", "0")
    page.choose("o.temper", "calm")
    page.press("#ground-wingless")
    page.type("reason.wingless", REASON)
    keep(page, "01-would-refuse")
    page.go(DO)
    assert "hearing:notice" in open_steps(case)
    case.refresh_from_db()
    assert case.state == CaseState.OPEN


def the_hearing_is_set(person: Person, case: Case) -> None:
    """The latest notice is three working days before Thursday 20 June; Monday 17 June is a day off."""
    page = person.page
    assert "2024 ж. 14 маусым, 18:30" in plain(page)
    assert "Жалпы мерзімнің соңынан кері есептелген: 3 жұмыс күні" in plain(page)
    drafted = page.find("[name='o.preliminary-decision']").get_attribute("value") or ""
    assert f"Тұлпардың қанаты жоқ (SAMPLER, 1-тарау, 13-тармақтың 2) тармақшасы): {REASON}" in drafted
    page.type("o.hearing-at", f"{HEARING:%d.%m.%Y %H:%M}")
    page.choose("o.way", "in-person")
    page.type("o.place", "Емхана, 3-бөлме")
    page.go("button[name=add][value='x.offered']")
    page.type("x.offered[0].at", "05.06.2024 10:00")
    keep(page, "02-notice")
    page.go(DO)
    keep(page, "03-sign-notice")
    assert person.sign_if_asked()
    page.open("/office/hearings")
    assert case.number is not None
    assert case.number in plain(page)
    assert "жауап жоқ" in plain(page)
    keep(page, "04-hearings")


def the_citizen_objects(person: Person, citizen: Actor, case: Case) -> None:
    """Told by a letter, with the times to choose from, an entry for the calendar, and until when it must be held."""
    page = person.is_now(citizen).page
    page.open("/letters")
    page.go("[data-row] a")
    assert (
        "алдын ала шешім – бас тарту. Түпкілікті шешім қабылданғанға дейін өз ұстанымыңызды білдіре аласыз"
        in plain(page)
    )
    assert "Тыңдау уақыты: 2024 ж. 5 маусым, 11:00. Орны: Емхана, 3-бөлме" in plain(page)
    keep(page, "05-letter")
    page.open(f"/cabinet/{case.ref}")
    keep(page, "06-cabinet")
    entry = fetched(page, page.find("a[href$='.ics']").get_attribute("href") or "").decode()
    assert "DTSTART" in entry
    page.open(f"/cabinet/{case.ref}/hearing")
    assert (
        "Тыңдау хабарлама берілгеннен кейін екі жұмыс күнінен кешіктірілмей өткізіледі; соңғы уақыты: 2024 ж. 5 маусым"
        in plain(page)
    )
    assert "Қатысамын: 2024 ж. 5 маусым, 10:00" in plain(page)
    page.choose("answer", "written")
    page.type("said", OBJECTION)
    keep(page, "07-objection")
    page.go("main form button.button")
    assert "ұстанымымды жазбаша білдірдім" in plain(page)


def the_hearing_is_held(person: Person, vet: Actor, case: Case) -> None:
    """The minutes begin with what the citizen wrote; they are signed."""
    page = take_up(person, vet, case)
    page.go(".offers a[href*='outcome=held']")
    assert page.find("[name='o.position']").get_attribute("value") == OBJECTION
    page.type("o.attended", "Ысқақова Әлия Нұрланқызы")
    keep(page, "08-minutes")
    page.go(DO)
    assert person.sign_if_asked()


def the_vet_refuses(person: Person, vet: Actor, case: Case) -> None:
    """Heard, the vet decides once more; the ground and its reason are kept from before."""
    page = take_up(person, vet, case)
    page.go(".offers a[href*='outcome=sick']")
    assert page.find("#ground-wingless").is_selected()
    assert page.find("[name='reason.wingless']").get_attribute("value") == REASON
    page.type("o.wingspan", "0")
    page.choose("o.temper", "calm")
    keep(page, "09-refuse")
    page.go(DO)
    assert open_steps(case) == ["sign-results"]


def the_mayor_signs(person: Person, mayor: Actor, case: Case) -> None:
    page = take_up(person, mayor, case)
    assert "Терезеге жеткізу" not in page.find("section.hands").text
    keep(page, "10-sign")
    page.go(DO)
    assert person.sign_if_asked()
    case.refresh_from_db()
    assert (case.state, case.exit) == (CaseState.ENDED, "refused")


def the_citizen_reads_why(person: Person, citizen: Actor, case: Case) -> None:
    """The letter of refusal: ground, clause, reason, remedy; the minutes: what the citizen said."""
    page = person.is_now(citizen).page
    page.open(f"/cabinet/{case.ref}")
    assert "2024 ж. 5 маусым, 11:00 Өткізілді" in plain(page)
    assert "Дәлелді бас тарту" in plain(page)
    assert page.find("a[href$='/complain']")
    keep(page, "11-refused")
    refusal = text_of(Document.objects.get(case=case, issued="refusal"))
    assert (
        f"SAMPLER, 1-тарау, 13-тармақтың 2) тармақшасы SAMPLER, глава 1, пункт 13, подпункт 2) Уәжі · Мотивировка: {REASON}"
        in refusal
    )
    assert REMEDY in refusal
    assert OBJECTION in text_of(Document.objects.get(case=case, issued="protocol"))
