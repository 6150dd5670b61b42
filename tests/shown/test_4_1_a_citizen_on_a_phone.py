"""4.1, first walk: a citizen with a telephone, from the catalogue to the result and a complaint (docs/walks.md §1).

Friday 3 May 2024 on the moved clock, 390 pixels wide, in Kazakh: between filing and result lie a Saturday that is
worked, two holidays and a day moved. The officials' steps are done by acts in between; their pages have walks of their
own. With QYZMET_PICTURES set, a picture of each page is kept there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.test import override_settings

from qyzmet import demo
from qyzmet.cases.delivery import outbox
from qyzmet.cases.models import Case, CaseState, SignatureRecord
from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.demo.authority import PASSWORD
from qyzmet.demo.rehearsal import read_script
from qyzmet.demo.rehearsal.cast import Cast, gather_cast
from qyzmet.demo.rehearsal.pace import Pace
from qyzmet.demo.rehearsal.walk import Walk
from qyzmet.demo.samples import Samples
from qyzmet.demo.standins import StandIns
from qyzmet.documents.models import Document
from qyzmet.regulation.model import Package
from tests.browser import PHONE, Browser, browser, served
from tests.portal.conftest import CITIZEN, settle
from tests.shown.test_2_2_twelve_rehearsals import path_of
from tests.walking.filling import errors_of, fill, form_fields
from tests.walking.papers import a_photo

pytestmark = pytest.mark.full
NEXT = "main form p.row button.button:not(.second)"
SERVICE = "housing-assistance"
FRIDAY = datetime(2024, 5, 3, 10, 0, tzinfo=ALMATY)
DUE = "2024 ж. 17 мамыр, 18:30"
WHY = (
    "4 мам., сенбі есептеледі 8 жұмыс күнінің 1-күні: 08.05.2024 күнінің орнына жұмыс күні",
    "5 мам., жексенбі есептелмейді апталық демалыс күні",
    "7 мам., сейсенбі есептелмейді демалыс күні: Отан қорғаушы күні",
    "8 мам., сәрсенбі есептелмейді 04.05.2024 күнінен ауыстырылған демалыс күні",
    "9 мам., бейсенбі есептелмейді демалыс күні: Жеңіс күні",
    "17 мам., жұма есептеледі 8 жұмыс күнінің 8-күні",
)
"""The strip that explains the date: the order of 2024 on days off moved, and the law on holidays, art. 5."""


@pytest.fixture
def house(committed: None) -> Iterator[str]:
    with clock.hold(FRIDAY), served() as address:
        settle(SERVICE, "general/complaint", "general/hearing")
        yield address


@pytest.fixture
def cast(house: str) -> Cast:
    return gather_cast(read_script(path_of(SERVICE)), FRIDAY)


@pytest.fixture
def package() -> Package:
    return read_script(path_of(SERVICE)).package


@pytest.fixture
def phone(house: str) -> Iterator[Browser]:
    with browser(house, PHONE) as page:
        yield page


def keep(page: Browser, name: str) -> None:
    page.look(f"4-1-a-{name}")


def find_the_service(phone: Browser) -> None:
    phone.open("/")
    keep(phone, "01-catalogue")
    phone.type("q", "тұрғын үй көмегі")
    phone.go("main form.search button, main form button.button")
    phone.go(".card a")
    assert "Тұрғын үй көмегін тағайындау" in phone.find("h1").text
    assert f"Нәтиженің соңғы мерзімі: {DUE}" in plain(phone)
    keep(phone, "02-service")


def answer_page_by_page(phone: Browser, package: Package, photo: Path) -> None:
    """Every question of the form; the documents are photographs from the telephone."""
    samples = Samples(FRIDAY.date())
    for _ in range(20):
        place = phone.path.rsplit("/", 1)[1]
        if place == "check":
            return
        if place == "documents":
            for field in phone.all("main form input[type=file]"):
                field.send_keys(str(photo))
        else:
            fill(phone, form_fields(package.form), samples, paper=photo)
        keep(phone, f"04-{place}")
        phone.go(NEXT)
        assert not errors_of(phone), errors_of(phone)


def sign_on_the_telephone(phone: Browser, layer: StandIns) -> None:
    """The first way offered opens eGov Mobile on the same telephone; signed there, the page goes on."""
    assert phone.find("#phone a").is_displayed()
    assert [each.get_attribute("id") for each in phone.all(".sign-way")] == [
        "phone",
        "upload",
        "",
    ]  # NCALayer last
    keep(phone, "06-sign")
    at = phone.path
    phone.driver.get(phone.find(f"#phone a[href^='{layer.addresses.phone}']").get_attribute("href") or "")
    assert "Тұрғын үй көмегін тағайындау" in phone.text
    phone.choose("who", CITIZEN)
    phone.type("password", PASSWORD)
    phone.go('button[name="deed"][value="sign"]')
    assert "Қол қойылды" in phone.text
    phone.open(at)
    phone.go(".notice.success form button")


def plain(page: Browser) -> str:
    return " ".join(page.text.split())


def test_4_1_a_citizen_on_a_phone(
    house: str, layer: StandIns, cast: Cast, package: Package, phone: Browser, tmp_path: Path
) -> None:
    find_the_service(phone)
    phone.go("main a.button")
    assert phone.path.startswith("/sign-in")
    keep(phone, "03-sign-in")
    phone.type("number", CITIZEN)
    phone.type("password", demo.PASSWORD)
    phone.go()
    phone.press("input[name='org.provider']")
    phone.go()
    answer_page_by_page(phone, package, a_photo(tmp_path))
    keep(phone, "05-check")
    with override_settings(QYZMET_MGOV_LINKS=(("phone-demo", layer.addresses.phone + "?open={address}"),)):
        phone.go()
        sign_on_the_telephone(phone, layer)
    case = Case.objects.get()
    assert SignatureRecord.objects.get(case=case).iin == CITIZEN
    assert f"{case.number}" in phone.find(".panel").text
    keep(phone, "07-filed")
    follow(phone, case)
    result = decided_by_the_officials(cast, case)
    read_the_result(phone, case, result)
    complain(phone, case, result)
    assert [said for said in phone.complaints() if "422" not in said] == []


def follow(phone: Browser, case: Case) -> None:
    """Who has it, until when and why that day; the letter that tells it."""
    phone.go("main a.button")
    assert phone.path == f"/cabinet/{case.ref}"
    assert "Көрсетілетін қызметті берушінің жауапты маманы, Алматы қаласы Алатау ауданының" in plain(phone)
    assert f"Нәтиже мерзімі: {DUE}" in plain(phone)
    assert "8 жұмыс күні қалды" in phone.text
    phone.press(".why summary")
    why = phone.find(".why").text
    for day in WHY:
        assert day in why
    keep(phone, "08-follow")
    while outbox.deliver_due(FRIDAY, only=["mail"]):
        pass
    phone.open("/letters")
    keep(phone, "09-letters")
    assert [row.text.split()[0] for row in phone.all("[data-row]")] == ["№", "Өтінішіңіз"]
    phone.go("[data-row] a")
    assert f"№ {case.number} болып тіркелді" in plain(phone)
    assert "Мерзім өтініш тіркелген сәттен (2024 ж. 3 мамыр, 10:00) есептеледі" in plain(phone)
    assert f"аяқталады: {DUE}." in plain(phone)
    keep(phone, "10-letter")


def decided_by_the_officials(cast: Cast, case: Case) -> datetime:
    """Every step of the act's table by its official, at its usual pace; when the last was done."""
    walk = Walk(cast, case, cast.applicant("individual"), aim="assigned", pace=Pace(), now=FRIDAY)
    walk.to_the_end()
    while outbox.deliver_due(walk.now, only=["documents", "mail"]):
        pass
    return walk.now


