"""Editions: checked, compared, tried dry, proposed by one and published by another."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from qyzmet.cases.acts import administering as acts
from qyzmet.cases.models import Case, Edition, Entry, Proposal, Revision
from qyzmet.cases.refusals import ActRefused
from qyzmet.office.administering.differing import differences
from qyzmet.regulation.loader import load_package
from qyzmet.regulation.model import Package
from qyzmet.regulation.sharing import SHIPPED
from tests.cases.test_housing_assistance import application
from tests.cases.town import citizen, file
from tests.office.administering.conftest import Platform
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db
NAME = ("housing-assistance", "2019-04-25-n2-261")
PAGE = f"/office/admin/packages/{'/'.join(NAME)}"
SOURCE = next(SHIPPED.glob(f"{'/'.join(NAME)}/service.yaml"))


def revised(own_folder: Path, before: str, after: str) -> Package:
    """The shipped edition in the deployment's folder with one thing changed."""
    text = SOURCE.read_text(encoding="utf-8")
    assert before in text
    path = own_folder / "packages" / NAME[0] / NAME[1] / "service.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    package = load_package(path).package
    assert package is not None
    return package


def reworded(own_folder: Path) -> Package:
    return revised(own_folder, "en: Assignment of housing assistance", "en: Assignment of help with housing")


def test_the_check_names_place_and_line(platform: Platform, monday: datetime, own_folder: Path) -> None:
    revised(own_folder, "{term: 20 minutes", "{term: 20 minuets")
    desk = Desk(platform.first).open(f"{PAGE}/check")
    assert "it cannot be published" in desk.main
    assert "2019-04-25-n2-261/service.yaml:" in desk.main
    assert str(settings.QYZMET_DATA) not in desk.main


def test_a_faulty_file_is_not_proposed(platform: Platform, monday: datetime, own_folder: Path) -> None:
    revised(own_folder, "{term: 20 minutes", "{term: 20 minuets")
    desk = Desk(platform.first).open(f"{PAGE}/propose").send(".act", reason="Order 6")
    assert desk.status == 422
    assert "The check found errors" in desk.errors
    assert not Proposal.objects.exists()


def test_a_file_that_cannot_be_read_is_said_to_be_so(
    platform: Platform, monday: datetime, own_folder: Path
) -> None:
    path = own_folder / "packages" / NAME[0] / NAME[1] / "service.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("service: [", encoding="utf-8")
    assert "Cannot be read" in Desk(platform.first).open(PAGE).main
    assert Desk(platform.first).open(f"{PAGE}/propose").status == 404
    assert Desk(platform.first).open(f"{PAGE}/check").status == 200


@pytest.mark.parametrize("name", ["land-title/2012-06-01-n262", "subsidy/2019-07-16-n42-01"])
def test_a_base_of_others_does_not_wait_to_be_published(
    platform: Platform, monday: datetime, name: str
) -> None:
    desk = Desk(platform.first).open("/office/admin/packages/")
    (row,) = desk.page.xpath(f"//tr[.//a[@href='/office/admin/packages/{name}']]")
    assert "A base" in row.text_content()
    desk.open(f"/office/admin/packages/{name}")
    assert "A base" in desk.main
    assert "Not published yet" not in desk.main
    assert "Cannot be read" not in desk.main


def test_what_is_published_is_said_to_be_the_same(platform: Platform, monday: datetime) -> None:
    desk = Desk(platform.first).open(PAGE)
    assert "The same as published" in desk.main
    assert Edition.objects.get(service=NAME[0]).hash in desk.main
    assert not desk.links("propose")
    (event,) = desk.page.xpath("//ol[@class='chronicle']/li")
    assert "Assignment of housing assistance, 2019-04-25-n2-261" in event.text_content()


def test_one_proposes_after_the_dry_run_and_another_publishes(
    platform: Platform, monday: datetime, own_folder: Path
) -> None:
    case = file(citizen(), application(), now=monday)
    reworded(own_folder)
    one, other = Desk(platform.first), Desk(platform.second)
    one.open(f"{PAGE}/propose").send(".act", reason="Order 6")
    assert "Texts only" in one.main
    assert "Open cases on this edition: 1" in one.main
    assert not Proposal.objects.exists()
    one.send(".act", ("apply", "1"))
    row = Proposal.objects.get()
    assert Edition.objects.filter(service=NAME[0]).count() == 1
    address = f"/office/admin/packages/proposals/{row.pk}"
    assert one.open(f"{address}/approve").send(".act", reason="Looked", sure="yes").status == 422
    assert "Whoever proposed it does not approve it" in one.errors
    assert "en: Assignment of housing assistance" in other.open(address).main
    other.open(f"{address}/approve").send(".act", reason="Compared with the act", sure="yes")
    newest = Edition.objects.filter(service=NAME[0]).latest("revision")
    assert (newest.revision, newest.hash) == (2, row.hash)
    made = Revision.objects.get(after=newest)
    assert (made.kind, made.approver) == ("texts", platform.second.person)
    assert Case.objects.get(pk=case.pk).edition_id == newest.pk
    codes = Entry.objects.filter(stream="system").values_list("act", flat=True)
    assert {"edition.proposed", "edition.revised", "edition.approved"} <= set(codes)
    assert "Compared with the act" in other.open(address).main


def test_two_approve_at_once_and_it_is_published_once(
    platform: Platform, monday: datetime, own_folder: Path
) -> None:
    third = platform.town.official("administrator", platform.operator)
    row = acts.propose_edition(platform.first, reworded(own_folder), reason="Order 6", now=monday)
    acts.approve_edition(platform.second, row.pk, reason="Looked", now=monday)
    with pytest.raises(ActRefused, match="proposal-decided"):
        acts.approve_edition(third, row.pk, reason="Looked too", now=monday)
    assert Edition.objects.filter(service=NAME[0]).count() == 2


def test_the_same_bytes_are_proposed_once_and_again_when_declined(
    platform: Platform, monday: datetime, own_folder: Path
) -> None:
    package = reworded(own_folder)
    row = acts.propose_edition(platform.first, package, reason="Order 6", now=monday)
    with pytest.raises(ActRefused, match="proposal-there"):
        acts.propose_edition(platform.second, package, reason="Order 6", now=monday)
    assert acts.decline_edition(platform.second, row.pk, reason="Not yet", now=monday).state == "declined"
    again = acts.propose_edition(platform.first, package, reason="Order 7", now=monday)
    assert acts.decline_edition(platform.first, again.pk, reason="A slip", now=monday).state == "withdrawn"


def test_differences_are_told_in_words(own_folder: Path, platform: Platform) -> None:
    before = load_package(SOURCE).package
    assert before is not None
    assert differences(before, before) == []
    (one,) = differences(before, reworded(own_folder))
    assert one.kind == "changed"
    assert "Assignment of help with housing" in one.new
    limits = differences(before, revised(own_folder, "{term: 20 minutes", "{term: 40 minutes"))
    assert any("40 minute" in each.new for each in limits)
