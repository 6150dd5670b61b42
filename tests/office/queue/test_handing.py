"""Handing the notice over at the window within fifteen minutes of the recipient's coming (A120 §5(6)): found by
its number, to the recipient by their document or to a representative by a power of attorney."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from qyzmet import evidence
from qyzmet.cases import acts
from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.cases.hall.handing import Receiver
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Entry, HandedOver, Outbox, Payload, SignatureRecord
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import receiving
from qyzmet.config import clock
from qyzmet.demo.rehearsal.keys import Keys
from qyzmet.documents.export.contents import export_case
from qyzmet.documents.export.scope import scope_of
from qyzmet.documents.models import Document
from qyzmet.documents.verifier.main import check
from qyzmet.documents.verifier.report import Report
from qyzmet.evidence.fetching import sources_rest
from qyzmet.people.models import Account
from tests.cases.test_housing_assistance import AMOUNT, CALCULATION, MONDAY, Walk, application
from tests.cases.town import APPLICANT, OTHER, Town, citizen, file, open_step
from tests.office.desk import Desk, scan
from tests.office.keys import Status

pytestmark = pytest.mark.django_db

LIST = "/office/handing-over/"
GIVEN = {"received_by": "Омарова Айгүл", "number": APPLICANT, "identified_by": "ЖК 012345678"}


def ready(town: Town) -> Case:
    """A notice that waits at the window."""
    case = file(town.actor("counter"), application("state-corporation"), now=MONDAY)
    walk = Walk(town, case, MONDAY)
    walk.do("intake", "counter")
    walk.do("register", "responsible-specialist")
    walk.do("resolve", "head")
    walk.do("to-commission", "responsible-specialist", output=CALCULATION)
    walk.decide("assign", output=AMOUNT)
    walk.do("notify", "responsible-specialist")
    return walk.case


def sealed() -> None:
    """The worker has issued every paper that was ordered."""
    while deliver_due(clock.now(), ["documents"]):
        pass


@pytest.fixture
def case(housing: Town) -> Case:
    case = ready(housing)
    with clock.hold(MONDAY + timedelta(hours=2)):
        sealed()
    return case


def test_a_paper_without_its_seal_is_waited_for(housing: Town) -> None:
    case = ready(housing)
    held, at = desk(housing, 1)
    no = open_step(case, "hand-over").no
    with held:
        at.open(LIST).follow(case.number)
        assert "The document is still being signed and sealed" in at.main
        (minutes,) = law_of(case.edition_id).minutes  # of which none is given out
        assert law_of(case.edition_id).issued_name(minutes)["en"] not in at.main
        assert not at.page.find_class("giving")
        assert at.open(f"{LIST}{case.ref}/{no}/receipt").path == f"{LIST}{case.ref}/{no}"
        at.send_to(f"{LIST}{case.ref}/{no}", **GIVEN)
        assert (at.status, HandedOver.objects.exists()) == (409, False)
        sealed()
        at.open(f"{LIST}{case.ref}/{no}").send(".giving", **GIVEN)
    assert HandedOver.objects.get().number == APPLICANT


def desk(town: Town, days: int) -> Any:
    return clock.hold(MONDAY + timedelta(days=days, hours=6)), Desk(town.actor("counter"))


def test_found_by_its_number_and_given_to_the_recipient(housing: Town, case: Case) -> None:
    held, at = desk(housing, 1)
    with held:
        assert case.number in at.open(LIST).main
        assert case.number in at.open(f"{LIST}?q={APPLICANT}").main
        assert "No result with this number" in at.open(f"{LIST}?q={OTHER}").main
        at.open(LIST).follow(case.number)
        at.send(".giving", **GIVEN, file__receipt=scan("signed.pdf"))
    assert at.path == LIST
    row = HandedOver.objects.get()
    assert (row.number, row.as_party, row.paper[0]["name"]) == (APPLICANT, "recipient", "signed.pdf")
    case.refresh_from_db()
    assert case.exit == "assigned"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": OTHER}, "#number"),
        ({"number": "1"}, "#number"),
        ({"identified_by": ""}, "#identified-by"),
        ({"as": "representative", "number": OTHER}, "#authority"),
    ],
)
def test_who_is_not_shown_to_be_it_gets_nothing(
    housing: Town, case: Case, changes: dict[str, str], field: str
) -> None:
    held, at = desk(housing, 1)
    with held:
        at.open(LIST).follow(case.number)
        at.send(".giving", **{**GIVEN, **changes})
        assert (at.status, at.links(field)) == (422, [field])
    assert not HandedOver.objects.exists()


def test_a_representative_shows_a_power_of_attorney(housing: Town, case: Case) -> None:
    held, at = desk(housing, 1)
    with held:
        at.open(LIST).follow(case.number)
        at.send(
            ".giving", **{**GIVEN, "as": "representative", "number": OTHER, "authority": "№ 17, 01.06.2019"}
        )
    assert HandedOver.objects.get().authority == "№ 17, 01.06.2019"


def test_a_result_nobody_collects_is_reminded_of_once_a_day(housing: Town, case: Case) -> None:
    for days, said in ((0, None), (3, "may be reminded"), (31, "past its keeping")):
        held, at = desk(housing, days)
        with held:
            text = at.open(LIST).main
            assert [each for each in ("may be reminded", "past its keeping") if each in text] == (
                [said] if said else []
            )
    no, counter = open_step(case, "hand-over").no, housing.actor("counter")
    now = MONDAY + timedelta(days=3)
    acts.remind_to_collect(counter, case.ref, no, now=now)
    with pytest.raises(ActRefused, match="reminded-already"):
        acts.remind_to_collect(counter, case.ref, no, now=now + timedelta(hours=23))
    acts.remind_to_collect(counter, case.ref, no, now=now + timedelta(days=1))
    assert Entry.objects.filter(act="result.reminded").count() == 2
    assert Outbox.objects.filter(destination="mail", kind="result.reminded").count() == 2


def test_another_office_sees_none_of_it(housing: Town, case: Case) -> None:
    far = Desk(housing.official("counter", housing.body("far", "state-corporation")))
    with clock.hold(MONDAY + timedelta(days=1)):
        assert case.number not in far.open(LIST).main
        no = open_step(case, "hand-over").no
        for path in (f"{LIST}{case.ref}/{no}", f"{LIST}{case.ref}/{no}/receipt", f"{LIST}{case.ref}/1"):
            assert far.client.get(path).status_code == 404
        assert far.client.post(f"{LIST}{case.ref}/{no}/remind").status_code == 404


def test_the_case_leads_to_the_window_and_gives_nothing_by_itself(housing: Town, case: Case) -> None:
    held, at = desk(housing, 1)
    no = open_step(case, "hand-over").no
    with held:
        at.case(case.ref)
        assert at.links(LIST) == [f"{LIST}{case.ref}/{no}"]
        at.send_to(f"/office/cases/{case.ref}/steps/{no}/decide", outcome="done")
        assert at.path == f"{LIST}{case.ref}/{no}"
    assert open_step(case, "hand-over").no == no


def asked(town: Town, case: Case, **changes: str) -> Desk:
    """The receiver, at the window, is asked to sign with their key."""
    at = Desk(town.actor("counter"), signs=False).open(LIST).follow(case.number)
    at.send(".giving", ("sign", "1"), **{**GIVEN, **changes})
    assert at.asked, at.main
    return at


def sign_as(at: Desk, number: str, **how: Any) -> Desk:
    """Their key is put into the window's computer."""
    citizen(number)
    own, at.account = at.account, Account.objects.get(number=number)
    at.sign(**how)
    at.account = own
    return at


