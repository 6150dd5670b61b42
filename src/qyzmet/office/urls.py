"""Addresses of the officials' side, all under /office/."""

from __future__ import annotations

from django.urls import include, path

from qyzmet.office.views import (
    agenda,
    batch,
    case,
    confirming,
    corrections,
    export,
    files,
    intake,
    letters,
    refusals,
    search,
    signing,
    steps,
    tasks,
)

urlpatterns = [
    path("supervision/", include("qyzmet.office.supervising.urls")),
    path("audit/", include("qyzmet.office.auditing.urls")),
    path("", tasks.tasks, name="office"),
    path("hand", tasks.hand, name="office-hand"),
    path("batch", batch.batch, name="office-batch"),
    path("batch/again/<str:token>", batch.again, name="office-batch-again"),
    path("batch/done", batch.batch_done, name="office-batch-done"),
    path("admin/", include("qyzmet.office.administering.urls")),
    path("agenda", agenda.agenda, name="office-agenda"),
    path("letters", letters.index, name="office-letters"),
    path("letters/<int:pk>", letters.letter, name="office-letter"),
    path("confirm-account", confirming.confirm, name="office-confirm-account"),
    path("search", search.search, name="office-search"),
    path("cases/<str:ref>", case.case, name="office-case"),
    path("cases/<str:ref>/steps/<int:no>/decide", steps.decide, name="office-decide"),
    path("cases/<str:ref>/steps/<int:no>/<slug:verb>", steps.plain, name="office-step"),
    path("cases/<str:ref>/suspension/<slug:verb>", steps.suspension, name="office-suspension"),
    path("cases/<str:ref>/files/<slug:document>/<int:place>", files.attachment, name="office-file"),
    path("cases/<str:ref>/documents/<int:pk>", files.issued, name="office-document"),
    path("cases/<str:ref>/documents/<int:pk>/correct", corrections.correct, name="office-correct"),
    path("cases/<str:ref>/documents/<int:pk>/annul", corrections.annul, name="office-annul"),
    path("cases/<str:ref>/case-file", export.case_file, name="office-case-file"),
    path("cases/<str:ref>/decisions", export.decisions, name="office-decisions"),
    path("cases/<str:ref>/look/<str:note>", signing.looked, name="office-look"),
    path("cases/<str:ref>/signatures/<int:pk>/<slug:kind>", files.signature, name="office-signature"),
    path("intake/", intake.services, name="office-intake"),
    path("intake/receipt/<str:ref>", intake.receipt, name="office-receipt"),
    path("intake/refused/<int:pk>", refusals.refused, name="office-refused"),
    path("intake/refused/<int:pk>/document", refusals.refused_document, name="office-refused-document"),
    path("intake/<slug:service>", intake.form, name="office-intake-form"),
]
