"""The law of the case: the canonical bytes of every edition it ran on, with their hashes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from qyzmet.cases import rows
from qyzmet.cases.models import Edition, Entry
from qyzmet.documents.export.members import Member
from qyzmet.documents.export.scope import Scope

__all__ = ["law_members"]


def law_members(scope: Scope) -> Iterator[Member]:
    """The case's edition and those its journal names, revisions and general law among them."""
    entries = rows.select(Entry, "WHERE stream = %s ORDER BY seq", [scope.case.stream])
    named = {json.loads(bytes(each.body))["edition"] for each in entries} - {""}
    services = {name.partition("/")[0] for name in named} | {scope.case.service}
    for row in Edition.objects.filter(service__in=services).order_by("service", "ordinal", "revision"):
        if row.name in named or row.pk == scope.case.edition_id:
            about = {"hash": row.hash, "law": row.law_hash, "texts": row.texts_hash, "edition": row.name}
            name = f"law/{row.service}.{row.edition}.{row.revision}.json"
            yield Member(name, "law", row.name, bytes(row.package), about=about)
