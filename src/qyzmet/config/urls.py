"""Addresses of the whole house: each interface keeps its own list."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from qyzmet.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("i18n/", include("django.conf.urls.i18n")),
]
for _room, _prefix in (("api", "api/"), ("office", "office/"), ("pages", ""), ("portal", "")):
    if find_spec(f"qyzmet.{_room}.urls"):
        urlpatterns.append(path(_prefix, include(f"qyzmet.{_room}.urls")))

if find_spec("qyzmet.portal.errors"):
    handler400 = "qyzmet.portal.errors.bad_request"
    handler403 = "qyzmet.portal.errors.permission_denied"
    handler404 = "qyzmet.portal.errors.not_found"
    handler500 = "qyzmet.portal.errors.server_error"
