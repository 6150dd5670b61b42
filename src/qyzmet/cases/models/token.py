"""Open and finished steps of a case, votes on them, findings of checks, and suspensions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qyzmet.cases.models.case import Case
from qyzmet.people.fields import Json
from qyzmet.people.models import Account, Organisation, PostHolding

__all__ = ["Finding", "Suspension", "Token", "Vote"]

OPEN = Q(closed_at__isnull=True)
TAKEN = OPEN & Q(assignee__isnull=False)
WAITING = OPEN & ~Q(kind__in=["task", "collegial", "batch"])


class Token(models.Model):
    """One step of one case, open until `closed_at`. `no` is the engine's token id; with the case it is the
    key.

    `post`: the package's post id, empty for a step no official does. `queue_at` orders work: the due moment,
    or the end of time where no limit is set. `outcome` is empty for a step that was cancelled (`cancelled`).
    `heading` and `ground` are the engine's: where the token is heading.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="tokens")
    no = models.PositiveIntegerField()
    step = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    service = models.CharField(max_length=60)
    role = models.CharField(max_length=60, null=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_index=False, null=True, related_name="+"
    )
    post = models.CharField(max_length=60, blank=True)
    assignee = models.ForeignKey(
        Account, on_delete=models.PROTECT, db_index=False, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    queue_at = models.DateTimeField()
    suspended = models.BooleanField(default=False)
    runs_on = models.BooleanField(default=False)
    parent = models.PositiveIntegerField(null=True)
    back = models.CharField(max_length=120, null=True)
    heading = models.CharField(max_length=60, null=True)
    ground = models.CharField(max_length=60, null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=12, blank=True)
    cancelled = models.BooleanField(default=False)
    outcome = models.CharField(max_length=60, blank=True)
    output = Json(default=dict)
    grounds = Json(default=list)

    class Meta:
        app_label = "cases"
        constraints = (models.UniqueConstraint(fields=["case", "no"], name="token_once"),)
        indexes = (
            # Work of a post: a page by keyset and the counters by one grouped query, both from the index
            # alone.
            models.Index(
                fields=["organisation", "post", "queue_at", "id", "suspended", "assignee", "service"],
                name="token_work",
                condition=OPEN,
            ),
            models.Index(fields=["assignee", "queue_at", "id"], name="token_mine", condition=TAKEN),
            models.Index(fields=["kind", "due", "id"], name="token_waiting", condition=WAITING),
        )  # fmt: skip


class Vote(models.Model):
    """A member's vote for an outcome, or a recusal with its reason; one per member, one per seat.

    `seat`: the post's holding the vote was cast in, the same for a member and who stands in for them.
    """

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="votes")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(
        PostHolding, on_delete=models.PROTECT, db_index=False, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=60, blank=True)
    recused = models.BooleanField(default=False)
    chair = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        constraints = (
            models.UniqueConstraint(fields=["token", "account"], name="vote_once"),
            models.UniqueConstraint(fields=["token", "seat"], name="seat_once"),
        )


class Finding(models.Model):
    """What an automatic check or effect said, item by item, kept with the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    no = models.PositiveIntegerField()
    step = models.CharField(max_length=120)
    function = models.CharField(max_length=120)
    outcome = models.CharField(max_length=60)
    items = Json(default=list)
    at = models.DateTimeField()

    class Meta:
        app_label = "cases"


class Suspension(models.Model):
    """An interval during which the case stands still. `effective_at`: occurred; `entered_at`: recorded."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="intervals")
    ground = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    effective_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    class Meta:
        app_label = "cases"
        indexes = (models.Index(fields=["case", "effective_at"], name="suspension_by_case"),)
