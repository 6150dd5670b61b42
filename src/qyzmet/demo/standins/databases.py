"""What the state databases of the demo say: made from the number asked about, the same every time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from qyzmet.clock import local
from qyzmet.demo.world import world

__all__ = ["said_of"]

EMPLOYERS = ("«Алатау құрылыс» ЖШС", "№ 45 мектеп", "«Жетісу нан» ЖШС", "Қалалық емхана № 7")
STREETS = ("Абай даңғылы", "Төле би көшесі", "Сейфуллин даңғылы", "Жандосов көшесі")
PURPOSES = ("көппәтерлі тұрғын үй құрылысы үшін", "тұрғын үй кешенін салу және пайдалану үшін")


def said_of(database: str, about: str, now: datetime) -> dict[str, Any] | None:
    """The fields of an answer; None for a number the database has nothing on (it ends in 00)."""
    if about.endswith("00"):
        return None
    return _ANSWERS[database](about, _number(database, about), local(now).date())


def _number(database: str, about: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{database} {about}".encode()).digest()[:6], "big")


def _persons(about: str, n: int, today: date) -> dict[str, Any]:
    return {
        "full-name": _name_of(about),
        "birth-date": _born(about, n).isoformat(),
        "identity-document": f"№ {n % 900_000_000 + 100_000_000:09d}",
        "document-until": date(today.year + 1 + n % 9, 1 + n % 12, 1 + n % 28).isoformat(),
        "registered-at": f"Алматы, {STREETS[n % len(STREETS)]}, {1 + n % 180}-үй",
    }


def _income(about: str, n: int, today: date) -> dict[str, Any]:
    """Three whole months before this one; a child has none."""
    if today.year - _born(about, n).year < 18:
        return {}
    month, rows = today.replace(day=1), []
    for place in range(3):
        month = (month - timedelta(days=1)).replace(day=1)
        amount = 60_000 + (n >> place) % 90_000
        rows.append(
            {"month": f"{month:%Y-%m}", "source": EMPLOYERS[n % len(EMPLOYERS)], "amount": f"{amount}.00"}
        )
    return {"months": rows[::-1]}


def _employment(about: str, n: int, today: date) -> dict[str, Any]:
    if n % 4 == 0:
        return {"status": "unemployed", "since": date(today.year - 1, 1 + n % 12, 1 + n % 28).isoformat()}
    since = date(today.year - 1 - n % 8, 1 + n % 12, 1 + n % 28)
    return {"status": "employed", "employer": EMPLOYERS[n % len(EMPLOYERS)], "since": since.isoformat()}


def _cadastre(about: str, n: int, today: date) -> dict[str, Any]:
    companies = world().companies
    return {
        "right": "lease" if n % 3 == 0 else "ownership",
        "holder": companies[n % len(companies)].name if companies else "«Құрылыс» ЖШС",
        "area": str(2_000 + n % 9_000),
        "purpose": PURPOSES[n % len(PURPOSES)],
    }


_ANSWERS: dict[str, Callable[[str, int, date], dict[str, Any]]] = {
    "persons": _persons,
    "income": _income,
    "employment": _employment,
    "real-estate-cadastre": _cadastre,
}


def _name_of(about: str) -> str:
    plan = world()
    known = {each.iin: " ".join(each.name) for each in (*plan.people, *plan.officials)}
    return known.get(about, "Сынақ Адам")


def _born(about: str, n: int) -> date:
    """The day the number begins with: a demo's number keeps to it, though the law does not bind it."""
    century = 2000 if about[6:7] in {"5", "6"} else 1900
    try:
        return date(century + int(about[:2]), int(about[2:4]), int(about[4:6]))
    except ValueError:
        return date(1950 + n % 50, 1 + n % 12, 1 + n % 28)
