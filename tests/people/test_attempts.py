"""How often somebody may try: as often as the limit says, also when all tries come at the same moment."""

from __future__ import annotations

import pytest

from qyzmet.people import attempts
from tests.cases.test_races import at_once
from tests.cases.town import moment

NOW = moment("2024-09-02 10:00")
MOST, WITHIN = attempts.LIMITS["contact-number"]


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_no_more_than_the_limit() -> None:
    said: list[bool] = []
    came = at_once([lambda: said.append(attempts.may("contact-number", "1", NOW)) for _ in range(3 * MOST)])
    assert set(came) == {"done"}
    assert sum(said) == MOST


@pytest.mark.django_db
def test_a_try_that_was_not_answered_does_not_prolong_the_wait() -> None:
    assert [attempts.may("contact-number", "1", NOW) for _ in range(MOST + 2)] == [True] * MOST + [False] * 2
    assert attempts.may("contact-number", "2", NOW)
    assert attempts.may("contact-number", "1", NOW + WITHIN)
