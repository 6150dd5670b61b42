"""What a choice among variants is called: a service with two of them asks two different questions."""

from __future__ import annotations

from qyzmet.pages.words import say, table

__all__ = ["dimension_name"]


def dimension_name(dimension: str) -> str:
    """The words of `dimensions.<dimension>`; empty for a dimension that has none of its own."""
    key = f"dimensions.{dimension}"
    return say(key) if key in table() else ""
