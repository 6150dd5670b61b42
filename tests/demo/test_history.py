"""The history of the demo's region: played by acts, in the order of time, the same for the same seed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Count, QuerySet

from qyzmet import clock
from qyzmet.cases.acts.seal import folder
from qyzmet.cases.delivery import outbox
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import (
    Case,
    Deadline,
    Entry,
    Maintenance,
    Outbox,
    RefusedFiling,
    Suspension,
    Token,
    Vote,
)
from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import Period, Reach
from qyzmet.cases.sweep import sweep
from qyzmet.demo.crowd import crowd
from qyzmet.demo.history.familiar import familiar
from qyzmet.demo.history.lawbook import scripts
from qyzmet.demo.history.script import Composer
from qyzmet.demo.world import world as people
from qyzmet.documents.models import Document
from qyzmet.gateway.models import Notice
from qyzmet.identity import is_bin, is_iin
from qyzmet.people.actor import actor_for
from qyzmet.people.models import Organisation, PostHolding, Substitution
from qyzmet.portal.models import CoSignature, Draft
from tests.world import World, small_world, world

__all__ = ["small_world", "world"]

pytestmark = pytest.mark.django_db


def test_a_hundred_citizens_and_their_companies_have_right_numbers_and_names_of_their_own() -> None:
    citizens, companies = crowd()
    assert all(is_iin(each.iin) for each in citizens)
    assert all(is_bin(each.bin) for each in companies)
    assert len({each.iin for each in citizens}) == len(citizens) >= 100
    assert len({each.name for each in citizens}) == len(citizens)
    assert len({each.name for each in companies}) == len(companies) >= 20


def test_the_region_has_its_forty_officials() -> None:
    assert len(people().officials) >= 40
    assert {"supervisor", "auditor", "administrator", "contact-centre"} <= {
        post for each in people().officials for post in each.posts
    }


def test_the_small_world_is_whole_and_in_the_order_of_time(small_world: World) -> None:
    whole(small_world)


def test_the_same_seed_writes_the_same_script(small_world: World) -> None:
    begins = small_world.now - timedelta(days=61)
    first, again, other = (
        Composer(begins, small_world.now, 24, seed).compose() for seed in ("qyzmet", "qyzmet", "other")
    )
    assert first == again
    assert [each.files for each in first] != [each.files for each in other]


@pytest.mark.full
def test_the_world_is_whole_and_in_the_order_of_time(world: World) -> None:
    whole(world)
    assert Case.objects.count() >= 300


@pytest.mark.full
def test_nothing_is_left_for_the_ticker_and_the_worker(world: World) -> None:
    assert not any(sweep(world.now + timedelta(seconds=1)).values())
    assert outbox.deliver_due(world.now) == 0


def whole(world: World) -> None:
    """The chains hold up to the seals outside, and no entry stands before one that was written earlier."""
    report = verify(folder())
    assert report.tamperings == []
    assert report.seals >= 60
    written = list(Entry.objects.order_by("id").values_list("recorded_at", flat=True))
    assert written == sorted(written)
    assert written[-1] <= world.now
    late = Case.objects.filter(registered_at__gt=world.now).exclude(state="received")
    assert not late.exists()


def test_the_citizen_of_the_guides_has_a_case_with_a_due_date(small_world: World) -> None:
    assert Case.objects.filter(applicant=familiar(), state="open", due__gt=small_world.now).exists()


@pytest.mark.full
def test_the_citizen_of_the_guides_waits_is_heard_was_granted_and_was_refused(world: World) -> None:
    mine = Case.objects.filter(applicant=familiar(), service="housing-assistance")
    assert sorted(filter(None, mine.values_list("exit", flat=True))) == ["assigned", "refused"]
    assert mine.filter(exit=None, due__gt=world.now).exists()
    assert Token.objects.filter(case__in=mine, closed_at=None, step="hearing:hold").exists()


STATES: dict[str, QuerySet[Case]] = {
    "received": Case.objects.filter(state="received"),
    "open": Case.objects.filter(state="open"),
    "suspended": Case.objects.filter(state="suspended"),
    "granted": Case.objects.filter(exit__in=("assigned", "granted", "approved", "recorded", "sent")),
    "refused": Case.objects.filter(exit="refused"),
    "withdrawn": Case.objects.filter(exit="withdrawn"),
    "complaint": Case.objects.filter(service="complaint"),
}


@pytest.mark.full
def test_every_state_is_there(world: World) -> None:
    missing = [name for name, found in STATES.items() if name != "received" and not found.all().exists()]
    assert missing == []


@pytest.mark.full
def test_every_service_has_ended_each_of_the_ways_it_may(world: World) -> None:
    ended = set(Case.objects.values_list("service", "exit"))
    missing = [
        (service, key)
        for service, script in scripts().items()
        for key, exit_ in script.package.exits.items()
        if exit_.kind in {"positive", "refusal", "neutral"} and (service, key) not in ended
    ]
    assert missing == []
    given = Case.objects.filter(service="equity-contract").values_list("variant", flat=True)
    procedures = scripts()["equity-contract"].package.variants["procedure"]
    assert {each["procedure"] for each in given} == set(procedures)


@pytest.mark.full
def test_every_body_that_decides_has_work_that_waits(world: World) -> None:
    """A complaint with each of its addressees, too."""
    waiting = Token.objects.filter(closed_at=None, suspended=False)
    idle = Organisation.objects.exclude(pk__in=waiting.values("organisation"))
    assert set(idle.values_list("code", flat=True)) == {"almaty-social-office"}  # it supervises
    complained = Case.objects.filter(service="complaint").values_list("variant", flat=True)
    assert {each["addressee"] for each in complained} == {"provider", "complaint-body", "quality-body"}


@pytest.mark.full
def test_cases_are_late_due_soon_and_stand_at_every_kind_of_step(world: World) -> None:
    waiting = Deadline.objects.filter(state="open", case__state="open")
    assert waiting.filter(due__lt=world.now).exists()
    tomorrow = clock.local(world.now).date() + timedelta(days=1)
    assert waiting.filter(due__gt=world.now, due__date__lte=tomorrow).exists()
    standing = Token.objects.filter(closed_at=None, suspended=False)
    assert {"task", "collegial", "batch"} <= set(standing.values_list("kind", flat=True))
    assert {"hearing:notice", "hearing:hold", "hand-over"} <= set(standing.values_list("step", flat=True))
    assert standing.filter(assignee__isnull=False).exists()
    agenda = standing.filter(step="decide", kind="collegial").values("organisation").annotate(n=Count("id"))
    assert max(each["n"] for each in agenda) >= 20
    assert Vote.objects.filter(token__in=standing).exists()
    assert Suspension.objects.filter(until__isnull=False).exists()


@pytest.mark.full
def test_what_happens_beside_the_steps_is_there(world: World) -> None:
    assert RefusedFiling.objects.count() >= 5
    assert {"in-force", "replaced", "annulled"} == set(Document.objects.values_list("state", flat=True))
    assert Substitution.objects.filter(since__lte=world.now, until__gt=world.now).exists()
    assert Maintenance.objects.filter(until__gt=world.now).exists()
    assert Outbox.objects.filter(state="parked").exists()
    assert Draft.objects.filter(filed="").count() >= 8
    assert CoSignature.objects.filter(state="invited").exists()
    told = Notice.objects.filter(organisation=None)
    assert told.filter(sent_at__isnull=False).exists()
    assert told.filter(email="").exists()
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"case.read", "consent.withdrawn", "member.recused", "task.taken", "sitting.closed"} <= acts


@pytest.mark.full
def test_grounds_services_and_bodies_vary(world: World) -> None:
    assert Case.objects.values("service").distinct().count() >= 12
    assert Case.objects.values("provider").distinct().count() >= 6
    assert Case.objects.values("applicant").distinct().count() >= 80
    supervisor = PostHolding.objects.get(post="supervisor", account__number="761012478682")
    actor = actor_for(
        supervisor.account, world.now, post="supervisor", organisation=supervisor.organisation_id
    )
    period = Period((world.now - timedelta(days=61)).date(), world.now.date())
    counted = figures.summary(Reach(actor), period, world.now)
    assert len(counted.refusals) >= 4
