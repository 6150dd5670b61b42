"""More signatures than one chooses one by one: one archive to sign, files known by the number in their names."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qyzmet import evidence
from qyzmet.config import clock
from qyzmet.evidence.models import SigningRequest
from qyzmet.people.actor import actors_for
from qyzmet.people.models import Account
from qyzmet.portal.accounts.asking import asked_bytes, item
from qyzmet.signatures import Expected
from tests.office.keys import signed_by
from tests.portal.accounts.conftest import AIGUL, aigul, come_in, noon

__all__ = ["aigul", "noon"]

COUNT = 21


@pytest.fixture
def asked(aigul: Account, noon: datetime) -> SigningRequest:
    """Twenty-one things to sign, the first of which confirms an account already confirmed."""
    actor = actors_for(aigul, noon)[0]
    items = [item("confirm", asked_bytes("confirm", AIGUL, noon))]
    more = [evidence.Item(f"more-{n}", {"kk": f"Іс {n}"}, b"%d" % n) for n in range(1, COUNT)]
    return evidence.ask(actor, "confirm", AIGUL, [*items, *more], expected=Expected(iin=AIGUL), now=noon)


def sent(visitor: Client, row: SigningRequest, files: dict[str, bytes]) -> Any:
    posted = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return visitor.post(f"/sign/{row.token}", {"several": "1", "signatures": posted})


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_they_come_some_at_a_time_and_are_judged_when_all_are_there(
    aigul: Account, asked: SigningRequest
) -> None:
    visitor = come_in()
    answer = visitor.get(f"/sign/{asked.token}/all")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    signatures = {f"{name}.cms": signed_by(aigul, archive.read(name)) for name in archive.namelist()}
    assert len(signatures) == COUNT
    late = {
        name: signatures.pop(name)
        for name in ("qyzmet-3.json.cms", "qyzmet-20.json.cms", "qyzmet-21.json.cms")
    }
    first = sent(visitor, asked, signatures)
    assert first.status_code == 200
    assert "Алынған қолтаңбалар: 18 / 21. Әлі жоқ нөмірлер: 3, 20–21." in words(first)
    assert "Continue" not in words(first)
    assert sent(visitor, asked, late)["Location"] == "/account"
    asked.refresh_from_db()
    assert asked.closed_at == clock.now()


def test_a_file_that_does_not_say_what_it_signs_is_named_and_nothing_is_kept(
    aigul: Account, asked: SigningRequest
) -> None:
    visitor = come_in()
    for name in ("қолтаңба.cms", "qyzmet-22.cms", "qyzmet-0.cms", "qyzmet-99999.cms"):
        answer = sent(visitor, asked, {"qyzmet-1.cms": b"x", name: b"x"})
        assert answer.status_code == 422
        assert f"«{name}» файлының атауында нөмірі жоқ" in words(answer)
    assert sent(visitor, asked, {}).status_code == 422
    asked.refresh_from_db()
    assert asked.received == {}


def test_the_one_that_is_not_good_is_named_and_sent_again(aigul: Account, asked: SigningRequest) -> None:
    visitor = come_in()
    good = {
        f"qyzmet-{n}.p7s": signed_by(aigul, evidence.content_of(asked, each["id"]))
        for n, each in enumerate(asked.items, 1)
    }
    swapped = good | {"qyzmet-7.p7s": good["qyzmet-8.p7s"]}
    answer = sent(visitor, asked, swapped)
    assert answer.status_code == 422
    assert "7. Іс 6" in words(answer)
    assert sent(visitor, asked, {"qyzmet-7.p7s": good["qyzmet-7.p7s"]})["Location"] == "/account"
