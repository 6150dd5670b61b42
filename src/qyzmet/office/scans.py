"""Scans taken at the window, kept while the page is still being filled in.

A scan is stored when it arrives; the page carries a signed note of it, so that a form that comes back with a
fault does not ask for it again, and nobody can name a file that is not theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest

from qyzmet.people.actor import Actor
from qyzmet.portal.patience import Patience
from qyzmet.portal.uploads import UploadRefused, check_count, keep

__all__ = ["Scans"]

KEPT_FOR = 12 * 3600


class Scans:
    """The scans by slot: a document's id, or `f.<field>`. `fresh`: slots that have just got one."""

    def __init__(self, actor: Actor) -> None:
        self._salt = f"intake:{actor.account}"
        self._files: dict[str, list[dict[str, Any]]] = {}
        self.fresh: set[str] = set()
        self.faults: dict[str, str] = {}

    @classmethod
    def kept(cls, actor: Actor, notes: Iterable[str]) -> Scans:
        """Those a page carried on."""
        scans = cls(actor)
        for note in notes:
            scans._recall(note)
        return scans

    @classmethod
    def from_page(cls, request: HttpRequest, actor: Actor, slots: Iterable[str], now: datetime) -> Scans:
        """Those the page carried, and those just attached."""
        scans = cls.kept(actor, request.POST.getlist("scan"))
        patience = Patience()
        for slot in slots:
            for file in request.FILES.getlist(slot if slot.startswith("f.") else f"file.{slot}"):
                try:
                    check_count(scans._files.setdefault(slot, []))
                    scans._files[slot].append(keep(file, patience, now=now))
                    scans.fresh.add(slot)
                except UploadRefused as refusal:
                    scans.faults[slot] = str(refusal)
        return scans

    def of(self, slot: str) -> list[dict[str, Any]]:
        """The scans of a slot: [{name, size, sha256}]."""
        return self._files.get(slot, [])

    @property
    def notes(self) -> list[str]:
        """What the page carries on."""
        return [
            signing.dumps([slot, each], salt=self._salt)
            for slot, files in self._files.items()
            for each in files
        ]

    def _recall(self, note: str) -> None:
        try:
            slot, file = signing.loads(note, salt=self._salt, max_age=KEPT_FOR)
        except signing.BadSignature:
            return
        self._files.setdefault(slot, []).append(file)
