"""A case walked by officials who sign what they see: the documents of the step, planned before it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from qyzmet.cases import acts, blobs
from qyzmet.cases.delivery import outbox
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Token
from qyzmet.cases.queries import case_page
from qyzmet.cases.signed import Signed
from qyzmet.cases.signed.prepared import decision_bytes
from qyzmet.documents.models import Document
from qyzmet.documents.planning import Planned, plan
from qyzmet.people.actor import Actor
from tests.cases.test_housing_assistance import AMOUNT, CALCULATION, MONDAY, application
from tests.cases.town import KEYS, Town, citizen, file, publish, shipped

__all__ = ["AMOUNT", "Walk", "decided", "housing", "one", "read", "to_commission", "words"]


@pytest.fixture
def housing(db: None) -> Town:
    packages = [shipped("housing-assistance"), shipped("general/complaint"), shipped("general/hearing")]
    town = Town(*packages)
    for package in packages:
        publish(package)
    return town


class Walk:
    """One case; ten minutes a step, if nothing else is said."""

    def __init__(self, town: Town, case: Case, pace: timedelta = timedelta(minutes=10)) -> None:
        self.town, self.case, self.now, self.pace = town, case, MONDAY, pace

    @property
    def open(self) -> Token:
        return Token.objects.get(case=self.case, closed_at=None)

    def plan(self, post: str, outcome: str = "done", **told: Any) -> dict[str, Planned]:
        """The documents the open step will issue."""
        actor = self.town.actor(post)
        return plan(actor, case_page(actor, self.case.ref), self.open, outcome, now=self.now, **told)

    def do(self, post: str, outcome: str = "done", **told: Any) -> None:
        """Complete the open step, signed where the law has it signed."""
        self.now += self.pace
        actor, token = self.town.actor(post), self.open
        if law_of(self.case.edition_id).step(token.step).sign:
            told["signed"] = self.sign(actor, token, outcome, **told)
        self.case = acts.complete(actor, self.case.ref, token.no, outcome, now=self.now, **told)

    def sign(
        self,
        actor: Actor,
        token: Token,
        outcome: str,
        *,
        output: Mapping[str, Any] | None = None,
        grounds: Sequence[Mapping[str, str]] = (),
    ) -> Signed:
        page = case_page(actor, self.case.ref)
        planned = plan(actor, page, token, outcome, output=output, grounds=grounds, now=self.now)
        data = decision_bytes(
            page.case, token, edition=page.law.name, outcome=outcome, output=output or {}, grounds=grounds,
            documents={k: {"number": p.number, "code": p.code, "sha256": p.sha256} for k, p in planned.items()},
            actor=actor, prepared_at=self.now,
        )  # fmt: skip
        return KEYS.signed(actor.person, data, self.now)

    def decide(self, outcome: str, **told: Any) -> None:
        """Three members vote so, and the chair closes the sitting."""
        self.now += self.pace
        no, where = self.open.no, self.town.bodies["social-department"]
        more = [self.town.official("commission", where, chair=False) for _ in range(2)]
        members = [self.town.actor("commission"), *more]
        for member in members:
            acts.vote(member, self.case.ref, no, outcome, now=self.now)
        self.case = acts.close_sitting(members[0], self.case.ref, no, now=self.now, **told)

    def deliver(self) -> None:
        """The worker comes by."""
        self.now += timedelta(minutes=1)
        while outbox.deliver_due(self.now, ["documents"]):
            pass


def to_commission(town: Town, pace: timedelta = timedelta(minutes=10)) -> Walk:
    walk = Walk(town, file(citizen(), application(), now=MONDAY), pace)
    walk.do("responsible-specialist")
    walk.do("head")
    walk.do("responsible-specialist", output=CALCULATION)
    return walk


def decided(town: Town, outcome: str = "assign", **told: Any) -> Walk:
    """Decided, told to the recipient, and every document issued."""
    walk = to_commission(town)
    walk.decide(outcome, **told)
    walk.do("responsible-specialist")
    walk.deliver()
    return walk


def one(case: Case, issued: str) -> Document:
    return Document.objects.get(case=case, issued=issued, state="in-force")


def words(sha256: str) -> str:
    """The text of every page, as a reader copies it out."""
    pages = PdfReader(BytesIO(blobs.read(sha256))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def read(content: bytes) -> dict[str, Any]:
    return dict(json.loads(content))
