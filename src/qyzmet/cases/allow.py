"""Who may do what to a case. Every rule refuses by raising; a stranger learns nothing, not even that it
exists."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from qyzmet.cases import interests, rows, watching
from qyzmet.cases.hold import Held
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Capacity, Case, CaseState, Entry, Token
from qyzmet.cases.refusals import ActRefused, refused
from qyzmet.cases.watching import ADMINISTRATOR, SYSTEM_OPERATOR
from qyzmet.people import seats
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account

__all__ = [
    "ADMINISTRATOR",
    "SYSTEM_OPERATOR",
    "barred",
    "capacities",
    "changed",
    "directs",
    "elsewhere",
    "fits",
    "holder",
    "in_hand",
    "in_role",
    "is_side",
    "not_own",
    "open_token",
    "operator",
    "party",
    "posted",
    "seated",
    "sees",
    "supervisor",
    "system",
]


NAMES_THE_HOLDER = ("head", "management")
"""The posts that name who does a task. Cites: A120 §5(2); M262 private §13."""


def capacities(actor: Actor, case_id: int) -> frozenset[str]:
    """In which capacities the actor sees the case: as an official by organisation, otherwise by person.

    Whoever has not shown whose number the account bears sees none.
    """
    if not actor.confirmed or watching.has_no_cases(actor):
        return frozenset()
    if actor.is_system:
        return frozenset(Capacity.values)
    column, value = ("organisation_id", actor.organisation) if actor.is_official else ("person", actor.party)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT capacity FROM cases_caseaccess WHERE case_id = %s AND {column} = %s AND until IS NULL",  # noqa: S608
            [case_id, value],
        )
        found = frozenset(row[0] for row in cursor.fetchall())
    return watching.seen_by(actor, case_id, found) if watching.watches(actor) else found


def sees(held: Held) -> frozenset[str]:
    """The capacities the actor has in this case. Raises `not-found` for a stranger."""
    found = capacities(held.act.actor, held.case.pk)
    if not found:
        raise refused("not-found")
    return found


def open_token(held: Held, no: int) -> Token:
    """The open step with this number.

    Raises `changed` when somebody has completed it meanwhile, `not-open-yet` when the number is not used yet.
    """
    token = held.open.get(no)
    if token is not None:
        return token
    sees(held)
    if held.case.state == CaseState.RECEIVED:
        raise refused("not-registered-yet", at=held.case.registered_at)
    if no >= held.case.next_token:
        raise refused("not-open-yet", step=f"{no}")
    raise changed(held)


def holder(held: Held, no: int) -> Token:
    """The open step, if the actor holds its post in its organisation.

    Raises `not-your-step`, `own-case`, `relative-case`, `conflict-declared`, `assigned-elsewhere`,
    `suspended`; `not-found` for a stranger.
    """
    actor, token = held.act.actor, open_token(held, no)
    posted(held, token)
    taken = elsewhere(actor, token)
    if taken is not None:
        raise taken
    if token.suspended:
        raise refused("suspended", held.law.step(token.step).cite)
    return token


def elsewhere(actor: Actor, token: Token) -> ActRefused | None:
    """The refusal `assigned-elsewhere`, which names who holds this open step; None while it is `in_hand`, and
    once it is closed."""
    if token.closed_at is not None or in_hand(actor, token):
        return None
    return refused("assigned-elsewhere", name=Account.objects.get(pk=token.assignee_id or 0).full_name)


def in_hand(actor: Actor, token: Token) -> bool:
    """Whether a step of the actor's post is free, their own, or was taken by who shares their seat.

    Who stands in for somebody goes on with what that one had taken, and who comes back with what was taken
    meanwhile.
    """
    return token.assignee_id in (None, actor.account) or token.assignee_id in seats.sharers(actor)


def posted(held: Held, token: Token) -> None:
    """Whether the actor holds the token's post there, in a case that is not their own."""
    seated(held, token)
    not_own(held)


def seated(held: Held, token: Token) -> None:
    """Whether the actor holds the token's post there, whoever's case it is: to stand aside from it."""
    if not fits(held.act.actor, token):
        sees(held)
        post = held.law.post_name(token.post, token.step)
        raise refused("not-your-step", held.law.step(token.step).cite, post=post)


