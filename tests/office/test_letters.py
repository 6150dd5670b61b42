"""Letters told to officials: about deadlines of their cases, read in the body they were told in."""

from __future__ import annotations

import pytest
from django.test import Client

from qyzmet.cases.models import Case
from qyzmet.gateway.models import Notice
from qyzmet.people.models import PostHolding
from tests.portal.conftest import CITIZEN, MONDAY, citizen, monday, signed_in
from tests.portal.filling import ready, send

__all__ = ["citizen", "monday"]


@pytest.fixture
def warned(citizen: Client) -> Notice:
    send(citizen, ready(citizen))
    case = Case.objects.get()
    holding = (
        PostHolding.objects.filter(organisation=case.provider_id).select_related("account").earliest("id")
    )
    return Notice.objects.create(
        case=case, seq=2, code="deadline.moved", person=holding.account.number,
        organisation_id=case.provider_id, language="kk", subject="Мерзім жақындады", letter=["Ертең соңғы күн."],
        occurred_at=MONDAY, made_at=MONDAY, email="official@example.kz",
    )  # fmt: skip


def desk(notice: Notice) -> Client:
    """The official's browser, in the post of the body that was told."""
    client = signed_in(notice.person)
    held = PostHolding.objects.filter(account__number=notice.person, organisation=notice.organisation)
    holding = held.earliest("id")
    client.post("/roles", {"role": f"post:{holding.post}:{holding.organisation_id}:{holding.service}:"})
    return client


def test_an_official_reads_what_was_told_to_them(warned: Notice) -> None:
    client = desk(warned)
    assert "Мерзім жақындады" in client.get("/office/letters").content.decode()
    assert "Ертең соңғы күн." in client.get(f"/office/letters/{warned.pk}").content.decode()
    warned.refresh_from_db()
    assert warned.read_at == MONDAY


def test_neither_the_recipient_nor_another_post_opens_it(warned: Notice) -> None:
    assert signed_in(CITIZEN).get(f"/letters/{warned.pk}").status_code == 404
    Notice.objects.filter(pk=warned.pk).update(person="800101300123")
    client = desk(Notice(person=warned.person, organisation=warned.organisation))
    assert client.get(f"/office/letters/{warned.pk}").status_code == 404


def test_the_case_page_lists_what_its_parties_were_told(warned: Notice) -> None:
    Notice.objects.create(
        case=warned.case, seq=1, code="case.registered", person=CITIZEN, language="kk", subject="Өтініш тіркелді",
        letter=["Тіркелді."], occurred_at=MONDAY, made_at=MONDAY, email="aigul@example.kz", sent_at=MONDAY,
    )  # fmt: skip
    page = desk(warned).get(f"/office/cases/{warned.case.ref}").content.decode()
    assert "aigul@example.kz, жіберілді" in page
    assert "Мерзім жақындады" not in page
