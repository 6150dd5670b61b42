"""The demo's authority as files, for the rooms that may not know the demo."""

from __future__ import annotations

from pathlib import Path

__all__ = ["prepare"]


def prepare(folder: Path) -> None:
    """Write `trust/*.cer` and, last, `seal.p12` into the folder; what is there stays. Raises DemoRefused."""
    from qyzmet.demo.authority import authority
    from qyzmet.demo.authority.keyfiles import write_authority

    write_authority(authority(folder), folder)
