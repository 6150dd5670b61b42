"""Whom the demo's certificates name: the people, officials and companies of `world.yaml`, and strangers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qyzmet.demo.crowd import companies, everybody
from qyzmet.demo.world import Name, world
from qyzmet.signatures.authority import Holder

__all__ = ["STRANGER", "Post", "holder_of", "post_of", "system_holder"]

STRANGER: Name = ("СЫНАҚ", "АДАМ", "")
"""The name of a number the demo does not know, when nobody says another."""


class Post(NamedTuple):
    """As what somebody signs for an organisation: its BIN and the roles in the certificate."""

    bin: str
    roles: tuple[str, ...]


def post_of(number: str) -> Post:
    """For whom a number of the demo signs without being asked: an official for their body, a company's BIN
    for itself by its head, a citizen for nobody.
    """
    plan = world()
    if any(each.bin == number for each in companies()):
        return Post(number, ("head",))
    official = next((each for each in plan.officials if each.iin == number), None)
    if official is None or not plan.organisations[official.at].bin:
        return Post("", ("individual",))
    return Post(plan.organisations[official.at].bin, ("employee",))


def holder_of(
    number: str, bin: str, roles: Sequence[str], name: Sequence[str] = (), organisation: str = ""
) -> Holder:
    """The holder of a certificate. A company's BIN as `number` means its head, signing for it."""
    company = next((each for each in companies() if each.bin == number), None)
    if company is not None:
        number, bin = company.head, company.bin
    surname, first, patronymic = (*(name or _name_of(number)), "", "")[:3]
    return Holder(
        iin=number,
        surname=surname.upper(),
        first_name=first.upper(),
        patronymic=patronymic.upper(),
        bin=bin,
        organisation=organisation or _organisation(bin),
        roles=tuple(roles) or _roles(number, bin),
    )


def system_holder() -> Holder:
    """The System itself, an information system of the one who runs it."""
    body = world().organisations["system-operator"]
    return Holder(
        system='ИС "Qyzmet"', bin=body.bin, organisation=body.name["kk"], roles=("information-system",)
    )


def _roles(number: str, bin: str) -> tuple[str, ...]:
    if not bin:
        return ("individual",)
    heads = {(each.head, each.bin) for each in companies()}
    return ("head",) if (number, bin) in heads else ("employee",)


def _name_of(number: str) -> Name:
    plan = world()
    known = {each.iin: each.name for each in (*everybody(), *plan.officials)}
    known |= {each.head: each.head_name for each in companies() if each.head not in known}
    return known.get(number, STRANGER)


def _organisation(bin: str) -> str:
    plan = world()
    known = {each.bin: each.name for each in companies()}
    known |= {each.bin: each.name["kk"] for each in plan.organisations.values() if each.bin}
    return known.get(bin, bin and f'"ҰЙЫМ {bin}"')
