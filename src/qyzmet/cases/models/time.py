"""Deadlines of cases and of duties outside them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qyzmet.cases.models.case import Case
from qyzmet.people.fields import Json
from qyzmet.people.models import Organisation

__all__ = ["CalendarAct", "Deadline", "DeadlineState", "Duty"]


class DeadlineState(models.TextChoices):
    """`kept` in time, `late` when it was met after it had passed, `void` when it no longer matters."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    VOID = "void"


class Deadline(models.Model):
    """Something must be done by `due`.

    `subject`: `case:<id>`, `token:<case>.<no>`, `hearing:<case>.<no>` or `duty:<id>`. `duty`: the step,
    `term`, or the duty's id. `holder`: the organisation, or `person` (IIN or BIN). `due` is empty while
    suspended. `basis`: what the date rests on, {calendar, hours, from, term, days, cite}. `warned_at` and
    `marked_at`: when the sweep warned before it and marked it after it.
    """

    subject = models.CharField(max_length=60)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_index=False, null=True, related_name="deadlines"
    )
    duty = models.CharField(max_length=120)
    holder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_index=False, null=True, related_name="+"
    )
    person = models.CharField(max_length=12, null=True)
    due = models.DateTimeField(null=True)
    basis = Json(default=dict)
    state = models.CharField(max_length=5, choices=DeadlineState.choices, default=DeadlineState.OPEN)
    met_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    marked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"
        constraints = (models.UniqueConstraint(fields=["subject", "duty"], name="deadline_once"),)
        indexes = (
            models.Index(fields=["due", "id"], name="deadline_open", condition=Q(state="open")),
            models.Index(fields=["case"], name="deadline_by_case"),
        )


class Duty(models.Model):
    """A clock bound to a person or organisation outside any case, started by an exit or step of one.

    `code`: the duty's id in the package. `fulfilled_by`: the case that fulfilled it, in time or late.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="duties")
    code = models.CharField(max_length=60)
    person = models.CharField(max_length=12, null=True, db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    fulfilled_by = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    fulfilled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"


class CalendarAct(models.Model):
    """An act that changed days off or make-up days, laid over the calendar before it, in the order of `no`.

    `rules`: the days, as `clock.DayRule` writes them. `before` and `after`: hashes of the calendar.
    `done_to`: open deadlines of the cases up to this id are recomputed; `finished_at`: of all of them.
    """

    no = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=300)
    rules = Json(default=list)
    before = models.CharField(max_length=64)
    after = models.CharField(max_length=64)
    person = models.CharField(max_length=12)
    applied_at = models.DateTimeField()
    done_to = models.PositiveBigIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"
