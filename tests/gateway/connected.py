"""A deployment connected to the stand-in of the e-government gateway, for as long as a block lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.test import override_settings

from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.config.statedata import StateData
from qyzmet.demo.authority import authority
from qyzmet.demo.standins import StandIns
from qyzmet.evidence.fetching import sources_rest
from qyzmet.gateway.statedata.asking import destination_of
from qyzmet.regulation.state_databases import asked_outside

__all__ = ["connected", "deliver"]


@contextmanager
def connected(now: Callable[[], datetime]) -> Iterator[StandIns]:
    """The stand-in runs on a free port of this machine; `now` is its clock."""
    with StandIns(authority(), now, socket_port=None) as found:
        sources_rest.forget()
        with override_settings(QYZMET_STATE_DATA=StateData(found.addresses.gateway, "town", "word")):
            yield found
        sources_rest.forget()


def deliver(now: datetime) -> None:
    """Everything state databases are to be asked now."""
    names = ["state-data", *map(destination_of, asked_outside())]
    while deliver_due(now, only=names):
        pass
