"""NCALayer's messages as its programs send them: both families, every answer, and every way to fail."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from qyzmet.demo.authority import DemoAuthority, State
from qyzmet.demo.standins import Deed, StandIns, Wish
from qyzmet.demo.standins.layer import answer_to
from qyzmet.demo.standins.table import Table
from qyzmet.demo.standins.wishes import from_world
from qyzmet.signatures import digest, read_certificate, read_cms, verify_cms, verify_xml
from tests.demo.standins.conftest import MONDAY

CITIZEN, COMPANY, OFFICIAL = "900205417747", "121140459293", "780318420299"
CONTENT = b'{"v":1,"service":"housing-assistance"}'
BASICS, OLD = "kz.gov.pki.knca.basics", "kz.gov.pki.knca.commonUtils"
EMAIL, CLIENT = "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.2"


@pytest.fixture
def layer(stand_ins: StandIns) -> Iterator[ClientConnection]:
    with connect(stand_ins.addresses.ncalayer) as connection:
        assert json.loads(connection.recv())["result"]["version"]
        yield connection


def asked(layer: ClientConnection, message: dict[str, Any]) -> dict[str, Any]:
    layer.send(json.dumps(message))
    said: dict[str, Any] = json.loads(layer.recv(timeout=60))
    return said


def sign(
    data: Any = None, *, form: str = "cms", signer: dict[str, Any] | None = None, **params: Any
) -> dict[str, Any]:
    return {
        "module": BASICS,
        "method": "sign",
        "args": {
            "allowedStorages": None,
            "format": form,
            "data": base64.b64encode(CONTENT).decode() if data is None else data,
            "signingParams": {
                "decode": "true",
                "encapsulate": "false",
                "digested": "false",
                "tsaProfile": None,
                **params,
            },
            "signerParams": {
                "extKeyUsageOids": [EMAIL],
                "iin": "",
                "bin": "",
                "serialNumber": "",
                **(signer or {}),
            },
            "locale": "kk",
        },
    }


def old(method: str, *args: Any) -> dict[str, Any]:
    return {"module": OLD, "method": method, "args": list(args)}


def signed_by(keys: DemoAuthority, signature: str, content: bytes | None = CONTENT) -> str:
    """The IIN of whoever signed, after everything was checked."""
    data = base64.b64decode(signature)
    names = read_cms(data).digest_names
    digests = None if content is None else {name: digest(name, content) for name in names}
    known = keys.trust().with_more((), [keys.crl(MONDAY, "gost"), keys.crl(MONDAY, "rsa")])
    verdict = verify_cms(data, at=MONDAY, trust=known, content=digests)
    assert verdict.valid, verdict.failed
    return verdict.signers[0].iin


@pytest.mark.parametrize("encapsulate", ["false", False])
def test_a_detached_signature(
    stand_ins: StandIns, layer: ClientConnection, keys: DemoAuthority, encapsulate: object
) -> None:
    """The official example sends words, other programs true and false."""
    stand_ins.desk.always(Wish(CITIZEN))
    said = asked(layer, sign(encapsulate=encapsulate))
    assert said["status"] is True
    assert read_cms(base64.b64decode(said["body"]["result"][0])).content is None
    assert signed_by(keys, said["body"]["result"][0]) == CITIZEN


@pytest.mark.parametrize("encapsulate", ["true", True])
def test_an_attached_one_with_a_time_stamp(
    stand_ins: StandIns, layer: ClientConnection, keys: DemoAuthority, encapsulate: object
) -> None:
    stand_ins.desk.always(Wish(CITIZEN, algorithm="rsa"))
    said = asked(layer, sign(encapsulate=encapsulate, tsaProfile={}))
    message = read_cms(base64.b64decode(said["body"]["result"][0]))
    assert message.content == CONTENT
    assert message.signers[0].time_stamp is not None
    assert signed_by(keys, said["body"]["result"][0], None) == CITIZEN


def test_several_at_once_by_one_choice(
    stand_ins: StandIns, layer: ClientConnection, keys: DemoAuthority
) -> None:
    stand_ins.desk.always(Wish(COMPANY))
    both = [base64.b64encode(each).decode() for each in (CONTENT, b"the second")]
    found = asked(layer, sign(both))["body"]["result"]
    assert [signed_by(keys, found[0]), signed_by(keys, found[1], b"the second")] == ["900726355479"] * 2


def test_the_certificate_beside_the_signatures(stand_ins: StandIns, layer: ClientConnection) -> None:
    stand_ins.desk.always(Wish(CITIZEN))
    found = asked(layer, sign(outputCert=True))["body"]["result"]
    assert len(found["signatures"]) == 1
    assert read_certificate(base64.b64decode(found["certificate"])).subject.iin == CITIZEN


def test_a_digest_instead_of_the_content(
    stand_ins: StandIns, layer: ClientConnection, keys: DemoAuthority
) -> None:
    stand_ins.desk.always(Wish(CITIZEN))
    value = base64.b64encode(digest("streebog512", CONTENT)).decode()
    assert signed_by(keys, asked(layer, sign(value, digested="true"))["body"]["result"][0]) == CITIZEN
    assert asked(layer, sign(digested="true"))["code"] == "INVALID_ARGUMENTS"


@pytest.mark.parametrize("family", ["new", "old"])
def test_an_xml_document(
    stand_ins: StandIns, layer: ClientConnection, keys: DemoAuthority, family: str
) -> None:
    stand_ins.desk.always(Wish(CITIZEN))
    document = "<өтініш>көмек</өтініш>"
    if family == "new":
        found = asked(layer, sign(document, form="xml"))["body"]["result"][0]
    else:
        found = asked(layer, old("signXml", "PKCS12", "SIGNATURE", document, "", ""))["responseObject"]
    known = keys.trust().with_more((), [keys.crl(MONDAY)])
    assert verify_xml(found.encode(), at=MONDAY, trust=known).signers[0].iin == CITIZEN


def test_cancelled_in_either_family(stand_ins: StandIns, layer: ClientConnection) -> None:
    stand_ins.desk.always(Wish(deed="cancel"))
    assert asked(layer, sign()) == {"status": True, "body": {}}
    answer = asked(layer, old("createCAdESFromBase64", "PKCS12", "SIGNATURE", "YWJj", False))
    assert answer == {"code": "500", "message": "action.canceled"}


def test_the_older_messages(stand_ins: StandIns, layer: ClientConnection, keys: DemoAuthority) -> None:
    stand_ins.desk.always(Wish(CITIZEN))
    data = base64.b64encode(CONTENT).decode()
    assert asked(layer, old("getActiveTokens")) == {"code": "200", "responseObject": []}
    assert asked(layer, old("changeLocale", "kk"))["code"] == "200"
    info = asked(layer, old("getKeyInfo", "PKCS12"))["responseObject"]
    assert info["subjectDn"].startswith(f"CN=ЫСҚАҚОВА ӘЛИЯ,SURNAME=ЫСҚАҚОВА,SERIALNUMBER=IIN{CITIZEN},C=KZ")
    cades = asked(layer, old("createCAdESFromBase64", "PKCS12", "SIGNATURE", data, False))["responseObject"]
    assert signed_by(keys, cades) == CITIZEN
    stamped = asked(layer, old("createCMSSignatureFromBase64", "PKCS12", "SIGNATURE", data, True))
    assert read_cms(base64.b64decode(stamped["responseObject"])).signers[0].time_stamp is not None
    value = base64.b64encode(digest("streebog512", CONTENT)).decode()
    by_digest = asked(layer, old("createCAdESFromBase64Hash", "PKCS12", "SIGNATURE", value))
    assert signed_by(keys, by_digest["responseObject"]) == CITIZEN
    several = asked(layer, old("signXmls", "PKCS12", "SIGNATURE", ["<a/>", "<b/>"], "", ""))
    assert len(several["responseObject"]) == 2


@pytest.mark.parametrize(
    "signer",
    [
        {"iin": "760312437504"},
        {"bin": "180440036703"},
        {"serialNumber": "01"},
        {"extKeyUsageOids": [CLIENT]},  # new keys of the national authority carry emailProtection only
    ],
    ids=lambda signer: next(iter(signer)),
)
def test_a_key_the_request_does_not_admit(
    stand_ins: StandIns, layer: ClientConnection, signer: dict[str, Any]
) -> None:
    stand_ins.desk.always(Wish(CITIZEN))
    assert asked(layer, sign(signer=signer))["code"] == "KEY_NOT_FOUND"


def test_no_key_file_where_a_token_is_asked_for(stand_ins: StandIns, layer: ClientConnection) -> None:
    stand_ins.desk.always(Wish(CITIZEN))
    answer = asked(layer, old("createCAdESFromBase64", "AKKaztokenStore", "SIGNATURE", "YWJj", False))
    assert answer["code"] == "500"


@pytest.mark.parametrize("state", ["expired", "revoked", "future", "foreign"])
def test_an_empty_chain_admits_any_certificate(
    stand_ins: StandIns, layer: ClientConnection, state: State
) -> None:
    """Without a chain the program offers only what stands and is of the national authority."""
    stand_ins.desk.always(Wish(CITIZEN, state=state))
    assert asked(layer, sign())["code"] == "KEY_NOT_FOUND"
    assert asked(layer, sign(signer={"chain": []}))["status"] is True


def test_an_expired_key_where_the_request_allows_it(stand_ins: StandIns, layer: ClientConnection) -> None:
    stand_ins.desk.always(Wish(CITIZEN, state="expired"))
    assert asked(layer, sign(allowExpired="true"))["status"] is True


def test_an_official_signs_for_the_body(stand_ins: StandIns, layer: ClientConnection) -> None:
    stand_ins.desk.always(Wish(OFFICIAL))
    found = asked(layer, sign(outputCert=True))["body"]["result"]["certificate"]
    assert read_certificate(base64.b64decode(found)).subject.bin == "071040016040"


def test_other_bytes_than_those_shown(
    stand_ins: StandIns, layer: ClientConnection, keys: DemoAuthority
) -> None:
    stand_ins.desk.always(Wish(CITIZEN, deed="wrong"))
    with pytest.raises(AssertionError, match="content"):
        signed_by(keys, asked(layer, sign())["body"]["result"][0])


def test_misbehaving(stand_ins: StandIns, layer: ClientConnection) -> None:
    stand_ins.desk.always(Wish(deed="error"))
    assert asked(layer, sign())["status"] is False
    stand_ins.desk.always(Wish(CITIZEN, deed="no-signature"))
    assert base64.b64decode(asked(layer, sign())["body"]["result"][0]) == b"this is no signature"
    stand_ins.desk.always(Wish(deed="rubbish"))
    layer.send(json.dumps(sign()))
    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(layer.recv())
    stand_ins.desk.always(Wish(deed="close"))
    layer.send(json.dumps(sign()))
    with pytest.raises(ConnectionClosed):
        layer.recv()


def test_a_slow_answer_comes(keys: DemoAuthority) -> None:
    table = Table(keys, lambda: MONDAY, from_world(keys), slow=0.01)
    table.desk.always(Wish(CITIZEN, deed="slow"))
    said = answer_to(table, json.dumps(sign()), lambda: False)
    assert isinstance(said, str)
    assert json.loads(said)["status"] is True


def test_a_silent_time_stamp_service(stand_ins: StandIns, layer: ClientConnection) -> None:
    stand_ins.desk.always(Wish(CITIZEN))
    stand_ins.services.silence("tsp")
    assert asked(layer, sign(tsaProfile={}))["code"] == "TSP_ERROR"
    assert asked(layer, sign())["status"] is True


def test_a_page_that_is_closed_no_longer_waits(stand_ins: StandIns) -> None:
    arrived = threading.Event()
    with connect(stand_ins.addresses.ncalayer) as connection:
        connection.recv()
        connection.send(json.dumps(sign()))
        while not stand_ins.desk.waiting():
            arrived.wait(0.01)
    while stand_ins.desk.waiting():
        arrived.wait(0.01)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("rubbish", "INVALID_REQUEST"),
        ("[]", "INVALID_REQUEST"),
        ('{"module": "kz.digiflow.mobile.extensions", "method": "getVersion"}', "MODULE_NOT_FOUND"),
        ('{"module": "kz.gov.pki.knca.basics", "method": "decrypt"}', "METHOD_NOT_FOUND"),
        (
            '{"module": "kz.gov.pki.knca.basics", "method": "sign", "args": {"format": "pdf"}}',
            "INVALID_ARGUMENTS",
        ),
        ('{"module": "kz.gov.pki.knca.commonUtils", "method": "createCAdESFromBase64", "args": []}', "500"),
    ],
)
def test_a_message_it_does_not_know(keys: DemoAuthority, message: str, code: str) -> None:
    said = answer_to(Table(keys, lambda: MONDAY, from_world(keys)), message, lambda: True)
    assert isinstance(said, str)
    assert json.loads(said)["code"] == code


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
MESSAGES = st.fixed_dictionaries(
    {
        "module": st.sampled_from([BASICS, OLD]) | ANYTHING,
        "method": st.sampled_from(["sign", "signXml", "signXmls", "getKeyInfo", "createCAdESFromBase64Hash"])
        | ANYTHING,
        "args": ANYTHING
        | st.lists(ANYTHING, max_size=5)
        | st.fixed_dictionaries(
            {
                "format": st.sampled_from(["cms", "xml"]),
                "data": st.text(max_size=12) | st.lists(st.text(max_size=5), max_size=2),
                "signingParams": ANYTHING,
                "signerParams": ANYTHING
                | st.fixed_dictionaries({"chain": ANYTHING, "extKeyUsageOids": ANYTHING}),
            }
        ),
    }
)


@given(message=MESSAGES | ANYTHING)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_is_answered_with_json(keys: DemoAuthority, message: object) -> None:
    table = Table(keys, lambda: MONDAY, from_world(keys))
    table.desk.always(Wish(CITIZEN))
    said = answer_to(table, json.dumps(message), lambda: False)
    assert isinstance(said, str)
    assert {"status", "code"} & set(json.loads(said))


def test_every_deed_has_its_words() -> None:
    from typing import get_args

    from qyzmet.demo.standins.pages import MISBEHAVING

    assert set(MISBEHAVING) | {"sign", "cancel"} == set(get_args(Deed))
