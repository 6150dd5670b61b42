"""The whole house for the length of a command: a database of its own, the world in it, served on a free port.

Import it before Django's settings are read; a test has the fixtures of pytest instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qyzmet.demo.stage import throw_away

__all__ = ["house"]


@contextmanager
def house(cases: int = 0) -> Iterator[str]:
    """Its address. So many cases of the demo's history, or the few of `stage`, and the clock held at their moment."""
    with throw_away():
        from django.test.utils import setup_test_environment, teardown_test_environment

        from qyzmet.config import clock
        from tests.browser import served
        from tests.office.keys import answering
        from tests.reach import stage
        from tests.world import NOW

        setup_test_environment()
        try:
            now = NOW if cases else stage.NOW
            with clock.hold(now), answering():
                stage.set_up(now, cases)
                with served() as address:
                    yield address
        finally:
            teardown_test_environment()
