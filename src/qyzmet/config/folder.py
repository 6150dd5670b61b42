"""Where a deployment keeps what is its own: database, files, keys, and its hours, parameters and openings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

__all__ = ["data_folder"]


def data_folder(env: Mapping[str, str] = os.environ) -> Path:
    """The absolute folder QYZMET_DATA names, `var` without it."""
    return Path(env.get("QYZMET_DATA") or "var").expanduser().absolute()
