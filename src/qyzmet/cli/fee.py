"""`qyzmet fee SERVICE --payer P [--hectares N] --on DATE [--json]`: what a service costs, exactly.

In JSON `mci`, `base`, `coefficient` and `amount` are decimals as text: `amount` is their exact product in
tenge, `charged` the whole tenge it is rounded to. What cannot be told is one sentence and exit code 2.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from qyzmet.cli import UsageError, _given

if TYPE_CHECKING:
    from qyzmet.regulation.fees import Charge
    from qyzmet.regulation.model import Package

SUMMARY = "what a service costs: payer, area and the day of filing"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("service", help="id of the service, e.g. land-private-ownership")
    parser.add_argument("--payer", help="who pays, e.g. farm; needed where the service is paid")
    parser.add_argument("--hectares", help="area of the plot in hectares, e.g. 120 or 0.5")
    parser.add_argument(
        "--on", required=True, type=_given.day, metavar="DAY", help="day of filing, e.g. 2012-08-01"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    from qyzmet.identity import Area, IdentityError
    from qyzmet.regulation.fees import charge
    from qyzmet.regulation.parameters import load_parameters
    from qyzmet.regulation.refusals import Refusal

    on: date = args.on
    try:
        area = Area.of_hectares(args.hectares) if args.hectares is not None else None
        package = _edition(args.service, on)
        if package.fee.none is None and args.payer is None:
            payers = ", ".join(package.fee.payers)
            raise UsageError(f"{args.service} is paid; name the payer by --payer: {payers}")
        found = charge(package.fee, args.payer or "", on, load_parameters().value, area)
    except (IdentityError, Refusal) as problem:
        raise UsageError(str(problem)) from problem
    answer: dict[str, object] = {"service": package.service, "edition": package.edition, "on": on.isoformat()}
    answer |= _paid(found) if found else {"amount": "0", "charged": 0, "cite": package.fee.none}
    sys.stdout.write(_shown(answer, args.json))
    return 0


def _edition(service: str, on: date) -> Package:
    """The edition in force on the day, or the last one: a fee can be told for a repealed act too."""
    from qyzmet.regulation.datafile import LAW
    from qyzmet.regulation.loader import load_tree
    from qyzmet.regulation.openings import in_force

    known = sorted({path.parts[-3] for path in LAW.glob("*/*/service.yaml")})
    if service not in known:
        raise UsageError(f"there is no service {service[:60]!r}; there are {', '.join(known)}")
    tree = load_tree(LAW / service)
    packages = [loaded.package for loaded in tree.values() if loaded.package and not loaded.abstract]
    if not packages:
        raise UsageError(f"{service} is not a service to be filed for, or cannot be read; see qyzmet check")
    return max(packages, key=lambda package: (in_force(package.life, on), package.edition))


def _paid(found: Charge) -> dict[str, object]:
    return {
        "payer": found.payer,
        "hectares": None if found.area is None else _plain(found.area.hectares),
        found.unit: _plain(found.unit_value),
        "base": _plain(found.base),
        "coefficient": _plain(found.coefficient),
        "amount": _plain(found.amount),
        "charged": found.charged,
        "cite": found.cite,
    }


def _plain(number: Decimal) -> str:
    """All its digits, no exponent, no zeros at the end: '6213.12'."""
    return f"{number.normalize():f}"


def _shown(answer: dict[str, object], as_json: bool) -> str:
    if as_json:
        return json.dumps(answer, ensure_ascii=False) + "\n"
    return "".join(f"{key:<12} {value}\n" for key, value in answer.items() if value is not None)
