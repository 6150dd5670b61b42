"""The newer messages of NCALayer: module `kz.gov.pki.knca.basics`, method `sign`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qyzmet.demo.standins import signing
from qyzmet.demo.standins.desk import Asked
from qyzmet.demo.standins.table import Table
from qyzmet.demo.standins.talking import (
    NO_SIGNATURE,
    Answer,
    Failed,
    Gone,
    answered,
    as_base64,
    chosen,
    from_base64,
    signed_xml,
    to_sign,
)
from qyzmet.demo.standins.wanted import mapping_in, said_yes, wanted_by_basics
from qyzmet.demo.standins.wishes import Wish
from qyzmet.signatures import SigningKey

__all__ = ["answer"]


@dataclass(frozen=True, slots=True)
class How:
    """`signingParams`, read. Words and booleans both occur."""

    form: str
    attached: bool
    digested: bool
    stamp: bool
    certificate: bool


def answer(table: Table, method: str, args: Any, gone: Gone) -> Answer:
    """The answer to one message of this module."""
    if method != "sign":
        return _failed(Failed("METHOD_NOT_FOUND", f"there is no method {method[:80]!r}"))
    return answered(lambda: _done({"result": _sign(table, args, gone)}), _done({}), _failed)


def _sign(table: Table, args: Any, gone: Gone) -> Any:
    if not isinstance(args, Mapping):
        raise TypeError("args is an object")
    form, given = args.get("format"), args.get("data")
    data = [given] if isinstance(given, str) else given
    if (
        form not in {"cms", "xml"}
        or not isinstance(data, list)
        or not all(isinstance(each, str) for each in data)
    ):
        raise ValueError("format is cms or xml, data a string or a list of strings")
    params = mapping_in(args, "signingParams")
    how = _how(form, params)
    contents = tuple(_content(each, form, params) for each in data)
    key, wish = chosen(table, Asked("sign", form, contents, wanted_by_basics(args)), gone)
    made = [_made(table, each, key, wish, how) for each in contents]
    if how.certificate:
        return {"signatures": made, "certificate": as_base64(key.certificate.der)}
    return made


def _how(form: str, params: Mapping[str, Any]) -> How:
    return How(
        form=form,
        attached=said_yes(params.get("encapsulate", True)),
        digested=said_yes(params.get("digested")),
        stamp=params.get("tsaProfile") is not None,
        certificate=said_yes(params.get("outputCert")),
    )


def _content(given: str, form: str, params: Mapping[str, Any]) -> bytes:
    """The bytes to sign: `decode` says whether base64 came, which is the rule for CMS."""
    if form == "xml" or not said_yes(params.get("decode", True)):
        return given.encode()
    return from_base64(given)


def _made(table: Table, content: bytes, key: SigningKey, wish: Wish, how: How) -> str:
    if wish.deed == "no-signature":
        return as_base64(NO_SIGNATURE)
    if how.form == "xml":
        return signed_xml(content, key, wish)
    now = table.clock()
    shown = to_sign(content, wish)
    if how.digested:
        message = signing.cms_of_digest(shown, key, now)
    else:
        message = signing.cms(shown, key, now, attached=how.attached)
    return as_base64(signing.stamped(message, key, table.services, now) if how.stamp else message)


def _done(body: Mapping[str, Any]) -> str:
    return json.dumps({"status": True, "body": body})


def _failed(problem: Failed) -> str:
    return json.dumps(
        {"status": False, "code": problem.code, "message": problem.message, "details": ""}, ensure_ascii=False
    )
