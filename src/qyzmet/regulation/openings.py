"""Which edition takes a filing: the one in force that day, or one a deployment opens by name.

An edition's life may rest on a publication nobody could look up (`unconfirmed`); the day counted from what is
known then stands in, and the refusal says so. Where not even that is known the edition takes filings only if
it is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qyzmet.identity import written_date
from qyzmet.regulation.datafile import LAW, law_file
from qyzmet.regulation.model import Dated, Life, Model, Text
from qyzmet.regulation.model.base import Day
from qyzmet.regulation.refusals import Refusal

__all__ = ["DEMO", "NotOpen", "Opening", "Taken", "edition_for", "in_force", "load_openings"]

DEMO = LAW / "openings.yaml"
"""What the demo opens: every service, each with its ground."""


class NotOpen(Refusal):
    """No edition of the service takes a filing on that day."""


class Opening(Model):
    """An edition opened for new filings outside its days in force; people are told the ground."""

    service: str
    edition: str
    from_: Day
    to: Day | None = None
    ground: Text

    def covers(self, on: date) -> bool:
        """Whether the opening holds on the day; both ends belong to it."""
        return self.from_ <= on and (self.to is None or on <= self.to)


@dataclass(frozen=True, slots=True)
class Taken:
    """The edition a filing takes; `opening` when it is not in force but opened."""

    edition: str
    opening: Opening | None = None


def load_openings(path: Path) -> tuple[Opening, ...]:
    """The openings of a deployment's file (`openings:` a list). Raises LawDataError."""
    file = law_file(path)
    rows = file.said.get("openings")
    if not isinstance(rows, list):
        raise file.fault("the file needs the key `openings` with a list")
    openings: list[Opening] = []
    for number in range(len(rows)):
        opening = file.part(Opening, "openings", number)
        if opening.to is not None and opening.to < opening.from_:
            message = f"the opening of {opening.service} ends before it begins; mend its days"
            raise file.fault(message, "openings", number, "to")
        if any(_overlap(opening, other) for other in openings):
            message = f"{opening.service} is opened twice for the same days; keep one"
            raise file.fault(message, "openings", number)
        openings.append(opening)
    return tuple(openings)


def edition_for(
    service: str, name: Text, editions: Mapping[str, Life], openings: Iterable[Opening], on: date
) -> Taken:
    """The edition of `service` that takes a filing of day `on`; `NotOpen` names the last day in force.

    `editions` are the lives of the service's editions by id. Of several in force the latest goes first.
    """
    current = [
        (_day(life.in_force.from_), edition) for edition, life in editions.items() if in_force(life, on)
    ]
    if current:
        return Taken(max(current, key=lambda found: (found[0] or date.min, found[1]))[1])
    for opening in openings:
        if opening.service == service and opening.edition in editions and opening.covers(on):
            return Taken(opening.edition, opening)
    raise _not_open(name, editions, on)


def in_force(life: Life, on: date) -> bool:
    """Whether an edition is in force on the day, as far as its days are known."""
    first, end = _day(life.in_force.from_), life.in_force.to
    if first is None or on < first:
        return False
    last = _day(end)
    return end is None or (last is not None and on <= last)


def _day(dated: Dated | str | None) -> date | None:
    return dated.on if isinstance(dated, Dated) else None


def _overlap(one: Opening, other: Opening) -> bool:
    if one.service != other.service:
        return False
    return one.covers(other.from_) or other.covers(one.from_)


def _not_open(name: Text, editions: Mapping[str, Life], on: date) -> NotOpen:
    ended = [
        (last, edition)
        for edition, life in editions.items()
        if (last := _day(life.in_force.to)) and last < on
    ]
    ahead = [
        (first, edition)
        for edition, life in editions.items()
        if (first := _day(life.in_force.from_)) and on < first
    ]
    if ended:
        last, edition = max(ended)
        return _says("opening.ended", name, on, _ended(edition, last, editions[edition].in_force.to))
    if ahead:
        first, edition = min(ahead)
        return _says("opening.ahead", name, on, _ahead(edition, first, editions[edition].in_force.from_))
    return _says("opening.unknown", name, on, _unknown(max(editions, default="")))


def _says(code: str, name: Text, on: date, why: Text) -> NotOpen:
    return NotOpen(
        code,
        Text(
            kk=f"{written_date(on, 'kk')} күні «{name.kk}» қызметіне өтініш қабылданбайды: {why.kk}.",
            ru=f"{written_date(on, 'ru')} заявление на услугу «{name.ru}» не принимается: {why.ru}.",
            en=f"An application for “{name.en}” is not taken on {written_date(on, 'en')}: {why.en}.",
        ),
    )


def _ended(edition: str, last: date, dated: Dated | str | None) -> Text:
    mark = _mark(dated)
    return Text(
        kk=f"{edition} редакциясының қолданыста болған соңғы күні — {written_date(last, 'kk')}{mark.kk}; "
        "қазіргі тәртіпті көрсетілетін қызметті берушіден нақтылаңыз",
        ru=f"последний день действия редакции {edition} — {written_date(last, 'ru')}{mark.ru}; "
        "уточните нынешний порядок у услугодателя",
        en=f"the last day edition {edition} was in force is {written_date(last, 'en')}{mark.en}; "
        "ask the provider which order applies now",
    )


def _ahead(edition: str, first: date, dated: Dated | str | None) -> Text:
    mark = _mark(dated)
    return Text(
        kk=f"{edition} редакциясы қолданысқа енгізілетін күн — {written_date(first, 'kk')}{mark.kk}; "
        "өтінішті сол күннен бастап беріңіз",
        ru=f"день введения в действие редакции {edition} — {written_date(first, 'ru')}{mark.ru}; "
        "подайте заявление начиная с этого дня",
        en=f"edition {edition} comes into force on {written_date(first, 'en')}{mark.en}; "
        "apply from that day on",
    )


def _unknown(edition: str) -> Text:
    return Text(
        kk=f"{edition} редакциясының қолданыста болған күндері расталмаған; тәртіпті көрсетілетін қызметті "
        "берушіден нақтылаңыз",
        ru=f"дни действия редакции {edition} не подтверждены; уточните порядок у услугодателя",
        en=f"the days edition {edition} was in force are not confirmed; ask the provider which order applies",
    )


def _mark(dated: Dated | str | None) -> Text:
    if isinstance(dated, Dated) and "unconfirmed" in dated.basis:
        return Text(kk=" (расталмаған)", ru=" (не подтверждён)", en=" (unconfirmed)")
    return Text(kk="", ru="", en="")
