"""Addresses of what portal and office share."""

from __future__ import annotations

from django.urls import path

from qyzmet.pages.signing import views

urlpatterns = [
    path("sign/<str:token>", views.page, name="sign"),
    path("sign/<str:token>/all", views.all_content, name="sign-all"),
    path("sign/<str:token>/state", views.state, name="sign-state"),
    path("sign/<str:token>/<str:item>", views.content, name="sign-content"),
    path("sign/<str:token>/<str:item>/<int:place>", views.shown, name="sign-shown"),
    path("sign/<str:token>/<str:item>/files/<int:place>", views.attached, name="sign-attached"),
]
