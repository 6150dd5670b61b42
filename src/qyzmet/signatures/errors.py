"""What cannot be read as a signature, certificate or key, as a code with one sentence in kk, ru and en."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from qyzmet.clock import local
from qyzmet.identity import written_moment

Language = Literal["kk", "ru", "en"]
# The name of the sentences as JSON, read where YAML is not installed.
PLAIN_TEXTS = "texts.json"
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
    moment = local(datetime.fromisoformat(fact))
    try:
        return written_moment(moment, language)
    except ImportError:
        # Names of months come from a library; figures need none.
        return f"{moment:%d.%m.%Y, %H:%M}"


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
    try:
        import yaml
    except ImportError:
        written = Path(__file__).with_name(PLAIN_TEXTS).read_text("utf-8")
        plain: dict[str, Any] = json.loads(written)
        return plain
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text("utf-8"))
    return loaded


def plain_texts() -> str:
    """The sentences as JSON: a copy of this room for machines without YAML carries them as PLAIN_TEXTS."""
    return json.dumps(_texts(), ensure_ascii=False, sort_keys=True)
