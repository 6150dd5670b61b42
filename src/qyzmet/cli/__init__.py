"""The `qyzmet` command: one file per command, imported only when it is asked for.

A command is a module of this package with `SUMMARY` (one line), `configure(parser)` and `run(args) -> int`.
Its name is the file's name with dashes for underscores. Exit codes: 0 done, 1 a finding, 2 unusable input.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

__all__ = ["UsageError", "main"]


class UsageError(Exception):
    """Input the command cannot use; the text is the one sentence the person sees (exit 2)."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise UsageError(f"{message}; see {self.prog} --help")


def _commands() -> list[str]:
    return sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))


def _load(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name}")


def _overview() -> str:
    rows = [f"  {name.replace('_', '-'):<12} {_load(name).SUMMARY}" for name in _commands()]
    return "\n".join(["usage: qyzmet COMMAND [...]", "", *rows, "", "qyzmet COMMAND --help tells more."])


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help", "help"}:
        sys.stdout.write(_overview() + "\n")
        return 0
    try:
        return _run(words)
    except UsageError as problem:
        return _unusable(str(problem))
    except BrokenPipeError:
        return 1
    except Exception as problem:
        from qyzmet.cli._sentence import sentence

        said = sentence(problem)
        if said is None:
            raise
        return _unusable(said)


def _run(words: list[str]) -> int:
    name = words[0].replace("-", "_")
    if name not in _commands():
        raise UsageError(f"there is no command {words[0]!r}; qyzmet --help lists them")
    module = _load(name)
    parser = _Parser(prog=f"qyzmet {words[0]}", description=module.SUMMARY)
    module.configure(parser)
    return int(module.run(parser.parse_args(words[1:])))


def _unusable(said: str) -> int:
    sys.stderr.write(f"qyzmet: {said}\n")
    return 2
