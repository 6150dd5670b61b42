"""One sets up a second factor, codes of a program on the phone and spare ones on paper, and takes it off."""

from __future__ import annotations

import secrets
from datetime import datetime

from django_otp import devices_for_user, match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from qyzmet.cases import accounts
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import signed_in
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account

__all__ = ["SPARE", "begin_second_factor", "drop_second_factor", "finish_second_factor"]

SPARE = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def begin_second_factor(account: Account) -> TOTPDevice:
    """The device that waits for its first code; the same one until then. It opens nothing yet.

    Raises ActRefused `second-factor-there`: a second one is set up after the first is taken off.
    """
    if TOTPDevice.objects.filter(user=account, confirmed=True).exists():
        raise refused("second-factor-there")
    waiting = TOTPDevice.objects.filter(user=account, confirmed=False).first()
    return waiting or TOTPDevice.objects.create(user=account, name="totp", confirmed=False)


def finish_second_factor(
    actor: Actor, code: str, *, keep: str, now: datetime
) -> tuple[TOTPDevice, list[str]]:
    """Confirm the device by its first code; the device and ten spare codes, told this once.

    Every session but the one with the key `keep` ends, since none of them gave a code. Raises ActRefused
    `second-factor-code`, `second-factor-there`. Cites: A120 §10.
    """
    with act("finish-second-factor", actor, now=now) as this:
        row = accounts.own(this)
        if TOTPDevice.objects.filter(user=row, confirmed=True).exists():
            raise refused("second-factor-there")
        device = TOTPDevice.objects.select_for_update().filter(user=row, confirmed=False).first()
        if device is None or not device.verify_token(code):
            raise refused("second-factor-code", hint={"field": "code"})
        device.confirmed = True
        device.save()
        spare = [f"{_four()}-{_four()}" for _ in range(SPARE)]
        StaticDevice.objects.filter(user=row).delete()
        paper = StaticDevice.objects.create(user=row, name="spare", confirmed=True)
        StaticToken.objects.bulk_create(StaticToken(device=paper, token=each) for each in spare)
        ended = signed_in.end(row, but=keep)
        this.record(accounts.stream(row), "account.second-factor-set", {"sessions": ended})
    return device, spare


def drop_second_factor(actor: Actor, code: str, *, now: datetime) -> None:
    """Take off one's own second factor by a code of it or a spare one, as before a change of phone.

    Who holds a post in production sets up another before anything else. Raises ActRefused
    `second-factor-code`. Cites: A120 §10.
    """
    with act("drop-second-factor", actor, now=now) as this:
        row = accounts.own(this)
        if match_token(row, code) is None:
            raise refused("second-factor-code", hint={"field": "code"})
        for device in list(devices_for_user(row, confirmed=None)):
            device.delete()
        this.record(accounts.stream(row), "account.second-factor-dropped", {})


def _four() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(4))
