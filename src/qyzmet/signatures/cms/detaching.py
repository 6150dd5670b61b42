"""A signed message without its content: as good a proof, and small enough to keep."""

from __future__ import annotations

from qyzmet.signatures.ber import parts_of, put
from qyzmet.signatures.cms.reading import SignedMessage


def without_content(message: SignedMessage) -> bytes:
    """The same message, detached; every other byte stays."""
    if message.content is None:
        return message.der
    kind, wrapped = parts_of(message.der)
    fields = parts_of(parts_of(wrapped)[0])
    fields[2] = put(0x30, parts_of(fields[2])[0])
    return put(0x30, kind, put(0xA0, put(0x30, *fields)))
