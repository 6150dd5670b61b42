"""Addresses of the recipient's side."""

from __future__ import annotations

from django.urls import path

from qyzmet.portal.views import (
    answer,
    apply,
    cabinet,
    catalogue,
    clock,
    cosign,
    entry,
    export,
    file,
    forms,
    paper,
    verify,
)

urlpatterns = [
    path("", catalogue.index, name="catalogue"),
    path("services/<slug:service>", catalogue.service, name="service"),
    path("services/<slug:service>/sheet", paper.sheet, name="service-sheet"),
    path("services/<slug:service>/form", paper.blank, name="service-form"),
    path("services/<slug:service>/form.pdf", forms.blank_pdf, name="service-form-pdf"),
    path("services/<slug:service>/diagram.svg", paper.diagram, name="service-diagram"),
    path("services/<slug:service>/process.bpmn", paper.bpmn, name="service-bpmn"),
    path("sign-in", entry.sign_in, name="sign-in"),
    path("sign-out", entry.sign_out, name="sign-out"),
    path("roles", entry.roles, name="roles"),
    path("apply/<slug:service>", apply.start, name="apply"),
    path("drafts/<slug:ref>", apply.resume, name="draft"),
    path("drafts/<slug:ref>/part/<slug:part>", apply.part, name="draft-part"),
    path("drafts/<slug:ref>/documents", apply.documents, name="draft-documents"),
    path("drafts/<slug:ref>/documents/<slug:document>/<int:place>", apply.attachment, name="draft-file"),
    path("drafts/<slug:ref>/check", apply.check, name="draft-check"),
    path("drafts/<slug:ref>/sign", file.sign, name="draft-sign"),
    path("drafts/<slug:ref>/sides", cosign.sides, name="draft-sides"),
    path("drafts/<slug:ref>/unlock", cosign.unlock, name="draft-unlock"),
    path("to-sign/<slug:ref>", cosign.sign_side, name="to-sign"),
    path("to-sign/<slug:ref>/decline", cosign.decline, name="to-sign-decline"),
    path("drafts/<slug:ref>/delete", apply.delete, name="draft-delete"),
    path("cabinet", cabinet.index, name="cabinet"),
    path("cabinet/<str:ref>", cabinet.case, name="cabinet-case"),
    path("cabinet/<str:ref>/filed", cabinet.filed, name="cabinet-filed"),
    path("cabinet/<str:ref>/case-file", export.case_file, name="cabinet-case-file"),
    path("cabinet/<str:ref>/decisions", export.decisions, name="cabinet-decisions"),
    path("cabinet/<str:ref>/withdraw", cabinet.withdraw_case, name="cabinet-withdraw"),
    path("cabinet/<str:ref>/answer", answer.answer, name="cabinet-answer"),
    path("cabinet/<str:ref>/complain", apply.complain_about, name="cabinet-complain"),
    path("cabinet/<str:ref>/files/<slug:document>/<int:place>", cabinet.attachment, name="cabinet-file"),
    path("cabinet/<str:ref>/signatures/<int:pk>/<slug:kind>", cabinet.signature, name="cabinet-signature"),
    path("verify", verify.verify, name="verify"),
    path("verify/<str:code>", verify.verify, name="verify-code"),
    path("clock/next", clock.move_on, name="clock-next"),
]
