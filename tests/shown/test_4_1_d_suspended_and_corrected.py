"""4.1, fourth walk: papers completed, a suspension and a correction, on the sampler (docs/walks.md §4).

Monday 3 June 2024 on the moved clock. The citizen forgets a paper and is asked for it; the vet finds spots, the mayor
signs the notice of quarantine and the term stands still; three working days later it is lifted and the due date has
moved by three, each day explained. A slip in the licence is put right: the old one says what replaced it. With
QYZMET_PICTURES set, a picture of each page is kept there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qyzmet.cases.models import Case, CaseState, Suspension
from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.rehearsal.pace import Pace
from qyzmet.demo.rehearsal.walk import Walk
from qyzmet.documents.models import Document
from qyzmet.people.actor import Actor
from tests.browser import Browser
from tests.cases.town import SAMPLER, package_at
from tests.walking.desk import DO, open_steps, plain, printed, take_up, text_of
from tests.walking.filing import bring_in
from tests.walking.papers import a_paper
from tests.walking.person import Person
from tests.walking.samruk import FOLDER, samruk, wish_to_fly

pytestmark = pytest.mark.full
MONDAY = datetime(2024, 6, 3, 10, 0, tzinfo=ALMATY)
STOPPED, LIFTED = MONDAY + timedelta(hours=4, minutes=45), MONDAY + timedelta(days=3)
SPOTS = "Қауырсынында дақ бар, бақылау керек."
NEXT = "main form p.row button.button:not(.second)"
WHY = (
    "4 мау., сейсенбі тоқтатыла тұрған мерзімнің өтуі тоқтатыла тұрды",
    "6 мау., бейсенбі тоқтатыла тұрған мерзімнің өтуі тоқтатыла тұрды",
    "7 мау., жұма есептеледі 12 жұмыс күнінің 1-күні",
    "17 мау., дүйсенбі есептелмейді демалыс күні: Құрбан айттың бірінші күні",
    "25 мау., сейсенбі есептеледі 12 жұмыс күнінің 12-күні",
)


@pytest.fixture
def cast(committed: None) -> Iterator[Cast]:
    with clock.hold(MONDAY), samruk(MONDAY) as found:
        yield found


def keep(page: Browser, name: str) -> None:
    page.look(f"4-1-d-{name}")


def test_4_1_d_suspended_and_corrected(person: Person, cast: Cast, tmp_path: Path) -> None:
    filing, paper = wish_to_fly(package_at(SAMPLER / FOLDER), cast, "licensed"), a_paper(tmp_path)
    case = bring_in(person, cast, filing, paper, lambda _name: None, without=("vaccination",))
    registrar, mayor = (cast.official(post, case.orgs["provider"]) for post in ("registrar", "mayor"))
    vet = cast.official("vet", case.orgs["clinic"])
    with clock.hold(MONDAY + timedelta(minutes=10)):
        take_up(person, registrar, case).go(DO)
        assert open_steps(case) == ["papers"]
    printed(MONDAY + timedelta(minutes=10))
    with clock.hold(MONDAY + timedelta(hours=1)):
        the_citizen_brings_what_is_missing(person, filing.applicant, case, paper)
    with clock.hold(MONDAY + timedelta(hours=2)):
        the_vet_finds_spots(person, vet, case)
    with clock.hold(STOPPED):
        the_mayor_announces(person, mayor, case)
    printed(STOPPED)
    with clock.hold(LIFTED):
        the_citizen_sees_why_it_stands(person, filing.applicant, case)
        the_registrar_lifts_it(person, registrar, case)
    done = licensed(cast, case, filing.applicant)
    with clock.hold(done):
        a_slip_is_put_right(person, mayor, case)
    printed(done)
    with clock.hold(done + timedelta(minutes=1)):
        the_citizen_has_the_right_one(person, filing.applicant, case)
    assert [said for said in person.page.complaints() if "422" not in said] == []


def the_citizen_brings_what_is_missing(person: Person, citizen: Actor, case: Case, paper: Path) -> None:
    """Two working days to bring it; what is missing is named and stands first (SAMPLER ch.1 §12(4))."""
    page = person.is_now(citizen).page
    page.open(f"/cabinet/{case.ref}")
    assert "Сізден жауап күтіледі. Мерзімі: 2024 ж. 5 маусым, 18:30" in plain(page)
    page.go("main a.button[href$='/answer']")
    assert "Қоса берілмеген құжаттар Екпе кітапшасы" in plain(page)
    page.find("input[type=file][name=vaccination]").send_keys(str(paper))
    keep(page, "01-missing")
    page.go(NEXT)
    assert "Жауабыңыз жіберілді" in plain(page)
    assert "vet-check" in open_steps(case)


def the_vet_finds_spots(person: Person, vet: Actor, case: Case) -> None:
    page = take_up(person, vet, case)
    page.go(".offers a[href*='outcome=quarantine']")
    page.type("o.wingspan", "9")
    page.choose("o.temper", "calm")
    page.press("#ground-quarantine")
    page.type("reason.quarantine", SPOTS)
    keep(page, "02-quarantine")
    page.go(DO)
    assert open_steps(case) == ["announce-quarantine"]
    case.refresh_from_db()
    assert case.state == CaseState.OPEN


def the_mayor_announces(person: Person, mayor: Actor, case: Case) -> None:
    """It takes effect from the signed notice, not from the finding (SAMPLER ch.1 §14 ¶2)."""
    page = take_up(person, mayor, case)
    keep(page, "03-announce")
    page.go(DO)
    assert person.sign_if_asked()
    case.refresh_from_db()
    assert case.state == CaseState.SUSPENDED
    assert Suspension.objects.get(case=case).effective_at == STOPPED


def the_citizen_sees_why_it_stands(person: Person, citizen: Actor, case: Case) -> None:
    page = person.is_now(citizen).page
    page.open(f"/cabinet/{case.ref}")
    assert "Тоқтатыла тұрды: Карантин SAMPLER, 1-тарау, 14-тармақтың 1) тармақшасы" in plain(page)
    assert SPOTS in plain(page)
    assert SPOTS in text_of(Document.objects.get(case=case, issued="quarantine-notice"))
    assert "Мал дәрігері карантинді алып тастағанға дейін" in plain(page)
    assert "Бүгін қайта басталса, нәтиже мерзімі: 2024 ж. 25 маусым, 18:30" in plain(page)
    assert "өтінішті қарау тоқтатыла тұрды" in page.find("#letters + ul").text
    keep(page, "04-suspended")


def the_registrar_lifts_it(person: Person, registrar: Actor, case: Case) -> None:
    """Thursday 20 June has become Tuesday 25 June: three working days stood still, the weekend between them not."""
    page = person.is_now(registrar).page
    page.open(f"/office/cases/{case.ref}")
    assert "Бүгін қайта басталса 2024 ж. 25 маусым, 18:30" in plain(page)
    page.press("details.hand summary")
    page.find("form[action$='/suspension/resume'] textarea").send_keys("Дақтар кетті, тұлпар сау.")
    keep(page, "05-lift")
    page.go("form[action$='/suspension/resume'] button")
    case.refresh_from_db()
    assert case.due == datetime(2024, 6, 25, 18, 30, tzinfo=ALMATY)
    page.press(".course .why summary")
    why = page.find(".course .why").text
    for day in WHY:
        assert day in why
    keep(page, "06-lifted")


def licensed(cast: Cast, case: Case, applicant: Actor) -> datetime:
    """The rest of the way by acts, to the licence."""
    walk = Walk(cast, Case.objects.get(pk=case.pk), applicant, aim="licensed", pace=Pace(), now=LIFTED)
    walk.to_the_end()
    printed(walk.now)
    return walk.now


def a_slip_is_put_right(person: Person, mayor: Actor, case: Case) -> None:
    """The wingspan was written down wrong; the licence is issued anew under another number."""
    licence = Document.objects.get(case=case, issued="licence")
    page = person.is_now(mayor).page
    page.open(f"/office/cases/{case.ref}")
    page.go(f"a[href$='/documents/{licence.pk}/correct']")
    assert page.find("[name='o.wingspan']").get_attribute("value") == "9"
    page.type("o.wingspan", "8,5")
    page.type("reason", "Қанат құлашы тексеру жазбасынан қате көшірілген.")
    keep(page, "07-correct")
    page.go("form.correction button.button")
    person.sign_if_asked()
    assert page.path == f"/office/cases/{case.ref}"


def the_citizen_has_the_right_one(person: Person, citizen: Actor, case: Case) -> None:
    """The new licence is in the cabinet; the code of the old one says what replaced it."""
    old, new = Document.objects.filter(case=case, issued="licence").order_by("id")
    page = person.is_now(citizen).page
    page.open(f"/cabinet/{case.ref}")
    assert f"Ұшу куәлігі, № {new.number}" in plain(page)
    keep(page, "08-corrected")
    page.open(f"/verify/{old.code}")
    assert "Орнына басқасы берілген" in plain(page)
    assert f"№ {new.number}" in plain(page)
    keep(page, "09-replaced")
    printed_now = text_of(new)
    assert "Қанатының құлашы, метр Размах крыльев, метров 8,5" in printed_now
    assert f"№ {old.number}" in printed_now
