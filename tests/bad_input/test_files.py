"""Files that lie are refused in words that say what to do; files that are merely odd are taken and served as safe."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client

from qyzmet.cases.models import Blob
from qyzmet.pages.words import say
from qyzmet.portal.contents import fault_of
from qyzmet.portal.models import Draft
from qyzmet.portal.patience import WHOLE_REQUEST, Patience
from tests.bad_input.lies import REFUSED, TAKEN, missing_pages
from tests.fence.files import PDF, PNG
from tests.portal.conftest import citizen, monday
from tests.portal.filling import begin, file

__all__ = ["citizen", "monday"]

PAPER = "bank-account"


def attach(visitor: Client, draft: Draft, name: str, content: bytes) -> Any:
    answer = visitor.post(f"/drafts/{draft.ref}/documents", {PAPER: file(name, content), "keep": "1"})
    draft.refresh_from_db()
    return answer


def test_a_file_that_lies_is_refused_beside_its_field(citizen: Client) -> None:
    draft = begin(citizen)
    for number, (what, (name, content, key)) in enumerate(REFUSED.items()):
        language = ("kk", "ru", "en")[number % 3]
        citizen.cookies["django_language"] = language
        answer = attach(citizen, draft, name, content)
        assert answer.status_code == 422, what
        said = say(f"uploads.{key}", language, name=name, size="10,0")
        assert [each.text for each in answer.context["errors"]] == [said], what
        assert f'href="#document-{PAPER}"' in answer.content.decode()
        assert draft.documents.get(PAPER, []) == [], what
    assert not Blob.objects.exists()


@pytest.mark.full
def test_a_file_that_would_keep_its_reader_for_minutes_is_put_aside() -> None:
    patience = Patience()
    assert fault_of(io.BytesIO(missing_pages()), "application/pdf", patience) == "broken"
    assert patience.left <= WHOLE_REQUEST - 10


def test_the_files_of_a_request_are_looked_at_as_long_as_the_patience_with_all_of_them_lasts() -> None:
    patience = Patience(1e-6)
    assert fault_of(io.BytesIO(PDF), "application/pdf", patience) is None
    assert patience.ended
    assert fault_of(io.BytesIO(PDF), "application/pdf", patience) == "slow"
    assert fault_of(io.BytesIO(PNG), "image/png", Patience()) is None


def test_the_rest_of_a_request_is_refused_in_words_that_say_to_send_fewer(
    citizen: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Patience.__init__, "__defaults__", (1e-6,))
    draft = begin(citizen)
    sent = [file("first.pdf", PDF), file("second.pdf", PDF)]
    answer = citizen.post(f"/drafts/{draft.ref}/documents", {PAPER: sent, "keep": "1"})
    assert [each.text for each in answer.context["errors"]] == [say("uploads.slow", "kk", name="second.pdf")]
    draft.refresh_from_db()
    assert [each["name"] for each in draft.documents[PAPER]] == ["first.pdf"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_refusal_has_its_words(language: str) -> None:
    for _, _, key in REFUSED.values():
        assert "«a.pdf»" in say(f"uploads.{key}", language, name="a.pdf", size="10,0").replace(
            "“", "«"
        ).replace("”", "»")


def test_a_file_that_is_merely_odd_is_taken_and_served_as_what_it_is(citizen: Client) -> None:
    draft = begin(citizen)
    for place, (what, (name, content)) in enumerate(TAKEN.items()):
        assert attach(citizen, draft, name, content).status_code == 200, what
        kept = draft.documents[PAPER][place]
        assert not set(kept["name"]) & set('/\\\r\n\u202e"<>'), what
        assert len(kept["name"]) <= 124
        answer = citizen.get(f"/drafts/{draft.ref}/documents/{PAPER}/{place}")
        assert b"".join(answer.streaming_content) == content
        _served_as_safe(answer)
    page = citizen.get(f"/drafts/{draft.ref}/documents").content.decode()
    assert "<script>alert" not in page


def _served_as_safe(answer: Any) -> None:
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] in ("application/pdf", "image/png", "image/jpeg")
    assert answer["Content-Type"] == "application/pdf" or "sandbox" in answer["Content-Security-Policy"]
    assert "\n" not in answer["Content-Disposition"]
