"""eGov Mobile against the product: what a phone reads, what it puts back, and all that is refused."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qyzmet import evidence
from qyzmet.api.mgov import qr_of
from qyzmet.config import clock
from qyzmet.demo.authority import authority
from qyzmet.demo.standins import StandIns
from qyzmet.evidence.models import SigningRequest
from qyzmet.people.actor import actors_for
from qyzmet.people.models import Account, AccountKind
from qyzmet.signatures import BINDING, Expected, sign_cms
from tests.ncalayer import ncalayer

MONDAY = datetime(2019, 6, 3, 5, tzinfo=UTC)
CITIZEN, NEIGHBOUR, COMPANY = "900205417747", "760312437504", "121140459293"
CONTENT = b'{"v":1,"service":"housing-assistance","filing":"0b7c"}'
SECOND = b'{"v":1,"filing":"0b7d"}'
NAME = {"kk": "Тұрғын үй көмегі", "ru": "Жилищная помощь", "en": "Housing assistance"}
ADDRESS = "https://qyzmet.example"


@pytest.fixture
def stand_ins(db: None) -> Iterator[StandIns]:
    Account.objects.create(number=CITIZEN)
    Account.objects.create(number=COMPANY, kind=AccountKind.LEGAL_ENTITY)
    with clock.hold(MONDAY), ncalayer(ADDRESS) as layer:
        yield layer


@pytest.fixture
def row(stand_ins: StandIns) -> SigningRequest:
    return asked(CITIZEN, Expected(iin=CITIZEN))


def asked(number: str, expected: Expected, contents: tuple[bytes, ...] = (CONTENT,)) -> SigningRequest:
    actor = actors_for(Account.objects.get(number=number), MONDAY)[0]
    items = [evidence.Item(f"item-{place}", NAME, each) for place, each in enumerate(contents)]
    return evidence.ask(actor, "filing", "draft", items, expected=expected, now=MONDAY)


def signature(content: bytes = CONTENT, number: str = CITIZEN, **more: Any) -> bytes:
    return sign_cms(content, [authority().key_of(number, now=MONDAY, **more)], at=MONDAY)


class Phone:
    """The app: reads both services, puts the documents back."""

    def __init__(self, row: SigningRequest) -> None:
        self.client, self.row = Client(), row
        self.first = f"/api/mgov/{row.phone_token}"
        self.secret = ""

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(self.first).json()
        self.secret = found["document"]["auth_token"]
        return found

    def documents(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"{self.first}/documents", headers=self.bearer()).json()
        return found

    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    def put(self, body: object) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.put(f"{self.first}/documents", data, "application/json", headers=self.bearer())

    def put_signed(self, *signatures: bytes) -> Any:
        self.read()
        return self.put(signed(self.documents(), *signatures))


def signed(said: Mapping[str, Any], *signatures: bytes) -> dict[str, Any]:
    """The documents with signatures where their content was."""
    rows = [
        {**row, "document": {"file": {**row["document"]["file"], "data": base64.b64encode(each).decode()}}}
        for row, each in zip(said["documentsToSign"], signatures, strict=True)
    ]
    return {**said, "documentsToSign": rows}


def refused(answer: Any, status: int, code: str) -> dict[str, Any]:
    said: dict[str, Any] = answer.json()
    assert (answer.status_code, said["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert said["status"] == status
    assert said["detail"] == said["text"]["kk"]
    assert set(said["text"]) == {"kk", "ru", "en"}
    return said


def kept(row: SigningRequest) -> dict[str, str]:
    row.refresh_from_db()
    return dict(row.received)


def test_the_phone_reads_who_asks_for_what_until_when(row: SigningRequest) -> None:
    said = Phone(row).read()
    assert said["description"] == "Тұрғын үй көмегі / Жилищная помощь"
    assert said["expiry_date"] == "2019-06-03T12:00:00+06:00"
    assert said["organisation"]["bin"] == "161140771586"
    assert said["organisation"]["nameKz"] == "Бірыңғай ақпараттық жүйенің сенімгерлік басқарушысы"
    assert said["document"]["uri"] == f"{ADDRESS}/api/mgov/{row.phone_token}/documents"
    assert said["document"]["auth_type"] == "Token"


def test_the_phone_reads_the_very_bytes(row: SigningRequest) -> None:
    phone = Phone(row)
    phone.read()
    said = phone.documents()
    assert (said["signMethod"], said["version"]) == ("CMS_SIGN_ONLY", 1)
    (document,) = said["documentsToSign"]
    assert (document["id"], document["nameKz"], document["nameRu"]) == (1, NAME["kk"], NAME["ru"])
    assert base64.b64decode(document["document"]["file"]["data"]) == CONTENT


def test_signed_on_the_phone_the_page_goes_on(row: SigningRequest) -> None:
    made = signature()
    assert Phone(row).put_signed(made).status_code == 200
    kept(row)
    assert evidence.received_of(row) == {"item-0": made}
    assert evidence.judge_all(row, evidence.received_of(row), now=MONDAY)["item-0"].verdict.valid


def test_several_documents_at_once(stand_ins: StandIns) -> None:
    row = asked(CITIZEN, Expected(iin=CITIZEN), (CONTENT, SECOND))
    phone = Phone(row)
    assert phone.read()["description"].endswith("(+1)")
    said = signed(phone.documents(), signature(), signature(SECOND))
    said["documentsToSign"].reverse()
    assert phone.put(said).status_code == 200
    assert set(kept(row)) == {"item-0", "item-1"}


def test_a_company_signs_by_its_head(stand_ins: StandIns) -> None:
    row = asked(COMPANY, Expected(bin=COMPANY, roles=BINDING))
    assert Phone(row).put_signed(signature(number=COMPANY)).status_code == 200


def test_a_silent_revocation_source_does_not_refuse(stand_ins: StandIns, row: SigningRequest) -> None:
    """It is asked again; the signature waits."""
    stand_ins.services.silence("ocsp", "crl")
    assert Phone(row).put_signed(signature()).status_code == 200


@pytest.mark.parametrize(
    ("check", "made"),
    [
        ("iin", lambda: signature(number=NEIGHBOUR)),
        ("content", lambda: signature(CONTENT + b" ")),
        ("validity", lambda: signature(state="expired")),
        ("validity", lambda: signature(state="future")),
        ("revocation", lambda: signature(state="revoked")),
        ("chain", lambda: signature(state="foreign")),
        ("format", lambda: b"rubbish"),
        ("format", lambda: signature()[:-20]),
    ],
    ids=["another person", "altered data", "expired", "future", "revoked", "foreign", "rubbish", "truncated"],
)
def test_a_signature_that_does_not_do_names_its_check(row: SigningRequest, check: str, made: Any) -> None:
    said = refused(Phone(row).put_signed(made()), 422, "not-signed")
    assert (said["check"], said["clause"]) == (check, "A120 §10(7)")
    assert kept(row) == {}


def test_after_a_refusal_the_phone_tries_again(row: SigningRequest) -> None:
    refused(Phone(row).put_signed(signature(number=NEIGHBOUR)), 422, "not-signed")
    assert Phone(row).put_signed(signature()).status_code == 200


def test_a_second_putting_back_is_a_replay(row: SigningRequest) -> None:
    phone = Phone(row)
    assert phone.put_signed(signature()).status_code == 200
    before = kept(row)
    said = {"signMethod": "CMS_SIGN_ONLY", "documentsToSign": []}
    refused(phone.put(said), 409, "already-received")
    refused(phone.client.get(phone.first), 409, "already-received")
    assert kept(row) == before


def test_a_signature_of_another_request_does_not_fit(row: SigningRequest) -> None:
    other = asked(CITIZEN, Expected(iin=CITIZEN), (SECOND,))
    said = refused(Phone(other).put_signed(signature()), 422, "not-signed")
    assert said["check"] == "content"


def test_an_hour_later_it_has_expired(row: SigningRequest) -> None:
    phone = Phone(row)
    phone.read()
    body = signed(phone.documents(), signature())
    with clock.hold(MONDAY + timedelta(hours=1)):
        refused(phone.client.get(phone.first), 410, "request-ended")
        refused(phone.put(body), 410, "request-ended")
    assert kept(row) == {}


def test_a_request_that_was_closed(row: SigningRequest) -> None:
    evidence.close(row, MONDAY)
    refused(Client().get(f"/api/mgov/{row.phone_token}"), 410, "request-ended")


@pytest.mark.parametrize("token", ["unknown", "ұзын", "x" * 400, "%00"])
def test_a_code_of_no_request(stand_ins: StandIns, token: str) -> None:
    answer = Client().get(f"/api/mgov/{token}")
    assert answer.status_code == 404


@override_settings(QYZMET_MGOV="")
def test_a_deployment_that_does_not_offer_it(row: SigningRequest) -> None:
    refused(Client().get(f"/api/mgov/{row.phone_token}"), 404, "request-unknown")


def test_the_pages_own_token_opens_nothing(row: SigningRequest) -> None:
    refused(Client().get(f"/api/mgov/{row.token}"), 404, "request-unknown")


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer x", "Basic x", "Bearer ұ"])
def test_documents_need_the_token_of_the_first_service(row: SigningRequest, header: str) -> None:
    for call in (Client().get, Client().put):
        answer = call(f"/api/mgov/{row.phone_token}/documents", headers={"Authorization": header})
        refused(answer, 401, "not-authorised")
        assert answer["WWW-Authenticate"] == "Bearer"


def test_the_token_of_another_request(row: SigningRequest) -> None:
    other, phone = Phone(asked(CITIZEN, Expected(iin=CITIZEN))), Phone(row)
    other.read()
    phone.secret = other.secret
    refused(phone.put({}), 401, "not-authorised")


def test_other_methods(row: SigningRequest) -> None:
    answer = Client().post(f"/api/mgov/{row.phone_token}")
    refused(answer, 405, "method-not-allowed")
    assert answer["Allow"] == "GET, HEAD"
    refused(Client().delete(f"/api/mgov/{row.phone_token}/documents"), 405, "method-not-allowed")


def changed(said: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**said, "documentsToSign": [{**said["documentsToSign"][0], **more}]}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("other-documents", lambda said: {**said, "documentsToSign": []}),
        ("other-documents", lambda said: changed(said, id=2)),
        ("other-documents", lambda said: changed(said, id=True)),
        ("other-documents", lambda said: {**said, "documentsToSign": said["documentsToSign"] * 2}),
        ("other-method", lambda said: {**said, "signMethod": "CMS_WITH_DATA"}),
        ("other-method", lambda said: changed(said, signMethod=["XML"])),
        ("no-signature", lambda said: changed(said, document=None)),
        ("no-signature", lambda said: changed(said, document={"file": {"data": "ҚОЛ"}})),
        ("no-signature", lambda said: changed(said, document={"file": {"data": 7}})),
    ],
)
def test_other_documents_than_were_given(row: SigningRequest, code: str, change: Any) -> None:
    phone = Phone(row)
    phone.read()
    refused(phone.put(change(signed(phone.documents(), signature()))), 422, code)
    assert kept(row) == {}


def test_more_than_a_signature_can_be(row: SigningRequest) -> None:
    phone = Phone(row)
    phone.read()
    refused(phone.put(b"[" + b" " * (6 << 20)), 413, "too-large")
    said = refused(phone.put_signed(b"\x30" * (3 << 20)), 422, "not-signed")
    assert said["check"] == "format"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
LOOKALIKE = st.fixed_dictionaries(
    {
        "signMethod": st.just("CMS_SIGN_ONLY") | JSON,
        "documentsToSign": JSON
        | st.lists(
            st.fixed_dictionaries(
                {
                    "id": st.sampled_from([1, "1", 2, 0]) | JSON,
                    "document": JSON
                    | st.fixed_dictionaries(
                        {"file": JSON | st.fixed_dictionaries({"data": st.text(max_size=40) | JSON})}
                    ),
                }
            ),
            max_size=2,
        ),
    }
)


@given(body=st.binary(max_size=60) | JSON | LOOKALIKE)
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_put_back_is_answered_with_a_problem(row: SigningRequest, body: object) -> None:
    phone = Phone(row)
    phone.read()
    answer = phone.put(body)
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"
    assert kept(row) == {}


@given(place=st.integers(0, 1400), bit=st.integers(0, 7))
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_signature_with_one_bit_turned_is_never_taken_for_another(
    row: SigningRequest, place: int, bit: int
) -> None:
    """Most bits matter; those that do not (the authority's own certificate sent along) leave the same signer."""
    made = bytearray(signature())
    made[place % len(made)] ^= 1 << bit
    answer = Phone(row).put_signed(bytes(made))
    assert answer.status_code in {200, 422}
    if answer.status_code == 200:
        kept(row)
        found = evidence.judge_all(row, evidence.received_of(row), now=MONDAY)["item-0"]
        assert found.verdict.signers[0].iin == CITIZEN
        SigningRequest.objects.filter(pk=row.pk).update(received={})


def test_the_language_of_the_problem(stand_ins: StandIns) -> None:
    answer = Client().get("/api/mgov/unknown", headers={"Cookie": "django_language=ru"})
    assert answer["Content-Language"] == "ru"
    assert answer.json()["detail"].startswith("Такого запроса на подпись нет")


def test_the_code_says_the_address(row: SigningRequest) -> None:
    drawn = qr_of(row)
    assert drawn.text == f"mobileSign:{ADDRESS}/api/mgov/{row.phone_token}"
    assert drawn.svg.startswith("<svg")
    with override_settings(QYZMET_MGOV_LINKS=(("phone-same", "https://app.example/?link={address}&a=b"),)):
        (link,) = qr_of(row).links
    assert link.address == f"https://app.example/?link=https://qyzmet.example/api/mgov/{row.phone_token}&a=b"
