"""Which tests of a part failed, and which of those passed when they were run once more alone.

again.py PART.xml               # their names, one a line; 1 when there is no second look to take
again.py PART.xml AGAIN.xml     # a sentence for each that passed alone; 1 unless all of them did
"""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

MOST = 3
"""When more fail, it is no chance."""


def cases(path: Path) -> list[ET.Element]:
    """All that one run of pytest tells of."""
    return list(ET.parse(path).getroot().iter("testcase"))  # noqa: S314


def outcomes(path: Path) -> dict[str, bool]:
    """Test → whether it passed: neither it nor what was set up and cleared away around it failed."""
    found: dict[str, bool] = {}
    for case in cases(path):
        if case.find("skipped") is None:
            name = f"{case.get('classname')}::{case.get('name')}"
            passed = case.find("failure") is None and case.find("error") is None
            found[name] = passed and found.get(name, True)
    return found


def collected(path: Path) -> bool:
    """Whether every file could be read: what stands in one that cannot is not known."""
    errors = [error.get("message") or "" for case in cases(path) for error in case.iter("error")]
    return not any(message.startswith("collection") for message in errors)


def main(part: Path, again: Path | None = None) -> int:
    """Print names or sentences; 0 when a second look is to be taken, or when it went well."""
    if not part.exists() or not collected(part):
        return 1
    failed = sorted(name for name, passed in outcomes(part).items() if not passed)
    if not 0 < len(failed) <= MOST:
        return 1
    if again is None:
        print("\n".join(failed))
        return 0
    alone = outcomes(again) if again.exists() else {}
    passed = [name for name in failed if alone.get(name)]
    for name in passed:
        print(f"unsteady: failed once, passed alone: {name} ({part.stem})")
    return 0 if passed == failed else 1


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
