"""Event → letter: what it says in one language, from `letters.yaml` and the case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from qyzmet.cases.journal import decode
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, Entry, Payload, SignatureRecord, Token
from qyzmet.cases.signed import restored
from qyzmet.identity import written_moment
from qyzmet.people.directory import body
from qyzmet.people.models import Account
from qyzmet.regulation.model import Text

__all__ = [
    "Event",
    "Letter",
    "Texts",
    "event_of",
    "filled",
    "known",
    "letter",
    "moment",
    "step_name",
    "texts",
]

ENDED, WITHDRAWN = "case.ended", "withdrawn"

Texts = Mapping[str, Any]
"""What `letters.yaml` says under one code."""


class Event(NamedTuple):
    """An entry of the case's stream with what it said."""

    code: str
    occurred_at: datetime
    said: Mapping[str, Any]


class Letter(NamedTuple):
    """A subject line and paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]


def known(code: str) -> bool:
    """Whether there is a letter for this event."""
    return code in _letters()


def texts(code: str) -> Texts:
    """The words of the letter about an event, by language."""
    return dict(_letters()[code])


def event_of(stream: str, seq: int, code: str) -> Event:
    """Read the entry a letter follows from; an erased payload says nothing."""
    entry = Entry.objects.get(stream=stream, seq=seq)
    payload = Payload.objects.filter(stream=stream, seq=seq).first()
    said = json.loads(payload.data) if payload and payload.data else {}
    return Event(code, decode(bytes(entry.body)).occurred_at, said)


def letter(case: Case, law: Law, event: Event, language: str, address: str) -> Letter:
    """The letter about an event; `address` is where the case is read.

    A letter says when the term began, until when it runs, until when an answer is awaited, and, after a
    decision, the remedy. Cites: O109 an.2 row 7; APPC art. 91.
    """
    words, facts = texts(_told_as(case, law, event)), _facts(case, law, event, language)
    said = [filled(each, facts) for each in words["letter"][language]]
    said += [filled(_letters()["_term"][language], facts)] if _runs(case, words) else []
    said += [filled(_letters()["_answer"][language], facts)] if words.get("answer") and facts["until"] else []
    said += [filled(_letters()[_remedy(case)][language], facts)] if _decided(case, law, event) else []
    said.append(filled(_letters()["_read"][language], {"address": address}))
    return Letter(filled(words["subject"][language], facts), tuple(line for line in said if line))


def _runs(case: Case, words: Texts) -> bool:
    return bool(words.get("term")) and case.due is not None


def _decided(case: Case, law: Law, event: Event) -> bool:
    ending = law.package.exits.get(case.exit or "")
    return event.code == ENDED and ending is not None and ending.kind != WITHDRAWN


def _told_as(case: Case, law: Law, event: Event) -> str:
    """The letter of an event: what its recipient withdrew was not considered, and has no result."""
    ending = law.package.exits.get(case.exit or "")
    return "case.withdrawn" if event.code == ENDED and ending and ending.kind == WITHDRAWN else event.code


def _remedy(case: Case) -> str:
    """Against a decision a complaint, and against the decision on a complaint the court."""
    return "_court" if case.about_id else "_remedy"


def _until(case: Case) -> datetime | None:
    """Until when the step waits that asks its recipient for something."""
    waiting = Token.objects.filter(case=case, kind="await", closed_at=None, due__isnull=False)
    return waiting.order_by("-no").values_list("due", flat=True).first()


def _facts(case: Case, law: Law, event: Event, language: str) -> dict[str, str]:
    said, package = event.said, law.package
    ending = package.exits.get(str(said.get("exit") or case.exit or ""))
    stopped = package.suspensions.get(str(said.get("ground", "")))
    return {
        "service": package.name.in_language(language),
        "number": case.number or case.ref,
        "body": body(case.provider_id).names[language],
        "received": moment(case.received_at, language),
        "registered": moment(case.registered_at, language),
        "due": moment(case.due, language),
        "exit": _named(ending.name if ending else None, language),
        "ground": _named(stopped.name if stopped else None, language),
        "reason": str(said.get("reason", "")),
        "faults": "; ".join(str(each.get("fault", "")) for each in said.get("faults") or ()),
        "until": moment(_until(case), language),
        "old": moment(said.get("old"), language),
        "new": moment(said.get("new"), language),
        "because": str(said.get("act", "")),
        "clause": str(said.get("clause", "")),
        "step": step_name(law, str(said.get("step") or said.get("duty") or ""), language),
        "hearing": moment((said.get("output") or said).get("hearing-at"), language),
        "place": str((said.get("output") or said).get("place") or "–"),
        "check": _failed(case, said, language),
        "to": _account(said.get("to")) if event.code == "task.assigned" else "",
    }


def _account(pk: Any) -> str:
    found = Account.objects.filter(pk=pk).first()
    return found.full_name if found else ""


def _failed(case: Case, said: Mapping[str, Any], language: str) -> str:
    """The check a signature failed, in words."""
    row = SignatureRecord.objects.filter(
        stream=case.stream, seq=said.get("of", 0), subject=said.get("subject", "")
    ).first()
    failed = restored(row).failed if row else ()
    return failed[0].detail(language) if failed else ""  # type: ignore[arg-type]


def _named(text: Text | None, language: str) -> str:
    return text.in_language(language) if text else ""


def step_name(law: Law, step: str, language: str) -> str:
    """A step's name; what is no step of the law has that of the service."""
    try:
        return law.step(step).name.in_language(language)
    except (KeyError, StopIteration):
        return law.package.name.in_language(language)


def moment(value: datetime | str | None, language: str) -> str:
    if not value:
        return ""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return written_moment(moment, language)  # type: ignore[arg-type]


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The words with their facts in place."""
    return text.format_map(facts).strip()


@cache
def _letters() -> dict[str, Any]:
    return dict(yaml.safe_load(Path(__file__).with_name("letters.yaml").read_text(encoding="utf-8")))
