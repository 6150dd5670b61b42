"""What each of the ten rows of a sheet says, made from the package."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from qyzmet.clock import Hours
from qyzmet.regulation.acts import Act
from qyzmet.regulation.model import Document, FeePayer, Package
from qyzmet.regulation.parameters import Parameters
from qyzmet.regulation.printing.phrases import (
    channel_name,
    condition_words,
    hours_words,
    limit_words,
    term_rule_words,
)
from qyzmet.regulation.printing.words import Language, counted, number, say
from qyzmet.regulation.state_databases import load_databases

__all__ = ["WRITERS", "About", "Item"]


@dataclass(frozen=True, slots=True)
class Item:
    """Words with the clause they rest on; `items` are what belongs under them."""

    text: str
    cite: str | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What the rows are made of."""

    package: Package
    acts: Mapping[str, Act]
    lang: Language
    on: date
    hours: Mapping[str, Hours]
    parameters: Parameters | None


def _provider(about: About) -> Iterator[Item]:
    yield Item(about.package.provider.in_language(about.lang))


def _ways(about: About) -> Iterator[Item]:
    for key, channel in about.package.channels.items():
        inside = (Item(say("visit", about.lang)),) if channel.visit else ()
        yield Item(channel_name(about.package, key, about.lang), channel.cite, inside)


def _term(about: About) -> Iterator[Item]:
    for rule in about.package.term:
        yield Item(term_rule_words(about.package, rule, about.lang), rule.cite)
    for key, channel in about.package.channels.items():
        way = channel_name(about.package, key, about.lang)
        for what, limit in (("waiting", channel.waiting), ("serving", channel.serving)):
            if limit is not None:
                most = limit_words(about.package, [limit], about.lang)
                yield Item(say(what, about.lang, way=way, most=most), limit.cite or channel.cite)


def _form(about: About) -> Iterator[Item]:
    yield Item(about.package.form_of_service.in_language(about.lang))


def _result(about: About) -> Iterator[Item]:
    yield Item(about.package.result.in_language(about.lang))


def _fee(about: About) -> Iterator[Item]:
    fee, lang = about.package.fee, about.lang
    if fee.none is not None:
        yield Item(say("free", lang), fee.none)
    unit = say(f"unit.{fee.unit}", lang) if fee.unit else ""
    for payer in fee.payers.values():
        words = f"{payer.name.in_language(lang)}: {number(payer.base, lang)} {unit}"
        yield Item(words, payer.cite, tuple(_bands(payer, lang)))
    if fee.unit and about.parameters is not None:
        known = about.parameters[fee.unit]
        value = number(about.parameters.value(fee.unit, about.on), lang)
        day = f"{about.on:%d.%m.%Y}"
        yield Item(f"{known.name.in_language(lang)}, {day}: {value} {say('tenge', lang)}", fee.cite)


def _bands(payer: FeePayer, lang: Language) -> Iterator[Item]:
    for band in payer.bands:
        by = number(band.coefficient, lang)
        if band.up_to is None:
            yield Item(say("band-rest", lang, by=by))
        else:
            yield Item(say("band", lang, to=number(band.up_to, lang), by=by))


def _schedule(about: About) -> Iterator[Item]:
    package, lang = about.package, about.lang
    doors: dict[str, list[tuple[str, str]]] = {}
    for key, channel in package.channels.items():
        if channel.by is None:
            doors.setdefault(channel.hours, []).append((channel_name(package, key, lang), channel.cite))
    for organisation in package.organisations.values():
        doors.setdefault(organisation.hours, []).append(
            (organisation.name.in_language(lang), organisation.cite)
        )
    for name, those in doors.items():
        who = ", ".join(dict.fromkeys(words for words, _ in those))
        cite = "; ".join(dict.fromkeys(cite for _, cite in those))
        yield Item(f"{who}: {hours_words(name, lang, about.hours[name])}", cite)
    if package.schedule_note is not None:
        yield Item(package.schedule_note.in_language(lang))


def _documents(about: About) -> Iterator[Item]:
    for document in about.package.documents.values():
        yield Item(_document(about, document), document.cite, tuple(map(Item, _remarks(about, document))))


def _document(about: About, document: Document) -> str:
    words = document.name.in_language(about.lang)
    return words if document.required else f"{words} ({say('optional', about.lang)})"


def _remarks(about: About, document: Document) -> Iterator[str]:
    lang = about.lang
    if document.only is not None:
        yield say("only-for", lang, what=condition_words(about.package, document.only, lang))
    if document.unless is not None:
        yield _from_database(document.unless.database, lang)
    if document.original is not None:
        yield say(f"original-{document.original}", lang)
    if document.copies > 1:
        yield counted(document.copies, "copy", lang)
    if document.help is not None:
        yield document.help.in_language(lang)


def _from_database(database: str, lang: Language) -> str:
    known = load_databases().get(database)
    words = say("unless", lang)
    return f"{words} ({known.name.in_language(lang)})" if known else words


def _refusals(about: About) -> Iterator[Item]:
    package, lang = about.package, about.lang
    for ground in package.grounds.values():
        words = (
            (say("only-for", lang, what=condition_words(package, ground.only, lang)),) if ground.only else ()
        )
        yield Item(ground.name.in_language(lang), ground.cite, tuple(map(Item, words)))
    if package.suspensions:
        held = (
            Item(g.name.in_language(lang), g.cite, (Item(g.until.in_language(lang)),))
            for g in package.suspensions.values()
        )
        yield Item(say("suspensions", lang), None, tuple(held))


def _other(about: About) -> Iterator[Item]:
    package, lang = about.package, about.lang
    who = [
        say({"individual": "individuals", "legal-entity": "legal-entities"}[kind], lang)
        for kind in package.recipients
    ]
    note = package.recipients_note
    yield Item(
        say("recipients", lang, who=", ".join(who)), None, (Item(note.in_language(lang)),) if note else ()
    )
    yield Item(package.other.in_language(lang))
    for source in package.sources:
        act = about.acts.get(source.act)
        if act is not None:
            words = act.title.in_language(lang)
            yield Item(f"{words} – {act.status.in_language(lang)}" if act.status else words, act.id)
    notes = tuple(Item(note.text.in_language(lang), note.cite) for note in package.notes)
    known = tuple(Item(notice.why.in_language(lang), notice.cite) for notice in package.known)
    if notes or known:
        yield Item(say("notes", lang), None, notes + known)


WRITERS: dict[str, Callable[[About], Iterator[Item]]] = {
    "provider": _provider,
    "ways": _ways,
    "term": _term,
    "form": _form,
    "result": _result,
    "fee": _fee,
    "schedule": _schedule,
    "documents": _documents,
    "refusals": _refusals,
    "other": _other,
}
"""The writers of the rows, in their order."""
