"""The stand-ins of the running demo: its authority, its clock, its accounts."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from qyzmet.config import clock
from qyzmet.demo.authority import authority
from qyzmet.demo.authority.keyfiles import write_keystores as write
from qyzmet.demo.standins.process import StandIns
from qyzmet.demo.standins.wishes import from_accounts

__all__ = ["stand_ins", "write_keystores"]


def stand_ins(page_port: int, socket_port: int | None, mail_port: int | None = None) -> StandIns:
    """Not yet listening. Raises DemoRefused in production, OSError for a port that is taken."""
    keys = authority()
    return StandIns(
        keys,
        clock.now,
        find=from_accounts(keys),
        page_port=page_port,
        socket_port=socket_port,
        mail_port=mail_port,
        product=(settings.QYZMET_ADDRESS,),
    )


def write_keystores() -> None:
    """Key files of the people one signs in as, for uploading a signature made with another program."""
    write(authority(), Path(settings.QYZMET_DATA) / "demo-keys")
