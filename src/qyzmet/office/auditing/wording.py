"""What the journal writes by id, in words: posts, streams, the people and bodies an entry names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from qyzmet.cases.models import Case
from qyzmet.office.auditing.chain import Link
from qyzmet.office.names import body_name, people
from qyzmet.pages.words import current_language, say, table
from qyzmet.people.directory import bodies, body
from qyzmet.portal.posts import post_name

__all__ = ["contents", "post_words", "stream_words"]

PEOPLE = frozenset({"account", "assignee", "by", "for", "from", "inspector", "to"})
BODIES = frozenset({"body", "organisation", "provider"})
BODIES_TOO = {"case.transferred": frozenset({"from", "to"})}
"""Acts in which these keys name bodies, not people."""
OF_CASES = frozenset({"case", "reads", "notes"})
OF_BODIES = frozenset({"organisation", "contact", "counter", "queue", "visits"})


def post_words(said: str) -> str:
    """`organisation/post` of the bytes, each by its name."""
    where, _, post = said.partition("/")
    if not where.isdecimal():
        return said
    title = post_name(post, "", body(int(where)).kind)[current_language()] if post else ""
    return f"{body_name(int(where))}: {title}" if title else body_name(int(where))


def contents(links: Iterable[Link]) -> dict[int, list[tuple[str, str]]]:
    """Entry → (key, name) of the people, bodies and posts its content names by id, in one query."""
    read = [(link, json.loads(link.data)) for link in links if link.data]
    told = [(link, data) for link, data in read if isinstance(data, Mapping)]
    ids = {v for link, data in told for k, v in data.items() if _person(link, k, v)}
    names, known = people(ids=ids), {each.id for each in bodies()}
    return {link.seq: list(_named(link, data, names, known)) for link, data in told}


def _named(
    link: Link, data: Mapping[str, Any], names: Mapping[int | str, str], known: set[int]
) -> Iterable[tuple[str, str]]:
    for key, value in data.items():
        if _person(link, key, value) and value in names:
            yield key, names[value]
        elif _body(link, key, value) and value in known:
            yield key, body_name(value)
        elif key == "post" and isinstance(value, str):
            yield key, post_name(value)[current_language()]


def _person(link: Link, key: str, value: object) -> bool:
    return key in PEOPLE - BODIES_TOO.get(link.act, frozenset()) and type(value) is int


def _body(link: Link, key: str, value: object) -> bool:
    return key in BODIES | BODIES_TOO.get(link.act, frozenset()) and type(value) is int


def stream_words(streams: Iterable[str]) -> dict[str, str]:
    """Stream → what it is about: a case by its number, an account and a body by name; with a few queries."""
    parts = {each: each.partition(":")[::2] for each in streams}
    numbered = {(kind, int(rest)) for kind, rest in parts.values() if rest.isdecimal() and len(rest) < 19}
    wanted = [pk for kind, pk in numbered if kind in OF_CASES]
    cases = {c.pk: c.number or c.ref for c in Case.objects.filter(pk__in=wanted).only("id", "number", "ref")}
    accounts = people(ids=[pk for kind, pk in numbered if kind == "account"])
    organisations = {each.id for each in bodies()}

    def named(kind: str, rest: str) -> str:
        pk = int(rest) if rest.isdecimal() else 0
        if kind in OF_CASES:
            return cases.get(pk, rest)
        if kind in OF_BODIES and pk in organisations:
            return body_name(pk)
        return accounts.get(pk, rest) if kind == "account" else rest

    return {each: _stream(kind, named(kind, rest)) for each, (kind, rest) in parts.items()}


def _stream(kind: str, name: str) -> str:
    key = f"audit.stream-{kind}"
    words = say(key) if key in table() else kind
    return f"{words}: {name}" if name else words
