"""What one signs for one's own account, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qyzmet.pages.signing.told import Fact, Told, when
from qyzmet.pages.words import say, table

__all__ = ["account"]


def account(said: Mapping[str, Any]) -> Told | None:
    """The signed bytes of a confirmation; None for what no page asks for."""
    key = f"signing-account.{said.get('what')}"
    if key not in table():
        return None
    facts = [Fact(say("signing-account.number"), str(said["number"]))] if said.get("number") else []
    return Told(say(key), (*facts, *when(said)))
