"""Accounts: a person or a company that can sign in, by IIN or BIN and a password."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

__all__ = ["Account", "AccountKind", "AccountManager"]


class AccountKind(models.TextChoices):
    """What the number is: an IIN or a BIN. The values are those of `recipients` in a package."""

    INDIVIDUAL = "individual"
    LEGAL_ENTITY = "legal-entity"


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts. There is no superuser: every change is an act."""

    def create_user(self, number: str, password: str | None = None, **fields: Any) -> Account:
        """Make an account with an IIN or BIN of twelve digits; without a password it can only sign by EDS."""
        account = self.model(number=number, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One who signs in. An official is an account that holds a post; an applicant needs no account at a
    counter.

    `number`: IIN or BIN, checked before it comes here. `confirmed_at`: when and by whom the identity was
    confirmed (EDS, an inspector). `is_test`: made by the demo; refused in production.
    """

    number = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=12, choices=AccountKind.choices, default=AccountKind.INDIVIDUAL)
    surname = models.CharField(max_length=100, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    patronymic = models.CharField(max_length=100, blank=True)
    company_name = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, default="kk")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    is_test = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "number"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        app_label = "people"

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as documents print it: surname first, or the company's name."""
        person = " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)
        return self.company_name or person or self.number
