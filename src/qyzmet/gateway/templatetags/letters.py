"""Letters, for the frame and the pages that list them."""

from __future__ import annotations

from django import template

from qyzmet.gateway import cabinet
from qyzmet.gateway.models import Notice
from qyzmet.people.actor import Actor

register = template.Library()


@register.simple_tag
def unread_letters(actor: Actor | None) -> int:
    """`{% unread_letters actor as count %}`: the letters nobody has opened yet."""
    return cabinet.unread(actor) if actor is not None else 0


@register.filter
def mail_state(notice: Notice) -> str:
    """`letters.mail-sent`, `letters.mail-waiting`, `letters.mail-cabinet`: the key of the words."""
    return f"mail-{cabinet.state_of(notice)}"
