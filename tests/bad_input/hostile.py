"""What is typed into forms by mistake, by machines and on purpose: each a way to spoil what a form would send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

__all__ = ["HOSTILE", "MARK", "Sent", "Way"]

MARK = "<script>hostile()</script><img src=x onerror=hostile()>\"'><b>"
LONG, BODY = "ұ" * 500_000, 10 * 1024 * 1024


@dataclass(frozen=True)
class Sent:
    """A form as it would be sent: `values` of everything in it, `typed` the names of what a person types."""

    values: dict[str, list[str]]
    typed: tuple[str, ...] = ()
    files: tuple[str, ...] = field(default=())

    def with_all(self, text: str) -> dict[str, list[str]]:
        """The same with this in every place one can type in."""
        return self.values | {name: [text] for name in self.typed}


@dataclass(frozen=True)
class Way:
    """One way to spoil a form. `body` makes what is posted: fields, or the raw bytes of a whole body."""

    name: str
    body: Callable[[Sent], Any]
    csrf: bool = True


def _typed(name: str, text: str) -> Way:
    return Way(name, lambda sent: sent.with_all(text))


def _one(sent: Sent, text: str) -> dict[str, list[str]]:
    names = sent.typed or tuple(sent.values) or ("x",)
    return sent.values | {names[0]: [text]}


def _not_text(sent: Sent) -> bytes:
    """Bytes that are no UTF-8: a lone surrogate, an overlong NUL, a letter cut in two."""
    said = [(name, b"\xed\xa0\xbd\xc0\x80\xd0") for name in (sent.typed or ("x",))]
    rest = {name: value for name, value in sent.values.items() if name not in sent.typed}
    return (
        "&".join(
            [urlencode(rest, doseq=True), *(f"{name}={quote_from_bytes(value)}" for name, value in said)]
        )
    ).encode()


def _everything_changed(sent: Sent) -> dict[str, list[str]]:
    """What the page itself put there is changed too: hidden fields, choices, buttons."""
    return {name: [MARK] for name in sent.values} | {name: [MARK] for name in sent.typed}


HOSTILE = (
    Way("nothing at all", lambda sent: {}),
    _typed("nothing in it", ""),
    _typed("only spaces", " \t\r\n "),
    Way("half a megabyte in a field", lambda sent: _one(sent, LONG)),
    Way("10 MB", lambda sent: _one(sent, "x" * BODY)),
    Way("ten thousand fields", lambda sent: sent.values | {f"f{n}": ["1"] for n in range(10_000)}),
    _typed("another alphabet", "Ωμέγα 你好 مرحبا"),
    _typed("an apostrophe", "О'Нил'; --"),
    _typed("a smile", "👩‍👩‍👧‍👦 жақсы 😀"),
    _typed("backwards", "\u202eabc\u2066def\u200f"),
    _typed("a NUL", "Ай\x00гүл"),
    Way("no text", _not_text),
    _typed("a page", MARK),
    Way("a page in every field", _everything_changed),
    _typed("a statement", "1; DROP TABLE cases_case; --' OR '1'='1"),
    _typed("400 digits", "9" * 400),
    _typed("endless", "1e999"),
    _typed("not a number", "NaN"),
    _typed("less than nothing", "-1"),
    _typed("other digits", "٢٠٢٤²"),
    _typed("no day", "00.00.0000"),
    _typed("the last day", "31.12.9999"),
    _typed("30 February", "30.02.2019"),
    _typed("ISO, no day", "2019-02-30"),
    _typed("a template", "{{ 7*7 }}{% debug %}${7*7}%s%n{0}"),
    Way("lists", lambda sent: {f"{name}[]": value * 2 for name, value in sent.values.items()}),
    Way("each twice", lambda sent: {name: [*value, "x"] for name, value in sent.with_all("1").items()}),
    Way(
        "rows without end",
        lambda sent: sent.values | {n: ["999999999"] for n in sent.values if n.endswith(".count")},
    ),
    Way("without its token", lambda sent: sent.with_all("1"), csrf=False),
)
