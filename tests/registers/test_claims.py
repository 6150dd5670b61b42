"""One live right per unit, one certificate per applicant, one account per BIN; every refusal says why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from qyzmet.cases import laws
from qyzmet.cases.models import Case, CaseState, Entry, Filing, SignatureRecord
from qyzmet.cases.steps import functions
from qyzmet.cases.steps.functions import Call, Verdict
from qyzmet.cases.transaction import act
from qyzmet.people.actor import SYSTEM
from qyzmet.registers.models import Claim
from tests.cases.test_housing_assistance import application
from tests.cases.town import Town, citizen, file, moment, publish, shipped

pytestmark = pytest.mark.django_db

MONDAY = moment("2024-06-03 10:00")
COMPANY, OTHER = "971240001315", "020540003431"
HOLDER, NEW = "680503250034", "811201401188"
UNITS = [
    {"entrance": "1", "storey": "2", "number": "7", "kind": "flat", "area": "54.30"},
    {"entrance": "1", "storey": "2", "number": "8", "kind": "flat", "area": "41"},
]
TERMS = {
    "price": "21000000", "payment-order": "At once", "transfer-date": "2025-09-01", "warranty": "Ten years",
    "duties-and-liability": "By the act", "force-majeure": "By the code", "special-conditions": "None",
}  # fmt: skip


@pytest.fixture
def town() -> Town:
    packages = [shipped("housing-assistance"), shipped("general/hearing")]
    town = Town(*packages)
    for package in packages:
        publish(package)
    return town


class Desk:
    """Runs a register's function for a case of a company, with a form and a variant, as a step would."""

    def __init__(self) -> None:
        self.now = MONDAY

    def case(self, company: str = COMPANY) -> Case:
        case = file(citizen(), application(), now=self.now)
        Case.objects.filter(pk=case.pk).update(applicant=company)
        case.refresh_from_db()
        return case

    def run(self, name: str, case: Case, form: dict[str, Any], outputs: Any = None, **facts: Any) -> Verdict:
        self.now += timedelta(seconds=1)
        Filing.objects.filter(case=case).update(form=form)
        law = laws.law_of(case.edition_id)
        step = next(iter(law.package.steps.values()))
        function = functions.find(name)
        assert function is not None, name
        with act("example", SYSTEM, now=self.now) as this:
            return function(
                Call(
                    act=this, case=case, package=law.package, step_id="x", step=step, facts=facts,
                    recorded=lambda: outputs or {}, now=self.now,
                )
            )  # fmt: skip

    def object(self) -> str:
        verdict = self.run(
            "equity.register_object", self.case(), {"object-name": "Nurly", "unit-chart": UNITS}
        )
        assert verdict.outcome == "done", verdict.findings
        number = str(verdict.output["object-number"])
        assert number.split("-")[1:] == [
            "ОБ",
            "2024",
            f"{Claim.objects.filter(register='object').count():06d}",
        ]
        return number


@pytest.fixture
def desk(town: Town) -> Desk:
    return Desk()


def contract(number: str, **changes: Any) -> dict[str, Any]:
    said = {
        "object-number": number, "unit-entrance": "1", "unit-number": "7", "unit-area": "54.3",
        "contract-number": "12", "contract-date": "2024-06-01", "holder-kind": "individual", "holder-id": HOLDER,
    }  # fmt: skip
    return {**said, **TERMS, **changes}


def faults(verdict: Verdict) -> set[str]:
    return {str(each["fault"]) for each in verdict.findings if each["fault"]}


def acts_of(stream: str) -> list[str]:
    return list(Entry.objects.filter(stream=stream).order_by("seq").values_list("act", flat=True))


def test_a_free_unit_is_checked_and_recorded_with_a_number(desk: Desk) -> None:
    number, case = desk.object(), desk.case()
    form = contract(number)
    assert faults(desk.run("equity.contract_conforms", case, form, procedure="record")) == set()
    assert desk.run("equity.unit_is_free", case, form, procedure="record").outcome == "passed"
    verdict = desk.run("equity.record", case, form, procedure="record")
    assert verdict.outcome == "done"
    right = Claim.objects.get(register="right", until=None)
    assert (right.subject, right.holder, right.number) == (
        f"{number}/1/7",
        HOLDER,
        verdict.output["record-number"],
    )
    assert acts_of(f"unit:{number}/1/7") == ["right.recorded"]


