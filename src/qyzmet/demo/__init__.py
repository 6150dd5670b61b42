"""The demo: one region with its bodies, officials, citizens and companies. Refused in production.

`load(now)` makes what is not there yet and changes nothing that is; `sign_ins()` names one way in per role.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

__all__ = ["PASSWORD", "DemoRefused", "load", "sign_ins"]

PASSWORD = "qyzmet-demo"  # noqa: S105 - printed at every start; the demo is refused in production


class DemoRefused(RuntimeError):
    """The demo was asked for in production."""


def load(now: datetime) -> None:
    """Make the demo's bodies and people. Raises DemoRefused in production."""
    if settings.PRODUCTION:
        raise DemoRefused("the demo has known passwords and invented people; production does not load it")
    from qyzmet.demo.people import make_world

    make_world(now)


def sign_ins() -> list[str]:
    """One line per role: who, IIN or BIN, and the password all of them share."""
    from qyzmet.demo.world import world

    rows = [f"  {each.role:<45} {each.number}  {each.name}" for each in world().shown()]
    return [f"sign in at /sign-in with the password {PASSWORD}:", *rows]
