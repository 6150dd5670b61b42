"""What posts are called, from the packages that name them."""

from __future__ import annotations

from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Edition

__all__ = ["post_name"]


def post_name(post: str, service: str = "") -> dict[str, str]:
    """A post's name in three languages by the first published package that has it; its id where none does."""
    rows = Edition.objects.order_by("service", "-ordinal")
    if service:
        rows = rows.filter(service=service)
    for edition in rows.values_list("id", flat=True):
        found = law_of(edition).package.posts.get(post)
        if found is not None:
            return found.name.model_dump(exclude={"reviewed"})
    return dict.fromkeys(("kk", "ru", "en"), post)
