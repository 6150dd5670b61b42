"""Why a question about the law has no answer: a code, and one sentence in the three languages."""

from __future__ import annotations

from qyzmet.regulation.model import Text

__all__ = ["Refusal"]


class Refusal(Exception):
    """What happened, why and what to do next, in one sentence; `str()` gives the English one."""

    def __init__(self, code: str, says: Text) -> None:
        self.code, self.says = code, says
        super().__init__(says.en)

    def text(self, language: str) -> str:
        """The sentence in 'kk', 'ru' or 'en'."""
        return self.says.in_language(language)
