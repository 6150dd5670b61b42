"""Nobody decides, directs or is given a case of their own, whatever it is that makes it theirs (APPC)."""

from __future__ import annotations

import pytest

from qyzmet.cases import acts
from qyzmet.cases.models import Capacity, Case, CaseAccess
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.actor import Actor, actors_for
from qyzmet.people.models import Account, Authority
from tests.cases.town import LONG_AGO, Town, citizen, licence, moment, tulpar

pytestmark = pytest.mark.django_db

NOW = moment("2024-09-02 10:00")
STUD = "971240001315"


def themselves(official: Actor) -> Actor:
    """The same person without the post."""
    return Actor(account=official.account, person=official.person, name=official.name)


def represents(official: Actor, number: str) -> Actor:
    account = Account.objects.get(pk=official.account)
    Authority.objects.create(
        account=account, principal=number, principal_kind="legal-entity", principal_name="Stud", basis="head",
        since=LONG_AGO,
    )  # fmt: skip
    return next(actor for actor in actors_for(account, NOW) if actor.on_behalf_of)


def refused(official: Actor, case: Case) -> None:
    with pytest.raises(ActRefused, match="own-case"):
        acts.complete(official, case.ref, 1, now=NOW)


def test_ones_own_application(samruk: Town) -> None:
    registrar = samruk.actor("registrar")
    refused(registrar, acts.submit(themselves(registrar), licence(), now=NOW))


def test_the_application_of_a_company_one_heads(samruk: Town) -> None:
    registrar = samruk.actor("registrar")
    stud = represents(registrar, STUD)
    refused(registrar, acts.submit(stud, licence(tulpar(**{"stud-bin": STUD})), now=NOW))


def test_an_application_somebody_else_filed_for_a_company_one_heads(samruk: Town) -> None:
    colleague = represents(citizen(), STUD)
    case = acts.submit(colleague, licence(tulpar(**{"stud-bin": STUD})), now=NOW)
    registrar = samruk.actor("registrar")
    represents(registrar, STUD)
    refused(registrar, case)


def test_a_case_one_is_a_co_party_of(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    registrar = samruk.actor("registrar")
    CaseAccess.objects.create(case=case, person=registrar.person, capacity=Capacity.PARTY, since=NOW)
    refused(registrar, case)


def test_a_head_neither_directs_their_own_case_nor_gives_one_to_its_party(samruk: Town) -> None:
    registrar = samruk.actor("registrar")
    case = acts.submit(themselves(registrar), licence(), now=NOW)
    head = samruk.official("head", case.provider)
    with pytest.raises(ActRefused, match="substitute-unfit"):
        acts.assign(head, case.ref, 1, registrar.account or 0, now=NOW)
    own = acts.submit(themselves(head), licence(), now=NOW)
    other = samruk.body("other-valley", case.provider.kind, parent=samruk.above)
    with pytest.raises(ActRefused, match="own-case"):
        acts.transfer(head, own.ref, other.pk, reason="Lives there", now=NOW)


def test_no_account_is_the_system_whatever_its_number(samruk: Town) -> None:
    account = Account.objects.create(number="system")
    case = acts.submit(citizen(), licence(), now=NOW)
    with pytest.raises(ActRefused, match="not-found"):
        acts.complete(actors_for(account, NOW)[0], case.ref, 1, now=NOW)
