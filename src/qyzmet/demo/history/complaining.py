"""A refused applicant complains, by the general law of the day (APPC art. 91)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qyzmet import clock
from qyzmet.cases import acts
from qyzmet.cases.filing.editions import complaint_law
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import ActRefused
from qyzmet.demo.history.answers import Answers
from qyzmet.demo.history.lived import LivedWalk
from qyzmet.demo.history.papers import papers_for
from qyzmet.demo.history.player import Player
from qyzmet.demo.rehearsal.keys import Keys
from qyzmet.demo.rehearsal.ways import Way
from qyzmet.people.models import Organisation
from qyzmet.regulation.model import Package

__all__ = ["Complaint"]

HIGHER = "higher-body"
ENDINGS = ("dismissed", "satisfied", "satisfied-in-part")
ADDRESSEES = ("complaint-body", "provider", "quality-body")
"""By the ground of the refusal, so that each of them has one."""


@dataclass
class Complaint(Player):
    """A player whose filing is a complaint about `about`."""

    about: str = ""

    @classmethod
    def of(cls, ended: Player, at: datetime) -> Complaint | None:
        """The complaint about a case that has ended; none before the law on complaints."""
        assert ended.walk is not None  # noqa: S101 - it has ended
        try:
            law = complaint_law(at)
        except ActRefused:
            return None
        # One that is to wait heads for the ending that goes through every step.
        aim = ENDINGS[0] if ended.part.halts else ENDINGS[ended.part.no % len(ENDINGS)]
        addressee = ADDRESSEES[ended.part.ground % len(ADDRESSEES)]
        way = Way("portal", {"addressee": addressee}, ended.way.recipient, aim, aim)
        return cls(ended.part, f"{ended.seed}-c", law.package, way, ended.cast, at, about=ended.walk.case.ref)

    def _file(self, at: datetime) -> None:
        who = self.cast.applicant("", self.part.applicant)
        keys, key = Keys.shared(), self.seed
        said = keys.sign_filing(who, _application(self.package, self, at), key=key, now=at, about=self.about)
        case = acts.complain(who, self.about, said, now=at, key=key)
        self.walk = LivedWalk(self, case, who)


def _above(about: str) -> dict[str, int]:
    """The body above, where the case's own provider has none and several could be."""
    provider = Case.objects.get(ref=about).provider
    if provider.parent_id is not None:
        return {}
    return {"complaint-body": Organisation.objects.get(code=HIGHER).pk}


def _application(package: Package, complaint: Complaint, at: datetime) -> Application:
    facts = complaint.way.facts()
    answers = Answers(clock.local(at).date(), {}, complaint.seed, complaint.part.body)
    documents = {key: papers_for(package, key, at) for key in answers.documents(package, facts)}
    return Application(
        service=package.service, channel="portal", variant=complaint.way.variant,
        orgs=_above(complaint.about), form=answers.form(package, facts), documents=documents,
        language=complaint.part.language,
    )  # fmt: skip
