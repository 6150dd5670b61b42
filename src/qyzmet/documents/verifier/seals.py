"""Daily seals that cover the case: the leaf leads to the root, the root stands in the signed statement.

A statement says `no, day, prev, hash, sealed_at, until, leaves, root`: `hash` is that of the seal with all
its leaves, which stays with the System; `root` is the root of a tree over the leaves, so that one leaf is
proved without telling the others. A leaf is `[stream, count, head]`; its hash is SHA-256 over a zero byte
and its canonical JSON, a node's over a one byte and its two children; an odd one goes up as it is (RFC 6962
§2.1).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from qyzmet.documents.verifier.bundle import Files
from qyzmet.documents.verifier.report import Report

Leaf = tuple[str, int, str]


def leaf_hash(leaf: Sequence[Any]) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\0" + canonical(list(leaf))).digest()


def tree(leaves: Sequence[Leaf]) -> list[list[bytes]]:
    """The tree over leaves, level by level from the leaves up; the last level is the root."""
    levels = [[leaf_hash(each) for each in leaves] or [hashlib.sha256(b"").digest()]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([_node(below[n : n + 2]) for n in range(0, len(below), 2)])
    return levels


def path_to(levels: list[list[bytes]], place: int) -> list[list[str]]:
    """What leads from a leaf to the root: `["left" | "right", hash]` of each sister on the way."""
    path = []
    for level in levels[:-1]:
        sister = place ^ 1
        if sister < len(level):
            path.append(["left" if sister < place else "right", level[sister].hex()])
        place //= 2
    return path


def root_of(leaf: Sequence[Any], path: Sequence[Sequence[str]]) -> str:
    """Where a path leads from a leaf."""
    found = leaf_hash(leaf)
    for side, sister in path:
        pair = [bytes.fromhex(sister), found] if side == "left" else [found, bytes.fromhex(sister)]
        found = _node(pair)
    return found.hex()


def canonical(value: object) -> bytes:
    """JSON with keys sorted and no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def check_seals(files: Files, report: Report, stream: str, hashes: list[str]) -> None:
    """Check the leaves and that seals which follow one another say so."""
    covered, before = 0, None
    for name in [each for each in files.under("seals") if each.endswith(".leaf.json")]:
        said = files.json(name)
        statement_name = name.replace(".leaf.json", ".json")
        statement = files.json(statement_name)
        if statement is None:
            continue
        leads = root_of(said["leaf"], said["path"]) == statement["root"]
        report.add(leads, name, "seal-leaf", "leaf-good" if leads else "leaf-other")
        leaf_stream, count, head = said["leaf"]
        ours = leaf_stream == stream and 0 < count <= len(hashes) and hashes[count - 1] == head
        if not ours:
            report.add(False, name, "seal-leaf", "leaf-journal")
        covered = max(covered, count if ours else 0)
        if before is not None and statement["no"] == before["no"] + 1:
            follows = statement["prev"] == before["hash"]
            report.add(follows, statement_name, "seal-chain", "seal-follows" if follows else "seal-other")
        before = statement
    if hashes and not covered:
        report.note("uncovered")
    elif covered < len(hashes):
        report.note("unsealed", first=covered + 1, last=len(hashes))


def _node(pair: Sequence[bytes]) -> bytes:
    return pair[0] if len(pair) == 1 else hashlib.sha256(b"\1" + pair[0] + pair[1]).digest()
