"""Addresses of the hall, under /office/."""

from __future__ import annotations

from django.urls import path

from qyzmet.office.queue.views import contact, desk, handing, slip, visits

urlpatterns = [
    path("queue/", desk.hall, name="queue"),
    path("queue/do/<slug:verb>", desk.move, name="queue-do"),
    path("queue/slips/<int:pk>", slip.slip, name="queue-slip"),
    path("visits/", visits.index, name="visits"),
    path("visits/new", visits.new, name="visit-new"),
    path("visits/<int:pk>", visits.visit, name="visit"),
    path("visits/<int:pk>/appoint", visits.appoint, name="visit-appoint"),
    path("visits/<int:pk>/cancel", visits.cancel, name="visit-cancel"),
    path("contact/", contact.contact, name="contact"),
    path("contact/visit", contact.visit, name="contact-visit"),
    path("handing-over/", handing.index, name="handing"),
    path("handing-over/<str:ref>/<int:no>", handing.give, name="handing-give"),
    path("handing-over/<str:ref>/<int:no>/receipt", handing.paper, name="handing-receipt"),
    path("handing-over/<str:ref>/<int:no>/remind", handing.remind, name="handing-remind"),
]
