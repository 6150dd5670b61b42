"""The town of Samruk in the demo: the sampler published, its bodies and officials hired, one citizen who applies."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings

from qyzmet.cases.dates import clocks
from qyzmet.cases.steps import functions
from qyzmet.cases.steps.functions import Call, Verdict
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.rehearsal.filing import Filing
from qyzmet.demo.rehearsal.ways import Way
from qyzmet.demo.staffing import staff
from qyzmet.people.directory import forget
from qyzmet.regulation.model import Package
from tests.cases.town import SAMPLER, package_at, publish
from tests.portal.conftest import settle

__all__ = ["FOLDER", "samruk", "wish_to_fly"]

FOLDER = "2024-01-10-n1/service.yaml"


@contextmanager
def samruk(now: datetime) -> Iterator[Cast]:
    """The sampler stands in law, its parameters too; the register of stalls has a stall for everybody."""
    shutil.copytree(SAMPLER / "parameters", settings.QYZMET_DATA / "parameters", dirs_exist_ok=True)
    clocks.parameters.cache_clear()
    settle("general/complaint", "general/hearing")
    packages = [package_at(SAMPLER / FOLDER), package_at(SAMPLER / "flight-trial" / FOLDER)]
    for package in packages:
        publish(package)
    staff(packages, now)
    forget()
    with functions.lent({"samruk.note_stall": _note_stall}):
        yield Cast(now)


def wish_to_fly(package: Package, cast: Cast, outcome: str, **given: str) -> Filing:
    """An application for a first licence through the portal, by a citizen of the demo."""
    way = Way("portal", {"licence": "first", "altitude": "low"}, "individual", outcome, outcome)
    return Filing(package, way, cast.applicant("individual"), given)


def _note_stall(_call: Call) -> Verdict:
    return Verdict("done")
