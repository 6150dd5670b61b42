"""Numbers without gaps: given at registration, per provider and year, inside the act's transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from qyzmet import clock
from qyzmet.people.directory import body

__all__ = ["next_number"]


def next_number(organisation: int, moment: datetime, series: str = "case") -> str:
    """The next number of a series, `0007-2019-000123`; the year is that of the moment in Almaty."""
    year = clock.local(moment).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_numberseries (organisation_id, series, year, next) VALUES (%s, %s, %s, 2)"
            " ON CONFLICT (organisation_id, series, year)"
            " DO UPDATE SET next = cases_numberseries.next + 1 RETURNING next",
            [organisation, series, year],
        )
        number = cursor.fetchone()[0] - 1
    mark = "" if series == "case" else f"{series}-"
    return f"{mark}{body(organisation).prefix}-{year}-{number:06d}"
