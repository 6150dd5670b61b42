"""Addresses for programs."""

from __future__ import annotations

from django.urls import path

from qyzmet.api.mgov import views as mgov

urlpatterns = [
    path("mgov/<str:token>", mgov.request, name="mgov-request"),
    path("mgov/<str:token>/documents", mgov.documents, name="mgov-documents"),
]
