"""Where an official begins: at the page of a post that does other things than tasks, else at the tasks."""

from __future__ import annotations

from qyzmet.cases.allow import ADMINISTRATOR, SYSTEM_OPERATOR
from qyzmet.cases.hall.consulting import CONTACT_CENTRE
from qyzmet.cases.models import Token
from qyzmet.cases.watching import AUDITOR_POST, watches
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body

__all__ = ["administers", "instead_of_tasks"]


def instead_of_tasks(actor: Actor) -> str:
    """The page that stands in place of my tasks; empty for a post that has them."""
    if watches(actor):
        return "/office/audit/" if actor.post == AUDITOR_POST else "/office/supervision/"
    if actor.post == CONTACT_CENTRE:
        return "/office/contact/"
    return "/office/admin/" if administers(actor) and not _has_tasks(actor) else ""


def administers(actor: Actor) -> bool:
    """Whether this is the administrator of the platform, with the body that runs it."""
    return actor.post == ADMINISTRATOR and body(actor.organisation or 0).kind == SYSTEM_OPERATOR


def _has_tasks(actor: Actor) -> bool:
    return Token.objects.filter(closed_at=None, organisation=actor.organisation, post=actor.post).exists()
