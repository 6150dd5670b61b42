"""Addresses of the officials' side, all under /office/."""

from __future__ import annotations

from django.urls import path

from qyzmet.office.views import agenda, batch, case, files, intake, search, tasks

urlpatterns = [
    path("", tasks.tasks, name="office"),
    path("hand", tasks.hand, name="office-hand"),
    path("batch", batch.batch, name="office-batch"),
    path("batch/done", batch.batch_done, name="office-batch-done"),
    path("agenda", agenda.agenda, name="office-agenda"),
    path("search", search.search, name="office-search"),
    path("cases/<str:ref>", case.case, name="office-case"),
    path("cases/<str:ref>/steps/<int:no>/decide", case.decide, name="office-decide"),
    path("cases/<str:ref>/steps/<int:no>/<slug:verb>", case.plain, name="office-step"),
    path("cases/<str:ref>/suspension/<slug:verb>", case.suspension, name="office-suspension"),
    path("cases/<str:ref>/files/<slug:document>/<int:place>", files.attachment, name="office-file"),
    path("cases/<str:ref>/documents/<int:pk>", files.issued, name="office-document"),
    path("intake/", intake.services, name="office-intake"),
    path("intake/receipt/<str:ref>", intake.receipt, name="office-receipt"),
    path("intake/refused/<int:pk>", intake.refused, name="office-refused"),
    path("intake/<slug:service>", intake.form, name="office-intake-form"),
]
