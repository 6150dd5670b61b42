"""The journal of one case: every entry, who and when, its hash, and whether the chain holds."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from qyzmet.cases import acts
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office.auditing.chain import Link, broken, links
from qyzmet.office.auditing.gate import auditor, show
from qyzmet.office.auditing.wording import contents, post_words
from qyzmet.office.desk import actor_of
from qyzmet.office.names import people
from qyzmet.pages.words import say, table

__all__ = ["journal"]


@auditor
def journal(request: HttpRequest, ref: str) -> HttpResponse:
    """Opening it is reading the case, and is journaled as that."""
    try:
        case = acts.read_case(actor_of(request), ref, now=clock.now())
    except ActRefused as problem:
        raise Http404 from problem
    streams = []
    for title, name in ((say("audit.of-case"), case.stream), (say("audit.readings"), f"reads:{case.pk}")):
        found = links(name)
        whole = all(each.holds for each in found)
        wrong = [] if whole else broken(name)
        streams.append((title, name, _lines(found), whole, wrong))
    return show(request, "journal.html", "cases", case=case, streams=streams)


def _lines(found: list[Link]) -> list[tuple[Link, str, str, str, list[tuple[str, str]]]]:
    """Each entry with what it is called, who did it, as what, and whom its content names."""
    names, named = people(numbers=[each.person for each in found]), contents(found)
    return [
        (each, _act(each.act), _who(each, names), post_words(each.post), named.get(each.seq, []))
        for each in found
    ]


def _act(code: str) -> str:
    key = f"happened.{code}"
    return say(key) if key in table() else code


def _who(link: Link, names: dict[int | str, str]) -> str:
    if link.person == "system":
        return say("casefile.by-itself")
    name = names.get(link.person)
    return f"{name}, {link.person}" if name else link.person
