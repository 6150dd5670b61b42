"""The room that verifies signatures, and the roots it relies on."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path
from typing import Any

from qyzmet.documents.verifier.report import LANGUAGES, Report


class Room:
    """Verifies with the roots that came with the file; with `--trust DIR` also says whether those agree.

    `at` is the moment of checking. Raises SignatureError or OSError for a folder that cannot be read.
    """

    def __init__(self, report: Report, trust: Path | None, at: datetime, *, test_ids: bool) -> None:
        import qyzmet.signatures as room

        self.signatures = room
        self.report, self.at = report, at
        self.own = room.read_trust(trust) if trust is not None else None
        self.rules = room.Rules(test_ids=test_ids)
        self.roots: set[str] = set()
        self.pool = room.Trust(pinned=frozenset())

    def check_record(self, name: str, verdict: Any, content: bytes) -> Any:
        """Make a verdict again from its own evidence, at the moment it was made or stamped; None where it is
        not what was recorded."""
        try:
            digests = self._digests(verdict, content)
            again = self.signatures.recheck(verdict, digests, self.at, rules=self.rules)
            self._tell(name, again)
            if self.own is not None:
                rooted = self.signatures.recheck(verdict, digests, self.at, trust=self.own, rules=self.rules)
                self._agrees(name, rooted)
        except self.signatures.SignatureError as problem:
            self.report.say(False, name, problem.check, _texts(problem.text))
            return None
        self._relied_on(verdict.evidence.roots, verdict.evidence.certificates)
        return None if again.outcome == "invalid" else again

    def check_sealer(self, name: str, verdict: Any) -> bool:
        """Whether an information system sealed it and no person, whose key is as good for anything else."""
        seal = verdict.signers[-1]
        system = "information-system" in seal.roles
        who = ", ".join(part for part in (seal.name, seal.organisation, seal.bin or seal.iin) if part)
        return self.report.add(system, name, "sealer", "sealer-good" if system else "sealer-other", name=who)

    def check_pdf(self, name: str, data: bytes) -> Any:
        """Verify the seal of a PDF; the verdict, or None when it carries no signature that can be read."""
        try:
            verdict = self.signatures.verify_pdf(data, at=self.at, trust=self.pool, rules=self.rules)
            self._tell(name, verdict)
            if self.own is not None:
                certificates = [self.signatures.read_certificate(c) for c in verdict.evidence.certificates]
                own = self.own.with_more(
                    (*self.pool.intermediates, *certificates), self.pool.crls, self.pool.ocsps
                )
                self._agrees(name, self.signatures.verify_pdf(data, at=self.at, trust=own, rules=self.rules))
        except self.signatures.SignatureError as problem:
            self.report.say(False, name, problem.check, _texts(problem.text))
            return None
        self._relied_on(verdict.evidence.roots, verdict.evidence.certificates)
        return verdict

    def inside(self, name: str, data: bytes) -> dict[str, bytes]:
        """The files inside a PDF; none, and a finding, where it cannot be read."""
        try:
            found: dict[str, bytes] = self.signatures.embedded_files(data)
        except self.signatures.SignatureError as problem:
            self.report.say(False, name, problem.check, _texts(problem.text))
            return {}
        return found

    def check_cms(self, name: str, signature: bytes, content: bytes) -> None:
        """Verify a detached signature with what is at hand; without roots of the reader's own its chain
        stays open."""
        try:
            names = self.signatures.read_cms(signature).digest_names | {"sha256"}
            digests = {each: self.signatures.digest(each, content) for each in names}
            verdict = self.signatures.verify_cms(
                signature, at=self.at, trust=self.pool, content=digests, rules=self.rules
            )
        except self.signatures.SignatureError as problem:
            self.report.say(False, name, problem.check, _texts(problem.text))
            return
        self._tell(name, verdict, unproved=frozenset() if self.own else frozenset({"chain"}))

    def rely_on_their_own(self, data: bytes) -> None:
        """Let the self-issued certificates inside a PDF end its chains: consistent, and no more than that."""
        try:
            seen = self.signatures.verify_pdf(data, at=self.at, trust=self.pool, rules=self.rules)
        except self.signatures.SignatureError:
            return  # check_pdf names what is wrong
        known = [self.signatures.read_certificate(each) for each in seen.evidence.certificates]
        own = self.own or self.signatures.Trust()
        roots = frozenset(each.sha256 for each in known if each.self_issued)
        self.pool = dataclasses.replace(own.with_more(known), pinned=own.pinned | roots)

    def _digests(self, verdict: Any, content: bytes) -> dict[str, bytes]:
        names = {"sha256"}
        if verdict.kind == "cms":
            names |= self.signatures.read_cms(verdict.evidence.signature).digest_names
        return {each: self.signatures.digest(each, content) for each in names}

    def _tell(self, name: str, verdict: Any, unproved: frozenset[str] = frozenset()) -> None:
        for each in verdict.checks:
            open_ = each.passed == "pending" or (each.check in unproved and not each.passed)
            passed = None if open_ else bool(each.passed)
            self.report.say(passed, name, each.check, _texts(each.detail))

    def _agrees(self, name: str, verdict: Any) -> None:
        rooted = all(each.passed is not False for each in verdict.checks if each.check == "chain")
        self.report.add(rooted, name, "trust", "trust-own" if rooted else "trust-other")

    def _relied_on(self, roots: Any, certificates: Any) -> None:
        for sha256 in roots:
            if sha256 in self.roots:
                continue
            self.roots.add(sha256)
            known = [self.signatures.read_certificate(each) for each in certificates]
            names = [each.subject.name for each in known if each.sha256 == sha256]
            national = " (NCA)" if sha256 in self.signatures.NATIONAL_ROOTS else ""
            self.report.note("root", name=names[0] if names else "?", sha256=sha256, national=national)


def _texts(said: Any) -> dict[str, str]:
    return {language: said(language) for language in LANGUAGES}
