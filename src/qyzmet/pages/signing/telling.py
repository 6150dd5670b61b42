"""What one signs, in words: made from the signed bytes themselves, so that what is read is what is signed.

told = tell(content)   # .title, .facts, .parts, .files; None where the bytes are of no kind known here
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from qyzmet.cases.laws import Law, law_named
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed.prepared import read_prepared
from qyzmet.pages.dimensions import dimension_name
from qyzmet.pages.forms import Shown, shown
from qyzmet.pages.signing.account import account
from qyzmet.pages.signing.decided import correction, decision
from qyzmet.pages.signing.handed import handed
from qyzmet.pages.signing.told import Fact, File, Line, Part, Told, edition, when
from qyzmet.pages.words import current_language, say
from qyzmet.people.models import Account, Organisation
from qyzmet.regulation.printing.phrases import channel_name

__all__ = ["tell"]


def tell(content: bytes) -> Told | None:
    """The item in the language of the page."""
    try:
        said = read_prepared(content)
    except ActRefused:
        return None
    return TOLD.get(str(said.get("kind")), _application)(said)


def _application(said: Mapping[str, Any]) -> Told | None:
    law = law_named(str(said["edition"]))
    if law is None:
        return None
    files = tuple(
        File(place, str(each["name"]), int(each["size"]), str(each["sha256"]))
        for place, each in enumerate(said["attachments"])
    )
    return Told(
        law.package.name.in_language(current_language()),
        tuple(_about(law, said)),
        (*_answers(law, said["form"]), *_attached(law, said, files)),
        files,
    )


def _about(law: Law, said: Mapping[str, Any]) -> Iterator[Fact]:
    language: Any = current_language()
    package = law.package
    yield edition(law, said)
    yield Fact(say("signing.applicant"), *_named(said["applicant"]))
    if said.get("on_behalf_of"):
        yield Fact(say("signing.on-behalf-of"), *_named(said["on_behalf_of"]))
    for dimension, option in said["variant"].items():
        options = package.variants.get(dimension, {})
        if option in options:
            yield Fact(
                dimension_name(dimension) or say("signing.variant"),
                options[option].name.in_language(language),
            )
    yield Fact(say("signing.channel"), channel_name(package, said["channel"], language))
    for role, code in said["organisations"].items():
        where = Organisation.objects.filter(code=code).first()
        if where is not None and role in package.organisations:
            yield Fact(package.organisations[role].name.in_language(language), where.name(language))
    yield from when(said)


def _named(number: str) -> tuple[str, str]:
    """Whoever has this number, by name where it is known."""
    account = Account.objects.filter(number=number).first()
    return (account.full_name, number) if account else (number, "")


def _answers(law: Law, form: Mapping[str, Any]) -> Iterator[Part]:
    language = current_language()
    for section in law.package.form.values():
        lines = tuple(
            Line(asked.name.in_language(language), shown(asked, form[name]))
            for name, asked in section.fields.items()
            if name in form
        )
        if lines:
            yield Part(section.name.in_language(language), lines)


def _attached(law: Law, said: Mapping[str, Any], files: tuple[File, ...]) -> Iterator[Part]:
    language = current_language()
    by_field: dict[str, list[File]] = {}
    for each, file in zip(said["attachments"], files, strict=True):
        by_field.setdefault(str(each["field"]), []).append(file)
    lines = []
    for key, found in by_field.items():
        document = law.package.documents.get(key.removeprefix("documents."))
        name = document.name.in_language(language) if document else key
        lines.append(Line(name, Shown(), tuple(found)))
    if lines:
        yield Part(say("signing.attachments"), tuple(lines))


TOLD: Mapping[str, Callable[[Mapping[str, Any]], Told | None]] = {
    "account": account,
    "decision": decision,
    "correction": correction,
    "handing": handed,
}
"""By the `kind` the bytes say; an application says none."""
