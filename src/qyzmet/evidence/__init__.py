"""Evidence: signatures judged with fresh answers about their certificates, and asked of people.

    verdict = judge(signature, content, [Expected(iin="811201401188")], now=now)
    verdict.outcome  # 'valid', 'invalid', 'pending': a source of revocation was silent, it is asked again

    row = ask(actor, "filing", draft.ref, [Item("application", name, content)], expected=expected, now=now)
    row = find(actor, token, now)  # only the one who was asked; None otherwise, and after an hour
    signed = judge_all(row, {"application": signature}, now=now)  # or NotSigned, naming the failing check
    with once(row, now):  # two submissions at once: the second gets NotSigned 'request'
        acts.submit(...)  # closes the request when this succeeds

    system_key(), system_chain(), stamp(imprint)  # the System's own seal, and time stamps (RFC 3161)
    recheck_record(row, at)  # a kept verdict judged again from its own evidence, offline

Everything that may reach the network happens here, before or after an act, never inside one. Names are
loaded when first used, because models may not be touched before Django is ready.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qyzmet.evidence.asking import (
        ask,
        asked_as,
        asked_of,
        close,
        content_of,
        find,
        find_by_phone,
        once,
        receive,
        received_of,
        spend,
        stands,
        take,
        taken_by_its_act,
    )
    from qyzmet.evidence.judging import judge
    from qyzmet.evidence.models import SigningRequest
    from qyzmet.evidence.rechecking import recheck_record
    from qyzmet.evidence.refusals import NotSigned
    from qyzmet.evidence.shapes import Item, Shown, Words
    from qyzmet.evidence.stamping import stamp
    from qyzmet.evidence.submitting import judge_all
    from qyzmet.evidence.system import NoSealKey, system_chain, system_key
    from qyzmet.evidence.trusting import rules, trust

__all__ = [
    "Item",
    "NoSealKey",
    "NotSigned",
    "Shown",
    "SigningRequest",
    "Words",
    "ask",
    "asked_as",
    "asked_of",
    "close",
    "content_of",
    "find",
    "find_by_phone",
    "judge",
    "judge_all",
    "once",
    "receive",
    "received_of",
    "recheck_record",
    "rules",
    "spend",
    "stamp",
    "stands",
    "system_chain",
    "system_key",
    "take",
    "taken_by_its_act",
    "trust",
]

_HOMES = {
    "asking": (
        "ask",
        "asked_as",
        "asked_of",
        "close",
        "content_of",
        "find",
        "find_by_phone",
        "once",
        "receive",
        "received_of",
        "spend",
        "stands",
        "take",
        "taken_by_its_act",
    ),
    "judging": ("judge",),
    "models": ("SigningRequest",),
    "rechecking": ("recheck_record",),
    "refusals": ("NotSigned",),
    "shapes": ("Item", "Shown", "Words"),
    "stamping": ("stamp",),
    "submitting": ("judge_all",),
    "system": ("NoSealKey", "system_chain", "system_key"),
    "trusting": ("rules", "trust"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """A public name from the file it lives in."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