@pytest.fixture
def at_noon() -> Iterator[None]:
    with clock.hold(MONDAY + timedelta(days=1, hours=2)):
        yield


@pytest.mark.usefixtures("at_noon")
def test_the_receiver_signs_for_the_result_with_their_key(housing: Town, case: Case) -> None:
    no = open_step(case, "hand-over").no
    while deliver_due(clock.now(), ["documents"]):
        pass
    at = asked(housing, case)
    assert open_step(case, "hand-over").no == no  # nothing is given before the signature
    assert f"IIN {APPLICANT}" in at.main
    assert "Receipt for the result" in at.main
    said = json.loads(at.client.get(f"{at.path}/handing").content)
    assert (said["kind"], said["case"], said["no"]) == ("handing", case.ref, no)
    assert said["receiver"] == {
        "name": "Омарова Айгүл", "number": APPLICANT, "as": "recipient", "identified_by": "ЖК 012345678",
        "authority": "",
    }  # fmt: skip
    sealed = {each.issued: each.digest for each in Document.objects.filter(case=case)}
    given = {key: each["sha256"] for key, each in said["documents"].items()}
    assert {"notice", "minutes"} <= set(sealed)  # the minutes of the sitting are nobody's result
    assert given == {key: digest for key, digest in sealed.items() if key != "minutes"}
    assert b"".join(at.client.get(f"{at.path}/handing/0").streaming_content).startswith(b"%PDF-")
    sign_as(at, APPLICANT)
    assert (at.path, HandedOver.objects.get().number) == (LIST, APPLICANT)
    case.refresh_from_db()
    assert case.exit == "assigned"
    entry = Entry.objects.get(act="result.handed-over")
    row = SignatureRecord.objects.get(case=case, subject=f"handing:{no}")
    assert (row.outcome, row.iin, row.stream, row.seq) == ("valid", APPLICANT, entry.stream, entry.seq)
    kept = json.loads(Payload.objects.get(stream=entry.stream, seq=entry.seq).data)
    assert (kept["signature"]["iin"], kept["signature"]["prepared"]) == (APPLICANT, row.prepared)
    assert evidence.recheck_record(
        row, clock.now()
    ).valid  # from its own evidence, as a case's other signatures
    assert "Receipt for the result" in Desk(housing.actor("responsible-specialist")).case(case.ref).main


