"""`qyzmet diagram`: the swim-lane diagram of a service, or how its information systems interact, as SVG."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qyzmet.cli import UsageError
from qyzmet.cli._package import add_options, add_way, chosen_package, chosen_variant, put
from qyzmet.regulation.printing import diagram_svg, has_interaction, interaction_svg

SUMMARY = "the swim-lane diagram of a service as SVG"


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    add_options(parser)
    add_way(parser)
    parser.add_argument(
        "--interaction", action="store_true", help="the functional interaction of information systems instead"
    )


def run(args: Namespace) -> int:
    """Print the drawing."""
    package = chosen_package(args)
    if args.interaction:
        if not has_interaction(package):
            raise UsageError(
                f"{package.service} is not given through the portal; there is no interaction to draw"
            )
        return put(args, interaction_svg(package, args.lang))
    return put(args, diagram_svg(package, args.lang, args.channel, chosen_variant(package, args)))
