"""What the printing commands share: which package, which way through it, where the result goes."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from qyzmet.cli import UsageError
from qyzmet.regulation.findings import suggest
from qyzmet.regulation.loader import FILE, load_package, package_files
from qyzmet.regulation.model import Package
from qyzmet.regulation.printing.words import LANGUAGES
from qyzmet.regulation.sharing import SHIPPED

__all__ = ["add_options", "add_way", "chosen_package", "chosen_variant", "package_path", "put"]


def add_options(parser: ArgumentParser, formats: tuple[str, ...] = ()) -> None:
    """The service, its edition, the language, the file to write."""
    parser.add_argument("service", metavar="SERVICE", help="a service's id, or the path of a package")
    parser.add_argument("--edition", help="default: the latest")
    parser.add_argument("--lang", choices=LANGUAGES, default="kk", help="default: kk")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    if formats:
        parser.add_argument("--format", choices=formats, default=formats[0], help=f"default: {formats[0]}")


def add_way(parser: ArgumentParser) -> None:
    """The way in and the variant; left open, they show as choices."""
    parser.add_argument("--channel", help="only this way in")
    parser.add_argument(
        "--variant", action="append", default=[], help="an option, or DIMENSION=OPTION; may be repeated"
    )


def chosen_package(args: Namespace) -> Package:
    """The package asked for. Raises UsageError if there is none or it does not load."""
    path = package_path(args.service, getattr(args, "edition", None))
    loaded = load_package(path)
    if loaded.package is None:
        first = loaded.findings[0] if loaded.findings else f"{path}: the package is a base with gaps to fill"
        raise UsageError(f"{first} (qyzmet check {path} lists everything)")
    package = loaded.package
    if package.abstract:
        raise UsageError(f"{package.service} is only a base that services are made from; name one of those")
    channel = getattr(args, "channel", None)
    if channel is not None and channel not in package.channels:
        hint = suggest(channel, package.channels) or f"; its ways in are {', '.join(package.channels)}"
        raise UsageError(f"{package.service} has no way in called {channel!r}{hint}")
    return package


def package_path(service: str, edition: str | None = None) -> Path:
    """The file of a service, by its id or its own path. Raises UsageError if there is none."""
    given = Path(service)
    if given.name == FILE and given.is_file():
        return given
    if (given / FILE).is_file():
        return given / FILE
    below = list(package_files(given)) if given.is_dir() else []
    if below:
        if len(below) == 1:
            return below[0]
        raise UsageError(f"several services stand below {service}; give one, such as {below[0]}")
    by_service: dict[str, dict[str, Path]] = {}
    for path in package_files(SHIPPED):
        name, day = path.parts[-3:-1]
        by_service.setdefault(name, {})[day] = path
    if service not in by_service:
        hint = suggest(service, by_service) or f"; the services are {', '.join(by_service)}"
        raise UsageError(f"there is no service {service[:60]!r}{hint}")
    editions = by_service[service]
    if edition is None:
        return editions[max(editions)]
    if edition not in editions:
        raise UsageError(f"{service} has no edition {edition!r}; it has {', '.join(editions)}")
    return editions[edition]


def chosen_variant(package: Package, args: Namespace) -> dict[str, str]:
    """The options chosen, by dimension. Raises UsageError for one the package does not have."""
    chosen: dict[str, str] = {}
    for words in args.variant:
        dimension, _, option = words.rpartition("=")
        found = [
            name
            for name, options in package.variants.items()
            if option in options and dimension in {"", name}
        ]
        if len(found) != 1:
            known = [f"{name}={key}" for name, options in package.variants.items() for key in options]
            hint = suggest(words, known) or (f"; it has {', '.join(known)}" if known else "; it has none")
            raise UsageError(f"{package.service} has no variant {words!r}{hint}")
        chosen[found[0]] = option
    return chosen


def put(args: Namespace, words: str | bytes) -> int:
    """Write the result to the file asked for, or to standard output."""
    data = words.encode() if isinstance(words, str) else words
    data = data if data.endswith(b"\n") else data + b"\n"
    if args.out is None:
        sys.stdout.write(data.decode())
        return 0
    try:
        args.out.write_bytes(data)
    except OSError as problem:
        raise UsageError(f"{args.out} cannot be written: {problem.strerror}") from problem
    return 0
