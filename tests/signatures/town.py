"""A small town with its own certification authority: who lives there, and what everybody may rely on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from qyzmet.signatures import SigningKey, Trust, digest, sign_cms, sign_xml
from qyzmet.signatures.algorithms.keys import PrivateKey
from qyzmet.signatures.authority import (
    Holder,
    Revoked,
    Validity,
    issue_to,
    make_authority,
    make_crl,
    make_ocsp_responder,
    make_root,
    make_time_stamper,
)

ASAN, DINA, KALA, BASQA = "811201401188", "680503250034", "940140000385", "971240001315"
APPLICATION = b'{"v":1,"service":"housing-assistance","filing":"0b7c"}'
LETTER = "<өтініш xmlns='urn:qyzmet'><қызмет>тұрғын үй көмегі</қызмет></өтініш>".encode()
# Monday 2026-06-01, noon in Almaty.
MONDAY = datetime(2026, 6, 1, 7, tzinfo=UTC)
DAY = timedelta(days=1)

AUTHORITY_YEARS = Validity(datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC))
THIS_YEAR = Validity(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
LAST_YEAR = Validity(datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
NEXT_YEAR = Validity(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
A_WEEK = Validity(MONDAY - DAY, MONDAY + 6 * DAY)


@dataclass
class Town:
    """The authority of the town and its people, all with keys of one algorithm."""

    new_key: Callable[[], PrivateKey]
    people: dict[str, SigningKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = make_root("СЫНАҚ ТҮБІРІ", self.new_key(), AUTHORITY_YEARS)
        self.authority = make_authority(self.root, "СЫНАҚ ОРТАЛЫҒЫ", self.new_key(), AUTHORITY_YEARS)
        self.responder = make_ocsp_responder(self.authority, self.new_key(), AUTHORITY_YEARS)
        self.time_stamper = make_time_stamper(self.authority, self.new_key(), AUTHORITY_YEARS)
        self.asan = self.person(ASAN)

    @property
    def roots(self) -> Trust:
        """Trust in the root, its authority at hand, with nothing known of revocation."""
        return Trust(roots=(self.root.certificate,), intermediates=(self.authority.certificate,))

    @property
    def trust(self) -> Trust:
        """Trust in the root, with this week's empty list."""
        return self.roots.with_more((), [self.crl()])

    def crl(self, *revoked: Revoked, week: Validity = A_WEEK, number: int = 1) -> bytes:
        """A revocation list of the authority."""
        return make_crl(self.authority, revoked, week, number=number)

    def person(self, iin: str = ASAN, validity: Validity = THIS_YEAR, **more: object) -> SigningKey:
        """A person's key."""
        holder = Holder(iin=iin, surname="АХМЕТОВ", first_name="АСАН", patronymic="СЕРІКҰЛЫ")
        return issue_to(self.authority, holder, self.new_key(), validity, **more)  # type: ignore[arg-type]

    def official(self, *roles: str, bin: str = KALA, iin: str = DINA) -> SigningKey:
        """The key of somebody in an organisation."""
        holder = Holder(
            iin=iin,
            surname="СЕРІКОВА",
            first_name="ДИНА",
            bin=bin,
            organisation='"ҚАЛА" ЖШС',
            roles=roles,
        )
        return issue_to(self.authority, holder, self.new_key(), THIS_YEAR)


def detached(*keys: SigningKey, content: bytes = APPLICATION) -> bytes:
    """A detached signature over the application."""
    return sign_cms(content, keys, at=MONDAY)


def attached(*keys: SigningKey, content: bytes = APPLICATION) -> bytes:
    """The application inside its signature."""
    return sign_cms(content, keys, at=MONDAY, attached=True)


def letter(*keys: SigningKey, document: bytes = LETTER) -> bytes:
    """The letter, signed by one after another."""
    for each in keys:
        document = sign_xml(document, each.key, each.certificate)
    return document


def digests(content: bytes = APPLICATION) -> dict[str, bytes]:
    """Every digest of a content somebody may ask for."""
    return {name: digest(name, content) for name in ("sha256", "streebog512", "streebog256", "gost94")}
