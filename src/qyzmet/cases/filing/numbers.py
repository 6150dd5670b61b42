"""Numbers without gaps: given at registration, per provider and year, inside the act's transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from qyzmet import clock
from qyzmet.people.directory import body

__all__ = ["next_number"]

MARKS = {
    "case": "",
    "refusal": "БТ",  # бас тарту
    "object": "ОБ",  # объект
    "right": "ЕЖ",  # есептік жазба
    "subsidy": "СУБ",  # субсидия
    "order": "ТТ",  # төлем тапсырмасы
    "certificate": "СЕР",  # сертификат
}
"""What stands in the numbers of a series, so that no two series of a body share one."""


def next_number(organisation: int, moment: datetime, series: str = "case") -> str:
    """The next number of a series, `0007-2019-000123`, `АЛМ-ОБ-2024-000001`; the year is that in Almaty."""
    year = clock.local(moment).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_numberseries (organisation_id, series, year, next) VALUES (%s, %s, %s, 2)"
            " ON CONFLICT (organisation_id, series, year)"
            " DO UPDATE SET next = cases_numberseries.next + 1 RETURNING next",
            [organisation, series, year],
        )
        number = cursor.fetchone()[0] - 1
    mark = MARKS[series]
    return "-".join(filter(None, (body(organisation).prefix, mark, str(year), f"{number:06d}")))
