"""The checks that belong to every service: are the documents there, has what is needed first ended well."""

from __future__ import annotations

from qyzmet.cases import rows
from qyzmet.cases.filing.intake import missing_documents
from qyzmet.cases.filing.needs import unmet
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Filing
from qyzmet.cases.signed import records_of
from qyzmet.cases.signed.filing import signing_parties
from qyzmet.cases.steps.functions import Call, Verdict, register

__all__ = ["documents_complete", "needs_met", "signatures_valid"]


@register("documents.complete")
def documents_complete(call: Call) -> Verdict:
    """Condition 3: the documents attached against the service's list, each fault named (A120 §10(9–10))."""
    papers = rows.select(Filing, "WHERE case_id = %s", [call.case.pk])[0]
    missing = missing_documents(law_of(call.case.edition_id), papers.documents, call.facts)
    findings = [{"document": key, "fault": "missing", "cite": d.cite} for key, d in missing.items()]
    return Verdict("failed" if findings else "passed", findings)


@register("needs.met")
def needs_met(call: Call) -> Verdict:
    """Whether the cases of other services this one needs have ended as they have to."""
    found = unmet(law_of(call.case.edition_id), call.case.applicant, call.facts)
    findings = [{"service": n.service, "exit": n.exit, "fault": "missing", "cite": n.cite} for n in found]
    return Verdict("failed" if findings else "passed", findings)


@register("signatures.valid")
def signatures_valid(call: Call) -> Verdict:
    """The signatures of everyone who signs this application, by their verdicts.

    What came over a counter was signed by hand: it is told so, for the official to compare.
    """
    law = law_of(call.case.edition_id)
    channel = law.package.channels[call.case.channel]
    if channel.by is not None:
        by_hand = [key for key, party in law.package.parties.items() if party.signs]
        return Verdict("passed", [{"party": key, "fault": "", "way": "by-hand"} for key in by_hand])
    given = (*records_of(call.case), *call.act.signatures_of(call.case.pk))
    found = {row.subject: row.outcome for row in given}
    wanted = signing_parties(law, call.case.channel, call.facts)
    findings = [
        {"party": key, "fault": _fault(found.get(f"filing:{key}")), "cite": cite}
        for key, cite in wanted.items()
    ]
    return Verdict("failed" if any(each["fault"] for each in findings) else "passed", findings)


def _fault(outcome: str | None) -> str:
    return "missing" if outcome is None else "" if outcome == "valid" else outcome
