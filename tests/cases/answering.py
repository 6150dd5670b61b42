"""Answers for any form: every required field filled with something its type allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qyzmet.cases.laws import holds
from qyzmet.regulation.model import Field, Package

ANSWERS: dict[str, Any] = {
    "text": "Words", "long-text": "More words", "yes-no": False, "consent": True, "date": "2020-05-01",
    "moment": "2020-05-01T10:00:00+05:00", "iin": "680503250034", "bin": "971240001315",
    "iin-or-bin": "680503250034", "iban": "KZ24070105KSN0000000", "phone": "+7 701 123 45 67",
    "email": "a@example.kz", "address": "Almaty, Abai 1", "cadastral-number": "20-313-010-256",
    "person": {"surname": "Омаров"}, "file": {"name": "a.pdf", "size": 1, "sha256": "0" * 64},
}  # fmt: skip


def answer(asked: Field) -> Any:
    """Something a field of this type takes."""
    if asked.type in {"number", "money", "area"}:
        return str(asked.min if asked.min is not None else 1)
    if asked.type == "choice":
        return next(iter(asked.choices or {}))
    if asked.type == "choices":
        return [next(iter(asked.choices or {}))]
    if asked.type == "rows":
        return [filled(asked.of or {}, {}) for _ in range(int(asked.min or 1))]
    return ANSWERS[asked.type]


def filled(fields: Mapping[str, Field], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to the required fields that apply."""
    return {k: answer(f) for k, f in fields.items() if f.required and holds(f.only, facts)}


def filled_form(package: Package, **facts: Any) -> dict[str, Any]:
    """A form filled so that what depends on earlier answers is there too."""
    form: dict[str, Any] = {}
    known = {"recipient": "individual", **facts}
    for section in package.form.values():
        if not holds(section.only, known):
            continue
        for key, asked in section.fields.items():
            if asked.required and holds(asked.only, known):
                form[key] = answer(asked)
                known[f"form.{key}"] = form[key]
    return form


def documents(package: Package, **facts: Any) -> dict[str, Any]:
    """Every document the service may ask for."""
    file = {"name": "scan.pdf", "size": 1, "sha256": "0" * 64}
    return {key: [file] for key, d in package.documents.items() if holds(d.only, facts)}
