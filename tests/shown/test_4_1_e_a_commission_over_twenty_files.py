"""4.1, fifth walk: a commission sits over twenty files of housing assistance (docs/walks.md §5).

Twenty applications are filed on Monday 3 June 2019 and prepared by acts; on Wednesday the commission sits. A member
votes from the agenda and stands aside once, another refuses once, the chair votes last and closes every file; the
specialist signs twenty notices with one prompt and they go out. With QYZMET_PICTURES set, pictures are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from selenium.webdriver.common.by import By

from qyzmet.cases import acts, blobs
from qyzmet.cases.delivery import outbox
from qyzmet.cases.models import Case, CaseState, SignatureRecord, Token
from qyzmet.config import clock
from qyzmet.demo.people import SINCE
from qyzmet.demo.rehearsal import read_script
from qyzmet.demo.rehearsal.cast import Cast, gather_cast
from qyzmet.demo.rehearsal.filing import Filing, file
from qyzmet.demo.rehearsal.pace import Pace
from qyzmet.demo.rehearsal.walk import Walk
from qyzmet.demo.rehearsal.ways import Wish, choose_way
from qyzmet.demo.samples import Samples
from qyzmet.demo.standins import StandIns
from qyzmet.documents.models import Document
from qyzmet.gateway.models import Notice
from qyzmet.people.actor import Actor, actor_for
from qyzmet.people.models import Account, PostHolding
from tests.browser import Browser, browser
from tests.cases.town import person_number
from tests.portal.conftest import MONDAY
from tests.shown.test_2_2_twelve_rehearsals import path_of
from tests.walking.filling import errors_of
from tests.walking.person import Person

pytestmark = pytest.mark.full
FILES, BY_HAND = 20, 9
"""How many files; in how many the member's vote is given at the page, by an act in the others."""
SITTING = MONDAY + timedelta(days=2, hours=1)
NOTICES = SITTING + timedelta(days=1)
AWARD = {"amount": "21 000", "period-from": "01.07.2019", "period-to": "30.09.2019"}
SURNAMES = ("Әбдіғали", "Байжан", "Ғабитов", "Досым", "Есім", "Жұбан", "Қалиев", "Мұса", "Нұрлан", "Өтеген")
GIVEN = ("Айгүл", "Серік")


@pytest.fixture
def cast(house: str) -> Cast:
    return gather_cast(read_script(path_of("housing-assistance")), MONDAY)


@pytest.fixture
def files(cast: Cast) -> list[Case]:
    """Twenty applications that wait for the commission, by acts."""
    return [prepared(cast, applicant) for applicant in applicants()]


@pytest.fixture
def commission(cast: Cast, files: list[Case]) -> list[Actor]:
    """Who chairs first, then the four members."""
    return cast.members("commission", files[0].provider_id)


@pytest.fixture
def person(house: str, layer: StandIns) -> Iterator[Person]:
    with browser(house) as page:
        yield Person(page, layer)


