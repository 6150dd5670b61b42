"""What a post may do now in a case: the middle of the case page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from qyzmet.cases.models import Capacity, CaseState, Token
from qyzmet.cases.queries import CasePage
from qyzmet.cases.queries.choices import choice_of, choices
from qyzmet.cases.refusals import ActRefused, refused
from qyzmet.office import dates, sittings
from qyzmet.office.deciding import Decision
from qyzmet.office.names import step_name
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor

__all__ = ["InHand", "OverSuspension", "in_hand", "over_suspensions"]

Posted = tuple[int, str, QueryDict]
"""Step number, outcome and what was typed, where a form comes back."""


@dataclass(frozen=True)
class InHand:
    """An open step of one's post, or an answer one's body may enter.

    `chosen` is the outcome whose form is open; `sitting` how the votes stand; `taken`: by oneself.
    """

    token: Token
    name: str
    does: str
    clause: str
    due: dates.Dated | None
    offers: tuple[Decision, ...]
    chosen: Decision | None
    taken: bool = False
    sitting: sittings.Sitting | None = None

    @property
    def takeable(self) -> bool:
        """Whether one can take it, or give it back, as one's own work."""
        return self.token.kind in ("task", "batch")

    def not_offered(self, outcome: str) -> ActRefused:
        """The refusal of an outcome that is none of the offers."""
        choices = ", ".join(offer.outcome for offer in self.offers)
        return refused("no-such-outcome", self.clause, outcome=outcome[:60], choices=choices)

    @property
    def several(self) -> bool:
        """Whether there is a choice to make first."""
        return len(self.offers) > 1


@dataclass(frozen=True)
class OverSuspension:
    """A ground this post may enter, or a suspension it may lift."""

    ground: str
    name: str
    until: str
    clause: str
    lifts: bool


def in_hand(
    actor: Actor, page: CasePage, now: datetime, asked: tuple[int, str] | None, posted: Posted | None = None
) -> list[InHand]:
    """Everything the actor may complete, vote on or enter; `asked`: the step and outcome opened by a link."""
    mine = {each.no for each in page.doable}
    return [
        _in_hand(actor, page, token, now, (asked, posted))
        for token in page.tokens
        if token.closed_at is None and (token.no in mine or _enters(actor, page, token))
    ]


def _in_hand(
    actor: Actor,
    page: CasePage,
    token: Token,
    now: datetime,
    opened: tuple[tuple[int, str] | None, Posted | None],
) -> InHand:
    step = page.law.step(token.step)
    sitting = sittings.sitting(actor, page, token, now) if token.kind == "collegial" else None
    offers = tuple(Decision(page, token, each) for each in choices(page.law, page.case, token))
    return InHand(
        token=token,
        name=step_name(page.law, token.step),
        does=step.does.in_language(current_language()) if step.does else "",
        clause=step.cite,
        due=dates.of_step(page, token, now),
        offers=offers,
        chosen=_posted(page, token, offers, opened[1]) or _chosen(page, token, offers, sitting, opened[0]),
        taken=token.assignee_id == actor.account,
        sitting=sitting,
    )


def _posted(
    page: CasePage, token: Token, offers: tuple[Decision, ...], posted: Posted | None
) -> Decision | None:
    if posted is None or posted[0] != token.no:
        return None
    choice = next((each.choice for each in offers if each.outcome == posted[1]), None)
    return Decision(page, token, choice, posted[2]) if choice else None


def _chosen(
    page: CasePage,
    token: Token,
    offers: tuple[Decision, ...],
    sitting: sittings.Sitting | None,
    asked: tuple[int, str] | None,
) -> Decision | None:
    if sitting is not None:
        ready = sitting.outcome if sitting.quorum and sitting.chairs else None
        return Decision(page, token, choice_of(page.law, page.case, token, ready)) if ready else None
    if len(offers) == 1:
        return offers[0]
    return next((each for each in offers if asked == (token.no, each.outcome)), None)


def _enters(actor: Actor, page: CasePage, token: Token) -> bool:
    """Whether the step awaits an answer that this body gives or may enter for somebody outside."""
    if token.kind != "await" or token.suspended or page.case.state == CaseState.ENDED:
        return False
    from_ = page.law.step(token.step).from_
    if from_ in page.law.package.parties:
        return False
    if from_ in page.case.orgs:
        return bool(actor.organisation == page.case.orgs[from_])
    return Capacity.PROVIDER in page.capacities


def over_suspensions(actor: Actor, page: CasePage) -> Iterator[OverSuspension]:
    """The suspensions from outside this post may enter, and those it may lift."""
    if page.case.state not in (CaseState.OPEN, CaseState.SUSPENDED):
        return
    held = {each["ground"] for each in page.shown.get("suspensions", ()) if each["until"] is None}
    language = current_language()
    for key, ground in page.law.package.suspensions.items():
        named = actor.post in ground.by and _in_role(actor, page)
        lifts = named if ground.by else Capacity.PROVIDER in page.capacities
        if (key in held and lifts) or (key not in held and named):
            yield OverSuspension(
                key,
                ground.name.in_language(language),
                ground.until.in_language(language),
                ground.cite,
                key in held,
            )


def _in_role(actor: Actor, page: CasePage) -> bool:
    """Whether the actor's body plays the role its post belongs to in this case."""
    post = page.law.package.posts.get(actor.post or "")
    return post is not None and page.case.orgs.get(post.org) == actor.organisation
