"""Addresses of the supervisor, under /office/supervision/."""

from __future__ import annotations

from django.urls import path

from qyzmet.office.supervising.views import cases, export, late, overview, recount, refusals, times, waits

urlpatterns = [
    path("", overview.overview, name="supervision"),
    path("late", late.late, name="supervision-late"),
    path("refusals", refusals.refusals, name="supervision-refusals"),
    path("times", times.times, name="supervision-times"),
    path("waits", waits.waits, name="supervision-waits"),
    path("cases", cases.cases, name="supervision-cases"),
    path("recount", recount.recount, name="supervision-recount"),
    path("export/<slug:name>.<slug:kind>", export.export, name="supervision-export"),
]
