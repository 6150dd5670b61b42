"""What a package says, in words: conditions, limits, terms, office hours and the names of things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qyzmet.clock import Hours, OpenDay, hours_book
from qyzmet.regulation.model import Limit, Only, Package, TermRule, Text
from qyzmet.regulation.model.form import Field
from qyzmet.regulation.printing.words import Language, any_of, has_words, say, term_words

__all__ = [
    "channel_name",
    "condition_words",
    "hours_words",
    "limit_words",
    "outcome_words",
    "recipient_name",
    "term_rule_words",
]

_TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|==|!=|<=|>=|[<>()\[\],]|[A-Za-z][\w.\-]*|[0-9.]+")
_SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "in": ":"}
_SILENT = frozenset("()[]")
_JOINTS = {"and": "and", "or": "or", "not": "unless-that", "true": "yes", "false": "no"}
_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def channel_name(package: Package, channel: str, lang: Language, short: bool = False) -> str:
    """The name of a way in: the package's own, else the known one, in full or `short`, else its id."""
    way = package.channels.get(channel)
    if way is not None and way.name is not None:
        return way.name.in_language(lang)
    key = f"way.{channel}" if short else f"channel.{channel}"
    return say(key, lang) if has_words(key) else channel


def recipient_name(package: Package, lang: Language) -> str:
    """What the act calls the one who applies."""
    applicant = package.parties.get("applicant")
    return applicant.name.in_language(lang) if applicant else say("recipient", lang)


def outcome_words(package: Package, outcome: str, exit_: str | None, lang: Language) -> str:
    """An outcome that the package gives no name: a fixed word, else the exit it heads for, else its id."""
    if exit_ is not None and exit_ in package.exits:
        return package.exits[exit_].name.in_language(lang)
    return say(outcome, lang) if has_words(outcome) else outcome.replace("-", " ")


def condition_words(package: Package, only: Only, lang: Language) -> str:
    """When a thing applies, with the names people know instead of ids."""
    if isinstance(only, Mapping):
        return ", ".join(_fact_words(package, fact, values, lang) for fact, values in only.items())
    return " ".join(filter(None, _expression_words(package, only, lang)))


def _fact_words(package: Package, fact: str, values: object, lang: Language) -> str:
    listed = values if isinstance(values, list | tuple) else [values]
    said = any_of([_value_words(package, fact, value, lang) for value in listed], lang)
    name = _fact_name(package, fact, lang)
    return f"{name}{' –' if name.endswith('?') else ':'} {said}" if name else said


def _fact_name(package: Package, fact: str, lang: Language) -> str:
    """The name to put before the value; none where the value says it all."""
    field = _field(package, fact)
    if field is not None:
        return field.name.in_language(lang)
    return "" if fact in {"channel", "recipient", "exit", "visit", *package.variants} else fact


def _value_words(package: Package, fact: str, value: object, lang: Language) -> str:
    known = _known(package, fact)
    if isinstance(value, bool):
        return say("visit" if fact == "visit" and value else "yes" if value else "no", lang)
    if fact == "channel":
        return channel_name(package, str(value), lang, short=True)
    if fact == "recipient" and has_words(str(value)):
        return say(str(value), lang)
    return known[str(value)].in_language(lang) if str(value) in known else str(value)


def _known(package: Package, fact: str) -> dict[str, Text]:
    """The names of the values a fact may have."""
    if fact == "exit":
        return {key: exit_.name for key, exit_ in package.exits.items()}
    if fact in package.variants:
        return {key: option.name for key, option in package.variants[fact].items()}
    field = _field(package, fact)
    return dict(field.choices or {}) if field else {}


def _field(package: Package, fact: str) -> Field | None:
    parts = fact.split(".")
    if parts[0] == "form" and len(parts) == 2:
        return next((s.fields[parts[1]] for s in package.form.values() if parts[1] in s.fields), None)
    if parts[0] == "output" and len(parts) == 3 and parts[1] in package.steps:
        return package.steps[parts[1]].output.get(parts[2])
    return None


