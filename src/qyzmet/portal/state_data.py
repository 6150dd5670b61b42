"""What will be taken from state databases for a draft, and whether its writer has consented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qyzmet.cases.filing.consents import is_of_data
from qyzmet.gateway.statedata.asking import applying
from qyzmet.gateway.statedata.port import connected
from qyzmet.pages.words import current_language, say
from qyzmet.regulation.model.fetching import APPLICANT
from qyzmet.regulation.state_databases import Wanted, load_databases, wanted

if TYPE_CHECKING:
    from qyzmet.portal.drafting import Drafted

__all__ = ["Will", "WillFetch", "will_fetch"]


@dataclass(frozen=True, slots=True)
class Will:
    """One paper or answer that is fetched, of which database, and about whom."""

    name: str
    database: str
    owner: str
    about: str
    cite: str


@dataclass(frozen=True, slots=True)
class WillFetch:
    """`consent`: the words that are agreed to; `where`: the page they stand on; `given`: they were."""

    rows: tuple[Will, ...]
    consent: str
    where: str
    given: bool


def will_fetch(found: Drafted) -> WillFetch | None:
    """None where nothing is fetched: by the law of the service, or because nobody here is connected."""
    package = found.law.package
    if not connected():
        return None
    asked = wanted(package, found.draft.form, found.actor.party, applying(package, found.facts))
    if not asked:
        return None
    language = current_language()
    for section in found.sections:
        for key, field in package.form[section].fields.items():
            if field.type == "consent" and is_of_data(key, field):
                where = f"/drafts/{found.draft.ref}/part/{section}"
                given = bool(found.draft.form.get(key))
                return WillFetch(_rows(found, asked), field.name.in_language(language), where, given)
    return None


def _rows(found: Drafted, asked: list[Wanted]) -> tuple[Will, ...]:
    language, known = current_language(), load_databases()
    return tuple(
        Will(
            each.name.in_language(language), known[each.database].name.in_language(language),
            known[each.database].owner.in_language(language), _about(found, each), each.cite,
        )
        for each in asked
    )  # fmt: skip


def _about(found: Drafted, each: Wanted) -> str:
    return f"{say('state-data.about-applicant')} · {each.about}" if each.role == APPLICANT else each.about
