"""The verifier as one file: the parts in order, imports once at the top, no import between them."""

from __future__ import annotations

import ast
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from qyzmet.signatures import PLAIN_TEXTS, plain_texts

__all__ = ["PARTS", "assemble", "room_files"]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PARTS = (
    "texts", "report", "zipped", "bundle", "chain", "receipt", "seals", "dates", "room", "signed", "main",
)  # fmt: skip
ROOMS = ("clock", "identity", "signatures")
"""The pure rooms that verify: signatures, the numbers of people it reads, the zone moments are told in."""
NOT_NEEDED = "qyzmet/signatures/authority/"
ZONE = ("__init__.py", "zoneinfo/__init__.py", "zoneinfo/Asia/__init__.py", "zoneinfo/Asia/Almaty")

HEAD = '''#!/usr/bin/env python3
"""Checks an exported case, a document or a receipt of Qyzmet on a machine without network.

    python3 -I verifier/verify.py                 the case this file lies in
    python3 -I verify.py case.zip | document.pdf | receipt.json  [--trust DIR] [--lang kk|ru|en] [--json]

Python 3.11 or newer and nothing else: signatures are verified by the packages beside this file.
"""

from __future__ import annotations

'''
PATHS = """
# Only this folder and the standard library; nothing is left behind in the folder of the case.
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
"""
TAIL = '\n\nif __name__ == "__main__":\n    sys.exit(main())\n'


@lru_cache(maxsize=1)
def assemble() -> bytes:
    """The bytes of `verify.py`, the same for the same parts."""
    imports: set[tuple[str, str]] = set()
    bodies = [_body(part, imports) for part in PARTS]
    return "".join([HEAD, *_at_the_top(imports), PATHS, *bodies, TAIL]).encode()


def _at_the_top(imports: set[tuple[str, str]]) -> list[str]:
    """One line a module: plain imports first."""
    plain = sorted(module for module, name in imports if not name)
    named = {module: sorted(n for m, n in imports if m == module and n) for module, n in imports if n}
    return [f"import {each}\n" for each in plain] + [
        f"from {module} import {', '.join(names)}\n" for module, names in sorted(named.items())
    ]


def _body(part: str, imports: set[tuple[str, str]]) -> str:
    """A part without its docstring, imports and `__all__`; its imports are gathered."""
    source = (HERE / f"{part}.py").read_text(encoding="utf-8")
    tree, lines = ast.parse(source), source.splitlines()
    said = ast.get_docstring(tree) or ""
    dropped: set[int] = set()
    for number, node in enumerate(tree.body):
        if _is_frame(node, number):
            dropped |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
            imports |= _imported(node)
    kept = [line for number, line in enumerate(lines, 1) if number not in dropped]
    heading = "".join(f"# {line}".rstrip() + "\n" for line in said.splitlines())
    return f"\n\n{heading}\n" + "\n".join(kept).strip("\n") + "\n"


def _is_frame(node: ast.stmt, number: int) -> bool:
    docstring = number == 0 and isinstance(node, ast.Expr)
    names = [t.id for t in getattr(node, "targets", []) if isinstance(t, ast.Name)]
    return docstring or isinstance(node, ast.Import | ast.ImportFrom) or names == ["__all__"]


def _imported(node: ast.stmt) -> set[tuple[str, str]]:
    if isinstance(node, ast.Import):
        return {(each.name, "") for each in node.names}
    if not isinstance(node, ast.ImportFrom) or node.module is None:
        return set()
    ours = node.module == "__future__" or node.module.startswith("qyzmet.")
    return set() if ours else {(node.module, each.name) for each in node.names}


def room_files() -> list[tuple[str, bytes]]:
    """What lies beside `verify.py`: the rooms, asn1crypto and the time zone, (name, bytes) by name."""
    found: dict[str, bytes] = {"qyzmet/__init__.py": (ROOT / "__init__.py").read_bytes()}
    for room in ROOMS:
        found |= {f"qyzmet/{room}/{name}": data for name, data in _files(ROOT / room)}
    found = {name: data for name, data in found.items() if not name.startswith(NOT_NEEDED)}
    # The same sentences twice: the room reads the first where YAML is installed, else the second.
    found["qyzmet/signatures/texts.yaml"] = (ROOT / "signatures" / "texts.yaml").read_bytes()
    found[f"qyzmet/signatures/{PLAIN_TEXTS}"] = plain_texts().encode()
    found |= {f"asn1crypto/{name}": data for name, data in _files(_installed("asn1crypto"))}
    zones = _installed("tzdata")
    found |= {f"tzdata/{name}": (zones / name).read_bytes() for name in ZONE}
    return sorted(found.items())


def _installed(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is not installed; install what requirements/run.txt lists")
    return Path(spec.submodule_search_locations[0])


def _files(folder: Path) -> list[tuple[str, bytes]]:
    """The Python of a package; what it keeps as YAML needs a library to read."""
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in folder.rglob("*.py")]