def _expression_words(package: Package, text: str, lang: Language) -> Iterator[str]:
    fact, named = "", True
    pieces = [piece for piece in _TOKEN.findall(text) if piece not in _SILENT]
    for place, piece in enumerate(pieces):
        if piece[0] in "'\"":
            yield _value_words(package, fact, piece[1:-1], lang)
        elif piece in _JOINTS:
            yield say(_JOINTS[piece], lang)
        elif piece in {"==", "in"} and not named:
            named = True
        elif piece in _SIGNS or not piece[0].isalpha():
            yield _SIGNS.get(piece, piece)
        else:
            alone = pieces[place + 1 : place + 2] in ([], ["and"], ["or"])
            fact, name = piece, _fact_name(package, piece, lang)
            named = bool(name)
            yield _value_words(package, fact, True, lang) if alone and not name else name


_SHORT = 36


def limit_words(package: Package, limits: Sequence[Limit], lang: Language, short: bool = False) -> str:
    """A step's limit: the act's own words where the package keeps them, else the term in words.

    `short` leaves out longer remarks, for a drawing.
    """
    said = []
    for limit in limits:
        words = _one_limit(package, limit, lang, short)
        if len(limits) > 1 and limit.only is not None:
            words = f"{condition_words(package, limit.only, lang)} – {words}"
        said.append(words)
    return "; ".join(said)


def _one_limit(package: Package, limit: Limit, lang: Language, short: bool) -> str:
    note = limit.note.in_language(lang) if limit.note else ""
    if note and not (short and len(note) > _SHORT):
        return note
    if limit.not_set is not None:
        return say("not-set", lang)
    if limit.pick_up is not None:
        return say("pick-ups", lang)
    if limit.before_term_end is not None:
        return say("before-term-end", lang, t=term_words(limit.before_term_end, lang))
    words = term_words(str(limit.term), lang)
    if limit.from_ in {"registration", "receipt"}:
        return say(f"from-{limit.from_}", lang, t=words)
    started = package.steps.get(limit.from_)
    return say("from-step", lang, t=words, step=started.name.in_language(lang)) if started else words


def term_rule_words(package: Package, rule: TermRule, lang: Language) -> str:
    """The overall term: what it runs from, how long, and for whom."""
    words = say(f"from-{rule.from_}", lang, t=term_words(rule.within, lang))
    return words if rule.only is None else f"{words} ({condition_words(package, rule.only, lang)})"


def hours_words(name: str, lang: Language, hours: Hours | None = None) -> str:
    """Office hours in words: `дүйсенбі – жұма 9:00–18:30, үзіліс 13:00–14:30`."""
    door = hours or hours_book()[name]
    days = "; ".join(_span_words(first, last, day, lang) for first, last, day in _spans(door))
    return f"{say('any-time', lang)}; {say('by-hours', lang, days=days)}" if door.any_time else days


def _spans(door: Hours) -> list[tuple[int, int, OpenDay]]:
    """Weekdays in a row with the same hours, as first and last."""
    spans: list[tuple[int, int, OpenDay]] = []
    for weekday, day in enumerate(door.days):
        if day is None:
            continue
        if spans and spans[-1][1] == weekday - 1 and spans[-1][2] == day:
            spans[-1] = (spans[-1][0], weekday, day)
        else:
            spans.append((weekday, weekday, day))
    return spans


def _span_words(first: int, last: int, day: OpenDay, lang: Language) -> str:
    names = _WEEKDAYS[lang]
    days = names[first] if first == last else f"{names[first]} – {names[last]}"
    pauses = [say("break", lang, span=f"{_face(a)}–{_face(b)}") for a, b in day.breaks]
    return ", ".join([f"{days} {_face(day.opens)}–{_face(day.closes)}", *pauses])


def _face(moment: object) -> str:
    return f"{moment:%H:%M}".removeprefix("0")
