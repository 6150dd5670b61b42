"""The checks that belong to every service: are the documents there, has what is needed first ended well."""

from __future__ import annotations

from django.conf import settings

from qyzmet.cases import rows
from qyzmet.cases.functions import Call, Verdict, register
from qyzmet.cases.intake import missing_documents
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Filing
from qyzmet.cases.needs import unmet

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
    """The signatures of the filing. None is checked yet: each is reported as not checked, which passes in a
    demo and never in production."""
    signed = [key for key, party in call.package.parties.items() if party.signs] or ["applicant"]
    findings = [
        {"party": key, "fault": "not-checked", "given": key in call.papers.signatures} for key in signed
    ]
    return Verdict("failed" if settings.PRODUCTION else "passed", findings)
