"""What becomes of a signature: each purpose names what finishes it and the page it belongs to.

    @finisher("filing", back=address_of_the_draft)
    def file(request, row, signed): ...

A finisher is called when every signature is judged good, by one request at a time; one that does no more than
a single act may let that act take the request, `during=evidence.taken_by_its_act`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from qyzmet import evidence
from qyzmet.cases.signed import Signed
from qyzmet.evidence.models import SigningRequest

__all__ = ["Finish", "Purpose", "finisher", "purpose"]


Finish = Callable[[HttpRequest, SigningRequest, Mapping[str, Signed]], HttpResponse]
During = Callable[[SigningRequest, datetime], AbstractContextManager[None]]


def _named_in_params(row: SigningRequest) -> str:
    return str(row.params.get("back") or "/")


@dataclass(frozen=True)
class Purpose:
    """`back` is the page one comes from: to it lead going without signing, and a request that has ended.
    `during` keeps others from the request while it is finished."""

    name: str
    finish: Finish
    back: Callable[[SigningRequest], str]
    during: During


_PURPOSES: dict[str, Purpose] = {}


def finisher(
    name: str,
    *,
    back: Callable[[SigningRequest], str] = _named_in_params,
    during: During = evidence.once,
) -> Callable[[Finish], Finish]:
    """Register what follows a good signature of this purpose. Without `back`, `params["back"]` is it."""

    def register(finish: Finish) -> Finish:
        _PURPOSES[name] = Purpose(name, finish, back, during)
        return finish

    return register


def purpose(name: str) -> Purpose:
    """The purpose of this name. Raises LookupError where no room has registered it."""
    try:
        return _PURPOSES[name]
    except KeyError:
        raise LookupError(
            f"nothing finishes signatures for {name!r}; register it with pages.signing.finisher"
        ) from None
