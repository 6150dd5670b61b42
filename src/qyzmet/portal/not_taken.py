"""Files somebody tried to attach and that were not taken: listed until removed, said again before going on.

    not_taken.noted(request, place, refused, documents, going_on=True)   # refused: document → files
    faults = not_taken.unsaid(request, place, documents)      # document → what is said before going on, once
    not_taken.told(request, place)                            # document → what is still not attached

`place` is a draft's reference, or that of a case being answered. Kept in the session: it is no part of what
is filed. A program in the page refuses some files itself and never sends them; it sends their names
(`refused.<document>`: `<why>:<name>`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest

from qyzmet.pages.words import say
from qyzmet.portal.uploads import listed_at, shown_name

__all__ = ["NotTaken", "forgotten", "noted", "told", "unsaid"]

KEPT = "not-taken"
MOST, MOST_PLACES = 20, 20
REASONS = ("bad-type", "bad-size", "bad-empty", "failed")
"""Why a program in the page did not send a file; each is a text of `uploads.yaml`."""


class NotTaken(NamedTuple):
    """A file by its name, and why it was not taken."""

    name: str
    why: str


def noted(
    request: HttpRequest,
    place: str,
    refused: Mapping[str, Sequence[NotTaken]],
    documents: Collection[str],
    *,
    going_on: bool,
) -> None:
    """Remember what was refused and what the page did not send; drop what its owner took off the list.

    `going_on`: the reasons of `refused` are said in answer to the button that leads on.
    """
    kept = _kept(request, place)
    _without(kept, request.POST.get("forget", ""))
    for key in documents:
        new = [{"name": each.name, "why": each.why, "said": going_on} for each in refused.get(key, ())]
        new += [{"name": each.name, "why": each.why, "said": False} for each in _from_page(request, key)]
        kept[key] = [*kept.get(key, []), *new][-MOST:]
    _keep(request, place, kept)


def unsaid(request: HttpRequest, place: str, documents: Collection[str]) -> dict[str, str]:
    """What whoever goes on now has not been told: document → the sentence; from then on it is told."""
    kept = _kept(request, place)
    found: dict[str, str] = {}
    for key in documents:
        names = [each["name"] for each in kept.get(key, ()) if not each["said"]]
        if names:
            found[key] = say("uploads.not-taken", names="», «".join(names))
            kept[key] = [{**each, "said": True} for each in kept[key]]
    if found:
        _keep(request, place, kept)
    return found


def told(request: HttpRequest, place: str) -> dict[str, tuple[NotTaken, ...]]:
    """What is not attached although somebody tried, by document."""
    return {
        key: tuple(NotTaken(each["name"], each["why"]) for each in files)
        for key, files in _kept(request, place).items()
    }


def forgotten(request: HttpRequest, place: str) -> None:
    """What was sent needs no reminder."""
    _keep(request, place, {})


def _from_page(request: HttpRequest, document: str) -> Iterator[NotTaken]:
    for said in request.POST.getlist(f"refused.{document}")[:MOST]:
        why, _, name = said.partition(":")
        if why in REASONS and name:
            yield NotTaken(shown_name(name), say(f"uploads.{why}"))


def _without(kept: dict[str, list[dict[str, Any]]], which: str) -> None:
    """`document.place`: its owner has seen it and takes it from the list."""
    found = listed_at(kept, which)
    if found is not None:
        key, place = found
        del kept[key][place]


def _kept(request: HttpRequest, place: str) -> dict[str, list[dict[str, Any]]]:
    held: Mapping[str, Any] = request.session.get(KEPT, {}).get(place, {})
    return {key: list(files) for key, files in held.items()}


def _keep(request: HttpRequest, place: str, kept: Mapping[str, list[dict[str, Any]]]) -> None:
    before: dict[str, Any] = request.session.get(KEPT, {})
    left = {key: files for key, files in kept.items() if files}
    if before.get(place, {}) == left:
        return
    others = {key: held for key, held in before.items() if key != place}
    newest = dict(list(others.items())[-MOST_PLACES + 1 :])
    request.session[KEPT] = newest | ({place: left} if left else {})
