"""How many tests ran on each database, every skip, and each test only one of them ran: 1 when they differ."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def read(path: Path) -> tuple[set[str], dict[str, str]]:
    """Tests that ran, and skipped ones with their reason."""
    ran: set[str] = set()
    skipped: dict[str, str] = {}
    if path.exists():
        for case in ET.parse(path).getroot().iter("testcase"):  # noqa: S314
            name = f"{case.get('classname')}::{case.get('name')}"
            skip = case.find("skipped")
            if skip is None:
                ran.add(name)
            else:
                skipped[name] = skip.get("message") or ""
    return ran, skipped


def main(folder: Path) -> int:
    """Print the table; 1 when the databases ran different tests or none at all."""
    quick, quick_skips = read(folder / "sqlite-quick.xml")
    full, full_skips = read(folder / "sqlite-full.xml")
    postgres, postgres_skips = read(folder / "postgresql-all.xml")
    sqlite = quick | full
    print(f"SQLite:     {len(sqlite)} tests ran ({len(quick)} quick, {len(full)} full)")
    print(f"PostgreSQL: {len(postgres)} tests ran")
    for database, skips in (("SQLite", quick_skips | full_skips), ("PostgreSQL", postgres_skips)):
        print(f"{database}: {len(skips)} skipped")
        for name, reason in sorted(skips.items()):
            print(f"  {name}: {reason}")
    for name in sorted(sqlite ^ postgres):
        print(f"only on {'SQLite' if name in sqlite else 'PostgreSQL'}: {name}")
    return 0 if sqlite and sqlite == postgres else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
