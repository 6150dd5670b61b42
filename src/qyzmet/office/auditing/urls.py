"""Addresses of the auditor, under /office/audit/; a case itself is read at /office/cases/…."""

from __future__ import annotations

from django.urls import path

from qyzmet.office.auditing.views import cases, journal, seals

urlpatterns = [
    path("", cases.cases, name="audit"),
    path("cases.<slug:kind>", cases.export, name="audit-export"),
    path("cases/<str:ref>/journal", journal.journal, name="audit-journal"),
    path("seals", seals.seals, name="audit-seals"),
]
