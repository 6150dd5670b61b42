"""The demo's mail server takes every letter over SMTP, gives none away, and a page shows them."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.request import urlopen

import pytest

from qyzmet.demo.authority import DemoAuthority
from qyzmet.demo.standins import smtp
from qyzmet.demo.standins.process import StandIns
from tests.demo.standins.conftest import MONDAY


@pytest.fixture
def post(keys: DemoAuthority) -> Iterator[StandIns]:
    with StandIns(keys, lambda: MONDAY, socket_port=None, mail_port=0) as running:
        yield running


def client(post: StandIns) -> smtplib.SMTP:
    return smtplib.SMTP("127.0.0.1", int(post.addresses.mail.rpartition(":")[2]), timeout=60)


def letter(text: str, subject: str = "Өтініш тіркелді") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = subject, "qyzmet@localhost", "aigul@example.kz"
    made["Content-Language"] = "kk"
    made.set_content(text)
    return made


def test_a_letter_is_read_on_the_page_as_it_was_written_dots_and_all(post: StandIns) -> None:
    with client(post) as sender:
        sender.send_message(letter("Бірінші жол\n.\n..екі нүкте\n<b>соңы</b>"))
    assert post.table.mailbox.letter("1").text.splitlines()[1:3] == [".", "..екі нүкте"]  # type: ignore[union-attr]
    with urlopen(f"{post.addresses.page}mailbox") as page:
        assert "Өтініш тіркелді" in page.read().decode()
    with urlopen(f"{post.addresses.page}mailbox/1") as page:
        said = page.read().decode()
    assert "Бірінші жол" in said
    assert "<b>соңы" not in said


def test_letters_of_one_address_are_shown_alone(post: StandIns) -> None:
    with client(post) as sender:
        sender.send_message(letter("a"))
        sender.send_message(letter("b", "Басқа"), to_addrs=["berik@example.kz"])
    with urlopen(f"{post.addresses.page}mailbox?to=berik@example.kz") as page:
        said = page.read().decode()
    assert "Басқа" in said
    assert "Өтініш тіркелді" not in said


def test_a_letter_too_large_is_refused_and_the_next_one_taken(
    post: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "LARGEST", 2_000)
    with client(post) as sender:
        with pytest.raises(smtplib.SMTPException):
            sender.send_message(letter("x\n" * 2_000))
        assert sender.docmd("MAIL", "FROM:<a@b.kz>")[0] == 250
        assert sender.docmd("RCPT", "TO:<a@b.kz>")[0] == 250
        assert sender.docmd("DATA")[0] == 354
        sender.send(b"y\r\n" * 2_000 + b".\r\n")
        assert sender.getreply()[0] == 552
        sender.send_message(letter("кіші"))
    assert [each.text.strip() for each in post.table.mailbox.letters()] == ["кіші"]


@pytest.mark.parametrize(
    ("command", "code"),
    [("RCPT TO:<a@b.kz>", 503), ("DATA", 503), ("MAIL TO:a", 501), ("VRFY root", 500), ("NOOP", 250)],
)
def test_commands_out_of_turn_get_an_answer_and_not_a_letter(post: StandIns, command: str, code: int) -> None:
    with client(post) as sender:
        assert sender.docmd(command)[0] == code
    assert post.table.mailbox.letters() == []
