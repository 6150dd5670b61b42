"""What the clock's tests speak of."""

from __future__ import annotations

import pytest

from qyzmet.clock import Calendar, national_calendar


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return national_calendar()