def test_every_fault_of_a_contract_is_named(desk: Desk) -> None:
    number, stranger = desk.object(), desk.case(OTHER)
    form = contract(number, **{"holder-id": "123", "warranty": "", "unit-area": "54.31"})
    conforms = desk.run("equity.contract_conforms", stranger, form, procedure="record")
    assert faults(conforms) == {"number-wrong", "not-the-company", "missing"}
    assert [f["check"] for f in conforms.findings if f["fault"] == "missing"] == ["term:warranty"]
    free = desk.run("equity.unit_is_free", stranger, form, procedure="record")
    assert faults(free) == {"not-the-company", "area-differs"}
    assert faults(desk.run("equity.unit_is_free", stranger, contract("none"), procedure="record")) == {
        "object-unknown", "unit-unknown",
    }  # fmt: skip


def test_a_second_filing_is_told_of_the_first_and_of_the_recorded_right(desk: Desk) -> None:
    number, first, second = desk.object(), desk.case(), desk.case()
    form = contract(number)
    desk.run("equity.unit_is_free", first, form, procedure="record")
    assert faults(desk.run("equity.unit_is_free", second, form, procedure="record")) == {"filing-pending"}
    desk.run("equity.record", first, form, procedure="record")
    assert faults(desk.run("equity.unit_is_free", second, form, procedure="record")) == {"right-recorded"}
    late = desk.run("equity.record", second, form, procedure="record")
    assert (late.outcome, faults(late)) == ("refused", {"right-recorded"})


def test_a_filing_that_ended_without_a_record_frees_the_unit(desk: Desk) -> None:
    number, first, second = desk.object(), desk.case(), desk.case()
    desk.run("equity.unit_is_free", first, contract(number), procedure="record")
    Case.objects.filter(pk=first.pk).update(state=CaseState.ENDED)
    assert desk.run("equity.unit_is_free", second, contract(number), procedure="record").outcome == "passed"


