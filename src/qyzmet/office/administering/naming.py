"""Kinds of bodies, posts and services by the names the published packages give them."""

from __future__ import annotations

from collections.abc import Iterator

from qyzmet.cases.allow import ADMINISTRATOR, SYSTEM_OPERATOR
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Edition
from qyzmet.office.administering.fields import everywhere
from qyzmet.pages.words import LANGUAGES, current_language, say
from qyzmet.people.models import Organisation
from qyzmet.portal.posts import PLATFORM, post_name
from qyzmet.regulation.model import Package

__all__ = ["kind_name", "kinds", "package_names", "post_title", "posts_of", "service_names"]

ANYWHERE = tuple(post for post in PLATFORM if post != ADMINISTRATOR)
"""Posts of the platform that any body may have; `administrator` belongs to the system's operator."""


def kinds() -> dict[str, dict[str, str]]:
    """Kind → its name: the role a package gives it, or the kind itself."""
    found: dict[str, dict[str, str]] = {}
    for package in _packages():
        for role in package.organisations.values():
            found.setdefault(role.kind, role.name.model_dump(include=set(LANGUAGES)))
    for kind in Organisation.objects.values_list("kind", flat=True).distinct():
        found.setdefault(kind, everywhere(kind))
    return dict(sorted(found.items()))


def kind_name(kind: str) -> str:
    """A kind in the language of the page."""
    return kinds().get(kind, everywhere(kind))[current_language()]


def posts_of(kind: str) -> dict[str, dict[str, str]]:
    """The posts a body of this kind may have: those of the services, of general law, of the platform."""
    found: dict[str, dict[str, str]] = {}
    for package in _packages():
        for key, post in package.posts.items():
            if package.attach is not None or package.organisations[post.org].kind == kind:
                found.setdefault(key, post.name.model_dump(include=set(LANGUAGES)))
    if kind == SYSTEM_OPERATOR:
        found[ADMINISTRATOR] = _platform(ADMINISTRATOR)
    return found | {post: _platform(post) for post in ANYWHERE}


def post_title(post: str, kind: str) -> str:
    """A post of a body of this kind, in the language of the page."""
    return (posts_of(kind).get(post) or post_name(post, "", kind))[current_language()]


def package_names() -> dict[str, dict[str, str]]:
    """Service → its name, complaint and hearing among them."""
    return {p.service: p.name.model_dump(include=set(LANGUAGES)) for p in _packages()}


def service_names() -> dict[str, dict[str, str]]:
    """Service one can apply for → its name."""
    return {p.service: p.name.model_dump(include=set(LANGUAGES)) for p in _packages() if p.attach is None}


def _platform(post: str) -> dict[str, str]:
    return {language: say(f"posts.{post}", language) for language in LANGUAGES}


def _packages() -> Iterator[Package]:
    """The newest revision of the latest edition of each service."""
    newest: dict[str, int] = {}
    for service, pk in Edition.objects.order_by("service", "ordinal").values_list("service", "id"):
        newest[service] = pk
    for pk in newest.values():
        yield law_of(pk).package
