"""The stand-alone verifier: its parts here, glued into one Python file for every exported case.

    source = assemble()  # verify.py: the standard library, and the room of signatures beside it

The parts import nothing of the product but one another, and `qyzmet.signatures` only where a signature is
checked. The exporter uses `zipped` and `seals` as they are, so that what is written and what is verified
cannot drift apart.
"""

from __future__ import annotations

from qyzmet.documents.verifier.assembly import assemble, room_files

__all__ = ["assemble", "room_files"]