def fits(actor: Actor, token: Token) -> bool:
    """Whether the actor's post and organisation are those of the token."""
    return (
        bool(token.post)
        and actor.post == token.post
        and actor.organisation == token.organisation_id
        and actor.service in ("", token.service)
    )


def not_own(held: Held) -> None:
    """Refuse what `barred` says."""
    found = barred(held.act.actor, held.case, held.law, held.now)
    if found is not None:
        raise found


def barred(actor: Actor, case: Case, law: Law, now: datetime) -> ActRefused | None:
    """What keeps an official from acting in a case: `own-case` for who is a party of it, acts for one, or
    filed it for one; `relative-case` where a declared relative is; `conflict-declared` who stands aside.

    An inspector who keyed it in at a counter is its filer without being of its side.
    Cites: Law on countering corruption art. 15; Law on civil service art. 51.
    """
    if not actor.is_official:
        return None
    channel = law.package.channels.get(case.channel)
    filed = actor.person == case.filer and channel is not None and channel.by is None
    if filed or is_side(case, actor.account, actor.person, now):
        return refused("own-case", interests.LAW)
    return interests.found(case, actor.account)


def is_side(case: Case, account: int | None, person: str, now: datetime) -> bool:
    """Whether a person is a party of the case or holds the authority of one now."""
    if person == case.applicant:
        return True
    found = rows.run(
        "SELECT 1 FROM cases_caseaccess WHERE case_id = %s AND capacity = 'party' AND until IS NULL"
        " AND (person = %s OR person IN (SELECT principal FROM people_authority WHERE account_id = %s"
        " AND since <= %s AND (until IS NULL OR until > %s)))",
        [case.pk, person, account, rows.moment(now), rows.moment(now)],
    )
    return found.fetchone() is not None


def party(held: Held) -> None:
    """Whether the actor is the recipient, a co-party or acts for one."""
    if Capacity.PARTY not in sees(held) or held.act.actor.is_official:
        raise refused("not-your-act")


def supervisor(held: Held, *posts: str) -> None:
    """Whether the actor may direct the provider's work (`directs`), in a case that is not their own."""
    seen, actor = sees(held), held.act.actor
    if actor.is_system:
        return
    if not directs(actor, seen, posts or ("head",)):
        raise refused("not-your-act")
    not_own(held)


def directs(actor: Actor, seen: Collection[str], posts: Collection[str]) -> bool:
    """Whether who sees a case in these capacities directs the provider's work: one of its posts, as the head,
    or the body above it, but for those of its posts that only watch."""
    above = actor.is_official and Capacity.SUPERVISOR in seen and not watching.watches(actor)
    return above or (actor.post in posts and Capacity.PROVIDER in seen)


def in_role(held: Held, posts: Collection[str]) -> None:
    """Whether the actor holds one of these posts in the organisation that plays its role in this case."""
    actor, known = held.act.actor, held.law.package.posts
    if actor.is_system:
        return
    role = known[actor.post].org if actor.post in posts and actor.post in known else None
    if role is None or held.case.orgs.get(role) != actor.organisation:
        raise refused("not-your-act")
    not_own(held)


def operator(actor: Actor) -> None:
    """Whether the system itself acts, or an administrator of the body that runs it.

    Services have posts of that name too; only the one held with the system's operator is meant.
    """
    if actor.is_system:
        return
    if not watching.administers(actor):
        raise refused("not-your-act")


def system(actor: Actor) -> None:
    """Whether the system itself acts."""
    if not actor.is_system:
        raise refused("not-your-act")


def changed(held: Held) -> ActRefused:
    """The refusal that says who changed the case and when; `ended` when it was the last change."""
    last = rows.select(Entry, "WHERE stream = %s ORDER BY seq DESC LIMIT 1", [held.case.stream])[0]
    if held.case.state == CaseState.ENDED:
        return refused("ended", at=held.case.ended_at)
    account = Account.objects.filter(number=last.person).first()
    name = account.full_name if account else {"kk": "Жүйе", "ru": "Система", "en": "The system"}
    hint = {"act": last.act, "seq": last.seq, "at": last.recorded_at.isoformat()}
    return refused("changed", at=last.recorded_at, name=name, hint=hint)
