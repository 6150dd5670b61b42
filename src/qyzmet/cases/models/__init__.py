"""The tables of the case room, one module per subject. Nothing here changes by itself: acts change it."""

from qyzmet.cases.models.access import Capacity, CaseAccess
from qyzmet.cases.models.administration import HoursAct, Maintenance, Proposal
from qyzmet.cases.models.case import Case, CaseState, Filing
from qyzmet.cases.models.conflict import Conflict
from qyzmet.cases.models.edition import Edition, Revision
from qyzmet.cases.models.journal import Entry, Payload, Seal, Stream
from qyzmet.cases.models.keys import IdempotencyKey, NumberSeries, RefusedFiling
from qyzmet.cases.models.queue import HandedOver, HomeVisit, Purpose, Ticket, TicketState, VisitState, Window
from qyzmet.cases.models.search import CaseWord
from qyzmet.cases.models.sideways import Batch, BatchItem, Blob, Breaker, Outbox
from qyzmet.cases.models.signature import SignatureRecord
from qyzmet.cases.models.time import CalendarAct, Deadline, DeadlineState, Duty
from qyzmet.cases.models.token import Finding, Suspension, Token, Vote

__all__ = [
    "Batch",
    "BatchItem",
    "Blob",
    "Breaker",
    "CalendarAct",
    "Capacity",
    "Case",
    "CaseAccess",
    "CaseState",
    "CaseWord",
    "Conflict",
    "Deadline",
    "DeadlineState",
    "Duty",
    "Edition",
    "Entry",
    "Filing",
    "Finding",
    "HandedOver",
    "HomeVisit",
    "HoursAct",
    "IdempotencyKey",
    "Maintenance",
    "NumberSeries",
    "Outbox",
    "Payload",
    "Proposal",
    "Purpose",
    "RefusedFiling",
    "Revision",
    "Seal",
    "SignatureRecord",
    "Stream",
    "Suspension",
    "Ticket",
    "TicketState",
    "Token",
    "VisitState",
    "Vote",
    "Window",
]