@pytest.mark.usefixtures("at_noon")
def test_the_receipt_is_in_the_case_one_takes_away_and_its_verifier_knows_it(
    housing: Town, case: Case, tmp_path: Path
) -> None:
    sign_as(asked(housing, case), APPLICANT)
    later, window = clock.now() + timedelta(hours=1), housing.actor("counter")
    names = {}
    for who in (citizen(), window):
        with (tmp_path / "case.zip").open("wb") as out:
            export_case(scope_of(who, case.ref), out, now=later)
        report = Report()
        check(tmp_path / "case.zip", report, None, later)
        assert report.failed == []
        names[who] = [n for n in ZipFile(tmp_path / "case.zip").namelist() if "-handing-" in n]
    assert [name.partition("/")[0] for name in names[citizen()]] == ["prepared", "signatures", "verdicts"]
    assert names[window] == []


def test_a_key_the_authority_cannot_answer_for_yet_is_taken_and_asked_about(
    housing: Town, case: Case, at_noon: None, status: Status
) -> None:
    at = asked(housing, case)
    status.silent = True
    sign_as(at, APPLICANT)
    row = SignatureRecord.objects.get(subject__startswith="handing:")
    assert (at.path, row.outcome, row.waiting) == (LIST, "pending", [])
    assert Outbox.objects.filter(destination="revocation", ref=row.subject).count() == 1
    status.silent = False
    later = clock.now() + timedelta(hours=2)
    with clock.hold(later):
        sources_rest.forget()
        while deliver_due(later, ["revocation"]):
            pass
    row.refresh_from_db()
    assert (row.outcome, Entry.objects.filter(act="signature.confirmed").count()) == ("valid", 1)


@pytest.mark.usefixtures("at_noon")
def test_a_representative_signs_with_a_key_of_their_own(housing: Town, case: Case) -> None:
    power = {"as": "representative", "number": OTHER, "authority": "№ 17, 01.06.2019"}
    at = sign_as(asked(housing, case, **power), APPLICANT)
    assert (at.status, HandedOver.objects.exists()) == (422, False)
    sign_as(at, OTHER)
    assert (at.path, HandedOver.objects.get().authority) == (LIST, power["authority"])
    assert SignatureRecord.objects.get(subject__startswith="handing:").iin == OTHER


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize(
    ("number", "how", "said"), [(OTHER, {}, APPLICANT), (APPLICANT, {"state": "revoked"}, "was revoked")]
)
def test_somebody_elses_key_or_a_dead_one_gives_nothing(
    housing: Town, case: Case, number: str, how: dict[str, str], said: str
) -> None:
    at = sign_as(asked(housing, case), number, **how)
    assert at.status == 422
    assert said in at.errors
    assert not HandedOver.objects.exists()
    sign_as(at, APPLICANT)  # the page stays open: with the right key it is given
    assert at.path == LIST


@pytest.mark.usefixtures("at_noon")
def test_not_signed_after_all_what_was_typed_is_still_there(housing: Town, case: Case) -> None:
    at = asked(housing, case, received_by="Омарова А. Б.")
    at.send_to(at.path, cancel="1")
    assert dict(at.form(".giving").form_values())["received-by"] == "Омарова А. Б."
    assert not HandedOver.objects.exists()
    at.send(".giving", file__receipt=scan("signed.pdf"))  # on paper then
    assert (at.path, HandedOver.objects.get().paper[0]["name"]) == (LIST, "signed.pdf")
    assert not SignatureRecord.objects.filter(subject__startswith="handing:").exists()


@pytest.mark.usefixtures("at_noon")
def test_signed_twice_it_is_given_once(housing: Town, case: Case) -> None:
    at = asked(housing, case)
    page, prompt = at.path, at.page
    sign_as(at, APPLICANT)
    at.path, at.page = page, prompt
    sign_as(at, APPLICANT)
    assert (at.path, at.status) == (LIST, 200)
    assert HandedOver.objects.count() == Entry.objects.filter(act="result.handed-over").count() == 1


