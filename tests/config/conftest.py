"""The demo's people on Monday 3 June 2019, for what every room shares."""

from __future__ import annotations

from tests.portal.conftest import monday

__all__ = ["monday"]
