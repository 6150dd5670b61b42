"""Somebody keeps, renames and drops the filters of their lists."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act, act
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account, KeptFilter

__all__ = ["drop_filter", "keep_filter", "rename_filter"]

MOST = 30
LONGEST = 60


def keep_filter(actor: Actor, name: str, query: str, *, now: datetime) -> KeptFilter:
    """Keep a list's filter under a name; nobody else sees it. The same name again replaces nothing.

    Raises ActRefused `filter-name`, `filter-there`, `filter-full`.
    """
    words = _named(name)
    with act("keep-filter", actor, now=now) as this:
        row = accounts.own(this)
        if KeptFilter.objects.filter(account=row).count() >= MOST:
            raise refused("filter-full", most=MOST)
        _free(row, words)
        made = KeptFilter.objects.create(account=row, name=words, query=query[:300], kept_at=this.now)
        _record(this, row, "filter-kept", made)
    return made


def rename_filter(actor: Actor, pk: int, name: str, *, now: datetime) -> None:
    """Give a kept filter another name. Raises ActRefused `filter-gone`, `filter-name`, `filter-there`."""
    words = _named(name)
    with act("rename-filter", actor, now=now) as this:
        row = accounts.own(this)
        found = _own(row, pk)
        if found.name != words:
            _free(row, words)
        found.name = words
        found.save(update_fields=["name"])
        _record(this, row, "filter-renamed", found)


def drop_filter(actor: Actor, pk: int, *, now: datetime) -> None:
    """Drop a kept filter. Raises ActRefused `filter-gone`."""
    with act("drop-filter", actor, now=now) as this:
        row = accounts.own(this)
        found = _own(row, pk)
        _record(this, row, "filter-dropped", found)
        found.delete()


def _named(name: str) -> str:
    words = " ".join(name.split())
    if not words or len(words) > LONGEST:
        raise refused("filter-name", most=LONGEST, hint={"field": "name"})
    return words


def _free(row: Account, name: str) -> None:
    if KeptFilter.objects.filter(account=row, name=name).exists():
        raise refused("filter-there", name=name, hint={"field": "name"})


def _own(row: Account, pk: int) -> KeptFilter:
    found = KeptFilter.objects.filter(pk=pk, account=row).first()
    if found is None:
        raise refused("filter-gone")
    return found


def _record(this: Act, row: Account, code: str, found: KeptFilter) -> None:
    this.record(accounts.stream(row), f"account.{code}", {"name": found.name, "query": found.query})