@pytest.mark.usefixtures("at_noon")
def test_given_by_a_colleague_meanwhile_one_hears_by_whom(housing: Town, case: Case) -> None:
    colleague = housing.official("counter", housing.bodies["state-corporation"])
    prompt = asked(housing, case)
    paper = Desk(housing.actor("counter")).open(LIST).follow(case.number)
    other = Desk(colleague).open(LIST).follow(case.number).send(".giving", **GIVEN)
    assert other.path == LIST
    name = Account.objects.get(pk=colleague.account).full_name
    for at in (sign_as(prompt, APPLICANT), paper.send(".giving", **GIVEN)):
        assert at.status == 409
        assert name in at.errors
    at = prompt.open(f"{LIST}{case.ref}/{open_no(case)}")
    assert (at.path, name in at.text) == (f"/office/cases/{case.ref}", True)
    assert HandedOver.objects.count() == 1


def open_no(case: Case) -> int:
    return HandedOver.objects.get(case=case).token_no


@pytest.mark.usefixtures("at_noon")
def test_one_page_sent_twice_is_one_hand_over_and_no_fault(housing: Town, case: Case) -> None:
    at = Desk(housing.actor("counter")).open(LIST).follow(case.number)
    form = at.page
    for _ in range(2):
        at.page = form
        at.send(".giving", **GIVEN)
        assert (at.path, at.status) == (LIST, 200)
    assert HandedOver.objects.count() == 1


@pytest.mark.usefixtures("at_noon")
def test_a_signature_for_something_else_is_no_receipt(housing: Town, case: Case) -> None:
    counter, token = housing.actor("counter"), open_step(case, "hand-over")
    who = {"name": "Омарова Айгүл", "number": APPLICANT, "as": "recipient", "identified_by": "ЖК 012345678",
           "authority": ""}  # fmt: skip
    for number, said, code in (
        (APPLICANT, {**who, "name": "Омарова Б."}, "signature-not-this"),
        (OTHER, who, "signature-invalid"),
    ):
        data = receiving.bytes_of(
            case, token, law_of(case.edition_id), said, {}, actor=counter, prepared_at=clock.now()
        )
        receiver = Receiver(APPLICANT, signed=Keys.shared().signed(number, data, clock.now()))
        with pytest.raises(ActRefused, match=code):
            acts.hand_over(
                counter, case.ref, token.no, received_by=who["name"], identified_by=who["identified_by"],
                receiver=receiver, now=clock.now(),
            )  # fmt: skip
    assert not HandedOver.objects.exists()


@pytest.mark.usefixtures("at_noon")
def test_what_a_colleague_holds_says_so_before_anything_is_asked(housing: Town, case: Case) -> None:
    colleague = housing.official("counter", housing.bodies["state-corporation"])
    name = Account.objects.get(pk=colleague.account).full_name
    at, no = Desk(housing.actor("counter"), signs=False).open(LIST), open_step(case, "hand-over").no
    assert name not in at.main
    early = at.follow(case.number).page
    acts.take(colleague, case.ref, no, now=clock.now())
    assert name in at.open(LIST).main
    at.follow(case.number)
    assert f"{name} has taken this task; ask them to give it back, or ask the head." in at.main
    assert not at.page.find_class("giving")
    at.page = early  # opened while it was free: nothing is checked, and no signature asked, any more
    at.send(".giving", ("sign", "1"), **{**GIVEN, "identified_by": ""})
    assert (at.status, at.asked, at.links("#identified-by"), name in at.errors) == (409, False, [], True)
    assert at.page.find_class("giving")  # what was typed stays, for when it is given back
    own = Desk(colleague).open(LIST)
    assert "Yours" in own.main
    assert own.follow(case.number).send(".giving", **GIVEN).path == LIST


@pytest.mark.usefixtures("at_noon")
def test_the_case_names_who_handed_over_to_their_own_body(housing: Town, case: Case) -> None:
    counter, officials = housing.actor("counter"), housing.actor("responsible-specialist")
    name, other = (Account.objects.get(pk=each.account).full_name for each in (counter, officials))
    Desk(counter).open(LIST).follow(case.number).send(".giving", **GIVEN)

    def done_by(at: Desk) -> str:
        rows = at.case(case.ref).page.xpath("//ul[@class='people']/li")
        return " ".join(" ".join(each.text_content().split()) for each in rows)

    assert done_by(Desk(counter)).count(name) == 2  # the intake and the hand-over
    assert other not in done_by(Desk(counter))  # another body's people are not the window's to know
    assert done_by(Desk(officials)).count(name) == 2
    assert other in done_by(Desk(officials))
