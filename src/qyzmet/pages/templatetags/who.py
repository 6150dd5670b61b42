"""Who is acting, for the frame of a page."""

from __future__ import annotations

from typing import Any

from django import template

from qyzmet.pages import acting

register = template.Library()


@register.simple_tag(takes_context=True)
def acting_as(context: dict[str, Any]) -> Any:
    """`{% acting_as as actor %}`: the role chosen, or None; where an error page has no session, None."""
    request = context.get("request")
    return acting.current(request) if request is not None and hasattr(request, "user") else None


@register.simple_tag(takes_context=True)
def role_count(context: dict[str, Any]) -> int:
    """How many roles the account has."""
    request = context.get("request")
    return len(acting.roles(request)) if request is not None and hasattr(request, "user") else 0
