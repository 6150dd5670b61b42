"""Who has to have signed, and for whom: the request's numbers against the certificates of a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qyzmet.signatures.checks import Check, outcome
from qyzmet.signatures.verdict import Signer, Verdict

# Roles that bind an organisation by their certificate alone; any other person needs a recorded authority.
BINDING = frozenset({"head", "signing-right"})


@dataclass(frozen=True, slots=True)
class Expected:
    """One signature that has to be there.

    `iin` and `bin` empty: anyone's. `roles`: one of them is needed; none: any. For an organisation's paper
    signed by somebody with a recorded authority, give the person's `iin` and no `bin`.
    """

    iin: str = ""
    bin: str = ""
    roles: frozenset[str] = frozenset()

    def fits(self, signer: Signer) -> bool:
        """Whether this signer is the one."""
        return all(check.passed is True for check in self.checks(signer, None))

    def checks(self, signer: Signer, number: int | None) -> list[Check]:
        """The checks `iin`, `bin` and `role` that were asked for."""
        found: list[Check] = []
        if self.iin:
            same = signer.iin == self.iin
            code = "iin-same" if same else "iin-other"
            found.append(outcome(code, same, number, given=signer.iin or "-", wanted=self.iin))
        if self.bin:
            same = signer.bin == self.bin
            code = "bin-same" if same else "bin-other"
            found.append(outcome(code, same, number, given=signer.bin or "-", wanted=self.bin))
        if self.roles:
            may = bool(self.roles & set(signer.roles))
            given, wanted = ", ".join(signer.roles) or "-", ", ".join(sorted(self.roles))
            found.append(
                outcome("role-good" if may else "role-other", may, number, given=given, wanted=wanted)
            )
        return found


def signed_as_expected(verdict: Verdict, expected: Iterable[Expected]) -> Verdict:
    """The verdict with the checks of who signed for whom: iin, bin, role for one signature, signers for
    several.

    With one expected and one signer each difference is named. Otherwise every expected one needs a signer
    of its own, and those missing are named.
    """
    wanted = list(expected)
    if len(wanted) == 1 and len(verdict.signers) == 1:
        return verdict.with_checks(*wanted[0].checks(verdict.signers[0], 0))
    free = list(verdict.signers)
    missing: list[Expected] = []
    for each in wanted:
        signer = next((signer for signer in free if each.fits(signer)), None)
        if signer is None:
            missing.append(each)
        else:
            free.remove(signer)
    if missing:
        names = ", ".join(
            " ".join(filter(None, (each.iin, each.bin, *sorted(each.roles)))) for each in missing
        )
        return verdict.with_checks(outcome("signers-missing", False, wanted=names))
    return verdict.with_checks(outcome("signers-all", True, count=len(wanted)))
