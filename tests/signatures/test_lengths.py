"""A certificate of any length is read as it stands, also one whose length ends in the byte 0x80."""

from __future__ import annotations

import pytest

from qyzmet.signatures import read_cms
from qyzmet.signatures.authority import Holder, issue_to
from qyzmet.signatures.ber import content_at
from tests.signatures.town import ASAN, KALA, THIS_YEAR, Town, detached


def test_a_gost_certificate_whose_length_ends_in_80(town: Town) -> None:
    """asn1crypto takes such a head for one of open length, and builds the element anew."""
    for size in range(1, 300):
        holder = Holder(iin=ASAN, surname="А", first_name="А", bin=KALA, organisation="О" * size)
        key = issue_to(town.authority, holder, town.new_key(), THIS_YEAR)
        start, _ = content_at(key.certificate.der, 0)
        if key.certificate.der[start - 1] == 0x80:
            assert key.certificate.der in {each.der for each in read_cms(detached(key)).certificates}
            return
    pytest.fail("no certificate of such a length came about")
