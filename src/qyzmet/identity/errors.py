"""What identity refuses, as a code with one sentence in Kazakh, Russian and English."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["kk", "ru", "en"]


class IdentityError(ValueError):
    """A number, account or amount cannot be what it is given for. `code` is an id of texts.yaml."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(self.text("en"))

    def text(self, language: Language) -> str:
        """The sentence for the person, in that language."""
        sentence: str = _texts()[self.code][language].format_map(self.facts)
        return sentence


def shown(text: str) -> str:
    """What was typed, short enough to be repeated in a sentence."""
    return text if len(text) <= 40 else text[:37] + "..."


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    import yaml

    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text("utf-8"))
    return loaded
