"""The table of signatures that must not pass: each is refused and the right check says so."""

from __future__ import annotations

import pytest

from tests.signatures.bad import CASES, STANDS
from tests.signatures.cases import Bad, refused_by
from tests.signatures.town import Town


@pytest.mark.parametrize("case", CASES, ids=str)
def test_refused_with_the_check_named(case: Bad, town: Town) -> None:
    found, sentence = refused_by(case, town)
    assert case.check in found
    assert sentence


@pytest.mark.parametrize("case", STANDS, ids=str)
def test_stands_by_its_time_stamp(case: Bad, town: Town) -> None:
    assert case.judged(town).outcome == "valid"
