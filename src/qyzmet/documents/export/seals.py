"""The daily seals that cover the case, each with the path from the case's leaf to the root it signs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from qyzmet.cases.acts.seal import folder
from qyzmet.cases.models import Seal
from qyzmet.documents.export.evidence_pool import Pool
from qyzmet.documents.export.members import Member, as_json
from qyzmet.documents.export.scope import Scope
from qyzmet.documents.export.sealing import PUBLIC, read_verdict
from qyzmet.documents.verifier.seals import path_to, tree

__all__ = ["seal_members"]


def seal_members(scope: Scope, pool: Pool) -> Iterator[Member]:
    """Statement, signature, verdict and leaf of every seal with a leaf of this case; unsigned ones wait."""
    public = folder() / PUBLIC
    since = Seal.objects.filter(sealed_at__gte=scope.case.received_at).order_by("no")
    for row in since.iterator():
        leaves = [(str(s), int(n), str(h)) for s, n, h in json.loads(bytes(row.body))["leaves"]]
        place = next((n for n, each in enumerate(leaves) if each[0] == scope.case.stream), None)
        stem = f"{row.no:06d}-{row.day.isoformat()}"
        verdict = read_verdict(public, stem) if place is not None else None
        if place is None or verdict is None:
            continue
        title, name = f"{row.no}, {row.day.isoformat()}", f"seals/{stem}"
        leaf = {"leaf": list(leaves[place]), "path": path_to(tree(leaves), place)}
        yield Member(f"{name}.json", "seals", title, (public / f"{stem}.json").read_bytes())
        yield Member(f"{name}.p7s", "seals", title, verdict.evidence.signature)
        yield Member(f"{name}.leaf.json", "seals", title, as_json(leaf))
        yield pool.record(f"verdicts/seal-{stem}.json", title, verdict, f"{name}.json", f"{name}.p7s")
