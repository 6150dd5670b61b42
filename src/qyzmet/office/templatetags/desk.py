"""The desk in the frame of a page that another room draws for an official."""

from __future__ import annotations

from typing import Any

from django import template

from qyzmet.office.desk import desk_of

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_here(context: dict[str, Any]) -> dict[str, Any]:
    """`{% desk_here as desk %}`: what `office/base.html` shows of the post acting on this page."""
    return desk_of(context["request"].actor)
