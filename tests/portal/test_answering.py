"""The case waits for its recipient: papers that were missing, and what a step asks to be told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from qyzmet.cases import acts
from qyzmet.cases.models import Case, Filing
from qyzmet.config import clock
from tests.cases.conftest import found, parameters, stalls
from tests.cases.town import APPLICANT, Town, citizen, licence, moment, open_step, steps
from tests.portal.filling import PDF, file

__all__ = ["parameters", "stalls"]
NOON = moment("2024-06-03 12:00")


@pytest.fixture
def samruk(db: None) -> Iterator[Town]:
    with clock.hold(NOON):
        yield found()


def keeper() -> Client:
    visitor = Client()
    visitor.force_login(citizen_account(), backend="qyzmet.people.backend.AccountBackend")
    return visitor


def citizen_account() -> object:
    from qyzmet.people.models import Account

    return Account.objects.get(number=citizen(APPLICANT).person)


def test_missing_papers_are_brought_on_a_page(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(documents={}), now=NOON)
    acts.complete(
        samruk.actor("registrar"), case.ref, open_step(case, "register").no, outcome="done", now=NOON
    )
    assert steps(case) == ["papers"]
    visitor = keeper()
    page = visitor.get(f"/cabinet/{case.ref}")
    assert "Сізден жауап күтіледі" in page.content.decode()
    assert "Қазір кімде:</dt><dd>сізде" in page.content.decode()
    asked = visitor.get(f"/cabinet/{case.ref}/answer")
    assert [row.required for row in asked.context["rows"]][:2] == [True, True]  # what is missing stands first
    assert not asked.context["unfolded"]
    assert "Жетіспейтін құжаттарды күту" in asked.content.decode()
    assert asked.context["until"] == open_step(case, "papers").due
    assert "Жауап беру мерзімі:" in asked.content.decode()
    said = {
        widget.name: widget.text
        for widget in asked.context["form"].widgets
        if widget.kind in ("text", "long")
    }
    answer = visitor.post(
        f"/cabinet/{case.ref}/answer",
        {
            "called": said["called"],
            "portrait": file("portrait.pdf", PDF),
            "vaccination": file("vet.pdf", PDF),
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    assert {"portrait", "vaccination"} <= set(Filing.objects.get(case=case).documents)
    assert "papers" not in steps(case)


def test_a_file_that_is_no_document_is_refused_and_nothing_is_sent(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(documents={}), now=NOON)
    acts.complete(
        samruk.actor("registrar"), case.ref, open_step(case, "register").no, outcome="done", now=NOON
    )
    given = {
        "portrait": file("portrait.pdf", b"GIF89a"),
        "vaccination": file("vet.pdf", PDF),
        "called": "Тай",
    }
    answer = keeper().post(f"/cabinet/{case.ref}/answer", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "portrait.pdf» PDF, JPEG немесе PNG емес" in page
    assert "vet.pdf" in page  # what was right is attached already, and what was typed stands
    assert 'value="Тай"' in page
    assert steps(Case.objects.get(pk=case.pk)) == ["papers"]


def test_files_attached_one_by_one_are_sent_with_the_answer(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(documents={}), now=NOON)
    acts.complete(
        samruk.actor("registrar"), case.ref, open_step(case, "register").no, outcome="done", now=NOON
    )
    visitor, address = keeper(), f"/cabinet/{case.ref}/answer"
    for name in ("one.pdf", "two.pdf"):
        assert visitor.post(address, {"keep": "1", "portrait": file(name, PDF)}).status_code == 200
    assert visitor.post(address, {"remove": "portrait.0"}).status_code == 200
    shown = {
        w.name: w.text for w in visitor.get(address).context["form"].widgets if w.kind in ("text", "long")
    }
    sent = visitor.post(address, {"called": shown["called"], "vaccination": file("vet.pdf", PDF)})
    assert sent.status_code == 302, sent.content.decode()
    papers = Filing.objects.get(case=case).documents
    assert [each["name"] for each in papers["portrait"]] == ["two.pdf"]
    assert "vaccination" in papers
