"""The page of the stand-in: choose a key, sign, cancel, be refused in words; `/control` for scripts; services."""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from http.client import RemoteDisconnected
from typing import Any

import pytest
from websockets.sync.client import connect

from qyzmet.demo.authority import PASSWORD, DemoAuthority
from qyzmet.demo.standins import StandIns
from qyzmet.demo.standins.holders import begins_with
from qyzmet.demo.standins.pages import _texts
from qyzmet.signatures import read_certificate, read_cms
from qyzmet.signatures.revocation.ocsp import build_request
from tests.browser import PHONE, browser
from tests.demo.standins.conftest import MONDAY
from tests.demo.standins.test_layer import CITIZEN, COMPANY, OFFICIAL, sign

STRANGER = "850312410006"
"""Nobody of the demo."""


class Visitor:
    """Somebody with a browser: keeps the language, follows where a page sends."""

    def __init__(self, stand_ins: StandIns, language: str = "") -> None:
        self.root = stand_ins.addresses.page
        self.headers = {"Cookie": f"language={language}"} if language else {}

    def get(self, path: str = "") -> str:
        request = urllib.request.Request(self.root + path, headers=self.headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return str(answer.read().decode())

    def press(self, path: str, **form: str) -> tuple[int, str]:
        body = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(self.root + path, data=body, headers=self.headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as problem:
            return problem.code, problem.read().decode()

    def order(self, **orders: Any) -> dict[str, Any]:
        request = urllib.request.Request(self.root + "control", data=json.dumps(orders).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            said: dict[str, Any] = json.load(answer)
            return said


@contextmanager
def waiting(stand_ins: StandIns, message: dict[str, Any]) -> Iterator[tuple[str, Future[Any]]]:
    """A page has asked NCALayer: the number of its request, and the answer to come."""
    with ThreadPoolExecutor(1) as pool, connect(stand_ins.addresses.ncalayer) as connection:
        connection.recv()
        connection.send(json.dumps(message))
        answer = pool.submit(lambda: json.loads(connection.recv(timeout=60)))
        while not stand_ins.desk.waiting():
            time.sleep(0.01)
        yield str(stand_ins.desk.waiting()[0].number), answer


def test_nothing_to_sign(stand_ins: StandIns) -> None:
    page = Visitor(stand_ins).get()
    assert "Қол қоюға сұрау жоқ" in page
    assert 'http-equiv="refresh"' in page
    assert "Запросов на подпись нет" in Visitor(stand_ins, "ru").get()
    assert "Nothing asks for a signature" in Visitor(stand_ins, "en").get()


def test_a_person_chooses_a_key_and_signs(stand_ins: StandIns) -> None:
    visitor = Visitor(stand_ins, "en")
    with waiting(stand_ins, sign()) as (number, answer):
        page = visitor.get()
        assert "housing-assistance" in page
        assert "Ысқақова Әлия Нұрланқызы" in page
        assert "in force is wanted" in page
        status, after = visitor.press("answer", request=number, who=CITIZEN, password=PASSWORD, deed="sign")
        assert (status, "Nothing asks" in after) == (200, True)
        message = read_cms(base64.b64decode(answer.result(60)["body"]["result"][0]))
        assert CITIZEN in {each.subject.iin for each in message.certificates}


def test_a_person_cancels(stand_ins: StandIns) -> None:
    with waiting(stand_ins, sign()) as (number, answer):
        Visitor(stand_ins).press("answer", request=number, who=CITIZEN, deed="cancel")
        assert answer.result(60) == {"status": True, "body": {}}


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"password": "qwerty"}, "bad-password"),
        ({"state": "revoked"}, "why-not-standing"),
        ({"state": "foreign"}, "why-other-authority"),
        ({"other": "123456789012"}, "bad-number"),
        ({"other": "900205417747", "role": "pope"}, "bad-word"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_a_key_that_does_not_do_is_refused_in_words(
    stand_ins: StandIns, form: dict[str, str], said: str
) -> None:
    with waiting(stand_ins, sign()) as (number, _):
        given = {"request": number, "who": CITIZEN, "password": PASSWORD, "deed": "sign", **form}
        status, page = Visitor(stand_ins, "ru").press("answer", **given)
        assert status == 400
        assert _texts("ru")[said] in page
        assert stand_ins.desk.waiting()


def test_another_persons_key_for_a_company(stand_ins: StandIns) -> None:
    """For trying out who may sign: an employee where a head must."""
    with waiting(stand_ins, sign(outputCert=True)) as (number, answer):
        Visitor(stand_ins).press(
            "answer", request=number, who=CITIZEN, other="760312437504", bin=COMPANY, role="employee",
            password=PASSWORD, deed="sign",
        )  # fmt: skip
        found = read_certificate(base64.b64decode(answer.result(60)["body"]["result"]["certificate"]))
        assert (found.subject.iin, found.subject.bin) == ("760312437504", COMPANY)


def test_whoever_is_asked_for_and_not_listed_is_filled_in_and_signs(stand_ins: StandIns) -> None:
    visitor, stranger = Visitor(stand_ins), STRANGER
    with waiting(stand_ins, sign(signer={"iin": stranger})) as (number, answer):
        page = visitor.get()
        assert "<details open><summary>Басқа кілт" in page
        assert f'name="other" class="short" inputmode="numeric" maxlength="12" value="{stranger}"' in page
        assert _texts("kk")["other-named"] in page
        form = {"request": number, "who": CITIZEN, "other": stranger, "password": PASSWORD, "deed": "sign"}
        assert visitor.press("answer", **form)[0] == 200
        assert answer.result(60)["status"] is True


@pytest.mark.parametrize(
    ("iin", "bin", "begins"),
    [
        (CITIZEN, "", {"who": CITIZEN}),
        (OFFICIAL, "", {"who": OFFICIAL}),
        ("", COMPANY, {"who": COMPANY}),
        (CITIZEN, COMPANY, {"other": CITIZEN, "bin": COMPANY}),
        (STRANGER, "", {"other": STRANGER, "bin": ""}),
        ("", "", {}),
    ],
)
def test_the_form_begins_with_whom_the_request_names(iin: str, bin: str, begins: dict[str, str]) -> None:
    assert begins_with(iin, bin) == begins


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_when_nobody_is_named_it_says_where_another_number_goes(stand_ins: StandIns, language: str) -> None:
    with waiting(stand_ins, sign()):
        page = Visitor(stand_ins, language).get()
    assert _texts(language)["other-any"] in page
    assert f"<details open><summary>{_texts(language)['other-key']}" in page


def test_a_request_that_no_longer_waits(stand_ins: StandIns) -> None:
    status, page = Visitor(stand_ins, "en").press("answer", request="99", who=CITIZEN, deed="cancel")
    assert (status, "waits no longer" in page) == (400, True)


def test_a_script_answers_in_place_of_a_person(stand_ins: StandIns) -> None:
    visitor = Visitor(stand_ins)
    with waiting(stand_ins, sign()) as (number, answer):
        assert visitor.order()["waiting"] == [
            {"request": int(number), "method": "sign", "form": "cms", "count": 1}
        ]
        visitor.order(always={"number": CITIZEN})
        assert answer.result(60)["status"] is True
    assert visitor.order(always=None, silent=["ocsp"])["silent"] == ["ocsp"]
    with pytest.raises(urllib.error.HTTPError, match="400"):
        visitor.order(always={"number": "1"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        visitor.order(launch=True)


def test_other_sites_cannot_press_anything(stand_ins: StandIns) -> None:
    visitor = Visitor(stand_ins)
    visitor.headers["Origin"] = "https://example.invalid"
    assert visitor.press("services", silent="ocsp")[0] == 403
    visitor.headers = {"Host": "example.invalid"}
    with pytest.raises(urllib.error.HTTPError, match="403"):
        visitor.get()


def test_services_answer_until_they_are_silenced(stand_ins: StandIns, keys: DemoAuthority) -> None:
    key = keys.key_of(CITIZEN, now=MONDAY)
    question = build_request(key.certificate, key.others[0])

    def asked() -> bytes:
        with urllib.request.urlopen(stand_ins.addresses.ocsp, data=question, timeout=60) as answer:
            return bytes(answer.read())

    assert asked().startswith(b"\x30\x82")
    in_address = f"{stand_ins.addresses.ocsp}/{urllib.parse.quote(base64.b64encode(question), safe='')}"
    with urllib.request.urlopen(in_address, timeout=60) as answer:
        assert answer.headers["Content-Type"] == "application/ocsp-response"
    for address in stand_ins.addresses.crl:
        with urllib.request.urlopen(address, timeout=60) as answer:
            assert answer.headers["Content-Type"] == "application/pkix-crl"
    Visitor(stand_ins).press("services", silent="ocsp")
    with pytest.raises(RemoteDisconnected):
        asked()
    Visitor(stand_ins).press("services")
    assert asked().startswith(b"\x30\x82")


def test_rubbish_at_the_services(stand_ins: StandIns) -> None:
    for path in ("ocsp", "tsp"):
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(stand_ins.addresses.page + path, data=b"rubbish", timeout=60)


def test_every_sentence_stands_in_three_languages() -> None:
    keys = {language: set(_texts(language)) for language in ("kk", "ru", "en")}
    assert keys["kk"] == keys["ru"] == keys["en"]
    assert all(text.strip() for language in keys for text in _texts(language).values())


@pytest.mark.full
def test_signing_on_a_phone_screen_in_a_real_browser(stand_ins: StandIns) -> None:
    with browser(stand_ins.addresses.page.rstrip("/"), PHONE) as page:
        page.open("/")
        assert page.sideways == 0
        long = base64.b64encode(json.dumps({"form": {"name": "ұзақ" * 400}}).encode()).decode()
        with waiting(stand_ins, sign(long, signer={"bin": COMPANY})) as (_, answer):
            page.open("/")
            assert page.sideways == 0
            assert page.find("#who").get_attribute("value") == COMPANY
            page.type("password", "wrong")
            page.go('button[name="deed"][value="sign"]')
            assert "Құпиясөз дұрыс емес" in page.text
            page.type("password", PASSWORD)
            page.go('button[name="deed"][value="sign"]')
            assert answer.result(60)["status"] is True
        assert "Қол қоюға сұрау жоқ" in page.text
        page.open("/phone")
        assert page.sideways == 0
        assert [each for each in page.complaints() if "400" not in each] == []
