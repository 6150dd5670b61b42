"""What is printed from a package, always current: the sheet, the act's tables, diagrams, BPMN.

    made = sheet(package, acts, "kk", on)              # ten rows as data; sheet_html(made), sheet_text(made)
    step_tables(package, "kk"), reference(package, "kk")          # data; tables_html(...), tables_text(...)
    diagram_svg(package, "kk", channel="portal", variant={"case": "grant"})
    interaction_svg(package, "kk")                     # portal, gateway, provider's system
    bpmn_xml(package, "kk")

Where to look: words, phrases (a package in words); flow, flow_builder, endings, settling (the graph of a
procedure); placing, shapes, routing, layout (its drawing); pens, symbols, legend, diagram, interaction (SVG);
bpmn*.
"""

from qyzmet.regulation.printing.bpmn import bpmn_xml
from qyzmet.regulation.printing.diagram import diagram_svg
from qyzmet.regulation.printing.interaction import has_interaction, interaction_svg
from qyzmet.regulation.printing.reference import Reference, reference
from qyzmet.regulation.printing.sheet import Item, Sheet, SheetRow, sheet
from qyzmet.regulation.printing.sheet_pages import sheet_html, sheet_text
from qyzmet.regulation.printing.table_pages import tables_html, tables_text
from qyzmet.regulation.printing.tables import StepTable, step_tables

__all__ = [
    "Item",
    "Reference",
    "Sheet",
    "SheetRow",
    "StepTable",
    "bpmn_xml",
    "diagram_svg",
    "has_interaction",
    "interaction_svg",
    "reference",
    "sheet",
    "sheet_html",
    "sheet_text",
    "step_tables",
    "tables_html",
    "tables_text",
]
