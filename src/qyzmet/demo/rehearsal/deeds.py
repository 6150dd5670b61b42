"""How a step is done: by the act that belongs to its kind, by whoever holds it, with sample answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases import acts, hearings
from qyzmet.cases.acts.run_batch import Together, make_batch, run_batch
from qyzmet.cases.dates import clocks
from qyzmet.cases.hall.handing import Receiver, gives
from qyzmet.cases.hearings.appointments import latest
from qyzmet.cases.laws import holds, law_of
from qyzmet.cases.models import BatchItem, Case, Filing, Token
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed
from qyzmet.cases.signed.deciding import clause_of
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.rehearsal.keys import Keys, Told
from qyzmet.demo.rehearsal.pace import Pace
from qyzmet.demo.samples import Samples
from qyzmet.people.actor import SYSTEM, Actor
from qyzmet.people.directory import body
from qyzmet.regulation.model import Step

__all__ = ["TIMEOUT", "Deed", "do"]

TIMEOUT = "timeout"


class Deed:
    """One step about to be done with an outcome at a moment."""

    def __init__(
        self, cast: Cast, case: Case, token: Token, *, outcome: str, now: datetime, applicant: Actor
    ) -> None:
        self.cast, self.case, self.token = cast, case, token
        law = self.law = law_of(case.edition_id)
        self.outcome, self.now, self.applicant = outcome, now, applicant
        self.step: Step = law.step(token.step)
        self.samples = Samples(clock.local(now).date())
        self.facts = law.facts(
            {**case.facts, "exit": self._exit(law.facts(case.facts)) or token.heading or ""}
        )

    @property
    def actor(self) -> Actor:
        """Who holds the step; in a commission, who chairs it."""
        where = self.token.organisation_id or self.case.provider_id
        return self.cast.official(self.token.post, where)

    @property
    def output(self) -> dict[str, Any]:
        """What the step records."""
        return self.samples.output(self.step.output, self.facts, self.token.step)

    def _exit(self, facts: dict[str, Any]) -> str | None:
        known = {**facts, "exit": self.token.heading or ""}
        for target in self.law.program.nodes[self.token.step].outcomes[self.outcome]:
            if target.only is None or target.only.holds(known):
                return target.exit
        return None

    @property
    def grounds(self) -> list[dict[str, str]]:
        """The first ground that fits, with a reason, where the outcome leads to a refusal or suspension."""
        return self.fitting_grounds[:1]

    @property
    def fitting_grounds(self) -> list[dict[str, str]]:
        """Every ground that fits there."""
        package = self.law.package
        entered = package.exits.get(self.facts["exit"])
        named = self._exit(self.law.facts(self.case.facts)) is not None
        if entered is None or not named or entered.kind not in {"refusal", "suspension", "not-accepted"}:
            return []
        known: Any = package.suspensions if entered.kind == "suspension" else package.grounds
        listed = (None if entered.kind == "suspension" else self.step.grounds) or entered.grounds or known
        fits = [g for g in listed if holds(getattr(known[g], "only", None), self.facts)]
        return [{"ground": each, "reason": known[each].name.kk} for each in fits]

    def signed(self, by: Actor, output: Mapping[str, Any] | None = None) -> Signed | None:
        """The signature the step asks for, over what it records."""
        if not clause_of(self.step):
            return None
        told = Told(self.outcome, self.output if output is None else output, self.grounds)
        return Keys.shared().sign_step(by, self.case, self.token, told, now=self.now)


def do(deed: Deed, pace: Pace) -> None:
    """Do it. Raises ActRefused with what the case answers."""
    kind = deed.step.kind
    if kind == "timer" or (kind == "await" and deed.outcome == TIMEOUT):
        acts.expire(SYSTEM, deed.case.ref, deed.token.no, now=deed.now)
    elif kind == "await":
        _answer(deed)
    elif kind == "collegial":
        _sit(deed)
    elif kind == "batch":
        _together(deed)
    elif deed.token.step == f"{hearings.HEARING}:{hearings.NOTICE}":
        _call(deed, pace)
    elif deed.token.step.startswith(f"{hearings.HEARING}:"):
        acts.hold_hearing(
            deed.actor, deed.case.ref, deed.token.no, deed.outcome, now=deed.now, output=deed.output,
            signed=deed.signed(deed.actor),
        )  # fmt: skip
    elif deed.outcome in gives(deed.law, deed.case.channel, deed.token.step):
        acts.hand_over(
            deed.actor, deed.case.ref, deed.token.no, received_by=deed.applicant.party_name,
            identified_by="012345678 жеке куәлік", receiver=Receiver(deed.case.applicant), now=deed.now,
            outcome=deed.outcome, output=deed.output, signed=deed.signed(deed.actor),
        )  # fmt: skip
    else:
        acts.complete(
            deed.actor, deed.case.ref, deed.token.no, deed.outcome, now=deed.now, output=deed.output,
            grounds=deed.grounds, signed=deed.signed(deed.actor),
        )  # fmt: skip


def _sit(deed: Deed) -> None:
    where = deed.token.organisation_id or deed.case.provider_id
    members = deed.cast.members(deed.token.post, where)
    for member in members:
        acts.vote(member, deed.case.ref, deed.token.no, deed.outcome, now=deed.now)
    acts.close_sitting(
        members[0], deed.case.ref, deed.token.no, now=deed.now, output=deed.output, grounds=deed.grounds,
        signed=deed.signed(members[0]),
    )  # fmt: skip


def _together(deed: Deed) -> None:
    """What is done for many cases in one go is done so, here with one case in it."""
    signed = deed.signed(deed.actor)
    given = {deed.case.ref: signed} if signed else None
    what = Together(deed.step.batch or "dispatch", deed.outcome, deed.output, deed.grounds, given)
    batch = make_batch(deed.actor, [(deed.case.ref, deed.token.no)], what, now=deed.now)
    run_batch(deed.actor, batch, now=deed.now)
    result = BatchItem.objects.get(batch=batch).result or {}
    if "refused" in result:
        raise ActRefused(result["refused"], result["text"], result["clause"])


def _answer(deed: Deed) -> None:
    """The event comes from whom the step awaits it; papers asked for come with the correction."""
    source, event = deed.step.from_ or "", deed.step.event or ""
    if source not in deed.law.package.parties:
        official = deed.cast.anyone(deed.case.orgs.get(source, deed.case.provider_id))
        acts.deliver_event(
            official, deed.case.ref, event, deed.outcome, now=deed.now, output=deed.output, occurred=deed.now
        )
        return
    given = Filing.objects.get(pk=deed.case.pk).documents
    asked = deed.samples.documents(deed.law.package, deed.facts)
    missing = {key: papers for key, papers in asked.items() if key not in given}
    if missing:
        acts.answer_correction(deed.applicant, deed.case.ref, documents=missing, now=deed.now)
        return
    acts.deliver_event(deed.applicant, deed.case.ref, event, deed.outcome, now=deed.now, output=deed.output)


def _call(deed: Deed, pace: Pace) -> None:
    """The hearing is set for the next working day's opening; at the limits, for the last lawful moment."""
    provider, calendar = deed.case.provider_id, clocks.calendar()
    door = clock.schedule(body(provider).hours, calendar)
    at = door.opening(door.first_after(clock.local(deed.now)))
    if pace.at_limits:
        at = latest(deed.case, deed.token.no, deed.now) or at
    decision, place = (
        str(deed.output["preliminary-decision"]),
        str(deed.samples.answer("place", deed.step.output["place"])),
    )
    said = {"preliminary-decision": decision, "hearing-at": at, "way": "in-person", "place": place}
    acts.notify_hearing(
        deed.actor, deed.case.ref, deed.token.no, at=at, way="in-person", now=deed.now,
        preliminary_decision=decision, place=place, signed=deed.signed(deed.actor, said),
    )  # fmt: skip
