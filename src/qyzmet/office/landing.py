"""Where an official begins: at the page of a post that does other things than tasks, else at the tasks."""

from __future__ import annotations

from qyzmet.cases.watching import AUDITOR_POST, CONTACT_CENTRE, administers, watches
from qyzmet.people.actor import Actor

__all__ = ["instead_of_tasks"]


def instead_of_tasks(actor: Actor) -> str:
    """The page that stands in place of my tasks; empty for a post that has them."""
    if watches(actor):
        return "/office/audit/" if actor.post == AUDITOR_POST else "/office/supervision/"
    if actor.post == CONTACT_CENTRE:
        return "/office/contact/"
    return "/office/admin/" if administers(actor) else ""
