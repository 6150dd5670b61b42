"""What the acts on accounts ask: a number that can be one, a password that is not common, whose it is."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django_otp import devices_for_user

from qyzmet import identity
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Edition
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Signed
from qyzmet.cases.transaction import Act
from qyzmet.people import signed_in
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.people.models import Account, AccountKind
from qyzmet.signatures import Signer

__all__ = [
    "clean_email",
    "hashed",
    "intake_post",
    "locked",
    "named",
    "not_pending",
    "number_of",
    "own",
    "proved",
    "stream",
]

LONGEST_PASSWORD = 128
LONGEST_EMAIL = 254


def stream(account: Account | int) -> str:
    """Where what happens to an account is written."""
    return f"account:{account if isinstance(account, int) else account.pk}"


def number_of(text: str, kind: str, field: str = "number") -> str:
    """An IIN or BIN by its check digit; national test numbers pass outside production only.

    Raises ActRefused `account-number`.
    """
    read = identity.read_bin if kind == AccountKind.LEGAL_ENTITY else identity.read_iin
    try:
        return read(text[:60], test_ids=not settings.PRODUCTION)
    except identity.IdentityError as problem:
        said = {language: problem.text(language) for language in ("kk", "ru", "en")}
        raise refused("account-number", why=said, hint={"field": field}) from problem


def clean_email(text: str) -> str:
    """An address, or nothing. Raises ActRefused `account-email`."""
    email = text.strip()
    if not email:
        return ""
    try:
        EmailValidator()(email)
    except ValidationError as problem:
        raise refused("account-email", hint={"field": "email"}) from problem
    if len(email) > LONGEST_EMAIL or not email.isascii():
        raise refused("account-email", hint={"field": "email"})
    return email


def hashed(password: str, account: Account | None = None, *, number: str = "") -> str:
    """The password as it is kept. Raises ActRefused `password-weak`, `password-long`."""
    if len(password) > LONGEST_PASSWORD or "\x00" in password:
        raise refused("password-long", most=LONGEST_PASSWORD, hint={"field": "password"})
    about = account or Account(number=number)
    try:
        password_validation.validate_password(password, about)
    except ValidationError as problem:
        raise refused("password-weak", hint={"field": "password"}) from problem
    if about.number and about.number in password:
        raise refused("password-weak", hint={"field": "password"})
    return make_password(password)


def locked(this: Act, pk: int) -> Account:
    """The account with its journal, for the length of the act. Raises ActRefused `account-unknown`."""
    this.ledger.lock([stream(pk)])
    found = Account.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise refused("account-unknown")
    return found


def own(this: Act) -> Account:
    """The actor's own account. Raises ActRefused `not-your-act`, `account-unknown`."""
    if this.actor.account is None:
        raise refused("not-your-act")
    return locked(this, this.actor.account)


def proved(row: Account, by: str, now: datetime, *, afresh: bool) -> None:
    """Whose number it is has been shown. `afresh`: by somebody who did not come in with its password.

    Then what stood in an account nobody had confirmed may be a stranger's: the password, the e-mail, the
    second factor and the sessions all go.
    """
    if afresh and row.confirmed_at is None:
        row.email = row.phone = ""
        row.set_unusable_password()
        for device in devices_for_user(row, confirmed=None):
            device.delete()
        signed_in.end(row)
    if row.confirmed_at is None:
        row.confirmed_by, row.confirmed_at = by[:60], now


def intake_post(actor: Actor) -> bool:
    """Whether the actor's post takes in applications of some published edition."""
    if actor.post is None or actor.organisation is None:
        return False
    kind = body(actor.organisation).kind
    newest: dict[tuple[str, str], int] = {}
    for service, edition, pk in (
        Edition.objects.filter(general=False).order_by("revision").values_list("service", "edition", "id")
    ):
        newest[service, edition] = pk
    for pk in newest.values():
        package = law_of(pk).package
        post = package.posts.get(actor.post)
        if post is None or package.organisations[post.org].kind != kind:
            continue
        if any(way.by == actor.post for way in package.channels.values()):
            return True
    return False


def not_pending(signed: Signed) -> None:
    """Raise ActRefused `signature-pending`: an identity is shown by a signature that is certain."""
    if not signed.verdict.valid:
        raise refused("signature-pending", "A120 §10(6)")


def named(row: Account, signer: Signer) -> None:
    """Take the name from the certificate where the account has none."""
    if row.kind == AccountKind.LEGAL_ENTITY:
        row.company_name = row.company_name or signer.organisation[:300]
    elif not row.surname:
        parts = [*signer.name.split(None, 2), "", "", ""]
        row.surname, row.given_name, row.patronymic = (part[:100] for part in parts[:3])
