"""Why a submitted signature does not do: the failing check in plain words, and what to do next.

A120 §10(7), process 4: where the digital signature is not confirmed, a message refuses the service; it names
the check. The sentences stand in `texts.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from qyzmet.signatures import Language, SignatureError, Verdict

__all__ = ["CLAUSE", "NotSigned", "check_name", "failed", "not_signed", "unreadable"]

CLAUSE = "A120 §10(7)"
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")
Said = dict[str, str]


class NotSigned(Exception):
    """Nothing was signed; the request stays open to try again, unless the check is `request`.

    `check`: public name of the failing check (content, chain, iin, revocation…; `request` for the request
    itself). `name`: language → that check in plain words. `text`: language → the whole sentence. `verdicts`:
    item id → verdict, for those that could be judged. `clause`: what it rests on.
    """

    def __init__(
        self, check: str, text: Mapping[str, str], verdicts: Mapping[str, Verdict] | None = None
    ) -> None:
        super().__init__(f"{check}: {text['en']}")
        self.check = check
        self.name: dict[str, str] = check_name(check)
        self.text = dict(text)
        self.verdicts = dict(verdicts or {})
        self.clause = CLAUSE


def failed(verdicts: Mapping[str, Verdict], item_id: str) -> NotSigned:
    """The refusal for the first failed check of an item's verdict."""
    first = verdicts[item_id].failed[0]
    return _named(first.check, {each: first.detail(each) for each in LANGUAGES}, verdicts)


def unreadable(problem: SignatureError, verdicts: Mapping[str, Verdict] | None = None) -> NotSigned:
    """The refusal for bytes that are no signature."""
    return _named(problem.check, {each: problem.text(each) for each in LANGUAGES}, verdicts or {})


def not_signed(code: str, *, check: str = "request", **words: object) -> NotSigned:
    """The refusal with this code of `texts.yaml`; a word given by language is filled in by language."""
    said = _texts()["sentences"][code]
    text: Said = {
        each: said[each].format(**{name: _in(word, each) for name, word in words.items()})
        for each in LANGUAGES
    }
    return NotSigned(check, text)


def _named(check: str, detail: Mapping[str, str], verdicts: Mapping[str, Verdict]) -> NotSigned:
    names = check_name(check)
    said = _texts()["sentences"]["not-confirmed"]
    text: Said = {each: said[each].format(check=names[each], detail=detail[each]) for each in LANGUAGES}
    return NotSigned(check, text, verdicts)


def _in(word: object, language: str) -> object:
    return word.get(language) or next(iter(word.values()), "") if isinstance(word, Mapping) else word


def check_name(check: str) -> dict[str, str]:
    """A check of a signature in plain words, by language; its own name where there are none."""
    return dict(_texts()["checks"].get(check) or dict.fromkeys(LANGUAGES, check))


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text("utf-8"))
    return loaded
