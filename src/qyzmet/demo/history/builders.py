"""Builders of the region: what they had before the two months begin: permits, accounts, objects to sell."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from qyzmet.cases.filing.editions import edition_for
from qyzmet.cases.refusals import ActRefused
from qyzmet.clock import local
from qyzmet.demo.crowd import crowd
from qyzmet.demo.history.answers import phrase
from qyzmet.demo.history.cast import Company, Troupe
from qyzmet.demo.rehearsal.before import make_needs, played
from qyzmet.demo.rehearsal.filing import Filing
from qyzmet.demo.rehearsal.script import Script
from qyzmet.demo.rehearsal.ways import Wish, choose_way
from qyzmet.demo.samples import Samples
from qyzmet.demo.world import Someone

__all__ = ["OBJECT", "READY", "SELLERS", "build", "object_of", "sale_of"]

OBJECT = "construction-object"
SELLERS = tuple(each.bin for each in crowd().companies[:3])
"""Those with a registered object."""
READY = tuple(each.bin for each in crowd().companies[3:9])
"""Those with a permit and an account, whose object is still to be registered."""
UNITS = 24


def build(begins: datetime, company: Company, script: Script) -> datetime:
    """Play it, one builder after another before `begins`; nothing where the law is not there yet."""
    day = begins - timedelta(days=3 * (len(SELLERS) + len(READY)))
    try:
        edition_for(OBJECT, day)
    except ActRefused:
        return begins
    wish = Wish(outcome="registered", variant={"procedure": "register"})
    way = choose_way(script, wish, Samples(local(day).date()), day)
    at = day + timedelta(hours=2)
    for place, number in enumerate((*SELLERS, *READY)):
        cast = Troupe(at, "almaty-leb", place, company)
        filing = Filing(script.package, way, cast.applicant("", number), object_of(place))
        play = played if number in SELLERS else make_needs
        at = play(script, cast, filing, at) + timedelta(days=1)
    return at


def object_of(place: int) -> dict[str, Any]:
    """What a builder says of an object: its name, and every unit in it."""
    chart = [
        {"number": f"{unit}", "entrance": f"{1 + unit // 8}", "storey": f"{2 + unit % 8}", "kind": "flat",
         "rooms": f"{1 + unit % 3}", "area": _area(unit)}
        for unit in range(1, UNITS + 1)
    ]  # fmt: skip
    return {"unit-chart": chart, "object-name": phrase(f"object:{place}", "object-name")}


def sale_of(number: str, unit: int, holder: Someone) -> dict[str, Any]:
    """What a contract says: the company sells this unit of its object to the holder."""
    company = next(each for each in crowd().companies if each.bin == number)
    return {
        "unit-number": f"{unit}", "unit-entrance": f"{1 + unit // 8}", "unit-area": _area(unit),
        "holder-id": holder.iin, "holder-name": " ".join(holder.name), "holder-kind": "individual",
        "contract-number": f"{unit}-ү", "authorised-company-bin": number,
        "authorised-company-name": company.name,
    }  # fmt: skip


def _area(unit: int) -> str:
    return f"{38 + 13 * (unit % 3)}"
