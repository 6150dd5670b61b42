"""The authority of the running demo, and the key each of its accounts signs with."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qyzmet.demo import DemoRefused
from qyzmet.demo.authority.authority import DemoAuthority, State
from qyzmet.demo.authority.branch import Algorithm
from qyzmet.demo.authority.holders import Post, post_of
from qyzmet.signatures import SigningKey

if TYPE_CHECKING:
    from qyzmet.people.models import Account

__all__ = ["authority", "for_account"]


def authority(folder: Path | None = None) -> DemoAuthority:
    """The authority of a folder, by default `demo-keys` of the data folder. Raises DemoRefused in
    production.
    """
    from django.conf import settings

    if settings.PRODUCTION:
        raise DemoRefused("everybody holds the demo's keys; production takes those of the national authority")
    return _opened(Path(folder if folder is not None else settings.QYZMET_DATA / "demo-keys"))


def for_account(
    account: Account,
    now: datetime,
    *,
    bin: str = "",
    state: State = "valid",
    algorithm: Algorithm = "gost",
    keys: DemoAuthority | None = None,
) -> SigningKey:
    """The key an account signs with: a citizen's own, an official's as employee of the body, a company's
    head's.

    `bin`: the company a person signs for. `keys`: another authority than the running demo's.
    """
    found = keys or authority()
    if account.kind == "legal-entity":
        number, post, name = _head_of(account.number)
        return found.key_of(
            number, bin=post.bin, roles=post.roles, state=state, algorithm=algorithm, now=now, name=name,
            organisation=account.company_name,
        )  # fmt: skip
    post = Post(bin, ()) if bin else _post(account)
    name = (account.surname, account.given_name, account.patronymic)
    return found.key_of(
        account.number, bin=post.bin, roles=post.roles, state=state, algorithm=algorithm, now=now, name=name
    )


def _post(account: Account) -> Post:
    """Where an official works; people hired for a new package are in no `world.yaml`."""
    from qyzmet.people.models import PostHolding

    holding = PostHolding.objects.filter(account=account, until=None).select_related("organisation").first()
    if holding is None or not holding.organisation.bin:
        return post_of(account.number)
    return Post(holding.organisation.bin, ("employee",))


def _head_of(bin: str) -> tuple[str, Post, tuple[str, ...]]:
    from qyzmet.people.models import Authority

    row = Authority.objects.filter(principal=bin, basis="head", until=None).select_related("account").first()
    if row is None:
        raise LookupError(f"nobody is recorded as the head of {bin}")
    name = (row.account.surname, row.account.given_name, row.account.patronymic)
    return row.account.number, Post(bin, ("head",)), name


@cache
def _opened(folder: Path) -> DemoAuthority:
    return DemoAuthority.at(folder)
