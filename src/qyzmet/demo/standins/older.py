"""The older messages of NCALayer: module `kz.gov.pki.knca.commonUtils`."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import datetime
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
from qyzmet.demo.standins.wanted import said_yes, wanted_by_old
from qyzmet.signatures import SigningKey

__all__ = ["answer"]

LOCALES = {"kk", "ru", "en"}
ALGORITHMS = {"gost": "ECGOST3410-2015", "rsa": "RSA"}


def answer(table: Table, method: str, args: Any, gone: Gone) -> Answer:
    """The answer to one message of this module."""
    if method not in METHODS:
        return _failed(f"there is no method {method[:80]!r}")
    given = args if isinstance(args, list) else []
    return answered(
        lambda: _done(METHODS[method](table, given, gone)),
        _failed("action.canceled"),
        lambda problem: _failed(problem.message),
    )


def _active_tokens(table: Table, args: list[Any], gone: Gone) -> list[str]:
    """No token is plugged in: whoever asks then takes a key file."""
    return []


def _key_info(table: Table, args: list[Any], gone: Gone) -> dict[str, str]:
    key, _ = chosen(table, Asked("getKeyInfo", "key", (), wanted_by_old(args[0])), gone)
    return _described(key)


def _cades(table: Table, args: list[Any], gone: Gone) -> str:
    return _cms(table, "createCAdESFromBase64", args, gone, stamp=False)


def _cms_with_stamp(table: Table, args: list[Any], gone: Gone) -> str:
    return _cms(table, "createCMSSignatureFromBase64", args, gone, stamp=True)


def _cms(table: Table, method: str, args: list[Any], gone: Gone, *, stamp: bool) -> str:
    storage, key_type, data = args[:3]
    content = from_base64(str(data))
    key, wish = chosen(table, Asked(method, "cms", (content,), wanted_by_old(storage, key_type)), gone)
    if wish.deed == "no-signature":
        return as_base64(NO_SIGNATURE)
    now, attached = table.clock(), len(args) > 3 and said_yes(args[3])
    message = signing.cms(to_sign(content, wish), key, now, attached=attached)
    return as_base64(signing.stamped(message, key, table.services, now) if stamp else message)


def _cades_of_hash(table: Table, args: list[Any], gone: Gone) -> str:
    storage, key_type, data = args[:3]
    value = from_base64(str(data))
    asked = Asked("createCAdESFromBase64Hash", "cms", (value,), wanted_by_old(storage, key_type))
    key, wish = chosen(table, asked, gone)
    return as_base64(signing.cms_of_digest(to_sign(value, wish), key, table.clock()))


def _xml(table: Table, args: list[Any], gone: Gone) -> str:
    return _xmls(table, [args[0], args[1], [args[2]], *args[3:]], gone, "signXml")[0]


def _xmls(table: Table, args: list[Any], gone: Gone, method: str = "signXmls") -> list[str]:
    storage, key_type, documents = args[:3]
    if any(args[3:]):
        raise Failed("500", "the stand-in signs whole documents only")
    contents = tuple(str(each).encode() for each in documents)
    key, wish = chosen(table, Asked(method, "xml", contents, wanted_by_old(storage, key_type)), gone)
    return [signed_xml(each, key, wish) for each in contents]


def _locale(table: Table, args: list[Any], gone: Gone) -> str:
    if args[0] not in LOCALES:
        raise ValueError(f"there is no locale {str(args[0])[:20]!r}")
    return str(args[0])


METHODS: dict[str, Callable[[Table, list[Any], Gone], Any]] = {
    "getActiveTokens": _active_tokens,
    "getKeyInfo": _key_info,
    "createCAdESFromBase64": _cades,
    "createCMSSignatureFromBase64": _cms_with_stamp,
    "createCAdESFromBase64Hash": _cades_of_hash,
    "signXml": _xml,
    "signXmls": _xmls,
    "changeLocale": _locale,
}


def _described(key: SigningKey) -> dict[str, str]:
    certificate = key.certificate
    mark = hashlib.sha1(certificate.der, usedforsecurity=False).hexdigest()
    pem = base64.encodebytes(certificate.der).decode()
    return {
        "alias": mark,
        "keyId": mark,
        "algorithm": ALGORITHMS["gost" if key.key.scheme.family == "gost" else "rsa"],
        "subjectCn": certificate.subject.name,
        "subjectDn": _name_of(certificate.subject_name),
        "issuerCn": certificate.issuer_text,
        "issuerDn": _name_of(certificate.issuer),
        "serialNumber": certificate.serial_text,
        "certNotBefore": _milliseconds(certificate.not_before),
        "certNotAfter": _milliseconds(certificate.not_after),
        "authorityKeyIdentifier": (certificate.issuer_key_id or b"").hex(),
        "pem": f"-----BEGIN CERTIFICATE-----\n{pem}-----END CERTIFICATE-----\n",
    }


def _name_of(name: bytes) -> str:
    from asn1crypto import x509

    labels = {
        "common_name": "CN", "surname": "SURNAME", "serial_number": "SERIALNUMBER", "country_name": "C",
        "organization_name": "O", "organizational_unit_name": "OU", "given_name": "GIVENNAME",
    }  # fmt: skip
    parts = [
        f"{labels.get(pair['type'].native, pair['type'].native)}={pair['value'].native}"
        for rdn in x509.Name.load(name).chosen
        for pair in rdn
    ]
    return ",".join(parts)


def _milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))


def _done(answer: Any) -> str:
    return json.dumps({"code": "200", "responseObject": answer}, ensure_ascii=False)


def _failed(message: str) -> str:
    return json.dumps({"code": "500", "message": message}, ensure_ascii=False)
