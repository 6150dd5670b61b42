"""The rows of a document: what a receipt lists, what a step recorded, how a commission voted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from qyzmet import clock
from qyzmet.cases.models import Token
from qyzmet.cases.steps.sitting import Standing, standing
from qyzmet.documents.content import Row, Voted, Words
from qyzmet.documents.phrases import LANGUAGES, each, texts, words_of
from qyzmet.documents.sources import Source
from qyzmet.documents.values import shown
from qyzmet.identity import written_moment
from qyzmet.people.models import Account
from qyzmet.regulation.acts import split_cite
from qyzmet.regulation.model import Field
from qyzmet.regulation.printing.phrases import hours_words

__all__ = ["form_rows", "of_form", "receipt_rows", "result_rows", "vote_rows", "voted"]


def receipt_rows(source: Source) -> tuple[Row, ...]:
    """Number and date of acceptance, the service, the documents by name, when and where the result is given.

    Who took them in signs beneath. Cites: M262 private §15 ¶3; M262 permanent §15 ¶3; M262 paid §15 ¶3;
        M262 gratuitous §15 ¶3.
    """
    case, labels = source.case, texts()["labels"]
    rows = [
        Row(labels["number"], case.number or case.ref),
        Row(labels["service"], words_of(source.law.package.name)),
        Row(labels["received"], _by(lambda lang: written_moment(case.received_at, lang))),
    ]
    way, due, registered = source.law.package.channels.get(case.channel), case.due, case.registered
    if registered is not None:
        rows.append(Row(labels["registered"], _by(lambda lang: written_moment(registered, lang))))
    if way is not None:
        rows.append(Row(labels["hours"], _by(lambda lang: hours_words(way.hours, lang))))
    if due is not None:
        rows.append(Row(labels["due"], _by(lambda lang: written_moment(due, lang))))
    if source.filing.documents:
        rows.append(Row(labels["documents"], _by(lambda lang: _attached(source, lang))))
    return (*rows, Row(labels["collect"], _where(source)))


def _attached(source: Source, lang: clock.Language) -> str:
    known, given = source.law.package.documents, source.filing.documents
    names = [known[key].name.in_language(lang) for key in given if key in known]
    return "\n".join(f"{place}. {name}" for place, name in enumerate(names, 1))


def _where(source: Source) -> Words:
    """The window that took the papers gives the result out; else it comes to the cabinet."""
    channel = source.law.package.channels.get(source.case.channel)
    if channel is not None and channel.by:
        return {lang: source.issuer.name(lang) for lang in LANGUAGES}
    return dict(texts()["in-cabinet"])


def result_rows(source: Source) -> tuple[Row, ...]:
    """What the step and the decision recorded, each under the name its field has."""
    rows = []
    for token in dict.fromkeys(t for t in (source.decided, source.token) if t is not None):
        fields = source.law.step(token.step).output
        for key, value in {**token.output, **_corrected(source, token)}.items():
            if key in fields and value not in (None, "", []):
                rows.append(_recorded(fields[key], value))
    return tuple(rows)


def form_rows(source: Source) -> tuple[Row, ...]:
    """What a result stands on: what officials measured and set, then the application's own answers.

    Consents, files and ways to reach the recipient are left out: they say nothing of the result.
    Cites: O109 an.5 amount; O109 an.5 kind; O109 an.5 agent; O109 an.5 local document; O144 an.1 §12;
        M262 private §5 act.
    """
    asked = {k: f for section in source.law.package.form.values() for k, f in section.fields.items()}
    given = {k: v for k, v in source.filing.form.items() if k in asked and v not in (None, "", [], {})}
    answers = [_recorded(asked[k], v) for k, v in given.items() if asked[k].type not in UNPRINTED]
    return (*_measures(source), *answers)


UNPRINTED = {"consent", "email", "phone", "file", "files"}
MEASURES = {"money", "number", "area", "date", "choice", "choices", "yes-no"}


def _measures(source: Source) -> list[Row]:
    """What a register gave, and what the last official that measured anything recorded."""
    given: list[Row] = []
    for token in reversed(source.done):
        step, said = source.law.step(token.step), {**token.output, **_corrected(source, token)}
        known = {k: v for k, v in said.items() if k in step.output and v not in (None, "", [])}
        if step.kind == "effect":
            given = [*(_recorded(step.output[k], v) for k, v in known.items()), *given]
        elif rows := [
            _recorded(step.output[k], v) for k, v in known.items() if _told(source, step.output[k])
        ]:
            return [*given, *rows]
    return given


def _told(source: Source, field: Field) -> bool:
    """Whether a result tells it: what was measured, but the waiting at a window; and in words only what the
    form of the document itself has a place for."""
    if field.type not in MEASURES:
        return of_form(source, field)
    ways = source.law.package.channels.values()
    return field.cite not in {each.cite for way in ways for each in (way.waiting, way.serving) if each}


def of_form(source: Source, field: Field) -> bool:
    """Whether the form of the document itself, as the act prints it, has a place for this."""
    parts = tuple(f"{cite} " for cite in split_cite(source.rule.cite))
    return bool(field.cite and field.cite.startswith(parts))


def _recorded(field: Field, value: Any) -> Row:
    return Row(words_of(field.name), _by(lambda lang: shown(field, value, lang)))


def _corrected(source: Source, token: Token) -> dict[str, Any]:
    return {k: v for k, v in source.corrections.items() if k in token.output}


def voted(source: Source) -> tuple[Voted, ...]:
    """Every member with their vote, the chair first."""
    token = source.token
    if token is None:
        return ()
    votes, step = _standing(source, token).votes, source.law.step(token.step)
    people = Account.objects.in_bulk([vote.account_id for vote in votes])
    said = []
    for vote in sorted(votes, key=lambda each: not each.chair):
        moves = step.then.get(vote.outcome)
        how = words_of(moves[0].name) if moves and moves[0].name else texts()["for"]
        name = people[vote.account_id].full_name
        said.append(Voted(name, texts()["recused"] if vote.recused else how, vote.chair, vote.reason))
    return tuple(said)


def vote_rows(source: Source) -> tuple[Row, ...]:
    """The quorum with how many voted, how the votes fell, and what was recorded with them."""
    token = source.token
    if token is None:
        return result_rows(source)
    stands, labels = _standing(source, token), texts()["labels"]
    words = texts()["quorum" if stands.quorum else "no-quorum"]
    quorum = Row(labels["quorum"], each(words, needed=stands.needed, given=stands.given))
    tally = Row(labels["tally"], _by(lambda lang: _tally(source, token, stands, lang)))
    return (quorum, tally, *result_rows(source))


def _standing(source: Source, token: Token) -> Standing:
    return standing(source.law.step(token.step), token.pk, token.closed_at or source.record.recorded_at)


def _tally(source: Source, token: Token, stands: Standing, lang: clock.Language) -> str:
    counted = Counter(vote.outcome for vote in stands.votes if not vote.recused)
    recused = sum(vote.recused for vote in stands.votes)
    said = [f"{_outcome(source, token, key, lang)} – {count}" for key, count in counted.most_common()]
    return "; ".join([*said, f"{texts()['recused'][lang]} – {recused}"] if recused else said)


def _outcome(source: Source, token: Token, key: str, lang: clock.Language) -> str:
    moves = source.law.step(token.step).then.get(key)
    return moves[0].name.in_language(lang) if moves and moves[0].name else str(texts()["for"][lang])


def _by(say: Callable[[clock.Language], str]) -> Words:
    return {lang: say(lang) for lang in LANGUAGES}
