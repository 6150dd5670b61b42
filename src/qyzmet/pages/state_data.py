"""Data of state databases as pages show them: each question with its state, dates and answers in words."""

from __future__ import annotations

from dataclasses import dataclass

from qyzmet.cases.queries import CasePage
from qyzmet.gateway.statedata.showing import Fetched, fetched
from qyzmet.pages import forms
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor
from qyzmet.regulation.model.fetching import APPLICANT
from qyzmet.regulation.state_databases import load_databases

__all__ = ["Answer", "Row", "rows"]

SIGNS = {"asked": "open", "late": "soon", "answered": "done", "refused": "refused", "failed": "late"}
"""State → the sign of its tag; it has a word too."""


@dataclass(frozen=True, slots=True)
class Answer:
    name: str
    said: forms.Shown


@dataclass(frozen=True, slots=True)
class Row:
    """One question: `about` in words, `consent` the words that were agreed to, `problem` a sentence."""

    said: Fetched
    name: str
    database: str
    owner: str
    about: str
    consent: str
    sign: str
    problem: str
    answers: tuple[Answer, ...]


def rows(actor: Actor, page: CasePage) -> list[Row]:
    """What the actor may see of them, oldest first."""
    return [_row(page, each) for each in fetched(actor, page)]


def _row(page: CasePage, said: Fetched) -> Row:
    language = current_language()
    return Row(
        said, said.name[language], said.database_name[language], said.owner.get(language, ""),
        _about(page, said), _consent(page, said.consent), SIGNS.get(said.state, "past"),
        say(f"state-data.problem-{said.problem}") if said.problem else "", _answers(said),
    )  # fmt: skip


def _about(page: CasePage, said: Fetched) -> str:
    if said.role == APPLICANT:
        return " · ".join(filter(None, (say("state-data.about-applicant"), said.about)))
    sections = page.law.package.form.values()
    field = next((s.fields[said.role] for s in sections if said.role in s.fields), None)
    name = field.name.in_language(current_language()) if field else said.role
    return " · ".join(filter(None, (name, said.about)))


def _consent(page: CasePage, field: str) -> str:
    sections = page.law.package.form.values()
    found = next((s.fields[field] for s in sections if field in s.fields), None)
    return found.name.in_language(current_language()) if found else field


def _answers(said: Fetched) -> tuple[Answer, ...]:
    database = load_databases().get(said.database)
    if database is None:
        return ()
    language = current_language()
    found = (
        Answer(field.name.in_language(language), forms.shown(field, said.data[key]))
        for key, field in database.gives.items()
        if key in said.data
    )
    return tuple(each for each in found if not each.said.empty)
