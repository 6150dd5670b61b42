"""What cannot be read as a signature, certificate or key, as a code with one sentence in kk, ru and en."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from qyzmet.clock import ALMATY
from qyzmet.identity import written_moment

Language = Literal["kk", "ru", "en"]
_MOMENTS = frozenset({"when", "edge"})


class SignatureError(ValueError):
    """The file cannot be judged. `code` is an id of texts.yaml, `check` the check that fails for it."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts: dict[str, str] = {name: shown(value) for name, value in facts.items()}
        super().__init__(self.text("en"))

    @property
    def check(self) -> str:
        """The name of the check this refusal belongs to: format, algorithm, certificate…"""
        return check_of(self.code)

    def text(self, language: Language) -> str:
        """The sentence for the person, in that language."""
        return sentence(self.code, self.facts, language)


def sentence(code: str, facts: Mapping[str, str], language: Language) -> str:
    """The sentence of texts.yaml under this code, with the facts in their places, moments as Almaty shows
    them.
    """
    text: str = _texts()[code][language].format_map(
        {name: _moment(fact, language) if name in _MOMENTS else fact for name, fact in facts.items()}
    )
    return text


def _moment(fact: str, language: Language) -> str:
    return written_moment(datetime.fromisoformat(fact).astimezone(ALMATY), language)


def check_of(code: str) -> str:
    """The check a sentence belongs to."""
    check: str = _texts()[code]["check"]
    return check


def codes() -> frozenset[str]:
    """Every code there is a sentence for."""
    return frozenset(_texts())


def shown(value: object) -> str:
    """A fact as text, short enough to be repeated in a sentence."""
    text = str(value)
    return text if len(text) <= 120 else text[:117] + "..."


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text("utf-8"))
    return loaded
