"""How a case ended, in words: by its package, or by the kind of the ending where no package names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from qyzmet.cases.laws import Law
from qyzmet.pages.words import current_language, say
from qyzmet.regulation.model.steps import ExitKind

__all__ = ["Ending", "ending_of"]

KINDS = frozenset(get_args(ExitKind))


@dataclass(frozen=True, slots=True)
class Ending:
    """`kind`: one of the kinds of exits; `words`: what the ending is called in the language of the page."""

    kind: str
    words: str


def ending_of(law: Law, exit_: str | None) -> Ending | None:
    """The ending an exit is; None without one.

    A case that ends before its registration ends by no exit of its package: its exit is then the kind
    itself (`withdrawn`, `not-accepted`), and any other exit no package names is an ending and no more.
    """
    if not exit_:
        return None
    found = law.package.exits.get(exit_)
    if found is not None:
        return Ending(found.kind, found.name.in_language(current_language()))
    kind = exit_ if exit_ in KINDS else "neutral"
    return Ending(kind, say(f"cabinet.ended-{kind}"))
