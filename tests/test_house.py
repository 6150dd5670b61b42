"""The repository tests itself: who may import whom, who may ask for the time, how long things may grow."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "qyzmet"

# From the ground up; a room imports itself, the rows before its own, and its neighbours in a row.
ROWS = [
    {"clock"},
    {"identity"},
    {"signatures"},
    {"regulation"},
    {"regulations"},
    {"people"},
    {"cases"},
    {"evidence"},
    {"documents"},
    {"registers"},
    {"gateway"},
    {"pages"},
    {"portal", "office", "api", "cli"},
    {"config", "demo"},
]
HEIGHT = {room: height for height, row in enumerate(ROWS) for room in row}
INTERFACES = {"pages", "portal", "office", "api", "cli"}
# Interfaces need the running clock, and `qyzmet run` loads the demo: the two steps down the house allows.
DOORS = {(room, "config") for room in INTERFACES} | {("cli", "demo")}
PURE = {"clock", "identity", "signatures", "regulation"}
# The legal moment is read here and handed down; nobody else asks.
KEEPER_OF_TIME = Path("config/clock.py")

WALL_CLOCK = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
}
CATCH_ALL_NAMES = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py"}
LONGEST_FILE = 350
LONGEST_FUNCTION = 50
UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK)\b|(?i:\bcoming soon\b|\blorem ipsum\b|\bnot implemented yet\b)"
)
ONE_MACHINE = re.compile(r"(?<![\w.~-])/(home|root|Users)/\w")
TEXT = {".py", ".md", ".yaml", ".toml", ".html", ".css", ".js", ".typ", ".txt"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def sources(*rooms: str) -> Iterator[tuple[str, Path]]:
    """Every Python file of these rooms (of all when none is named), with its room."""
    for path in sorted(SRC.rglob("*.py")):
        room = path.relative_to(SRC).parts[0]
        if room in HEIGHT and (not rooms or room in rooms):
            yield room, path


def written(*rooms: str) -> Iterator[tuple[str, Path]]:
    """As `sources`, without what Django writes."""
    return ((room, path) for room, path in sources(*rooms) if "migrations" not in path.parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module a file imports, anywhere in it, as an absolute name with its line."""
    package = ("qyzmet", *path.relative_to(SRC).parent.parts)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (above, node.module) if part)
            yield node.lineno, base
            if base == "qyzmet":
                yield from ((node.lineno, f"qyzmet.{alias.name}") for alias in node.names)


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def allowed(room: str, other: str) -> bool:
    return HEIGHT[other] <= HEIGHT[room] or (room, other) in DOORS


def test_every_folder_of_the_house_is_a_room() -> None:
    folders = {path.name for path in SRC.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders <= set(HEIGHT)


def test_a_room_imports_only_the_rooms_before_it() -> None:
    wrong = [
        f"{place(path, line)} {room} imports {module}"
        for room, path in sources()
        for line, module in imports(path)
        if module.startswith("qyzmet.") and module.split(".")[1] in HEIGHT
        if not allowed(room, module.split(".")[1])
    ]
    assert wrong == []


def test_the_pure_rooms_know_no_django() -> None:
    wrong = [
        f"{place(path, line)} {module}"
        for _, path in sources(*PURE)
        for line, module in imports(path)
        if module.split(".")[0] in {"django", "ninja", "axes", "csp"}
    ]
    assert wrong == []


def test_only_the_running_clock_asks_for_the_time() -> None:
    wrong = [
        f"{place(path, node.lineno)} {ast.unparse(node)}"
        for _, path in written()
        if path.relative_to(SRC) != KEEPER_OF_TIME
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and asks_the_wall(node)
    ]
    assert wrong == []


def asks_the_wall(node: ast.Attribute) -> bool:
    owner = node.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return (name, node.attr) in WALL_CLOCK


def test_no_model_stamps_itself_with_the_time() -> None:
    wrong = [
        f"{place(path, node.value.lineno)} {node.arg}"
        for _, path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}
    ]
    assert wrong == []


def test_text_is_never_evaluated_as_code() -> None:
    wrong = [
        f"{place(path, node.lineno)} {node.func.id}"
        for _, path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        if isinstance(node.func, ast.Name)
        if node.func.id in {"eval", "exec", "compile"}
    ]
    assert wrong == []


def pinned(name: str) -> set[str]:
    """The distributions of one list of exact versions, without the lists it stands on."""
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(line.split("==")[0]) for line in lines if "==" in line}


def test_what_is_named_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {"run": project["dependencies"], **project["optional-dependencies"]}
    missing = {
        name: {canonicalize_name(Requirement(line).name) for line in lines} - pinned(name) - pinned("run")
        for name, lines in wanted.items()
    }
    assert missing == {"run": set(), "dev": set(), "bench": set()}


def test_what_is_imported_is_pinned() -> None:
    declared = pinned("run")
    owners = packages_distributions()
    foreign = {
        (module.split(".")[0], place(path, line))
        for _, path in sources()
        for line, module in imports(path)
        if module.split(".")[0] not in {*sys.stdlib_module_names, "qyzmet", ""}
    }
    wrong = [
        f"{where} {name}"
        for name, where in sorted(foreign)
        if not declared & {canonicalize_name(owner) for owner in owners.get(name, [])}
    ]
    assert wrong == []


def test_files_stay_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for _, path in written()}
    assert [place(path, count) for path, count in lengths.items() if count > LONGEST_FILE] == []


def test_functions_stay_short() -> None:
    wrong = [
        f"{place(path, node.lineno)} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for _, path in written()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert wrong == []


def test_no_file_is_a_drawer_for_everything() -> None:
    assert [str(path.relative_to(ROOT)) for _, path in sources() if path.name in CATCH_ALL_NAMES] == []


@pytest.mark.parametrize("pattern", [UNFINISHED, ONE_MACHINE], ids=["unfinished", "one machine's paths"])
def test_nothing_is_left_unsaid(pattern: re.Pattern[str]) -> None:
    folders = [ROOT / name for name in ("src", "tests", "docs", "bench", "scripts", ".ci")]
    texts = [path for folder in folders for path in folder.rglob("*") if path.suffix in TEXT]
    wrong = [
        f"{place(path, number)} {line.strip()}"
        for path in sorted([*texts, *ROOT.glob("*.md")])
        if path != Path(__file__) and "qyzmet.egg-info" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert wrong == []
