"""Which published edition takes a filing: the one in force that day, or one the deployment opens by name."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from qyzmet import clock
from qyzmet.cases import rows
from qyzmet.cases.deployment import overlays
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Edition
from qyzmet.cases.refusals import ActRefused, refused
from qyzmet.regulation import openings

__all__ = ["Chosen", "complaint_law", "edition_for", "latest", "opened", "own_openings"]

IDENT = re.compile(r"[a-z0-9-]{1,60}")


class Chosen(NamedTuple):
    """The law a filing takes; `opening` is why it is open although not in force."""

    law: Law
    opening: dict[str, str] | None


def edition_for(service: str, now: datetime) -> Chosen:
    """The law for a filing of today (docs/language.md). Raises ActRefused naming the last day in force."""
    if not IDENT.fullmatch(service):
        raise refused("edition-unknown")
    laws = {each.package.edition: each for each in map(law_of, latest(service))}
    if not laws:
        raise refused("edition-unknown")
    name = next(iter(laws.values())).package.name
    lives = {edition: law.package.life for edition, law in laws.items()}
    try:
        taken = openings.edition_for(service, name, lives, opened(), clock.local(now).date())
    except openings.NotOpen as problem:
        raise ActRefused(problem.code, problem.says.model_dump(exclude={"reviewed"})) from problem
    ground = taken.opening.ground.model_dump(exclude={"reviewed"}) if taken.opening else None
    return Chosen(laws[taken.edition], ground)


def latest(service: str) -> list[int]:
    """The ids of the newest revision of each published edition of a service."""
    newest: dict[str, int] = {}
    asked = "SELECT edition, id FROM cases_edition WHERE service = %s ORDER BY revision"
    for edition, pk in rows.run(asked, [service]).fetchall():
        newest[edition] = pk
    return list(newest.values())


def complaint_law(now: datetime) -> Law:
    """The general law by which a result is complained of today (APPC art. 91)."""
    day = clock.local(now).date()
    for pk in Edition.objects.filter(general=True).order_by("-ordinal").values_list("id", flat=True):
        law = law_of(pk)
        attach = law.package.attach
        if attach is None or attach.stage != "after-result":
            continue
        if attach.decided_from <= day and (attach.decided_to is None or day <= attach.decided_to):
            return law
    raise refused("complaint-closed")


def own_openings() -> Path:
    """The file of the deployment's own openings."""
    return Path(settings.QYZMET_DATA) / "openings.yaml"


def _read_openings() -> tuple[openings.Opening, ...]:
    own = own_openings()
    if own.is_file():
        return openings.load_openings(own)
    return () if settings.PRODUCTION else openings.load_openings(openings.DEMO)


opened = overlays.Kept(_read_openings, own_openings)
"""What the deployment opens: its own file, and in a demo without one every service."""
