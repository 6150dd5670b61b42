"""`on("Friday 2024-05-03 17:55")`: a moment in Almaty whose weekday the reader, and the test, can check."""

from __future__ import annotations

from datetime import datetime

from qyzmet.clock import ALMATY


def on(words: str) -> datetime:
    weekday, day, face = words.split()
    moment = datetime.fromisoformat(f"{day}T{face}").replace(tzinfo=ALMATY)
    assert f"{moment:%A}" == weekday, f"{day} is a {moment:%A}"
    return moment
