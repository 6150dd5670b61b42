"""Two administrators at once: one does it, the other is told, and nothing is done by halves."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from qyzmet.cases.acts import administering as acts
from qyzmet.cases.acts.substitute import substitute
from qyzmet.cases.dates import calendars
from qyzmet.cases.models import HoursAct
from qyzmet.people.models import Organisation, PostHolding, Substitution
from tests.cases.conftest import emptying, found, unguarded
from tests.cases.test_races import at_once
from tests.cases.town import Town, moment
from tests.office.administering.conftest import own_folder

__all__ = ["emptying", "own_folder", "unguarded"]

pytestmark = [pytest.mark.usefixtures("unguarded"), pytest.mark.django_db(transaction=True)]
NOW = moment("2024-09-02 10:00")
NAMES = {"kk": "Жаңа бөлім", "ru": "Новый отдел", "en": "New department"}


@pytest.fixture
def town(own_folder: Path) -> Town:
    return found()


def test_whatever_two_administrators_do_at_once_one_of_them_did(town: Town, own_folder: Path) -> None:
    operator = town.body("operator", "system-operator")
    who = [town.official("administrator", operator) for _ in range(4)]
    head = PostHolding.objects.exclude(organisation=operator).order_by("id").first()
    assert head is not None
    others = [town.official("registrar", town.above).account or 0 for _ in who]

    def enter(actor: object) -> None:
        acts.make_organisation(actor, "twice", NAMES, kind="leb", hours="provider", reason="x", now=NOW)  # type: ignore[arg-type]

    assert Counter(at_once([lambda a=a: enter(a) for a in who])) == {"done": 1, "organisation-there": 3}

    def order(actor: object, other: int) -> None:
        substitute(actor, head.pk, other, order="№ 1", since=NOW, until=NOW + timedelta(days=3), now=NOW)  # type: ignore[arg-type]

    said = at_once([lambda a=a, o=o: order(a, o) for a, o in zip(who, others, strict=True)])
    assert Counter(said) == {"done": 1, "substitute-overlaps": 3}

    def hours(actor: object, closes: str) -> None:
        entry = {"week": "five", "days": {"mon-fri": {"opens": "09:00", "closes": closes}}, "cite": "Order 1"}
        acts.change_hours(actor, "provider", entry, reason="x", now=NOW, seen="none")  # type: ignore[arg-type]

    said = at_once([lambda a=a, n=n: hours(a, f"1{n}:00") for n, a in enumerate(who, 4)])
    assert Counter(said) == {"done": 1, "changed-meanwhile": 3}
    written = yaml.safe_load((own_folder / "hours.yaml").read_text())
    assert written["provider"] == HoursAct.objects.get().after
    calendars.forget()
    assert Organisation.objects.filter(code="twice").count() == Substitution.objects.count() == 1
