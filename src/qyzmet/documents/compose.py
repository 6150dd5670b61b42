"""Source → content: what each document says, in the words of `texts.yaml` and of the package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from babel.dates import format_date

from qyzmet import clock
from qyzmet.cases.models import Deadline
from qyzmet.documents.content import Content, Day, Grounded, Row, Signer, verification
from qyzmet.documents.phrases import LANGUAGES, clause_words, each, facts, paragraphs, texts, words_of
from qyzmet.documents.sources import Source
from qyzmet.documents.tables import form_rows, of_form, receipt_rows, result_rows, vote_rows, voted
from qyzmet.identity import written_date

__all__ = ["compose"]

ROWS: dict[str, Callable[[Source], tuple[Row, ...]]] = {
    "receipt": receipt_rows,
    "minutes": vote_rows,
    "result": form_rows,
}
RESULTS = {"permission", "approval", "act", "extract", "order"}
GROUNDED = {"refusal", "suspension", "hearing", "not-accepted"}


def compose(
    source: Source, *, number: str, code: str, address: str, at: datetime, sample: bool, replaces: str = ""
) -> Content:
    """The content of a document.

    `address` is where its code is checked; `sample` prints the demo's banner; `replaces` names the document
    this one is issued instead of.
    """
    day, kind, known = clock.local(at).date(), _kind(source), facts(source)
    rule, said = source.rule, texts()
    worded = _worded(rule.template, kind)
    return Content(
        languages=rule.languages,
        issuer={lang: source.issuer.name(lang) for lang in LANGUAGES},
        title=words_of(rule.name),
        number=number,
        date={lang: written_date(day, lang) for lang in LANGUAGES},
        issued=day,
        addressee=_addressee(source) if kind != "minutes" else None,
        body=paragraphs(said[worded], known),
        rows=() if source.suspended else ROWS.get(kind, result_rows)(source),
        votes=voted(source) if kind == "minutes" else (),
        grounds=_grounds(source) if kind in GROUNDED else (),
        closing=paragraphs(said["after"].get(worded), known),
        days=_days(source) if kind == "receipt" else (),
        signer=_signer(source),
        verify=verification(code, address),
        sample=said["sample"] if sample else None,
        standing=None if sample else said["standing"],
        replaces=each(said["replaces"], number=replaces) if replaces else None,
        copies=rule.copies,
        layout="beside" if kind == "receipt" else "under",
    )


def _kind(source: Source) -> str:
    """Which words fit: by the template, and for a notice by where the case is heading."""
    template = (source.rule.template or "notice.typ").removesuffix(".typ")
    if template == "minutes":
        return "minutes" if source.token and source.law.step(source.token.step).votes else "protocol"
    if source.issued.startswith("hearing"):
        return "hearing"
    if template == "notice" and source.case.about_id is not None:
        return "answer"
    if template in RESULTS:
        return "result"
    if template in {"notice", "refusal"} and source.ending is not None:
        kind = source.ending.kind
        return kind if kind in {"refusal", "suspension"} else "notice"
    return template if template in {"receipt", "refusal", "not-accepted"} else "notice"


def _worded(template: str | None, kind: str) -> str:
    """Whose words: those of the result's own form, if the act prints them; else those all results share."""
    own = (template or "").removesuffix(".typ")
    return own if kind == "result" and own in texts() else kind


def _addressee(source: Source) -> tuple[str, ...]:
    """Name and address; the telephone too where the document's own form has a place for it."""
    form, asked = source.filing.form, source.law.package.form.values()
    where = next((str(form[key]) for key in ("address", "residence", "home-address") if form.get(key)), "")
    phones = (
        k for section in asked for k, f in section.fields.items() if f.type == "phone" and of_form(source, f)
    )
    phone = next((str(form[key]) for key in phones if form.get(key)), "")
    return tuple(line for line in (source.filing.applicant_name, where, phone) if line)


def _grounds(source: Source) -> tuple[Grounded, ...]:
    package = source.law.package
    listed: Mapping[str, Any] = {**package.suspensions, **package.grounds}
    chosen = [source.said] if source.suspended else source.decided.grounds if source.decided else []
    return tuple(
        _ground(listed[g["ground"]], g.get("reason") or None) for g in chosen if g["ground"] in listed
    )


def _ground(listed: Any, reason: str | None) -> Grounded:
    return Grounded(words_of(listed.name), clause_words(listed.cite), reason, listed.cite)


def _days(source: Source) -> tuple[Day, ...]:
    kept = Deadline.objects.filter(subject=f"case:{source.case.pk}", duty="term").first()
    days = (kept.basis or {}).get("days") or [] if kept else []
    return tuple(_day(clock.DayReason.restored(day)) for day in days)


def _day(reason: clock.DayReason) -> Day:
    state = "counted" if reason.counted else "suspended" if reason.code == "suspended" else "skipped"
    why: dict[str, str] = {lang: reason.why(lang) for lang in clock.LANGUAGES}
    return Day(f"{reason.date:%d.%m}", format_date(reason.date, "ccc", locale="kk"), state, why)


def _signer(source: Source) -> Signer | None:
    step = source.signed
    if source.signer is None or step is None or not step.post:
        return None
    return Signer(source.law.post_name(step.post, step.step), source.signer.full_name)
