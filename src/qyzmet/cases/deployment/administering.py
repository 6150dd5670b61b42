"""What every act of an administrator asks: a reason, words that can be printed, a page that is not stale."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime

from qyzmet import identity
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act
from qyzmet.clock import TimeWithoutZone, local
from qyzmet.people.models import Account, Organisation

__all__ = [
    "LONGEST",
    "account",
    "forward",
    "names",
    "organisation",
    "own_bin",
    "reasoned",
    "unchanged",
    "words",
]

LONGEST = 300
LONGEST_REASON = 2000
ALPHABETS = {"kk": "CYRILLIC", "ru": "CYRILLIC", "en": "LATIN"}
SIGNS = {"Cc", "Cf", "Cn", "Co", "Cs", "So"}
"""Kinds of characters no official text holds: controls, unassigned ones, pictures."""
BREAKS = "\n\r\t"
WRITTEN = "№°"
"""Signs an order has: its number, a degree."""


def reasoned(reason: str) -> str:
    """The reason as it is journaled. Raises `act-reason-needed`, `text-too-long`, `text-signs`."""
    given = reason.strip()
    if not given:
        raise refused("act-reason-needed", hint={"field": "reason"})
    return words(given, "reason", LONGEST_REASON)


def words(given: str, field: str, most: int = LONGEST) -> str:
    """A line of text that can be printed. Raises `text-too-long`, `text-signs`, `text-needed`."""
    text = " ".join(given.split()) if most == LONGEST else given.strip()
    if not text:
        raise refused("text-needed", hint={"field": field})
    if len(text) > most:
        raise refused("text-too-long", most=most, hint={"field": field})
    if any(
        each in "<>" or (unicodedata.category(each) in SIGNS and each not in BREAKS + WRITTEN)
        for each in text
    ):
        raise refused("text-signs", hint={"field": field})
    return text


def names(given: Mapping[str, str], field: str = "name") -> dict[str, str]:
    """A name in each language, in its own letters. Raises what `words` raises, and `text-alphabet`."""
    found = {lang: words(given.get(lang, ""), f"{field}-{lang}") for lang in ALPHABETS}
    for language, alphabet in ALPHABETS.items():
        if not any(alphabet in unicodedata.name(each, "") for each in found[language]):
            raise refused("text-alphabet", hint={"field": f"{field}-{language}"})
    return found


def own_bin(given: str) -> str:
    """A BIN, or nothing. Raises `bin-wrong`."""
    if not given.strip():
        return ""
    try:
        return identity.read_bin(given)
    except identity.IdentityError as problem:
        said = {language: problem.text(language) for language in ("kk", "ru", "en")}
        raise refused("bin-wrong", why=said, hint={"field": "bin"}) from problem


def forward(since: datetime, until: datetime | None, now: datetime) -> None:
    """Refuse dates that run backwards or end in the past: `dates-reversed`, `dates-past`."""
    if since.tzinfo is None or (until is not None and until.tzinfo is None):
        raise TimeWithoutZone
    if until is not None and until <= since:
        raise refused("dates-reversed", hint={"field": "until"})
    if until is not None and until <= now:
        raise refused("dates-past", day=local(now).date(), hint={"field": "until"})


def organisation(pk: int) -> Organisation:
    """An organisation that has not closed. Raises `organisation-unknown`, `organisation-closed`."""
    found = Organisation.objects.filter(pk=pk).first()
    if found is None:
        raise refused("organisation-unknown", hint={"field": "organisation"})
    if found.closed_at is not None:
        raise refused("organisation-closed", hint={"field": "organisation"})
    return found


def account(pk: int) -> Account:
    """An account, locked. Raises `account-unknown`."""
    found = Account.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise refused("account-unknown", hint={"field": "account"})
    return found


def unchanged(this: Act, stream: str, seen: int | None) -> None:
    """Lock a stream; refuse `changed-meanwhile` when it went on since the page was read at entry `seen`."""
    this.ledger.lock([stream])
    if seen is not None and this.ledger.seq(stream) != seen:
        raise refused("changed-meanwhile")
