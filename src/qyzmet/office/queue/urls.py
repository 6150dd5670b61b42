"""Addresses of the hall, under /office/."""

from __future__ import annotations

from django.urls import path

from qyzmet.office.queue.views import desk, slip

urlpatterns = [
    path("queue/", desk.hall, name="queue"),
    path("queue/do/<slug:verb>", desk.move, name="queue-do"),
    path("queue/slips/<int:pk>", slip.slip, name="queue-slip"),
]
