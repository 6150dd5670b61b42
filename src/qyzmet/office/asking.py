"""A small form of an office page: fields, what was typed, what is wrong with it, the act's refusal beside it.

small = asking.sent(fields, request.POST, do) if posted else asking.opened(fields)
if small.done: return redirect(…)       # else draw small.form.widgets and small.errors
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from qyzmet.cases.refusals import ActRefused, refused
from qyzmet.pages import forms
from qyzmet.pages.words import current_language
from qyzmet.regulation.model import Field

__all__ = ["Small", "again", "opened", "sent"]

Do = Callable[[Mapping[str, Any]], object]


@dataclass(frozen=True)
class Small:
    """The form as it is drawn. `done`: it was sent and carried out; `problem`: the refusal, in words."""

    form: forms.Form
    done: bool = False
    problem: str = ""
    clause: str = ""

    @property
    def errors(self) -> list[forms.Fault]:
        """The error summary; a refusal that lies in no field leads to the page."""
        return [*([forms.Fault("main", self.problem)] if self.problem else []), *self.form.errors]


def opened(fields: Mapping[str, Field], first: Mapping[str, Any] | None = None, prefix: str = "") -> Small:
    """The form before anything is sent."""
    return Small(forms.Form(fields, dict(first or {}), {}, prefix=prefix))


def again(fields: Mapping[str, Field], data: QueryDict, prefix: str = "") -> Small:
    """The form with what was typed before a session ended, not sent yet."""
    return opened(fields, forms.posted(fields, data, prefix), prefix)


def sent(fields: Mapping[str, Field], data: QueryDict, do: Do, prefix: str = "") -> Small:
    """Check what was sent and carry it out; what was typed stays where something is wrong."""
    rows = forms.rows_command(fields, data, prefix)
    if rows is not None:
        return opened(fields, rows, prefix)
    typed = forms.posted(fields, data, prefix)
    read = forms.check(fields, typed, forms.live_facts(fields, typed))
    form = forms.Form(fields, typed, {}, read.faults, prefix)
    if read.faults:
        return Small(form)
    try:
        _lengths(fields, read.clean)
        do(read.clean)
    except ActRefused as problem:
        return _with(form, prefix, problem)
    return Small(form, done=True)


def _lengths(fields: Mapping[str, Field], clean: Mapping[str, Any]) -> None:
    for name, value in clean.items():
        most = fields[name].max
        if fields[name].type in ("text", "long-text") and most is not None and len(value) > most:
            raise refused("text-too-long", most=int(most), hint={"field": name})


def _with(form: forms.Form, prefix: str, problem: ActRefused) -> Small:
    """The refusal beside the field it lies in, or above them all."""
    said, at = problem.text[current_language()], f"{prefix}{problem.hint.get('field', '')}"
    if not any(widget.name == at for widget in form.widgets):
        return Small(form, problem=said, clause=problem.clause)
    form.widgets = tuple(replace(w, error=said) if w.name == at else w for w in form.widgets)
    return Small(form)
