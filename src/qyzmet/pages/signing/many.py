"""Many things signed by files: their bytes as one archive, their signatures sent some at a time.

    take_several(request, row, now)   # what was sent is kept with the request
    left = lacking(row)               # the numbers still without a signature

An item of a request has a number, from 1; a file of signatures says it in its name, as the archive's files do
(`qyzmet-12.json` → `qyzmet-12.json.cms`, `qyzmet-12.p7s`). What is kept is judged when the last has come.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import datetime

from django.http import FileResponse, HttpRequest, HttpResponseBase

from qyzmet import evidence
from qyzmet.evidence.models import SigningRequest
from qyzmet.pages.signing.given import LARGEST, NotGiven

__all__ = ["AT_ONCE", "archive", "file_name", "lacking", "take_several"]

AT_ONCE = 100
"""So many files one request of a browser may carry."""
FIELD = "signatures"
NUMBERED = re.compile(r"qyzmet-(\d{1,4})(?!\d)", re.IGNORECASE)


def file_name(number: int) -> str:
    """What the bytes of an item are called, by its number."""
    return f"qyzmet-{number}.json"


def archive(row: SigningRequest) -> HttpResponseBase:
    """The bytes of every item in one ZIP."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for number, item in enumerate(row.items, 1):
            made.writestr(file_name(number), evidence.content_of(row, item["id"]))
    out.seek(0)
    answer = FileResponse(out, content_type="application/zip", filename="qyzmet.zip", as_attachment=True)
    answer["Cache-Control"] = "private, no-store"
    return answer


def take_several(request: HttpRequest, row: SigningRequest, now: datetime) -> None:
    """Keep the signatures that were sent, each with the item whose number its name says.

    Raises NotGiven (`missing`, `empty`, `large`, `unnamed`), and then keeps nothing of them.
    """
    files = request.FILES.getlist(FIELD)
    if not files:
        raise NotGiven("missing")
    given: dict[str, bytes] = {}
    for file in files:
        found = NUMBERED.search(file.name or "")
        number = int(found[1]) if found else 0
        if not 1 <= number <= len(row.items):
            raise NotGiven("unnamed", name=(file.name or "")[-120:])
        if (file.size or 0) > LARGEST:
            raise NotGiven("large")
        data = file.read()
        if not data.strip():
            raise NotGiven("empty")
        given[row.items[number - 1]["id"]] = data
    evidence.receive(row, given, now)


def lacking(row: SigningRequest) -> list[str]:
    """The numbers of the items without a signature yet, in runs: `3`, `101–250`."""
    return list(_runs(n for n, item in enumerate(row.items, 1) if item["id"] not in row.received))


def _runs(numbers: Iterable[int]) -> Iterable[str]:
    run: list[int] = []
    for number in [*numbers, -1]:
        if run and number != run[-1] + 1:
            yield str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"
            run = []
        run.append(number)
