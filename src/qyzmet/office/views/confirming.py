"""At the counter: confirming whose number an account bears, by a document of identity."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from qyzmet.cases.accounts import intake_post
from qyzmet.cases.acts.accounts import confirm_account
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office.desk import actor_of, official, page
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import current_language, say

__all__ = ["confirm"]

KINDS = ("individual", "legal-entity")
FIELDS = ("number", "surname", "given-name", "patronymic", "document", "email")
OPTIONAL = {"given-name", "patronymic", "email"}
LONGEST = 400


@never_cache
@official
def confirm(request: HttpRequest) -> HttpResponse:
    """Look at the document, write what it says; the person is told a new password, shown this once."""
    actor = actor_of(request)
    if not intake_post(actor):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, {"kind": KINDS[0]}, [])
    said = {name: _clean(request.POST.get(name, "")) for name in (*FIELDS, "kind")}
    errors = [Fault(name, _needed(name)) for name in FIELDS if name not in OPTIONAL and not said[name]]
    if said["kind"] not in KINDS:
        errors.insert(0, Fault("kind", _needed("kind")))
    elif said["kind"] == KINDS[0] and not said["given-name"]:
        errors.append(Fault("given-name", _needed("given-name")))
    if errors:
        return _page(request, said, errors)
    try:
        account, first = confirm_account(
            actor,
            said["number"],
            said["kind"],
            name=(said["surname"], said["given-name"], said["patronymic"]),
            document=said["document"],
            email=said["email"],
            now=clock.now(),
        )
    except ActRefused as refusal:
        field = str(refusal.hint.get("field", "number"))
        return _page(request, said, [Fault(field, refusal.text[current_language()])])
    return page(request, "confirm_account.html", {"done": account, "first": first}, at="confirm")


def _page(request: HttpRequest, said: dict[str, str], errors: list[Fault]) -> HttpResponse:
    rows = [
        {
            "name": name,
            "label": say(f"confirming.{name}"),
            "value": said.get(name, ""),
            "error": next((each.text for each in errors if each.id == name), ""),
            "optional": name in OPTIONAL and name != "given-name",
        }
        for name in FIELDS
    ]
    kinds = [(key, say(f"confirming.kind-{key}"), said["kind"] == key) for key in KINDS]
    wrong = next((each.text for each in errors if each.id == "kind"), "")
    context = {"rows": rows, "kinds": kinds, "kind_error": wrong, "errors": errors}
    return page(request, "confirm_account.html", context, at="confirm", status=422 if errors else 200)


def _needed(name: str) -> str:
    return say("confirming.needed", name=say(f"confirming.{name}"))


def _clean(text: str) -> str:
    return "".join(each for each in text[:LONGEST] if each.isprintable()).strip()
