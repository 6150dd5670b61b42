"""Filters of my tasks kept under a name: kept, renamed, dropped. They are one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from qyzmet.cases.acts import accounts
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office.desk import actor_of, official
from qyzmet.office.narrowing import asked
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import current_language, say

__all__ = ["filters"]


@posted_to("/office/")
@official
def filters(request: HttpRequest) -> HttpResponse:
    """`keep` with the list's query, `rename` or `drop` with the filter's number; back to the list."""
    data, actor, now = request.POST, actor_of(request), clock.now()
    query = asked(QueryDict(data.get("query", "")[:1000])).query
    verb, number, name = data.get("verb", ""), data.get("filter", ""), data.get("name", "")
    which = int(number) if number.isdecimal() and len(number) < 10 else 0
    try:
        if verb == "keep":
            accounts.keep_filter(actor, name, query, now=now)
        elif verb == "rename":
            accounts.rename_filter(actor, which, name, now=now)
        elif verb == "drop":
            accounts.drop_filter(actor, which, now=now)
        else:
            return redirect("/office/")
        messages.success(request, say(f"filters.done-{verb}"))
    except ActRefused as problem:
        messages.error(request, problem.text[current_language()])
    return redirect(f"/office/?{query}" if query else "/office/")
