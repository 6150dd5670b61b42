"""Addresses of the hall, under /office/."""

from __future__ import annotations

from django.urls import path

from qyzmet.office.queue.views import desk, handing, slip

urlpatterns = [
    path("queue/", desk.hall, name="queue"),
    path("queue/do/<slug:verb>", desk.move, name="queue-do"),
    path("queue/slips/<int:pk>", slip.slip, name="queue-slip"),
    path("handing-over/", handing.index, name="handing"),
    path("handing-over/<str:ref>/<int:no>", handing.give, name="handing-give"),
    path("handing-over/<str:ref>/<int:no>/receipt", handing.paper, name="handing-receipt"),
    path("handing-over/<str:ref>/<int:no>/remind", handing.remind, name="handing-remind"),
]
