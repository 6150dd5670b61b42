"""What may happen to a sealed PDF before the next seal: a further signature field, and nothing to be seen.

Anything else between two seals would show the earlier signer under words they never sealed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from qyzmet.signatures.pdf.file import PdfFile
from qyzmet.signatures.pdf.seals import fields_of
from qyzmet.signatures.pdf.values import Ref, Stream

# What the dictionary of a further, unseen field may say: one that is a page or a stream besides shows itself.
_OF_A_FIELD = frozenset(
    {
        *("FT", "T", "TU", "TM", "Ff", "V", "Lock", "SV", "DA"),
        *("Type", "Subtype", "Rect", "P", "F", "AP", "MK", "H", "BS", "Border", "NM", "M", "StructParent"),
    }
)


def only_sealed(before: PdfFile, after: PdfFile) -> bool:
    """Whether the later revision differs from the earlier one by seals and what proves them, no more.

    Raises SignatureError `pdf-broken` where either cannot be read.
    """
    if before.trailer.get("Root") != after.trailer.get("Root"):
        return False
    return _Comparison(before, after).holds()


class _Comparison:
    def __init__(self, before: PdfFile, after: PdfFile) -> None:
        self.before, self.after = before, after
        old = {_number(ref) for ref, _ in fields_of(before)}
        self.fields = {_number(ref) for ref, _ in fields_of(after)}
        self.added = self.fields - old
        root = before.catalog
        self.form = _number(root.get("AcroForm"))
        self.referred = Counter(_referred(before))
        # Titles and dates of the file itself, which programs touch whenever they save: those alone, and not
        # what a page or anything else is made of as well.
        about = {_number(before.trailer.get("Info")), _number(root.get("Metadata"))} - {-1}
        self.about = {each for each in about if self.referred[Ref(each, 0)] == 1}
        self.lists = set(_lists_of(before)) - {-1}

    def holds(self) -> bool:
        """Every object that was there is the same or changed as sealing changes it; none is gone."""
        before, after = self.before, self.after
        # A number that was free is as good as one that was not there.
        fresh = {n for n, place in after.places.items() if place and before.places.get(n) is None}
        if any(each.generation or each.number in fresh for each in self.referred):
            return False
        if not all(self._unseen(number) for number in self.added):
            return False
        for number, place in before.places.items():
            if place is None or after.places.get(number) == place:
                continue
            if not self._allowed(number, before.get(Ref(number, 0)), after.get(Ref(number, 0))):
                return False
        return True

    def _unseen(self, number: int) -> bool:
        """A new field shows nothing on any page and does nothing."""
        said = self.after.get(Ref(number, 0))
        if not isinstance(said, dict) or not _OF_A_FIELD.issuperset(said):
            return False
        if (said.get("Type", "Annot"), said.get("Subtype", "Widget")) != ("Annot", "Widget"):
            return False
        box = self.after.array(said.get("Rect"))
        return len(box) == 4 and box[0] == box[2] and box[1] == box[3]

    def _allowed(self, number: int, old: Any, new: Any) -> bool:
        if old == new or number in self.about:
            return True
        if isinstance(old, list) and isinstance(new, list):
            return number in self.lists and self._only_fields_added(old, new)
        if not isinstance(old, dict) or not isinstance(new, dict):
            return False
        if number == _number(self.before.trailer.get("Root")):
            return self._catalog(old, new)
        if number == self.form:
            return self._form(old, new)
        if old.get("Type") == "Page":
            return _same_but(old, new, {"Annots"}) and self._list_grew(old.get("Annots"), new.get("Annots"))
        return number in self.fields and "V" not in old and _same_but(old, new, {"V"})

    def _catalog(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
        if not _same_but(old, new, {"AcroForm", "DSS", "Extensions"}):
            return False
        earlier, later = old.get("AcroForm"), new.get("AcroForm")
        if isinstance(earlier, Ref) or earlier == later:
            return earlier == later
        return self._form(earlier or {}, self.after.dictionary(later))

    def _form(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
        fields = self._list_grew(old.get("Fields"), new.get("Fields"))
        return fields and _same_but(old, new, {"Fields", "SigFlags"})

    def _list_grew(self, old: Any, new: Any) -> bool:
        """A list that stands in its place, or one referred to: then it is compared as an object itself."""
        if isinstance(old, Ref):
            return bool(old == new)
        return self._only_fields_added(old or [], self.after.array(new))

    def _only_fields_added(self, old: list[Any], new: list[Any]) -> bool:
        grown = new[len(old) :]
        return new[: len(old)] == old and all(_number(each) in self.added for each in grown)


def _same_but(old: Mapping[str, Any], new: Mapping[str, Any], apart: set[str]) -> bool:
    names = (old.keys() | new.keys()) - apart
    return all(name in old and name in new and old[name] == new[name] for name in names)


def _number(value: Any) -> int:
    return value.number if isinstance(value, Ref) else -1


def _lists_of(file: PdfFile) -> Iterator[int]:
    """The lists a further field is entered in, where they are objects of their own."""
    form = file.get(file.catalog.get("AcroForm"))
    yield _number(form.get("Fields") if isinstance(form, dict) else None)
    for number in file.places:
        page = file.get(Ref(number, 0))
        if isinstance(page, dict) and page.get("Type") == "Page":
            yield _number(page.get("Annots"))


def _referred(file: PdfFile) -> Iterator[Ref]:
    """What anything in the file refers to, there or not, as often as it does."""
    left: list[Any] = [file.trailer, *(file.get(Ref(number, 0)) for number in file.places)]
    while left:
        value = left.pop()
        if isinstance(value, Ref):
            yield value
        elif isinstance(value, Stream):
            # The newest of these is the trailer itself, seen already; the older ones hold no more.
            left += () if value.said.get("Type") == "XRef" else value.said.values()
        elif isinstance(value, dict):
            left += value.values()
        elif isinstance(value, list):
            left += value
