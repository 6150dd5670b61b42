"""What things are called on an official's page: steps, outcomes, grounds, posts, bodies and people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qyzmet.cases.laws import Law
from qyzmet.pages.endings import ending_of
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.people.models import Account
from qyzmet.portal.posts import post_name
from qyzmet.regulation.printing.phrases import channel_name, outcome_words

__all__ = [
    "body_name",
    "choice_name",
    "exit_name",
    "ground_name",
    "issued_name",
    "people",
    "post_title",
    "step_name",
    "variant_names",
    "way_in",
]


def step_name(law: Law, step: str) -> str:
    """A step of the package or of general law."""
    return law.step(step).name.in_language(current_language())


def choice_name(law: Law, step: str, outcome: str, exit_: str | None = None) -> str:
    """An outcome by the package's own words, or else by where it leads."""
    moves = law.step(step).then.get(outcome, ())
    language: Any = current_language()
    named = next((move.name for move in moves if move.name), None)
    leads = {move.exit for move in moves}
    only = next(iter(leads)) if len(leads) == 1 else None
    return (
        named.in_language(language) if named else outcome_words(law.package, outcome, exit_ or only, language)
    )


def exit_name(law: Law, exit_: str | None) -> str:
    """How a case ended or is heading to end."""
    found = ending_of(law, exit_)
    return found.words if found else ""


def ground_name(law: Law, ground: str) -> tuple[str, str]:
    """A ground's name and clause; its id where the law has none by that name."""
    found = law.package.grounds.get(ground) or law.package.suspensions.get(ground)
    return (found.name.in_language(current_language()), found.cite) if found else (ground, "")


def issued_name(law: Law, document: str) -> str:
    """A document the service or general law issues."""
    return law.issued_name(document)[current_language()]


def variant_names(law: Law, variant: Mapping[str, str]) -> list[str]:
    """What of each dimension the application is for."""
    options = law.package.variants
    return [
        options[d][o].name.in_language(current_language())
        for d, o in variant.items()
        if o in options.get(d, {})
    ]


def way_in(law: Law, channel: str) -> str:
    """A way in."""
    language: Any = current_language()
    return channel_name(law.package, channel, language)


def body_name(organisation: int | None) -> str:
    """An organisation."""
    return body(organisation).names[current_language()] if organisation else ""


def post_title(actor: Actor, laws: Iterable[Law] = ()) -> str:
    """The post somebody acts in, by the first of `laws` that has it."""
    post, language = actor.post or "", current_language()
    named = next((law.package.posts[post].name for law in laws if post in law.package.posts), None)
    if named:
        return named.in_language(language)
    kind = body(actor.organisation).kind if actor.organisation else ""
    return post_name(post, actor.service, kind)[language]


def people(*, ids: Iterable[int | None] = (), numbers: Iterable[str] = ()) -> dict[int | str, str]:
    """Names by account id and by IIN or BIN, in one query."""
    wanted, named = {i for i in ids if i}, {n for n in numbers if n}
    found = Account.objects.filter(pk__in=wanted) | Account.objects.filter(number__in=named)
    rows = list(found)
    return {a.pk: a.full_name for a in rows} | {a.number: a.full_name for a in rows}
