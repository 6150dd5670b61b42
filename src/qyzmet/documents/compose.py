"""Source → content: what each document says, in the words of `texts.yaml` and of the package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date

from qyzmet import clock
from qyzmet.cases.models import Deadline, Token, Vote
from qyzmet.documents.content import Content, Day, Grounded, Row, Signer, Words, verification
from qyzmet.documents.sources import Source
from qyzmet.documents.values import shown
from qyzmet.identity import written_date, written_moment
from qyzmet.regulation.model import Text

__all__ = ["compose"]

LANGUAGES: tuple[clock.Language, ...] = ("kk", "ru", "en")


def compose(
    source: Source, *, number: str, code: str, address: str, at: datetime, sample: bool, replaces: str = ""
) -> Content:
    """The content of a document.

    `address` is where its code is checked; `sample` prints the demo's banner; `replaces` names the document
    this one is issued instead of.
    """
    day = clock.local(at).date()
    kind = _kind(source)
    return Content(
        languages=source.rule.languages,
        issuer=_issuer(source),
        title=_words(source.rule.name),
        number=number,
        date=written_date(day, source.rule.languages[0]),
        issued=day,
        addressee=_addressee(source),
        body=_body(source, kind),
        rows=_ROWS.get(kind, _result_rows)(source),
        grounds=_grounds(source) if kind in {"refusal", "suspension", "hearing"} else (),
        days=_days(source) if kind == "receipt" else (),
        signer=_signer(source),
        verify=verification(code, address),
        sample=_texts()["sample"] if sample else None,
        replaces=replaces,
    )


def _issuer(source: Source) -> dict[str, str]:
    return {lang: source.issuer.name(lang) for lang in LANGUAGES}


def _kind(source: Source) -> str:
    """Which words fit: by the template, and for a notice by where the case is heading."""
    template = (source.rule.template or "notice.typ").removesuffix(".typ")
    if source.issued.startswith("hearing"):
        return "hearing"
    found = source.ending
    if template in {"notice", "refusal"} and found is not None and found.kind in {"refusal", "suspension"}:
        return found.kind
    return template if template in {"receipt", "minutes", "refusal"} else "notice"


def _body(source: Source, kind: str) -> dict[str, tuple[str, ...]]:
    body: dict[str, tuple[str, ...]] = {}
    for lang in LANGUAGES:
        facts = _facts(source, lang)
        said = [each.format(**facts) for each in _texts()[kind][lang]]
        body[lang] = tuple([*said, _texts()["remedy"][lang]] if kind == "refusal" else said)
    return body


def _facts(source: Source, lang: clock.Language) -> dict[str, str]:
    case, package = source.case, source.law.package
    found = source.ending
    step = source.law.step(source.token.step) if source.token else None
    outcome = source.said.get("outcome", "")
    moves = step.then.get(outcome) if step else None
    label = moves[0].name.in_language(lang) if moves and moves[0].name else outcome
    return {
        "service": package.name.in_language(lang),
        "number": case.number or case.ref,
        "registered": written_moment(case.registered_at, lang),
        "exit": found.name.in_language(lang) if found else "",
        "step": step.name.in_language(lang) if step else "",
        "outcome": label,
    }


def _addressee(source: Source) -> tuple[str, ...]:
    form = source.filing.form
    where = next((str(form[key]) for key in ("address", "residence", "home-address") if form.get(key)), "")
    return tuple(line for line in (source.filing.applicant_name, where) if line)


def _receipt_rows(source: Source) -> tuple[Row, ...]:
    case, language = source.case, source.rule.languages[0]
    rules = source.law.package.documents
    attached = ", ".join(rules[k].name.in_language(language) for k in source.filing.documents if k in rules)
    values = {
        "number": case.number or case.ref,
        "received": written_moment(case.received_at, language),
        "registered": written_moment(case.registered_at, language),
        "due": written_moment(case.due, language) if case.due else "",
        "documents": attached,
    }
    return tuple(Row(_texts()["labels"][key], value) for key, value in values.items() if value)


def _result_rows(source: Source) -> tuple[Row, ...]:
    """What the step and the decision recorded, each under the name its field has."""
    rows, language = [], source.rule.languages[0]
    for token in dict.fromkeys(t for t in (source.decided, source.token) if t is not None):
        fields = source.law.step(token.step).output
        for key, value in {**token.output, **_corrected(source, token)}.items():
            if key in fields and value not in (None, "", []):
                rows.append(Row(_words(fields[key].name), shown(fields[key], value, language)))
    return tuple(rows)


def _corrected(source: Source, token: Token) -> dict[str, Any]:
    return {k: v for k, v in source.corrections.items() if k in token.output}


def _minutes_rows(source: Source) -> tuple[Row, ...]:
    if source.token is None:
        return ()
    votes = Vote.objects.filter(token=source.token).select_related("account").order_by("id")
    labels = _texts()["labels"]
    step = source.law.step(source.token.step)
    rows = []
    for vote in votes:
        moves = step.then.get(vote.outcome)
        label: Words = _words(moves[0].name) if moves and moves[0].name else labels["for"]
        rows.append(Row(labels["recused"] if vote.recused else label, vote.account.full_name))
    return (*rows, *_result_rows(source))


_ROWS: dict[str, Callable[[Source], tuple[Row, ...]]] = {"receipt": _receipt_rows, "minutes": _minutes_rows}


def _grounds(source: Source) -> tuple[Grounded, ...]:
    package = source.law.package
    listed: Mapping[str, Any] = {**package.suspensions, **package.grounds}
    chosen = source.decided.grounds if source.decided else []
    return tuple(
        Grounded(_words(listed[g["ground"]].name), listed[g["ground"]].cite, g.get("reason") or None)
        for g in chosen
        if g["ground"] in listed
    )


def _days(source: Source) -> tuple[Day, ...]:
    kept = Deadline.objects.filter(subject=f"case:{source.case.pk}", duty="term").first()
    days = (kept.basis or {}).get("days") or [] if kept else []
    return tuple(_day(clock.DayReason.restored(each)) for each in days)


def _day(reason: clock.DayReason) -> Day:
    state = "counted" if reason.counted else "suspended" if reason.code == "suspended" else "skipped"
    why: dict[str, str] = {lang: reason.why(lang) for lang in clock.LANGUAGES}
    return Day(f"{reason.date:%d.%m}", format_date(reason.date, "ccc", locale="kk"), state, why)


def _signer(source: Source) -> Signer | None:
    step = source.signed
    if source.signer is None or step is None or not step.post:
        return None
    return Signer(source.law.post_name(step.post, step.step), source.signer.full_name)


def _words(text: Text) -> dict[str, str]:
    return {lang: text.in_language(lang) for lang in LANGUAGES}


@cache
def _texts() -> dict[str, Any]:
    return dict(yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8")))
