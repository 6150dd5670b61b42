"""The journal's seals: which there are, whether the journal is what was written, and a seal made now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.acts.seal import folder, seal
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Seal
from qyzmet.config import clock
from qyzmet.documents.export.countersigned import check_countersigned
from qyzmet.office.administering.changing import Change, Given, carry_out
from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.history import events, said
from qyzmet.office.administering.listing import Listing, draw_list, listing, tag
from qyzmet.pages.words import say

__all__ = ["now", "seals"]

PAGE = "admin-seals"
HOME = "/office/admin/seals/"
SHOWN = 200


@administrator
def seals(request: HttpRequest) -> HttpResponse:
    """Every seal, the newest first; `?check=yes` reads the whole journal and says what it found."""
    rows = Seal.objects.order_by("-no").defer("body")
    cells = (
        (
            "",
            (
                str(s.no),
                said(s.day.isoformat()),
                said(s.sealed_at.isoformat()),
                bytes(s.hash).hex()[:16],
                s.kept_at,
            ),
        )
        for s in rows
    )
    found = listing(PAGE, ("no", "day", "sealed", "hash", "kept"), cells)
    actions = [(say(f"{PAGE}.now"), f"{HOME}now"), (say(f"{PAGE}.check"), "?check=yes")]
    more: dict[str, Any] = {}
    if request.GET.get("check") == "yes":
        more = _checked()
    return draw_list(
        request, PAGE, found, actions=actions, events=events("system", {"journal.sealed"}), **more
    )


@administrator
def now(request: HttpRequest) -> HttpResponse:
    """Seal what was written since the last seal."""

    def do(given: Given) -> None:
        seal(given.actor, now=given.now, reason=given.reason)

    return carry_out(request, Change(PAGE, "now", HOME, {}, do))


def _checked() -> dict[str, Any]:
    where = folder()
    report = verify(where)
    signed = check_countersigned(where, now=clock.now())
    wrong = [*report.tamperings, *signed.tamperings]
    key = "found" if wrong else "whole"
    told = say(
        f"{PAGE}.{key}",
        entries=report.entries,
        streams=report.streams,
        unsealed=report.unsealed_entries,
        findings=len(wrong),
        signed=signed.signed,
    )
    return {
        "said": told,
        "said_sign": "error" if wrong else "success",
        "beside": [_wrong(wrong)] if wrong else [],
    }


def _wrong(wrong: list[Any]) -> Listing:
    rows = (("", (each.place, tag(each.kind, "late"), each.text)) for each in wrong[:SHOWN])
    return listing(PAGE, ("place", "kind", "text"), rows, title=say(f"{PAGE}.findings"))
