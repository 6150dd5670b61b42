"""A copy of everything kept about a person: a page to read, JSON for programs, and the files themselves.

out = copy_of(actor, now=now)  # an open ZIP: index.html, my-data.json, files/<case>/…
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django.template.loader import render_to_string

from qyzmet.cases import blobs
from qyzmet.cases.filing.consents import consents
from qyzmet.cases.laws import law_of
from qyzmet.cases.queries import CasePage, case_page, timeline, visible_cases
from qyzmet.cases.queries.readings import readings
from qyzmet.documents.models import Document
from qyzmet.gateway.cabinet import letters
from qyzmet.gateway.models import Notice
from qyzmet.gateway.statedata.showing import fetched
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.people.models import Account, Authority, SignIn
from qyzmet.portal.filed import filed_parts
from qyzmet.portal.models import Draft
from qyzmet.portal.posts import post_name

__all__ = ["copy_of"]

ACCOUNT = (
    "number", "kind", "surname", "given_name", "patronymic", "company_name", "language", "email", "phone",
    "confirmed_by", "confirmed_at", "created_at", "last_login",
)  # fmt: skip
LETTER = (
    "subject", "letter", "language", "occurred_at", "made_at", "email", "sent_at", "read_at",
)  # fmt: skip
DRAFT = ("ref", "service", "party", "variant", "form", "documents", "created_at", "updated_at")
CHUNK = 1 << 20


def copy_of(actor: Actor, *, now: datetime) -> BinaryIO:
    """Write the ZIP to a file of its own; the caller closes it."""
    pages = [case_page(actor, case.ref) for case in visible_cases(actor, capacities=["party"])]
    said = _data(actor, pages, now)
    out = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - the answer closes it when it is sent
    try:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            said["not_included"] = [name for page in pages for name in _files(archive, page)]
            archive.writestr("my-data.json", json.dumps(said, ensure_ascii=False, indent=2, default=str))
            archive.writestr("index.html", _page(actor, pages, said, now))
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


def _data(actor: Actor, pages: list[CasePage], now: datetime) -> dict[str, Any]:
    account = Account.objects.filter(number=actor.person).first()
    drafts = Draft.objects.filter(owner_id=actor.account, party=actor.party, filed="").order_by("id")
    return {
        "made_at": now,
        "about": {"number": actor.party, "name": actor.party_name},
        "account": _fields(account, ACCOUNT) if account else {},
        "sign_ins": list(SignIn.objects.filter(account=account).values("since", "place", "agent")),
        "authorities": list(
            Authority.objects.filter(account=account).values(
                "principal", "principal_name", "basis", "document", "since", "until"
            )
        ),
        "cases": [_case(actor, page) for page in pages],
        "letters": [
            {"case": notice.case.number or notice.case.ref, **_fields(notice, LETTER)}
            for notice in letters(actor)
            if notice.case is not None
        ],
        "drafts": [_fields(draft, DRAFT) for draft in drafts],
    }


def _case(actor: Actor, page: CasePage) -> dict[str, Any]:
    case, language = page.case, current_language()
    happened = [{"code": h.code, "at": h.occurred_at, **h.data} for h in timeline(actor, case.ref)]
    given = consents(case, page.law, page.shown.get("form") or {})
    return {
        "service_name": page.law.package.name.in_language(language),
        **page.shown,
        "consents": [each._asdict() for each in given],
        "state_databases": [asdict(each) for each in fetched(actor, page)],
        "documents_issued": [
            {"name": d.name, "number": d.number, "code": d.code, "issued_at": d.issued_at, "state": d.state}
            for d in _issued(page)
        ],
        "happened": happened,
        "deadlines": [{"duty": d.duty, "due": d.due, "state": d.state} for d in page.deadlines],
        "read_by": [_reading(page, at, where, post) for at, where, post in readings(case)],
    }


def _reading(page: CasePage, at: datetime, where: int, post: str) -> dict[str, Any]:
    found, language = body(where), current_language()
    name = post_name(post, page.case.service, found.kind)[language]
    return {"at": at, "organisation": found.names[language], "post": name}


def _issued(page: CasePage) -> list[Document]:
    """Without the minutes, which say how each member voted."""
    found = Document.objects.filter(case=page.case).exclude(issued__in=page.law.minutes)
    return list(found.order_by("id"))


def _files(archive: zipfile.ZipFile, page: CasePage) -> Iterator[str]:
    """Put every file of a case into the archive; what is no longer there is named."""
    for digest, name in _named(page):
        try:
            with blobs.opened(digest) as file, archive.open(name, "w") as target:
                while chunk := file.read(CHUNK):
                    target.write(chunk)
        except (blobs.BlobMissing, blobs.BlobErased, blobs.BlobDamaged):
            yield name


def _named(page: CasePage) -> Iterator[tuple[str, str]]:
    folder = f"files/{page.case.ref}"
    for document, files in (page.shown.get("documents") or {}).items():
        for no, file in enumerate(files, 1):
            ending = PurePath(str(file["name"])).suffix[:8]
            plain = ending if ending[1:].isascii() and ending[1:].isalnum() else ""
            yield file["sha256"], f"{folder}/{document}-{no}{plain}"
    for issued in _issued(page):
        yield issued.digest, f"{folder}/{issued.code}.pdf"


def _page(actor: Actor, pages: list[CasePage], said: dict[str, Any], now: datetime) -> str:
    shown = [
        {
            "page": page,
            "name": page.law.package.name,
            "parts": filed_parts(page),
            "files": [name for _, name in _named(page) if name not in said["not_included"]],
            "read_by": data["read_by"],
        }
        for page, data in zip(pages, said["cases"], strict=True)
    ]
    drafts = [
        {"name": law_of(d.edition_id).package.name, "at": d.updated_at}
        for d in Draft.objects.filter(owner_id=actor.account, party=actor.party, filed="").order_by("id")
    ]
    context = {
        "said": said, "cases": shown, "letters": letters(actor), "drafts": drafts, "now": now,
        "language": current_language(),
    }  # fmt: skip
    return render_to_string("portal/my_copy.html", context)


def _fields(row: Account | Notice | Draft, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
