"""A receipt for a result in words: of which case, who receives it and by which papers, and what is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.words.lookup import by_ref
from qyzmet.pages.signing.decided import paper
from qyzmet.pages.signing.told import Fact, Part, Told, when
from qyzmet.pages.words import current_language, say

__all__ = ["handed"]


def handed(said: Mapping[str, Any]) -> Told | None:
    """The signed bytes of a receipt; None for a case there is not."""
    case = by_ref(str(said["case"]))
    if case is None:
        return None
    law = law_of(case.edition_id)
    papers = tuple(paper(law, key, each) for key, each in said["documents"].items())
    parts = (Part(say("signing-handing.papers"), papers),) if papers else ()
    return Told(say("signing-handing.title"), tuple(_facts(law, said)), parts)


def _facts(law: Law, said: Mapping[str, Any]) -> Iterator[Fact]:
    receiver, official = said["receiver"], said["official"]
    name = law.package.name.in_language(current_language())
    yield Fact(say("signing.case"), str(said["number"] or said["case"]), name)
    yield Fact(say("signing-handing.receiver"), str(receiver["name"]), str(receiver["number"]))
    if receiver["as"] == "representative":
        yield Fact(say("signing-handing.authority"), str(receiver["authority"]))
    yield Fact(say("signing-handing.identified-by"), str(receiver["identified_by"]))
    yield Fact(say("signing-handing.official"), str(official["name"]))
    yield from when(said)
