"""The decision inside a document: signed by whom it names, and about this very print."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from qyzmet.clock import LANGUAGES
from qyzmet.documents.found import Finding, found
from qyzmet.documents.inside import said_in
from qyzmet.signatures import Language, Rules, SignatureError, Trust, digests_of, read_cms, verify_cms

__all__ = ["By", "decision_findings", "revisions"]

KINDS = ("correction", "decision")
MOST_REVISIONS = 500
REVISION = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")


class By(NamedTuple):
    """What a signature is judged by: the moment, what is trusted, and the rules."""

    at: datetime
    trust: Trust
    rules: Rules | None


def decision_findings(
    pdf: bytes, files: Mapping[str, bytes], data: Mapping[str, Any], by: By
) -> list[Finding]:
    """Whether `decision.json` is of this document and `decision.p7s` signs it, as of the seal (`by.at`); the
    same for `correction.json` of a document issued again. Nothing where neither is inside."""
    kind = next((k for k in KINDS if f"{k}.json" in files or f"{k}.p7s" in files), None)
    if kind is None:
        return []
    content, signature = files.get(f"{kind}.json", b""), files.get(f"{kind}.p7s", b"")
    try:
        said = said_in(content)
    except ValueError:
        said = {}
    if said.get("kind") != kind or not isinstance(said.get("official"), dict):
        return [found("decision-other", False)]
    return [_about(pdf, data, said), _signed(content, signature, said, by)]


def _about(pdf: bytes, data: Mapping[str, Any], said: Mapping[str, Any]) -> Finding:
    documents = said.get("documents")
    named = documents.get(str(data.get("document"))) if isinstance(documents, dict) else None
    if data.get("case") not in (said.get("number"), said.get("case")):
        return found("decision-other", False)
    if not documents:
        return found("decision-of-case", True, number=data.get("case"))
    if not isinstance(named, dict):
        return found("decision-other", False)
    same = (named.get("number"), named.get("code")) == (data["number"], data["verify"].get("code"))
    same = same and str(named.get("sha256")) in revisions(pdf)
    return found("decision-same" if same else "decision-other", same)


def revisions(pdf: bytes) -> Iterator[str]:
    """SHA-256 of the file as it was after each of its revisions, the first first: an update only ever adds.

    Read once however many ends it claims, and of those no more than a document of the System could have.
    """
    whole, running, done = memoryview(pdf), hashlib.sha256(), 0
    for end in islice(REVISION.finditer(pdf), MOST_REVISIONS):
        for length in sorted({end.start() + 5, end.end()}):
            running.update(whole[done:length])
            done = length
            yield running.hexdigest()


def _signed(content: bytes, signature: bytes, said: Mapping[str, Any], by: By) -> Finding:
    try:
        digests = digests_of(io.BytesIO(content), read_cms(signature).digest_names)
        verdict = verify_cms(signature, at=by.at, trust=by.trust, content=digests, rules=by.rules)
    except SignatureError as problem:
        return found("decision-unsigned", False, why=_each(problem.text))
    signer = verdict.signers[0]
    if verdict.outcome == "invalid":
        return found("decision-unsigned", False, why=_each(verdict.failed[0].detail))
    if signer.iin != said["official"].get("iin"):
        return found("decision-signer-other", False, name=signer.name)
    if verdict.outcome == "pending":
        return found("decision-waits", "pending", name=signer.name)
    return found("decision-signed", True, name=signer.name, iin=signer.iin)


def _each(say: Callable[[Language], str]) -> dict[str, str]:
    return {lang: say(lang) for lang in LANGUAGES}
