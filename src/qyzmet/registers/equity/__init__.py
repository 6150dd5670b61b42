"""The unified register of equity participation: objects with their unit charts, and rights on units.

A unit is known by `object/entrance/number`. Registers: `object`, `unit` (the chart), `right` (contracts), and
`filing`, which keeps a unit for one open filing so that a second one is told.
"""

OBJECT = "object"
UNIT = "unit"
RIGHT = "right"
FILING = "filing"


def unit_key(object_number: str, entrance: object, number: str) -> str:
    """`object/entrance/number`; the entrance as a whole number however it was written."""
    return f"{object_number}/{int(float(str(entrance)))}/{number.strip()}"