def applicants() -> Iterator[Actor]:
    for count in range(FILES):
        name = {"surname": SURNAMES[count % 10], "given_name": GIVEN[count // 10]}
        account = Account.objects.create(
            number=person_number(count), confirmed_at=SINCE, language="kk", is_test=True, **name
        )
        yield actor_for(account, MONDAY)


def prepared(cast: Cast, applicant: Actor) -> Case:
    """Filed, registered, resolved and put before the commission."""
    script = read_script(path_of("housing-assistance"))
    way = choose_way(script, Wish(), Samples(MONDAY.date()), MONDAY)
    case, now = file(cast, replace(Filing(script.package, way, applicant)), MONDAY)
    walk = Walk(cast, case, applicant, aim="assigned", pace=Pace(), now=now)
    while not any(token.step == "decide" for token in walk.open()):
        walk.step()
    return walk.case


def keep(page: Browser, name: str) -> None:
    page.look(f"4-1-e-{name}")


def from_the_agenda(person: Person, member: Actor, case: Case) -> None:
    person.is_now(member)
    person.page.open("/office/agenda")
    person.page.go(f"[data-row] a[href='/office/cases/{case.ref}']")


def vote(person: Person, outcome: str) -> None:
    person.page.go(f".hand form[action$='/vote'] button[value='{outcome}']")
    assert not errors_of(person.page), errors_of(person.page)


def test_4_1_e_a_commission_over_twenty_files(
    person: Person, cast: Cast, files: list[Case], commission: list[Actor]
) -> None:
    chair, first, second, third, _absent = commission
    own, refused = files[3], files[7]
    with clock.hold(SITTING):
        a_member_votes(person, first, files, own, refused)
        for case in files:
            outcome = "refuse" if case == refused else "assign"
            acts.vote(second, case.ref, token_of(case).no, outcome, now=SITTING)
        the_chair_closes(person, chair, files, own, refused)
        the_third_makes_the_quorum(person, third, chair, own)
    printed(SITTING)
    minutes_say(files, own, first, chair)
    with clock.hold(NOTICES):
        the_notices_are_signed_together(person, cast, files, refused)
    printed(NOTICES)
    everybody_is_told(files, refused)
    with clock.hold(NOTICES + timedelta(hours=1)):
        the_supervisor_sees_it(person, files)
    assert [said for said in person.page.complaints() if "422" not in said] == []


def token_of(case: Case) -> Token:
    return Token.objects.get(case=case, step="decide", closed_at__isnull=True)


def a_member_votes(person: Person, member: Actor, files: list[Case], own: Case, refused: Case) -> None:
    """From the agenda, file after file; aside in the one of a relative."""
    page = person.is_now(member).page
    page.open("/office/agenda")
    assert f"Қаралатын іс: {FILES}, сіздің дауысыңызды {FILES} іс күтуде." in page.text
    assert [row.text.split()[1] for row in page.all("[data-row]")] == [case.number for case in files]
    keep(page, "01-agenda")
    for case in files[:BY_HAND]:
        from_the_agenda(person, member, case)
        if case == files[0]:
            assert "Берілген дауыс: 0, кворум: 3. Кворумға тағы 3 дауыс керек." in page.text
            assert (
                "Алматы қаласы әкімдігінің 2016 жылғы 20 қаңтардағы № 1/20 қаулысы, 5-тармақтың 4)"
                in page.text
            )
            keep(page, "02-file")
        if case == own:
            page.press(".hand details.aside summary")
            page.driver.find_element(By.ID, "recuse-reason").send_keys("Өтініш беруші – туысым")
            keep(page, "03-recuse")
            page.go(".hand form[action$='/recuse'] button")
            assert "өздігінен бас тартты" in page.text
            continue
        if case == refused:
            page.type("reason", "Отбасы табысының үлесі шектен аспайды")
        vote(person, "refuse" if case == refused else "assign")
        assert "Сіздің дауысыңыз қабылданды" in page.text
    for case in files[BY_HAND:]:
        acts.vote(member, case.ref, token_of(case).no, "assign", now=SITTING)
    page.open("/office/agenda")
    assert "сіздің дауысыңызды" not in page.text


def the_chair_closes(person: Person, chair: Actor, files: list[Case], own: Case, refused: Case) -> None:
    """The chair votes last and closes what has its quorum; the votes decide, not the chair."""
    page = person.page
    for case in files:
        from_the_agenda(person, chair, case)
        vote(person, "refuse" if case == refused else "assign")
        if case == own:
            assert "Берілген дауыс: 2, кворум: 3. Кворумға тағы 1 дауыс керек." in page.text
            keep(page, "04-no-quorum")
            continue
        close(person, case, refused)


def close(person: Person, case: Case, refused: Case) -> None:
    page, form = person.page, f"#do-{token_of(case).no}"
    if case == refused:
        assert "Көпшілік дауыс: Тағайындаудан бас тарту." in page.text
        page.press(f"{form} #ground-not-conforming")
        page.type("reason.not-conforming", "Отбасының шығыстар үлесі 10 пайыздық шектен аспайды.")
        keep(page, "05-refuse")
    else:
        for name, words in AWARD.items():
            page.type(f"o.{name}", words)
    page.go(f"{form} button[data-key=c]")
    assert "Орындалды: Комиссияның шешімі" in page.text, errors_of(page)


def the_third_makes_the_quorum(person: Person, third: Actor, chair: Actor, own: Case) -> None:
    page = person.page
    from_the_agenda(person, third, own)
    vote(person, "assign")
    assert "Отырысты төраға жабады" in page.text
    from_the_agenda(person, chair, own)
    assert "Берілген дауыс: 3, кворум: 3. Көпшілік дауыс: Тағайындау." in page.text
    keep(page, "06-close")
    close(person, own, refused=Case())
    page.open("/office/agenda")
    assert not page.driver.execute_script("return document.querySelectorAll('[data-row]').length")
    keep(page, "07-agenda-empty")


def printed(now: datetime) -> None:
    """Whatever was ordered is printed, sealed and told."""
    while outbox.deliver_due(now, only=["documents", "mail"]):
        pass


def minutes_say(files: list[Case], own: Case, first: Actor, chair: Actor) -> None:
    """Minutes of every file: who voted how, who stood aside and why."""
    assert Document.objects.filter(issued="minutes").count() == FILES
    text = text_of(Document.objects.get(case=own, issued="minutes"))
    assert "Кворум қажеті – 3, дауыс бергені – 3; кворум бар" in text
    assert "Тағайындау – 3; Өздігінен бас тартты – 1" in text
    assert f"{chair.name} төраға" in text
    assert f"{first.name} Өздігінен бас тартты · Самоотвод Өтініш беруші – туысым" in text


def text_of(document: Document) -> str:
    pages = PdfReader(BytesIO(blobs.read(document.digest))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def the_notices_are_signed_together(person: Person, cast: Cast, files: list[Case], refused: Case) -> None:
    """Picked in the list, confirmed once, signed with one prompt: every notice has a signature of its own."""
    specialist = cast.official("responsible-specialist", files[0].provider_id)
    page = person.is_now(specialist).page
    page.open("/office/")
    keep(page, "08-tasks")
    for box in page.all("[data-row] input[name=pick]"):
        page.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", box)
        box.click()
    page.go("button[formaction='/office/batch']")
    assert f"Таңдалған іс: {FILES}" in page.text
    keep(page, "09-batch")
    page.go("form[action='/office/batch'] button.button")
    keep(page, "10-batch-sign")
    assert person.sign_if_asked()
    assert f"Орындалды: {FILES}, барлығы: {FILES}" in page.text
    keep(page, "11-batch-done")


def everybody_is_told(files: list[Case], refused: Case) -> None:
    """Every applicant has the result in the cabinet, on the third day of eight."""
    for case in files:
        case.refresh_from_db()
        assert (case.state, case.exit) == (CaseState.ENDED, "refused" if case == refused else "assigned")
        assert case.ended_at == NOTICES < (case.due or NOTICES)
        letters = Notice.objects.filter(case=case, person=case.applicant)
        assert f"№ {case.number} өтініш бойынша нәтиже" in [each.subject for each in letters]
    signed = SignatureRecord.objects.filter(subject__startswith="step", judged_at=NOTICES)
    assert signed.filter(outcome="valid").count() == FILES
    said = text_of(Document.objects.get(case=refused, issued__contains="refusal"))
    assert "Отбасының шығыстар үлесі 10 пайыздық шектен аспайды." in said


def the_supervisor_sees_it(person: Person, files: list[Case]) -> None:
    """Twenty decided in time, one refused and by which ground, none late."""
    page = post_of(person, "supervisor").page
    for number, path in enumerate(("", "late", "times", "refusals"), 12):
        page.open(f"/office/supervision/{path}")
        keep(page, f"{number}-supervision-{path or 'overview'}")
    ground = read_script(path_of("housing-assistance")).package.grounds["not-conforming"].name.kk
    assert ground in page.text


def test_4_1_e_the_administrator_looks_round(person: Person) -> None:
    """The pages behind it: editions, calendar, bodies; nothing of an applicant is on them."""
    page = post_of(person, "administrator", at="system-operator").page
    for number, path in enumerate(("", "packages/", "calendar/"), 16):
        page.open(f"/office/admin/{path}")
        assert page.complaints() == []
        keep(page, f"{number}-admin-{path.strip('/') or 'home'}")


def post_of(person: Person, post: str, at: str = "almaty-social-office") -> Person:
    """Who holds a post of the platform at a body sits down."""
    held = (
        PostHolding.objects.filter(post=post, organisation__code=at)
        .select_related("account")
        .order_by("id")[0]
    )
    return person.is_now(actor_for(held.account, clock.now(), post=post, organisation=held.organisation_id))
