"""A source that keeps failing is left alone, so that it does not slow every filing."""

from __future__ import annotations

import pytest

from qyzmet.evidence import fetching
from qyzmet.evidence.breaker import PAUSES, Breaker
from qyzmet.evidence.fetching import SourceSilent, fetch
from tests.evidence.authority_server import AuthorityServer
from tests.evidence.test_judging import judged
from tests.signatures.town import Town, detached


class Clock:
    """Real time, moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_two_failures_in_a_row_give_a_pause_that_grows_and_one_success_ends_it() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    breaker.failed("ocsp")
    assert not breaker.rests("ocsp")
    breaker.failed("ocsp")
    assert breaker.rests("ocsp")
    assert not breaker.rests("crl")
    clock.now += PAUSES[0]
    assert not breaker.rests("ocsp"), "one caller tries"
    assert breaker.rests("ocsp"), "the others wait for what becomes of it"
    breaker.failed("ocsp")
    clock.now += PAUSES[0]
    assert breaker.rests("ocsp"), "the second pause is longer"
    clock.now += PAUSES[1]
    assert not breaker.rests("ocsp")
    breaker.succeeded("ocsp")
    assert not breaker.rests("ocsp")


def test_a_dead_source_is_asked_twice_and_then_filings_pass_it_by(
    town: Town, sources: AuthorityServer
) -> None:
    sources.mood.update({"/ocsp": "silent", "/crl": "silent"})
    outcomes = [judged(detached(town.asan)).outcome for _ in range(5)]
    assert outcomes == ["pending"] * 5
    assert sources.asked == ["/ocsp", "/crl"], "both on one host: two failures"


def test_a_source_that_answers_nonsense_is_no_dead_one(town: Town, sources: AuthorityServer) -> None:
    sources.mood["/ocsp"] = "rubbish"
    assert [judged(detached(town.asan)).outcome for _ in range(4)] == ["valid"] * 4
    assert sources.asked.count("/ocsp") == 4


def test_an_answer_that_does_not_come_in_time_is_silence(
    sources: AuthorityServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "TIMEOUT", 0.05)
    sources.mood["/ocsp"] = "slow"
    with pytest.raises(SourceSilent, match=r"TimeoutError|timed out"):
        fetch(sources.at("/ocsp"), b"?", within=0.05)


def test_an_answer_that_comes_a_letter_at_a_time_is_cut_off(sources: AuthorityServer) -> None:
    sources.mood["/ocsp"] = "drip"
    with pytest.raises(SourceSilent, match="not complete"):
        fetch(sources.at("/ocsp"), b"?", within=0.3)


@pytest.mark.parametrize(
    ("mood", "why"), [("huge", "longer than"), ("redirect", "302"), ("error", "500"), ("silent", "Remote")]
)
def test_why_a_source_was_silent_is_said(sources: AuthorityServer, mood: str, why: str) -> None:
    sources.mood["/tsp"] = mood
    with pytest.raises(SourceSilent, match=why):
        fetch(sources.at("/tsp"), b"?")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://", "gopher://x"])
def test_only_http_is_spoken(address: str) -> None:
    with pytest.raises(SourceSilent, match="no http address"):
        fetch(address)
