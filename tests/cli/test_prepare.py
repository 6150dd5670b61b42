"""What stands before the first request."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import override_settings

from qyzmet import demo
from qyzmet.cli import UsageError, _prepare


@pytest.mark.django_db
@override_settings(PRODUCTION=True)
def test_production_does_not_start_on_a_demos_database() -> None:
    with override_settings(PRODUCTION=False):
        demo.load(datetime(2019, 6, 3, 5, 0, tzinfo=UTC))
    with pytest.raises(UsageError, match="give production another DATABASE_URL"):
        _prepare.prepare()
