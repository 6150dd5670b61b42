"""Going to the next due moment, in a demo."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases.sweep import sweep
from qyzmet.config import clock
from qyzmet.config.next_due import next_due
from qyzmet.pages.posting import posted_to
from qyzmet.pages.templatetags.words import moment as moment_words
from qyzmet.pages.words import say
from qyzmet.portal.views.entry import inside

__all__ = ["move_on"]


@posted_to("/")
def move_on(request: HttpRequest) -> HttpResponse:
    """Move the shared clock to the next moment something falls due, and do what has become due."""
    if settings.PRODUCTION:
        raise Http404
    found = next_due(clock.now())
    if found is None:
        messages.info(request, say("clock.nothing"))
    else:
        clock.move_to(found)
        sweep(clock.now())
        messages.success(request, say("clock.moved", moment=moment_words(clock.now())))
    return redirect(inside(request, request.POST.get("next", "")) or "/")
