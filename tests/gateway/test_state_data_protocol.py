"""How the e-government gateway is spoken to: signed SOAP both ways, and whatever is not its answer is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from lxml import etree

from qyzmet.config.statedata import read_state_data
from qyzmet.demo.authority import authority
from qyzmet.demo.standins import StandIns
from qyzmet.demo.standins.databases import said_of
from qyzmet.demo.standins.gateway import Mood, read_mood
from qyzmet.gateway.statedata import payload, soap
from qyzmet.gateway.statedata.port import Answered, Late, Question, Refused, StateDataFailed, port
from qyzmet.gateway.statedata.wss import DS, WSU, open_envelope, sign_envelope
from qyzmet.regulation.state_databases import asked_outside, load_databases
from qyzmet.signatures import SignatureError
from qyzmet.signatures.xml.parsing import parse
from tests.cases.town import APPLICANT, moment
from tests.gateway.connected import connected

NOW = moment("2019-06-03 10:00")


@pytest.fixture
def gateway(db: None) -> Iterator[StandIns]:
    with connected(lambda: NOW) as found:
        yield found


def question(database: str = "employment", **changes: object) -> Question:
    said = {"purpose": "housing-assistance № 1", "consent": "data-consent", "message": "m-1", "now": NOW}
    return Question(database, APPLICANT, **{**said, **changes})  # type: ignore[arg-type]


def signed(words: str = "SCSS001") -> bytes:
    """A response in an envelope signed by the demo's gateway."""
    root, inside = soap.reply(message="r-1", correlation="m-1", at=NOW, words=words)
    payload.write_answer(inside, payload.Said("DONE", NOW, "", {"status": "employed"}))
    key = authority().information_system('ИС "ШЭП"', "161140771586", now=NOW)
    return sign_envelope(etree.tostring(root), key, body_id="id-1")


def test_an_answer_carries_the_data_their_date_and_who_signed_them(gateway: StandIns) -> None:
    said = port().ask(question())
    assert isinstance(said, Answered)
    assert said.as_of == NOW
    assert said.data["status"] in {"employed", "unemployed"}
    assert said.source.startswith('ИС "ШЭП"')
    assert open_envelope(said.raw).certificate.subject.bin in said.source


def test_the_question_is_the_gateways_own_envelope_signed_by_the_system(
    gateway: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    own = gateway.table.gateway.answer

    def kept(envelope: bytes, now: object) -> bytes:
        sent.append(envelope)
        return own(envelope, now)  # type: ignore[arg-type]

    monkeypatch.setattr(gateway.table.gateway, "answer", kept)
    port().ask(question())
    opened = open_envelope(sent[0])
    assert "Qyzmet" in opened.certificate.subject.name
    head, data = soap.read_request(opened.body)
    assert head["serviceId"] == load_databases()["employment"].service
    assert (head["senderId"], head["messageId"]) == ("town", "m-1")
    asked = payload.read_question(data)
    assert (asked["iin"], asked["consent"], asked["messageId"]) == (APPLICANT, "data-consent", "m-1")


@pytest.mark.parametrize(
    ("mood", "outcome"),
    [("late 5 minutes", Late), ("not-found", Refused), ("denied", Refused), ("answers", Answered)],
)
def test_what_a_database_may_say(gateway: StandIns, mood: str, outcome: type) -> None:
    gateway.table.gateway.wish("employment", read_mood(mood))
    assert isinstance(port().ask(question()), outcome)


@pytest.mark.parametrize(
    ("mood", "code"),
    [("fails", "fault"), ("silent", "silent"), ("broken", "signature"), ("foreign", "signature")],
)
def test_what_is_no_answer(gateway: StandIns, mood: str, code: str) -> None:
    gateway.table.gateway.wish("employment", Mood(mood))  # type: ignore[arg-type]
    with pytest.raises(StateDataFailed) as failed:
        port().ask(question())
    assert failed.value.code == code


def test_an_answer_given_at_another_time_or_to_another_question_is_none(db: None) -> None:
    with connected(lambda: NOW - timedelta(hours=2)), pytest.raises(StateDataFailed) as failed:
        port().ask(question())
    assert failed.value.code == "other-question"


@pytest.mark.parametrize("moment", ["0001-01-01T00:00+05:00", "9999-12-31T23:59-05:00", "2019-06-03T10:00"])
def test_data_of_a_day_that_cannot_be_are_none(moment: str) -> None:
    data = etree.fromstring(f"<data><status>DONE</status><actualDate>{moment}</actualDate></data>")
    with pytest.raises(ValueError, match="its date"):
        payload.read_answer(data)


def test_the_signature_covers_the_body_and_nothing_can_be_put_in_its_place() -> None:
    envelope = signed()
    assert open_envelope(envelope).body.findtext(".//code") == "SCSS001"
    for wrong in (altered(envelope), without_signature(envelope), moved(envelope), with_two_bodies(envelope)):
        with pytest.raises(SignatureError):
            open_envelope(wrong)


def altered(envelope: bytes) -> bytes:
    return envelope.replace(b"employed", b"unemployed", 1)


def without_signature(envelope: bytes) -> bytes:
    root = parse(envelope)
    found = next(root.iter(f"{{{DS}}}Signature"))
    found.getparent().remove(found)
    return bytes(etree.tostring(root))


def moved(envelope: bytes) -> bytes:
    """The signed Body is hidden in the header under its Id, and another stands where it is read."""
    root = parse(envelope)
    header, body = root[0], root[1]
    other = etree.fromstring(etree.tostring(body))
    other.attrib.pop(f"{{{WSU}}}Id")
    for said in other.iter("value"):
        said.text = "unemployed"
    header.append(body)
    root.append(other)
    return bytes(etree.tostring(root))


def with_two_bodies(envelope: bytes) -> bytes:
    root = parse(envelope)
    root.append(etree.fromstring(etree.tostring(root[1])))
    return bytes(etree.tostring(root))


def test_a_document_type_is_refused_before_anything_is_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + signed().partition(b"?>")[2].lstrip()
    with pytest.raises(SignatureError, match="DTD"):
        open_envelope(bomb)


@pytest.mark.parametrize("database", asked_outside())
def test_the_demos_databases_say_the_same_every_time_and_what_they_are_known_to_give(database: str) -> None:
    said = said_of(database, APPLICANT, NOW)
    assert said == said_of(database, APPLICANT, NOW)
    assert said is not None
    assert set(said) <= set(load_databases()[database].gives)
    assert said_of(database, "811201401100", NOW) is None


def test_a_mood_that_is_none_is_refused_by_its_name() -> None:
    assert read_mood("late 45 minutes").by == timedelta(minutes=45)
    with pytest.raises(ValueError, match=re.escape("late 30 minutes")):
        read_mood("sulks")


@pytest.mark.parametrize(
    ("production", "env", "words"),
    [
        (False, {"QYZMET_STATE_DATA": "gateway"}, "begins with https"),
        (True, {"QYZMET_STATE_DATA": "http://gateway.example.kz/"}, "over TLS"),
        (True, {"QYZMET_STATE_DATA": "https://gateway.example.kz/"}, "QYZMET_STATE_DATA_SENDER"),
    ],
)
def test_what_cannot_be_is_refused_at_the_start(production: bool, env: dict[str, str], words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        read_state_data(production, env)


def test_without_an_address_a_deployment_is_not_connected() -> None:
    assert read_state_data(True, {}).address == ""
