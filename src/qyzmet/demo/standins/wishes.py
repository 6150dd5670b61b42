"""Which key somebody takes, and what they do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from qyzmet.demo.authority import Algorithm, DemoAuthority, State, for_account
from qyzmet.demo.authority.holders import Post, post_of
from qyzmet.identity import is_bin, is_iin
from qyzmet.signatures import SigningKey

__all__ = ["DEEDS", "STATES", "BadWish", "Deed", "Finder", "Wish", "from_accounts", "from_world", "read_wish"]

Deed = Literal["sign", "cancel", "close", "rubbish", "no-signature", "wrong", "slow", "error"]
DEEDS: tuple[Deed, ...] = get_args(Deed)
STATES: tuple[State, ...] = get_args(State)
ROLES = ("", "individual", "head", "signing-right", "employee")


class BadWish(ValueError):
    """No such key can be had; `code` names the sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no such key: {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Wish:
    """`number`: an IIN, or the BIN of a demo company for its head. `bin` and `role` where the person signs
    for another organisation or in another capacity than the demo knows. `deed`: what to do with the request.
    """

    number: str = ""
    bin: str = ""
    role: str = ""
    state: State = "valid"
    algorithm: Algorithm = "gost"
    deed: Deed = "sign"


Finder = Callable[[Wish, datetime], SigningKey]
"""The key of a wish at a moment."""


def read_wish(given: Mapping[str, Any]) -> Wish:
    """A wish from a form or from JSON. Raises BadWish for numbers and words there are none of."""
    found = {name: str(given.get(name) or "").strip() for name in ("number", "bin", "role")}
    state: Any = given.get("state") or "valid"
    algorithm: Any = given.get("algorithm") or "gost"
    deed: Any = given.get("deed") or "sign"
    number, bin = found["number"], found["bin"]
    if not (is_iin(number) or is_bin(number)) and (number or deed in {"sign", "wrong", "slow"}):
        raise BadWish("number")
    if bin and not is_bin(bin):
        raise BadWish("number")
    known = (state in STATES, algorithm in get_args(Algorithm), deed in DEEDS, found["role"] in ROLES)
    if not all(known):
        raise BadWish("word")
    return Wish(number, bin, found["role"], state, algorithm, deed)


def from_world(keys: DemoAuthority) -> Finder:
    """The keys of the people in `world.yaml`; any other number is a person without a name."""

    def found(wish: Wish, now: datetime) -> SigningKey:
        post = _post(wish) or post_of(wish.number)
        return keys.key_of(
            wish.number, bin=post.bin, roles=post.roles, state=wish.state, algorithm=wish.algorithm, now=now
        )

    return found


def from_accounts(keys: DemoAuthority) -> Finder:
    """The same, with the names and posts of the accounts of the running demo."""
    known = from_world(keys)

    def found(wish: Wish, now: datetime) -> SigningKey:
        from django.db import connection

        from qyzmet.people.models import Account

        try:
            account = Account.objects.filter(number=wish.number).first()
            if account is None or _post(wish):
                return known(wish, now)
            return for_account(account, now, state=wish.state, algorithm=wish.algorithm, keys=keys)
        finally:
            connection.close()

    return found


def _post(wish: Wish) -> Post | None:
    """In what capacity the wish itself says; None when it leaves that to the demo."""
    if wish.role == "individual":
        return Post("", ("individual",))
    if wish.bin or wish.role:
        return Post(wish.bin, (wish.role,) if wish.role else ())
    return None
