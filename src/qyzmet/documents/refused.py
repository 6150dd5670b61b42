"""The receipt of refusal to accept documents at a window: no case is opened, two copies are printed.

Cites: Law on state services art. 20(2); O109 an.3; O109 r417 §13 ¶5.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from qyzmet import clock
from qyzmet.cases.laws import Law, law_named
from qyzmet.cases.models import Payload, RefusedFiling
from qyzmet.documents.content import Content, Grounded, Row, Words, verification
from qyzmet.documents.models import Document
from qyzmet.documents.phrases import LANGUAGES, clause_words, paragraphs, texts, words_of
from qyzmet.documents.printing import address_of, new_code, printed
from qyzmet.documents.recording import Sealed, record
from qyzmet.documents.sealing import sealed
from qyzmet.identity import written_date, written_moment
from qyzmet.people.models import Account
from qyzmet.regulation.model import Issued

__all__ = ["NOT_ACCEPTED", "issue_refusal"]

NOT_ACCEPTED = "not-accepted"
CLAUSE = "Law on state services art. 20(2)"


def issue_refusal(stream: str, seq: int, *, now: datetime) -> Document:
    """Issue the receipt that entry `seq` of a window's stream calls for; once, however often it is asked."""
    said = json.loads(Payload.objects.get(stream=stream, seq=seq).data or "{}")
    row = RefusedFiling.objects.select_related("organisation").get(number=said["number"])
    done = Document.objects.filter(refusal=row, issued=NOT_ACCEPTED).first()
    if done is not None:
        return done
    law = _law(row)
    rule = law.package.issued.get(NOT_ACCEPTED)
    about = {
        "document": NOT_ACCEPTED, "case": row.number, "service": row.service, "edition": row.edition,
        "clause": rule.cite if rule else CLAUSE,
    }  # fmt: skip
    made = printed("not-accepted.typ", _content(row, law, rule), about)
    pdf = sealed(made.pdf, now=now)
    ready = Sealed(made, pdf, stream, seq, NOT_ACCEPTED, row.edition, row.refused_at)
    return record(ready, row, now=now)


def _law(row: RefusedFiling) -> Law:
    found = law_named(row.edition)
    if found is None:
        raise LookupError(f"the refusal {row.number} names {row.edition!r}, which is not published here")
    return found


def _content(row: RefusedFiling, law: Law, rule: Issued | None) -> Content:
    said, code = texts(), new_code()
    known = {lang: {"service": law.package.name.in_language(lang)} for lang in LANGUAGES}
    return Content(
        languages=rule.languages if rule else ("kk", "ru"),
        issuer={lang: row.organisation.name(lang) for lang in LANGUAGES},
        title=words_of(rule.name) if rule else said["not-accepted-title"],
        number=row.number,
        date={lang: written_date(clock.local(row.refused_at).date(), lang) for lang in LANGUAGES},
        issued=clock.local(row.refused_at).date(),
        body=paragraphs(said[NOT_ACCEPTED], known),
        rows=_rows(row, law),
        grounds=tuple(_ground(law, ground) for ground in row.grounds),
        closing=paragraphs(said["after"][NOT_ACCEPTED], known),
        lines=_hands(row, law),
        verify=verification(code, address_of(code)),
        sample=None if settings.PRODUCTION else said["sample"],
        standing=said["standing"] if settings.PRODUCTION else None,
        copies=max(2, rule.copies if rule else 2),
        layout="beside",
    )


def _rows(row: RefusedFiling, law: Law) -> tuple[Row, ...]:
    labels = texts()["labels"]
    rows = [
        Row(labels["applicant"], _applicants(row)),
        *_row(labels["address"], row.details.get("address")),
        Row(labels["refused-by"], {lang: _refusing(row, lang) for lang in LANGUAGES}),
        Row(labels["refused-at"], {lang: written_moment(row.refused_at, lang) for lang in LANGUAGES}),
    ]
    if row.documents:
        rows.append(Row(labels["missing"], {lang: _missing(row, law, lang) for lang in LANGUAGES}))
    return tuple(rows)


def _applicants(row: RefusedFiling) -> str:
    """The recipient, and who applies together with them: a developer and its authorised company."""
    return "\n".join(name for name in (row.applicant_name or row.applicant, row.details.get("with")) if name)


def _refusing(row: RefusedFiling, lang: clock.Language) -> str:
    """The department at the window and its address."""
    return ", ".join(part for part in (row.organisation.name(lang), row.organisation.address) if part)


def _row(label: Words, value: str | None) -> tuple[Row, ...]:
    return (Row(label, value),) if value else ()


def _missing(row: RefusedFiling, law: Law, lang: clock.Language) -> str:
    names = [_name(each, law, lang) for each in row.documents]
    return "\n".join(f"{place}. {name}" for place, name in enumerate(names, 1))


def _name(document: Mapping[str, Any], law: Law, lang: clock.Language) -> str:
    known = law.package.documents.get(str(document.get("document", "")))
    name = known.name.in_language(lang) if known is not None else document.get("name", "")
    said = str(name.get(lang, "")) if isinstance(name, Mapping) else str(name)
    return f"{said} ({texts()['labels']['expired'][lang]})" if document.get("fault") == "expired" else said


def _ground(law: Law, said: Mapping[str, str]) -> Grounded:
    known = law.package.grounds.get(said["ground"])
    reason = said.get("reason") or None
    if known is None:
        return Grounded(texts()["not-accepted-ground"], clause_words(CLAUSE), reason, CLAUSE)
    return Grounded(words_of(known.name), clause_words(known.cite), reason, known.cite)


def _hands(row: RefusedFiling, law: Law) -> tuple[Words, ...]:
    """Who signs by hand: the one at the window, with their post; an executor, who gives name and telephone;
    and the recipient, for having received it."""
    official = Account.objects.filter(number=row.official).first()
    post = next((way.by for way in law.package.channels.values() if way.by), "")
    known = law.package.posts.get(post)
    posts = words_of(known.name) if known else dict.fromkeys(LANGUAGES, "")
    name = official.full_name if official else ""
    mine = {lang: ", ".join(part for part in (name, posts[lang]) if part) for lang in LANGUAGES}
    theirs = dict.fromkeys(LANGUAGES, row.applicant_name)
    said = texts()
    signed, got = said["signed-here"], said["received-here"]
    ours = ({lang: signed[lang].format(name=mine[lang]) for lang in LANGUAGES},) if mine["kk"] else ()
    return (*ours, said["executor-here"], {lang: got[lang].format(name=theirs[lang]) for lang in LANGUAGES})
