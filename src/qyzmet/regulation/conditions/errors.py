"""The one error a condition can end in."""

from __future__ import annotations

__all__ = ["ConditionError"]


class ConditionError(ValueError):
    """A condition that is not one; `column` counts from 1 in the expression."""

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.column = column