def read_the_result(phone: Browser, case: Case, at: datetime) -> None:
    """The notice in the cabinet; its code says to anybody what it is, but not about whom."""
    case.refresh_from_db()
    assert (case.state, case.exit) == (CaseState.ENDED, "assigned")
    notice = Document.objects.get(case=case, issued="notice")
    with clock.hold(at):
        phone.open(f"/cabinet/{case.ref}")
        assert "Тұрғын үй көмегі тағайындалды" in phone.text
        assert f"№ {case.number} өтініш бойынша нәтиже" in phone.find("#letters + ul").text
        assert f"Тұрғын үй көмегін тағайындау туралы хабарлама, № {notice.number}" in phone.text
        keep(phone, "11-result")
        phone.go(f"a[href='/verify/{notice.code}']")
        keep(phone, "12-verify")
        assert "Күшінде" in phone.find("main").text
        assert notice.number in phone.find("main").text
        assert "Ысқақова" not in phone.find("main").text


def complain(phone: Browser, case: Case, at: datetime) -> None:
    """Not content: a complaint to the higher body, a case of its own beside this one (APPC art. 76, 91)."""
    with clock.hold(at):
        phone.open(f"/cabinet/{case.ref}")
        phone.go("a[href$='/complain']")
        phone.choose("variant.addressee", "complaint-body")
        keep(phone, "13-complain")
        phone.go("main form button.button")
        phone.choose("subject", "decision")
        phone.type("reasons", "Зейнетақы қосылмаған: көмек мөлшері аз есептелген.")
        phone.type("demand", "Көмек мөлшері қайта есептелсін.")
        keep(phone, "14-complaint")
        phone.go(NEXT)
        assert "Жоғары тұрған органға" in phone.text
        phone.go()
        phone.type("password", demo.PASSWORD)
        phone.go()
        complaint = Case.objects.get(about=case)
        assert "2024 ж. 28 мамыр, 18:30" in plain(phone)
        keep(phone, "15-complained")
        phone.open(f"/cabinet/{case.ref}")
        assert phone.find(f"a[href='/cabinet/{complaint.ref}']")
