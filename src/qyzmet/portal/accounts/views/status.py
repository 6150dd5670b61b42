"""Where an application stands, by its number and the IIN: the stage alone."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from qyzmet.cases.models import Case
from qyzmet.config import clock
from qyzmet.config.client import address
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import say
from qyzmet.people import attempts
from qyzmet.portal.accounts.fields import Form, Line

__all__ = ["status"]

FORM = Form("status", (Line("case"), Line("number", "numeric")), "portal/accounts/status.html")


@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """The stage, and nothing of the papers, the people or the result.

    A number that does not exist and one that is somebody else's get the same answer. Cites: A120 §10.
    """
    if request.method != "POST":
        return FORM.page(request)
    said, now = FORM.read(request), clock.now()
    if errors := FORM.empty(said):
        return FORM.page(request, said, errors)
    iin = "".join(said["number"].split())[:12]
    if not (attempts.may("status", address(request), now) and attempts.may("status-number", iin, now)):
        return FORM.page(request, said, [Fault("case", say("accounts.too-often"))], status=429)
    found = _found(said["case"], iin)
    if found is None:
        return FORM.page(request, said, [Fault("case", say("accounts.status-none"))])
    return FORM.page(request, said, stage=f"accounts.stage-{found.state}")


def _found(number: str, iin: str) -> Case | None:
    plain = "".join(number.split()).upper()
    return Case.objects.filter(Q(number=number) | Q(number=plain) | Q(ref=plain), applicant=iin).first()
