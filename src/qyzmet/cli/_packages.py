"""Which package files a command is about."""

from __future__ import annotations

from pathlib import Path

from qyzmet.cli import UsageError

__all__ = ["package_paths"]


def package_paths(given: str | None) -> list[Path]:
    """A package file, every package below a folder, or the shipped ones. Raises UsageError."""
    from qyzmet.regulation.loader import package_files
    from qyzmet.regulation.sharing import SHIPPED

    path = Path(given) if given else Path(SHIPPED)
    if path.is_file():
        return [path]
    if not path.exists():
        raise UsageError(f"there is no {given}; name a package file or a folder that holds some")
    files = list(package_files(path))
    if not files:
        raise UsageError(
            f"no service.yaml stands below {path}; name a package file or a folder that holds some"
        )
    return files
