"""2.3: a five-step service written as data only, by someone who had read only the guide, runs in the browser.

The package stands in tests/regulations/from-the-guide as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qyzmet import demo
from qyzmet.cases.models import Case, CaseState
from qyzmet.cli import main
from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.demo.staffing import staff
from qyzmet.documents.models import Document
from qyzmet.people.models import PostHolding
from tests.browser import PHONE, browser, served
from tests.cases.town import package_at, publish
from tests.fence.files import PDF
from tests.portal.conftest import CITIZEN, settle
from tests.shown.test_2_5_housing_assistance_by_hand_in_a_browser import desk, fill, keep, press

WRITTEN = Path(__file__).parents[1] / "regulations" / "from-the-guide"
MONDAY = datetime(2024, 6, 3, 10, 0, tzinfo=ALMATY)
FAIR = {"title": "Бал жәрмеңкесі", "day": "22.06.2024", "place": "Алматы, Панфилов көшесі", "stalls": "15"}


@pytest.fixture
def house(committed: None) -> Iterator[str]:
    with clock.hold(MONDAY), served() as address:
        settle("general/complaint", "general/hearing")
        package = package_at(WRITTEN / "street-fair" / "2024-01-15-n3" / "service.yaml")
        publish(package)
        staff([package], MONDAY)
        yield address


def number_of(post: str) -> str:
    return PostHolding.objects.get(post=post, organisation__kind="trade-department").account.number


def files(house: str, plan: Path) -> None:
    with browser(house, PHONE) as phone:
        phone.open("/?q=жәрмеңке")
        phone.go(".card a")
        keep(phone, "2-3-service")
        phone.go("main a.button")
        phone.type("number", CITIZEN)
        phone.type("password", demo.PASSWORD)
        phone.go()
        phone.go()
        for name, words in FAIR.items():
            phone.type(name, words)
        phone.choose("kind", "food")
        phone.go("main form p.row button.button:not(.second)")
        phone.choose("music", "no")
        phone.type("phone", "+7 701 123 45 67")
        phone.go("main form p.row button.button:not(.second)")
        phone.find("input[type=file]").send_keys(str(plan))
        phone.go("main form p.row button.button:not(.second)")
        phone.go()
        phone.type("password", demo.PASSWORD)
        phone.go()
        keep(phone, "2-3-filed")


def test_the_package_checks_clean() -> None:
    assert main(["check", str(WRITTEN)]) == 0


@pytest.mark.full
def test_it_runs_in_the_browser_to_its_end(house: str, tmp_path: Path) -> None:
    plan = tmp_path / "жоспар.pdf"
    plan.write_bytes(PDF)
    files(house, plan)
    case = Case.objects.get(service="street-fair")
    officials = [
        ("secretary", "хатшысы", {}, "аяқтау"),
        ("surveyor", "маман", {"remarks": "Көше бос"}, "аяқтау"),
        ("head", "басшысы", {"ends-at": "20:00"}, "Рұқсат беру"),
        ("secretary", "хатшысы", {}, "аяқтау"),
    ]
    for turn, (post, words, values, button) in enumerate(officials):
        with desk(house, number_of(post), words, MONDAY + timedelta(minutes=10 * (turn + 1))) as page:
            if post == "head":
                page.go("a[href*='outcome=permit'], button[value=permit]")
            fill(page, values)
            keep(page, f"2-3-{turn}-{post}")
            press(page, button)
    case.refresh_from_db()
    assert (case.state, case.exit) == (CaseState.ENDED, "permitted")
    assert Document.objects.filter(case=case, issued="permit").exists()
