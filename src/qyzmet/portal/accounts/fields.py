"""A short form of text fields: drawn, read, and drawn again with what was wrong beside each field.

    form = Form("register", (Line("number", "numeric"), Line("password", "password")))
    said = form.read(request)                       # name → as typed, trimmed and of sane length
    return form.page(request, said, form.faults(refusal), status=422)

Texts are those of `accounts.yaml`: `<form>`, `<form>-lead`, `<form>-do`, `field-<name>`, `hint-<name>`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qyzmet.cases.refusals import ActRefused
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import current_language, say, table

__all__ = ["Form", "Line", "clean"]

LONGEST = 400
SECRET = {"password", "again", "old"}


@dataclass(frozen=True, slots=True)
class Line:
    """One field. `kind`: text, numeric, password, email, date, choice, code. `choices`: keys of texts."""

    name: str
    kind: str = "text"
    auto: str = "off"
    optional: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one page."""

    key: str
    lines: tuple[Line, ...]
    template: str = "portal/accounts/form.html"

    def read(self, request: HttpRequest) -> dict[str, str]:
        """What was posted; a secret is left as it was typed."""
        return {
            line.name: request.POST.get(line.name, "")
            if line.name in SECRET
            else clean(request.POST.get(line.name, ""))
            for line in self.lines
        }

    def empty(self, said: Mapping[str, str]) -> list[Fault]:
        """The fields that have to be filled in and are not."""
        return [
            Fault(line.name, say("accounts.needed", name=say(f"accounts.field-{line.name}")))
            for line in self.lines
            if not line.optional and not said[line.name]
        ]

    def faults(self, refusal: ActRefused) -> list[Fault]:
        """What stopped the act, at its field where it names one of this form."""
        field = str(refusal.hint.get("field", ""))
        known = {line.name for line in self.lines}
        return [Fault(field if field in known else self.lines[0].name, refusal.text[current_language()])]

    def page(
        self,
        request: HttpRequest,
        said: Mapping[str, str] | None = None,
        errors: Sequence[Fault] = (),
        *,
        status: int | None = None,
        **more: Any,
    ) -> HttpResponse:
        """Draw it; 422 where something is wrong."""
        drawn = [self._drawn(line, said or {}, errors) for line in self.lines]
        context = {
            "form": {"key": self.key, "lead": f"accounts.{self.key}-lead" in table()},
            "fields": drawn,
            "errors": list(errors),
            **more,
        }
        return render(request, self.template, context, status=status or (422 if errors else 200))

    def _drawn(self, line: Line, said: Mapping[str, str], errors: Sequence[Fault]) -> dict[str, Any]:
        hint = f"accounts.hint-{line.name}"
        return {
            "line": line,
            "label": say(f"accounts.field-{line.name}"),
            "hint": say(hint) if hint in table() else "",
            "value": "" if line.name in SECRET else said.get(line.name, ""),
            "error": next((each.text for each in errors if each.id == line.name), ""),
            "choices": [(key, say(f"accounts.choice-{key}")) for key in line.choices],
        }


def clean(text: str) -> str:
    """What was typed into one line, without signs nobody sees."""
    return "".join(each for each in text[:LONGEST] if each.isprintable()).strip()
