"""Letters: in the cabinet always, by e-mail where there is an address, once however often they are delivered."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from pytest_django import Settings

from qyzmet.cases import acts
from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Filing, Outbox
from qyzmet.config.mail import mail_settings
from qyzmet.gateway.mail import letters, sending
from qyzmet.gateway.mail.whom import addresses
from qyzmet.gateway.models import Notice
from qyzmet.people.directory import body
from qyzmet.people.models import Account
from tests.cases.town import APPLICANT, Town, citizen, licence, moment, open_step, shipped
from tests.gateway.conftest import MailServer

SRC = Path(letters.__file__).parents[2]
NOW = moment("2024-06-03 10:00")  # a Monday
SENT = re.compile(r'send\(\s*"mail",\s*"([\w.-]+)"')


def filed(email: str = "aigul@example.kz") -> Case:
    who = citizen()
    Account.objects.filter(pk=who.account).update(email=email)
    return acts.submit(who, licence(), now=NOW)


def deliver(now: object = NOW) -> None:
    while deliver_due(now, only=["mail"]):  # type: ignore[arg-type]
        pass


def test_the_recipient_is_told_of_receipt_and_registration_in_the_cabinet_and_by_e_mail(
    samruk: Town, mail_server: MailServer
) -> None:
    case = filed()
    deliver()
    kept = Notice.objects.filter(person=APPLICANT).order_by("id")
    assert [n.code for n in kept] == ["case.received", "case.registered"]
    assert all(n.sent_at == NOW and n.email == "aigul@example.kz" for n in kept)
    assert [str(m["To"]) for m in mail_server.letters] == ["aigul@example.kz"] * 2
    said = mail_server.letters[1].get_content()
    assert case.number
    assert case.number in said
    assert "аяқталады" in said  # when the term began and until when it runs
    assert f"/cabinet/{case.ref}" in said


def test_the_holders_address_in_a_contract_is_the_holders_and_not_the_companys() -> None:
    """O144 an.1 §12 ¶1 s2: the e-mail named in the contract is that of the equity holder."""
    filing = Filing(form={"holder-id": "680503250034", "holder-email": "dolshik@example.kz"})
    assert addresses(shipped("equity-contract"), filing, "971240001315") == {
        "680503250034": "dolshik@example.kz"
    }
    own = Filing(form={"account-bin": "971240001315", "account-email": "company@example.kz"})
    assert addresses(shipped("system-account"), own, "971240001315") == {"971240001315": "company@example.kz"}


def test_a_letter_delivered_again_is_told_once(samruk: Town, mail_server: MailServer) -> None:
    filed()
    deliver()
    Outbox.objects.filter(destination="mail").update(state="waiting", lease=None)
    deliver()
    assert Notice.objects.filter(person=APPLICANT).count() == 2
    assert len(mail_server.letters) == 2


def test_a_mail_server_that_never_comes_to_an_end_is_hung_up_on(
    samruk: Town, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_server.drips = True
    monkeypatch.setattr(sending, "WITHIN", 0.3)
    filed()
    deliver()
    waiting = Outbox.objects.filter(destination="mail", state="waiting", attempts=1)
    assert [row.last_error.partition(":")[0] for row in waiting] == ["TimeoutError"]
    assert Notice.objects.filter(person=APPLICANT, sent_at=None).exists()


def test_a_silent_mail_server_delays_the_e_mail_and_not_the_cabinet(
    samruk: Town, mail_server: MailServer
) -> None:
    mail_server.busy = True
    filed()
    deliver()
    first = Notice.objects.get(person=APPLICANT)
    assert (first.code, first.sent_at) == ("case.received", None)
    mail_server.busy = False
    later = NOW + timedelta(hours=1)
    deliver(later)
    assert [n.sent_at for n in Notice.objects.filter(person=APPLICANT)] == [later, later]


def test_without_an_address_or_a_server_the_cabinet_has_the_letter(samruk: Town) -> None:
    filed(email="")
    deliver()
    assert Notice.objects.filter(person=APPLICANT, email="", sent_at=None).count() == 2
    assert not Outbox.objects.filter(destination="mail", state="waiting").exists()


def test_a_line_break_in_a_name_adds_no_header(samruk: Town, mail_server: MailServer) -> None:
    case = filed()
    deliver()
    notice = Notice.objects.filter(case=case).latest("id")
    Notice.objects.filter(pk=notice.pk).update(subject="One\r\nBcc: evil@example.kz", sent_at=None)
    Outbox.objects.filter(destination="mail", seq=notice.seq).update(state="waiting", lease=None)
    deliver()
    assert mail_server.letters[-1]["Bcc"] is None


def test_every_event_that_is_sent_has_a_letter_in_three_languages() -> None:
    sent = {code for path in SRC.rglob("*.py") for code in SENT.findall(path.read_text(encoding="utf-8"))}
    assert len(sent) > 8
    written = yaml.safe_load((Path(letters.__file__).parent / "letters.yaml").read_text(encoding="utf-8"))
    for code in (sent | {"deadline.moved"}) - {"deadlines.told"}:  # in parts: test_letter_of_the_day.py
        assert set(written[code]["subject"]) == set(written[code]["letter"]) == {"kk", "ru", "en"}, code


@pytest.mark.parametrize(
    ("address", "words"),
    [("mail.kz", "written"), ("smtp://mail.kz:99999", "port"), ("smtp+plain://mail.kz", "unencrypted")],
)
def test_a_wrong_mail_address_is_one_sentence(address: str, words: str) -> None:
    with pytest.raises(Exception, match=words):
        mail_settings({"QYZMET_SMTP": address}, production=True)


def test_a_mail_address_gives_host_port_name_and_encryption(settings: Settings) -> None:
    found = mail_settings({"QYZMET_SMTP": "smtps://q%40kz:w@mail.kz"}, production=True)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_USER"]) == ("mail.kz", 465, "q@kz")
    assert found["EMAIL_USE_SSL"]


def told(code: str) -> str:
    deliver()
    return "\n".join(Notice.objects.get(person=APPLICANT, code=code).letter)


def test_whoever_has_to_bring_papers_is_told_of_it_and_until_when(samruk: Town) -> None:
    """The sampler's §12(4): papers that are missing are awaited for two working days."""
    case = acts.submit(citizen(), licence(documents={}), now=NOW)
    acts.complete(
        samruk.actor("registrar"), case.ref, open_step(case, "register").no, outcome="done", now=NOW
    )
    said = told("case.awaits")
    assert "«Жетіспейтін құжаттарды күту»" in said
    assert "5 маусым, 18:30" in said.partition("Жауап беру мерзімі: ")[2]


def test_after_a_decision_the_remedy_names_the_body_that_decided(samruk: Town) -> None:
    case = filed()
    Case.objects.filter(pk=case.pk).update(exit="refused")
    case.refresh_from_db()
    ended = letters.Event("case.ended", NOW, {"exit": "refused"})
    law = law_of(case.edition_id)
    said = "\n".join(letters.letter(case, law, ended, "kk", "").paragraphs)
    assert "шағым бере аласыз (ӘРПК 91-бабы)" in said
    assert body(case.provider_id).names["kk"] in said
    case.about_id = case.pk  # a complaint: after its answer comes the court
    said = "\n".join(letters.letter(case, law, ended, "kk", "").paragraphs)
    assert "сотқа" in said
    assert "шағым бере аласыз" not in said


def test_what_was_withdrawn_before_its_registration_is_not_said_to_be_considered(samruk: Town) -> None:
    late = moment("2024-06-03 20:00")  # registers on Tuesday
    case = acts.submit(citizen(), licence(), now=late)
    acts.withdraw(citizen(), case.ref, now=late)
    deliver(late)
    said = "\n".join(Notice.objects.get(person=APPLICANT, code="case.withdrawn").letter)
    assert "кері қайтарып алынды" in said
    assert "қаралды" not in said
