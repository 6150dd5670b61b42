"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from qyzmet.portal.accounts.views import companies, contact, egov, factor, home, register, reset, status

urlpatterns = [
    path("register", register.register, name="account-register"),
    path("sign-in/code", factor.code, name="account-code"),
    path("sign-in/egov", egov.start, name="account-egov"),
    path("sign-in/egov/back", egov.back, name="account-egov-back"),
    path("account", home.home, name="account"),
    path("account/confirm", register.confirm, name="account-confirm"),
    path("account/contact", contact.contact, name="account-contact"),
    path("account/password", home.password, name="account-password"),
    path("account/sessions", home.end_sessions, name="account-sessions"),
    path("account/second-factor", factor.set_up, name="account-factor"),
    path("account/companies", companies.companies, name="account-companies"),
    path("account/companies/certificate", companies.take, name="account-company-take"),
    path("account/companies/give", companies.give, name="account-company-give"),
    path("account/companies/withdraw", companies.withdraw, name="account-company-withdraw"),
    path("reset", reset.forgotten, name="account-reset"),
    path("reset/signature", reset.by_signature, name="account-reset-signature"),
    path("reset/signature/new", reset.after_signature, name="account-reset-signed"),
    path("reset/<str:link>", reset.by_link, name="account-reset-link"),
    path("status", status.status, name="account-status"),
]
