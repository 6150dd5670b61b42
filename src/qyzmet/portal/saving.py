"""Changing a draft: what two tabs or two clicks send at once is laid one over the other, not in its place.

    with saving.changing(draft, now, "form"):    # `draft.form` is what is kept now; saved at the end
        draft.form = {**draft.form, **answers}

Raises `Moved` when the draft was meanwhile filed, locked for signing or thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from qyzmet.cases.lock import writing
from qyzmet.pages import forms
from qyzmet.portal.models import Draft

__all__ = ["Moved", "changing", "lay", "refiled"]

Files = dict[str, list[dict[str, Any]]]


class Moved(Exception):
    """The draft can no longer be changed; its own page says where it is now."""


@contextmanager
def changing(draft: Draft, now: datetime, field: str) -> Iterator[None]:
    """One change of one field of a draft, after those that were before it."""
    with writing(), transaction.atomic():
        fresh = Draft.objects.select_for_update().filter(pk=draft.pk, filed="", prepared="").first()
        if fresh is None:
            raise Moved(draft.ref)
        setattr(draft, field, getattr(fresh, field))
        yield
        draft.updated_at = now
        draft.save(update_fields=[field, "updated_at"])


def lay(draft: Draft, given: Mapping[str, Any], seen: str, now: datetime) -> dict[str, Any]:
    """Lay a page's answers into the draft; what another tab answered otherwise meanwhile, by field."""
    with changing(draft, now, "form"):
        draft.form, torn = forms.overlaid(draft.form, given, seen)
    return torn


def refiled(before: Files, after: Files, now_kept: Files) -> Files:
    """The files kept now, with what one page added and without what it took away."""
    found = {key: list(files) for key, files in now_kept.items()}
    for key in before.keys() | after.keys():
        had, has = before.get(key, []), after.get(key, [])
        gone, added = _without(had, has), _without(has, had)
        found[key] = [*_without(found.get(key, []), gone), *added]
    return found


def _without(files: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`files` less each of `others` once: the same file may be attached twice."""
    left = list(others)
    kept = []
    for each in files:
        if each in left:
            left.remove(each)
        else:
            kept.append(each)
    return kept
