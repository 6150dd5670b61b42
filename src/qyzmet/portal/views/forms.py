"""The blank form of a service as a file to print (M262 §17)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from qyzmet.clock import local
from qyzmet.config import clock
from qyzmet.documents.blank import blank_form
from qyzmet.portal.views.catalogue import listed_or_404

__all__ = ["blank_pdf"]


def blank_pdf(request: HttpRequest, service: str) -> HttpResponse:
    """The form with nothing in it as PDF/A, in Kazakh and Russian."""
    now = clock.now()
    package = listed_or_404(service, now).package
    address = f"{settings.QYZMET_ADDRESS}/services/{service}"
    pdf = blank_form(package, address=address, day=local(now).date())
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{service}.pdf"'
    return answer
