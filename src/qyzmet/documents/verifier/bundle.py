"""An exported case as files: a folder or a ZIP, its index, and whether each file is the one indexed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from qyzmet.documents.verifier.report import Report
from qyzmet.documents.verifier.zipped import BadZip, Stored, read_zip

INDEX, SEAL = "index.json", "index.seal"
PIECE = 1 << 20


class Bundle(Protocol):
    """Files by name. `chunks` gives the bytes of one in pieces; both raise OSError."""

    def names(self) -> list[str]: ...
    def chunks(self, name: str) -> Iterator[bytes]: ...


class Folder:
    """The files of a folder, however deep. A link is a file like any other: it is read, not followed up."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> list[str]:
        found = (path for path in self.root.rglob("*") if not path.is_dir() or path.is_symlink())
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def chunks(self, name: str) -> Iterator[bytes]:
        with (self.root / name).open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


class Zip:
    """The files of an archive written by the exporter. Raises BadZip when a byte is another."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self.stored: dict[str, Stored] = {each.name: each for each in read_zip(file)}

    def names(self) -> list[str]:
        return list(self.stored)

    def chunks(self, name: str) -> Iterator[bytes]:
        place = self.stored[name]
        with self.path.open("rb") as file:
            file.seek(place.start)
            left = place.size
            while left > 0 and (piece := file.read(min(PIECE, left))):
                yield piece
                left -= len(piece)


class Files:
    """A bundle whose files were compared with the index: `read` gives only those that are as indexed."""

    def __init__(self, bundle: Bundle, index: dict[str, Any], good: set[str]) -> None:
        self.bundle, self.index, self.good = bundle, index, good

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, or None when it is not there or not as indexed (which was reported)."""
        return b"".join(self.bundle.chunks(name)) if name in self.good else None

    def json(self, name: str) -> Any:
        """The same as JSON."""
        data = self.read(name)
        return None if data is None else json.loads(data)

    def under(self, folder: str) -> list[str]:
        """The good files of a folder, by name."""
        return sorted(each for each in self.good if each.startswith(f"{folder}/"))

    def facts(self, name: str) -> dict[str, Any]:
        """What the index says of a file."""
        return next((each for each in self.index["files"] if each["name"] == name), {})


def open_bundle(path: Path, report: Report) -> Bundle | None:
    """The folder or archive at a path; None, and a finding, when the archive is not as it was written."""
    if path.is_dir():
        return Folder(path)
    try:
        found = Zip(path)
    except BadZip as problem:
        report.add(False, _hit(path, problem.at), "zip-structure", at=problem.at)
        return None
    report.add(True, path.name, "zip-structure", "zip-good")
    return found


def _hit(path: Path, at: int) -> str:
    """The file of an archive that begins at or last before a byte, as far as its headers can be read."""
    data = path.read_bytes()
    start = data.rfind(b"PK\x03\x04", 0, at + 4)
    if start < 0:
        return path.name
    length = int.from_bytes(data[start + 26 : start + 28], "little")
    name = data[start + 30 : start + 30 + length].decode("ascii", "replace")
    return f"{path.name}/{name}" if at < data.rfind(b"PK\x01\x02") else path.name


def compare(bundle: Bundle, report: Report) -> Files | None:
    """Compare every file with the index. None when there is no index to read."""
    names = bundle.names()
    if INDEX not in names:
        report.add(False, INDEX, "index", "index-missing")
        return None
    try:
        index: dict[str, Any] = json.loads(b"".join(bundle.chunks(INDEX)))
        listed = {str(each["name"]): each for each in index["files"]}
    except (ValueError, KeyError, TypeError) as problem:
        report.add(False, INDEX, "index", "unreadable", why=type(problem).__name__)
        return None
    good = {name for name, said in listed.items() if _as_listed(bundle, name, said, names, report)}
    for name in names:
        if name not in listed and name not in {INDEX, SEAL}:
            report.add(False, name, "file", "file-extra")
    return Files(bundle, index, good)


def _as_listed(bundle: Bundle, name: str, said: dict[str, Any], names: list[str], report: Report) -> bool:
    if name not in names:
        return report.add(False, name, "file", "file-missing")
    hashed, size = hashlib.sha256(), 0
    try:
        for piece in bundle.chunks(name):
            hashed.update(piece)
            size += len(piece)
    except OSError as problem:
        return report.add(False, name, "file", "unreadable", why=problem.strerror)
    same = hashed.hexdigest() == said.get("sha256") and size == said.get("size")
    return report.add(same, name, "file", "file-good" if same else "file-changed")
