"""`qyzmet bpmn`: the procedure of a service as BPMN 2.0 with coordinates."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qyzmet.cli._package import add_options, add_way, chosen_package, chosen_variant, put
from qyzmet.regulation.printing import bpmn_xml

SUMMARY = "the procedure of a service as BPMN 2.0 with coordinates"


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    add_options(parser)
    add_way(parser)


def run(args: Namespace) -> int:
    """Print the document."""
    package = chosen_package(args)
    return put(args, bpmn_xml(package, args.lang, args.channel, chosen_variant(package, args)))
