"""Who answers at the contact centre. No package names the post; it belongs to the platform.

Cites: O109 an.2 row 10 ¶3.
"""

from __future__ import annotations

from qyzmet.cases.refusals import refused
from qyzmet.cases.watching import CONTACT_CENTRE
from qyzmet.people.actor import Actor

__all__ = ["consultant"]


def consultant(actor: Actor) -> int:
    """The organisation of a consultant. Raises `not-your-act`."""
    if actor.post != CONTACT_CENTRE or actor.organisation is None:
        raise refused("not-your-act")
    return actor.organisation
