"""What posts are called, from the packages that name them."""

from __future__ import annotations

from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Edition
from qyzmet.pages.words import LANGUAGES, say
from qyzmet.regulation.model import Post

__all__ = ["PLATFORM", "post_name"]

PLATFORM = ("administrator", "supervisor", "auditor", "contact-centre")
"""Posts of the platform itself, which no package has; `administrator` is one with the system's operator."""


def post_name(post: str, service: str = "", kind: str = "") -> dict[str, str]:
    """A post's name in three languages; the platform's own, or its id, where no package has it.

    Several services may use one id: `kind` of the organisation it is held in says which of them are meant.
    """
    rows = Edition.objects.order_by("service", "-ordinal")
    if service:
        rows = rows.filter(service=service)
    named: list[Post] = []
    for edition in rows.values_list("id", flat=True):
        package = law_of(edition).package
        found = package.posts.get(post)
        if found is not None and package.organisations[found.org].kind == kind:
            return found.name.model_dump(exclude={"reviewed"})
        named += [found] if found is not None else []
    if post in PLATFORM and (kind or not named):
        return {language: say(f"posts.{post}", language) for language in LANGUAGES}
    return named[0].name.model_dump(exclude={"reviewed"}) if named else dict.fromkeys(LANGUAGES, post)
