"""What people answer: like the samples, but each in their own way, and the same whenever it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from qyzmet.demo.crowd import everybody, latin
from qyzmet.demo.history.habits import dice
from qyzmet.demo.samples import Samples
from qyzmet.demo.world import Someone
from qyzmet.identity import IdentityError, read_account
from qyzmet.regulation.model import Field

__all__ = ["Answers", "address", "phrase"]

ROUND = Decimal(100)


@dataclass(frozen=True)
class Answers(Samples):
    """`seed`: whose answers; `body`: where they live. `given` goes before everything."""

    seed: str = ""
    body: str = ""
    email: str = ""

    def answer(self, key: str, asked: Field, inside: str = "") -> Any:
        """One answer."""
        place = f"{inside}.{key}" if inside else key
        if place in self.given:
            return self.given[place]
        if asked.type == "rows" and key == "family":
            return self._family(asked)
        lively = self._lively(place, asked)
        return super().answer(key, asked, inside) if lively is None else lively

    def _lively(self, place: str, asked: Field) -> Any:
        chance, known = dice(self.seed, place), _words()
        if place in known["about"]:
            low, high = known["about"][place]
            usual = Decimal(super()._number(place, asked))
            return f"{self._scaled(usual, chance.randrange(low, high)):f}"
        if asked.type == "choice" and place in known["chosen"]:
            return chance.choice(list(asked.choices)) if asked.choices else None
        if place in known["words"]:
            return chance.choice(known["words"][place])
        if asked.type == "phone":
            net, digits = chance.choice("125678"), f"{chance.randrange(1000000, 9999999)}"
            return f"+7 70{net} {digits[:3]} {digits[3:5]} {digits[5:]}"
        if asked.type == "email":
            return self.email or None
        if asked.type == "iban":
            return _iban(self.seed)
        if asked.type == "address" and self.body:
            return address(self.seed, self.body)
        if asked.type == "cadastral-number":
            return f"{self._cadastral()}"
        return None

    def _cadastral(self) -> str:
        chance = dice(self.seed, "plot")
        return f"20-313-{chance.randrange(1, 60):03}-{chance.randrange(1, 999):03}"

    @staticmethod
    def _scaled(usual: Decimal, hundredths: int) -> Decimal:
        value = usual * hundredths / 100
        return (
            value.quantize(Decimal(1)) // ROUND * ROUND if usual > 1000 else value.quantize(Decimal("0.01"))
        )

    def _family(self, asked: Field) -> list[dict[str, Any]]:
        chance = dice(self.seed, "family")
        members = chance.sample(everybody(), chance.choice((0, 1, 2, 2, 3, 3, 4, 5)))
        return [self._member(each, asked.of or {}, place) for place, each in enumerate(members)]

    def _member(self, who: Someone, of: Mapping[str, Field], place: int) -> dict[str, Any]:
        mine = Answers(self.on, self.given, f"{self.seed}/{place}", self.body)
        row = {key: mine.answer(key, field, "family") for key, field in of.items()}
        century = {"3": 1900, "4": 1900, "5": 2000, "6": 2000}[who.iin[6]]
        born = date(century + int(who.iin[:2]), int(who.iin[2:4]), int(who.iin[4:6]))
        known = {"full-name": " ".join(who.name), "iin": who.iin, "birth-date": born.isoformat()}
        return {key: known.get(key, value) for key, value in row.items()}


def address(seed: str, body: str) -> str:
    """A street, a house and a flat near a body."""
    chance, known = dice(seed, "address"), _words()
    street = chance.choice(known["streets"].get(body, known["streets"]["almaty-leb"]))
    district = known["districts"].get(body, known["districts"]["almaty-leb"])
    return f"{district}, {street} көшесі, {chance.randrange(1, 190)}-үй, {chance.randrange(1, 120)}-пәтер"


def phrase(seed: str, what: str) -> str:
    """Something said, by chance."""
    return str(dice(seed, what).choice(_words()["words"][what]))


def mail_of(who: Someone) -> str:
    """The e-mail address of somebody."""
    return f"{latin(who.name)}@example.kz"


@cache
def _iban(seed: str) -> str:
    """An account number with right check digits (ISO 13616)."""
    chance = dice(seed, "iban")
    stem = f"{chance.choice(('722C', '601A', '070105', '998B'))}"
    stem += "".join(str(chance.randrange(10)) for _ in range(16 - len(stem)))
    digits = "".join(str(int(sign, 36)) for sign in f"{stem}KZ00")
    number = f"KZ{98 - int(digits) % 97:02}{stem}"
    try:
        return read_account(number)
    except IdentityError:
        return "KZ24070105KSN0000000"


@cache
def _words() -> dict[str, Any]:
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