def test_the_database_itself_holds_to_one_live_claim(desk: Desk) -> None:
    case = desk.case()
    same = {"register": "right", "subject": "x/1/7", "holder": HOLDER, "case": case, "since": MONDAY}
    Claim.objects.create(**same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(**same)


def recorded(desk: Desk) -> tuple[str, str]:
    number = desk.object()
    verdict = desk.run("equity.record", desk.case(), contract(number), procedure="record")
    return number, str(verdict.output["record-number"])


def test_an_assignment_keeps_the_chain_of_holders_and_only_the_holder_assigns(desk: Desk) -> None:
    number, record = recorded(desk)
    form = contract(number, **{"record-number": record, "new-holder-id": NEW})
    wrong = desk.run("equity.assign", desk.case(), {**form, "holder-id": NEW}, procedure="assign")
    assert faults(wrong) == {"not-the-holder"}
    assert desk.run("equity.assign", desk.case(), form, procedure="assign").outcome == "done"
    right = Claim.objects.get(register="right", until=None)
    assert (right.holder, [each["holder"] for each in right.data["holders"]]) == (NEW, [HOLDER])


def test_amended_then_struck_off_and_the_unit_is_free_again(desk: Desk) -> None:
    number, record = recorded(desk)
    form = contract(number, **{"record-number": record, "amendment": "Price"})
    assert desk.run("equity.unit_is_free", desk.case(), form, procedure="amend").outcome == "passed"
    desk.run("equity.amend", desk.case(), form, procedure="amend")
    desk.run("equity.strike_off", desk.case(), form, procedure="strike-off-transfer")
    assert acts_of(f"unit:{number}/1/7") == ["right.recorded", "right.amended", "right.struck-off"]
    assert faults(desk.run("equity.amend", desk.case(), form, procedure="amend")) == {"record-unknown"}
    assert (
        desk.run("equity.unit_is_free", desk.case(), contract(number), procedure="record").outcome == "passed"
    )


def test_a_correction_cannot_take_away_a_unit_with_a_contract(desk: Desk) -> None:
    number, _ = recorded(desk)
    smaller = {"object-number": number, "unit-chart": UNITS[1:]}
    assert faults(desk.run("equity.correct_object", desk.case(), smaller)) == {"has-contract"}
    larger = {"object-number": number, "unit-chart": [*UNITS, {**UNITS[1], "number": "9"}]}
    assert desk.run("equity.correct_object", desk.case(), larger).outcome == "done"
    assert Claim.objects.filter(register="unit", part_of=number, until=None).count() == 3
    assert acts_of(f"object:{number}") == ["object.registered", "object.corrected"]


def test_two_rows_of_one_unit_are_named(desk: Desk) -> None:
    verdict = desk.run("equity.register_object", desk.case(), {"unit-chart": [UNITS[0], UNITS[0]]})
    assert (verdict.outcome, faults(verdict)) == ("refused", {"unit-twice"})
    assert verdict.findings[0]["row"] == 2


def test_one_certificate_per_applicant_ever(desk: Desk) -> None:
    first, second = desk.case(HOLDER), desk.case(HOLDER)
    decided = {"decide": {"kind": "social-help", "amount": "1500000"}}
    for case in (first, second):
        assert desk.run("certificates.never_issued", case, {}).outcome == "passed"
    assert desk.run("certificates.issue", first, {}, decided).outcome == "done"
    late = desk.run("certificates.issue", second, {}, decided)
    assert (late.outcome, faults(late)) == ("refused", {"issued-before"})
    assert desk.run("certificates.never_issued", desk.case(HOLDER), {}).outcome == "failed"
    assert Claim.objects.get(register="certificate").data["amount"] == "1500000"


def test_an_account_is_opened_once_changed_and_closed(desk: Desk) -> None:
    form = {"account-bin": OTHER, "account-name": "Nurly Qala"}
    assert faults(desk.run("accounts.change", desk.case(), form)) == {"account-unknown"}
    assert desk.run("accounts.open", desk.case(), form).outcome == "done"
    assert faults(desk.run("accounts.open", desk.case(), form)) == {"account-exists"}
    assert desk.run("accounts.change", desk.case(), {**form, "account-name": "Nurly"}).outcome == "done"
    assert desk.run("accounts.close", desk.case(), form).outcome == "done"
    assert acts_of(f"account:{OTHER}") == ["account.opened", "account.changed", "account.closed"]


def test_an_order_is_formed_once_and_exact_to_the_tiyn(desk: Desk) -> None:
    case = desk.case()
    Case.objects.filter(pk=case.pk).update(service="livestock-subsidy")
    case.refresh_from_db()
    form = {"direction": "milk", "quantity": "1234.567", "iban": "KZ24070105KSN0000000"}
    assert faults(desk.run("subsidies.form_order", case, form)) == {"not-accepted"}
    assert desk.run("subsidies.accept", case, form).outcome == "done"
    order = desk.run("subsidies.form_order", case, form)
    assert order.findings[0]["amount"] == "43209.85"  # 35 x 1234.567
    assert faults(desk.run("subsidies.form_order", case, form)) == {"order-exists"}


def test_signatures_are_checked_by_the_verdicts_that_were_kept(desk: Desk) -> None:
    case = desk.case()
    verdict = desk.run("signatures.valid", case, {})
    assert (verdict.outcome, faults(verdict)) == ("passed", set())
    SignatureRecord.objects.filter(case=case).update(outcome="invalid")
    verdict = desk.run("signatures.valid", case, {})
    assert (verdict.outcome, faults(verdict)) == ("failed", {"invalid"})
    SignatureRecord.objects.filter(case=case).delete()
    assert faults(desk.run("signatures.valid", case, {})) == {"missing"}


def test_the_moment_is_that_of_the_act(desk: Desk) -> None:
    desk.object()
    since: datetime = Claim.objects.filter(register="object").get().since
    assert since == desk.now
