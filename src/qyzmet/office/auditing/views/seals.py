"""The seals: those there are, whether the journal holds against them, and what is not sealed yet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.acts.seal import folder
from qyzmet.cases.journal.findings import Report, Unsealed
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Seal
from qyzmet.cases.watching import audited
from qyzmet.office.auditing.gate import auditor, show
from qyzmet.office.auditing.wording import stream_words
from qyzmet.office.desk import actor_of

__all__ = ["seals"]

MOST = 200


@auditor
def seals(request: HttpRequest) -> HttpResponse:
    """`?verify=1` reads the whole journal against the seals kept outside the database."""
    rows = list(Seal.objects.order_by("-no").defer("body")[:MOST])
    report = verify(folder()) if request.GET.get("verify") else None
    everywhere = audited(actor_of(request)) is None
    return show(
        request, "seals.html", "seals",
        seals=[(seal, bytes(seal.hash).hex()) for seal in rows],
        report=report,
        unsealed=_unsealed(report) if report and everywhere else [],
        rest=_rest(report) if report and everywhere else 0,
    )  # fmt: skip


def _unsealed(report: Report) -> list[tuple[Unsealed, str]]:
    """The streams with what they are about."""
    found = report.unsealed[:MOST]
    words = stream_words(each.stream for each in found)
    return [(each, words[each.stream]) for each in found]


def _rest(report: Report) -> int:
    return max(0, len(report.unsealed) - MOST)
