"""Revocation lists are kept until the next one is due, whole or not at all."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from qyzmet import evidence
from qyzmet.evidence.fetching import SourceSilent
from qyzmet.evidence.lists import current_list
from qyzmet.signatures import Verdict
from qyzmet.signatures.revocation.crl import read_crl
from tests.evidence.authority_server import AuthorityServer
from tests.signatures.town import APPLICATION, DAY, MONDAY, Town, detached

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def no_status_service(sources: AuthorityServer) -> None:
    sources.mood["/ocsp"] = "rubbish"


def lists_asked(sources: AuthorityServer) -> int:
    return sources.asked.count("/crl")


def judged_at(town: Town, moment: object) -> Verdict:
    return evidence.judge(detached(town.asan), APPLICATION, now=moment)  # type: ignore[arg-type]


def test_a_list_serves_until_the_next_one_is_due(town: Town, sources: AuthorityServer) -> None:
    for hours in (0, 1, 23):
        assert judged_at(town, MONDAY + hours * HOUR).outcome == "valid"
    assert lists_asked(sources) == 1
    sources.now = MONDAY + 25 * HOUR
    assert judged_at(town, MONDAY + 25 * HOUR).outcome == "valid"
    assert lists_asked(sources) == 2


def test_an_old_list_still_tells_whom_it_revoked_when_the_source_is_silent(
    town: Town, sources: AuthorityServer
) -> None:
    sources.revoked[town.asan.certificate.serial] = MONDAY - DAY
    assert judged_at(town, MONDAY).outcome == "invalid"
    sources.mood["/crl"] = "silent"
    assert judged_at(town, MONDAY + 3 * DAY).outcome == "invalid"


def test_an_old_list_does_not_clear_anybody(town: Town, sources: AuthorityServer) -> None:
    assert judged_at(town, MONDAY).outcome == "valid"
    sources.mood["/crl"] = "silent"
    assert judged_at(town, MONDAY + 3 * DAY).outcome == "pending"


def test_a_list_nobody_we_trust_signed_is_not_kept(
    town: Town, sources: AuthorityServer, settings: Settings
) -> None:
    sources.mood["/crl"] = "forged"
    with pytest.raises(SourceSilent, match="no authority we trust"):
        current_list(sources.at("/crl"), (town.authority.certificate,), MONDAY)
    assert list(Path(settings.QYZMET_DATA).rglob("*.crl")) == []


def test_an_older_list_never_takes_the_place_of_a_newer(town: Town, sources: AuthorityServer) -> None:
    address, authorities = sources.at("/crl"), (town.authority.certificate,)
    sources.number, sources.now = 7, MONDAY
    current_list(address, authorities, MONDAY)
    sources.number, sources.now = 6, MONDAY - DAY
    current_list(address, authorities, MONDAY + 2 * DAY)
    sources.mood["/crl"] = "silent"
    assert read_crl(current_list(address, authorities, MONDAY + 2 * DAY)).number == 7


def test_killed_between_write_and_rename_the_old_list_stands(town: Town, sources: AuthorityServer) -> None:
    address, authorities = sources.at("/crl"), (town.authority.certificate,)
    old = current_list(address, authorities, MONDAY)
    sources.number, sources.now = 2, MONDAY + 2 * DAY
    child = os.fork()
    if child == 0:
        Path.replace = lambda *_: os._exit(9)  # type: ignore[method-assign,assignment,return-value]
        current_list(address, authorities, MONDAY + 2 * DAY)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    sources.mood["/crl"] = "silent"
    assert current_list(address, authorities, MONDAY + 2 * DAY) == old
    sources.mood.clear()
    assert read_crl(current_list(address, authorities, MONDAY + 2 * DAY)).number == 2


def test_a_damaged_file_is_fetched_again(town: Town, sources: AuthorityServer, settings: Settings) -> None:
    address, authorities = sources.at("/crl"), (town.authority.certificate,)
    kept = current_list(address, authorities, MONDAY)
    (path,) = Path(settings.QYZMET_DATA).rglob("*.crl")
    path.write_bytes(kept[:40])
    current_list(address, authorities, MONDAY)
    assert lists_asked(sources) == 2
    assert path.read_bytes() == sources.answer("/crl", b"")
