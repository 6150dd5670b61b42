"""The receipt of a decision: by which law, on which checks and grounds, by whom and by what right."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from qyzmet.cases import blobs
from qyzmet.cases.journal import guards
from qyzmet.cases.models import Entry, Token
from qyzmet.cli import main
from qyzmet.clock import national_calendar
from qyzmet.config.clock import hold
from qyzmet.documents.decision_receipt import decision_receipt
from qyzmet.documents.export.pages import decisions_page
from qyzmet.documents.receipts import receipt_json
from qyzmet.people.models import Account, PostHolding, Substitution
from qyzmet.signatures import embedded_files
from tests.cases.town import LONG_AGO, Town, citizen
from tests.documents.walking import AMOUNT, Walk, decided, housing, one

__all__ = ["housing"]
pytestmark = pytest.mark.django_db


def step(walk: Walk, name: str) -> Token:
    return Token.objects.get(case=walk.case, step=name, cancelled=False)


def test_a_sitting_says_its_votes_quorum_law_and_calendar(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    said = decision_receipt(walk.case, step(walk, "decide"))
    assert said["decision"]["outcome"] == "assign"
    assert [vote["outcome"] for vote in said["votes"]] == ["assign"] * 3
    assert [each["parameter"] for each in said["parameters"]] == ["housing-commission-quorum"]
    assert said["law"]["package"] == hashlib.sha256(bytes(walk.case.edition.package)).hexdigest()
    assert len(said["law"]["law"]) == len(said["law"]["texts"]) == 64
    assert {each["calendar"] for each in said["dates"]} == {national_calendar().hash}
    assert [each["check"] for each in said["checks"]]


def test_a_signed_step_names_its_signature_documents_and_entry(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    said = decision_receipt(walk.case, step(walk, "notify"))
    notice = one(walk.case, "notice")
    assert said["signature"]["outcome"] == "valid"
    assert {"revocation", "chain", "validity"} <= {each["check"] for each in said["signature"]["checks"]}
    assert [(each["number"], each["sha256"]) for each in said["documents"]] == [
        (notice.number, notice.digest)
    ]
    entry = Entry.objects.get(stream=walk.case.stream, seq=said["journal"]["seq"])
    assert (said["journal"]["hash"], notice.seq) == (bytes(entry.hash).hex(), entry.seq)
    assert said["official"]["authority"]["kind"] == "holding"


def test_a_refusal_names_each_ground_with_its_clause_and_reason(housing: Town) -> None:
    grounds = [{"ground": "not-authentic", "reason": "Анықтама жарамсыз"}]
    walk = decided(housing, "refuse", grounds=grounds)
    (ground,) = decision_receipt(walk.case, step(walk, "decide"))["grounds"]
    assert (ground["reason"], ground["clause"]) == ("Анықтама жарамсыз", "O109 an.2 row 9(1)")
    assert set(ground["name"]) == {"kk", "ru", "en"}


def test_who_stood_in_for_another_is_named_with_the_order(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    token = step(walk, "resolve")
    holding = PostHolding.objects.get(account__number=token.closed_by)
    other = Account.objects.create(number="100000000999", surname="Орынбасар", given_name="Б.")
    Substitution.objects.create(
        holding=holding, substitute=other, order="№ 14-ж", since=LONG_AGO, until=walk.now + timedelta(days=1)
    )
    Token.objects.filter(pk=token.pk).update(closed_by=other.number)
    token.refresh_from_db()
    official = decision_receipt(walk.case, token)["official"]
    assert official["name"] == "Орынбасар Б."
    assert (official["authority"]["kind"], official["authority"]["order"]) == ("substitution", "№ 14-ж")


def test_a_step_that_is_not_done_has_none(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    Token.objects.filter(pk=step(walk, "notify").pk).update(closed_at=None)
    with pytest.raises(LookupError, match="no decision yet"):
        decision_receipt(walk.case, step(walk, "notify"))


def test_the_page_says_it_in_three_languages(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    page = decisions_page([decision_receipt(walk.case, step(walk, "notify"))]).decode()
    for words in ("Шешімнің негіздемесі", "Обоснование решения", "Receipt of a decision"):
        assert words in page
    kazakh = page[page.index('lang="kk"', page.index("<section")) : page.index('lang="ru"')]
    for words in (
        "<b>орындалды</b>",
        "✓ кері қайтарып алынған тіркеу куәліктерінің тізімі",
        "(3-шарт): сәйкес",
        ": жарамды",
    ):
        assert words in kazakh
    for code in ("done", "documents.complete", "passed", "valid", "revocation"):
        assert code not in kazakh


def test_the_page_tells_votes_by_the_names_the_act_gives_them(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    page = decisions_page([decision_receipt(walk.case, step(walk, "decide"))]).decode()
    assert page.count(": Тағайындау<br>") == 2
    assert ": assign" not in page


def test_the_recipients_receipt_carries_their_part_of_the_chain(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    said = json.loads(embedded_files(blobs.read(one(walk.case, "registered").digest))["receipt.json"])
    entries = Entry.objects.filter(stream=walk.case.stream).order_by("seq")
    assert said["hashes"] == [bytes(each.hash).hex() for each in entries][: len(said["hashes"])]
    told = json.loads(said["entry"]["body"])
    assert told["person"] in {citizen().person, "system"}
    assert hashlib.sha256(said["entry"]["body"].encode()).hexdigest() == said["entry"]["hash"]
    with pytest.raises(LookupError, match="has no entry 99"):
        receipt_json(walk.case, 99)


def test_an_entry_dropped_later_is_named_by_the_receipt(
    housing: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    walk = decided(housing, output=AMOUNT)
    paper = tmp_path / "receipt.pdf"
    paper.write_bytes(blobs.read(one(walk.case, "registered").digest))
    seals = tmp_path / "seals"
    seals.mkdir()
    asked = ["journal", "verify", "--seals", str(seals), "--receipt", str(paper)]
    with hold(walk.now):
        assert main(asked) == 0
        guards.remove(connection)
        Entry.objects.filter(stream=walk.case.stream, seq=2).delete()
        guards.install(connection)
        assert main(asked) == 1
        assert f"{walk.case.stream}#2: deleted: receipt.pdf names it" in capsys.readouterr().out
        paper.write_text("{}")
        assert main(asked) == 2
    assert "is no receipt" in capsys.readouterr().err
