"""The request for a home visit as a form: who asks, where, why, and their consent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import QueryDict

from qyzmet.cases.acts import visits
from qyzmet.cases.acts.visits.ask_home_visit import WAYS
from qyzmet.cases.hall import visiting
from qyzmet.cases.models import HomeVisit
from qyzmet.cases.refusals import ActRefused
from qyzmet.office.queue.gate import number
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor, Principal
from qyzmet.people.directory import bodies

__all__ = ["Request", "choices"]

FIELDS = ("number", "name", "phone", "address", "why")
LONGEST = 300


def choices(now: datetime, where: int | None = None) -> list[tuple[str, str]]:
    """What may be asked for as `body:service` → words, of one body or of every body that visits."""
    language, found = current_language(), []
    for each in bodies():
        if (where is not None and each.id != where) or each.closed:
            continue
        for service, law in visiting.home_visits(each.id, now).items():
            name = law.package.name.in_language(language)
            found.append((f"{each.id}:{service}", name if where else f"{name} – {each.names[language]}"))
    return found


class Request:
    """The form as typed. `rows` are its text fields, `errors` what is wrong in the order of the page."""

    def __init__(self, data: QueryDict, offered: list[tuple[str, str]]) -> None:
        self.data, self.offered = data, offered
        self.errors: list[Fault] = []

    def said(self, name: str) -> str:
        return "".join(each for each in self.data.get(name, "")[:LONGEST] if each.isprintable()).strip()

    @property
    def rows(self) -> list[tuple[str, str, str, str]]:
        labels = {
            "number": say("visits.number"), "name": say("visits.name"), "phone": say("visits.phone"),
            "address": say("visits.address"), "why": say("visits.why"),
        }  # fmt: skip
        return [(name, labels[name], self.said(name), self.error(name)) for name in FIELDS]

    def error(self, field: str) -> str:
        return next((each.text for each in self.errors if each.id == field), "")

    @property
    def consent_error(self) -> str:
        return self.error("consent")

    @property
    def what_error(self) -> str:
        return self.error("what")

    def ask(self, actor: Actor, now: datetime) -> HomeVisit | None:
        """Ask for the visit; None when something has to be put right, which `errors` then say."""
        what = self.said("what")
        if what not in dict(self.offered):
            self.errors.append(Fault("what", say("visits.what-needed")))
        labels = {name: label for name, label, _, _ in self.rows}
        self.errors += [
            Fault(name, say("visits.needed", name=labels[name])) for name in FIELDS if not self.said(name)
        ]
        if self.data.get("consent") != "yes":
            self.errors.append(Fault("consent", say("visits.consent-needed")))
        return None if self.errors else self._asked(actor, what, now)

    def _asked(self, actor: Actor, what: str, now: datetime) -> HomeVisit | None:
        where, _, service = what.partition(":")
        who = Principal("".join(self.said("number").split()), "individual", self.said("name"), "self")
        way = self.data.get("way", "")
        try:
            return visits.ask_home_visit(
                actor, number(where), service, who, phone=self.said("phone"), address=self.said("address"),
                why=self.said("why"), way=way if way in WAYS else WAYS[0], consent=True, now=now,
                key=self.data.get("key") or None,
            )  # fmt: skip
        except ActRefused as problem:
            self.errors.append(self._fault(problem))
            return None

    def _fault(self, problem: ActRefused) -> Fault:
        hint: dict[str, Any] = problem.hint
        field = "number" if "recipient" in hint else "name" if "recipient.name" in hint else hint.get("field")
        words = say("visits.number-wrong") if field == "number" else problem.text[current_language()]
        return Fault(str(field or "what"), words)
