"""The functional interaction of information systems: recipient, portal, gateway, provider's system and, where
it takes applications, the State Corporation; under it the legend the acts print.

Cites: A120 an.2; A120 §10 ¶4; K4201 an.1 reg. an.1; K4201 an.2 reg. an.1.
"""

from __future__ import annotations

from qyzmet.regulation.model import Package
from qyzmet.regulation.printing.diagram import render
from qyzmet.regulation.printing.flow import Edge, Flow, Lane, Node, NodeKind
from qyzmet.regulation.printing.phrases import recipient_name
from qyzmet.regulation.printing.words import Language, say

__all__ = ["has_interaction", "interaction_flow", "interaction_svg"]

_LEGEND: tuple[tuple[NodeKind | None, str], ...] = (
    ("start", "start-message"),
    ("message", "middle-message"),
    ("end", "result-message"),
    ("step", "information-system-step"),
    ("choice", "condition"),
)


def has_interaction(package: Package) -> bool:
    """Whether the service is given through the portal."""
    return "portal" in package.channels


def interaction_svg(package: Package, lang: Language) -> str:
    """The diagram; solid lines are the control flow within a system, broken ones messages between systems."""
    lines = ((False, say("control-flow", lang)), (True, say("message-flow", lang)))
    signs = tuple((kind, say(key, lang)) for kind, key in _LEGEND if kind is not None)
    return render(interaction_flow(package, lang), lang, say("interaction", lang), (signs, lines))


def interaction_flow(package: Package, lang: Language) -> Flow:
    """The portal's processes and conditions in the order of the acts."""
    ids = "/".join(say(f"ids.{kind}", lang) for kind in package.recipients)
    drawn = _Systems(lang, ids)
    drawn.flow.title = package.name.in_language(lang)
    _sign_in(drawn)
    _send(drawn, bool(package.documents))
    if "state-corporation" in package.channels:
        _counter(drawn)
    lanes = (
        ("recipient", recipient_name(package, lang)),
        ("portal", say("portal-system", lang)),
        ("gateway", say("gateway", lang)),
        ("provider", say("provider-system", lang)),
        ("corporation", say("state-corporation", lang)),
    )
    used = {node.lane for node in drawn.flow.nodes.values()}
    drawn.flow.lanes = tuple(Lane(key, name, key, "") for key, name in lanes if key in used)
    return drawn.flow


class _Systems:
    """A graph written down node by node; a flow between two systems is a message."""

    def __init__(self, lang: Language, ids: str) -> None:
        self.lang, self.ids = lang, ids
        self.flow = Flow("")

    def put(self, key: str, kind: NodeKind, lane: str, text: str = "") -> str:
        self.flow.nodes[key] = Node(key, kind, lane, text)
        return key

    def told(self, key: str, kind: NodeKind, lane: str, **values: object) -> str:
        return self.put(key, kind, lane, say(f"interaction.{key}", self.lang, ids=self.ids, **values))

    def join(self, source: str, target: str, label: str = "") -> None:
        across = self.flow.nodes[source].lane != self.flow.nodes[target].lane
        self.flow.edges.append(Edge(source, target, say(label, self.lang) if label else "", dashed=across))

    def ask(self, question: str, otherwise: str, lane: str) -> str:
        """A condition: its box, the choice under it, and the message for no."""
        self.told(question, "step", lane)
        choice = self.put(f"{question}.choice", "choice", lane)
        self.join(question, choice)
        self.told(otherwise, "message", "recipient")
        self.join(choice, otherwise, "no")
        return choice


def _sign_in(drawn: _Systems) -> None:
    drawn.put("start", "start", "recipient", say("interaction.asks", drawn.lang))
    drawn.told("sign-in", "step", "portal")
    drawn.join("start", "sign-in")
    known = drawn.ask("known", "unknown", "portal")
    drawn.join("sign-in", "known")
    drawn.told("fill-in", "step", "portal")
    drawn.join(known, "fill-in", "yes")
    signed = drawn.ask("signature", "unsigned", "portal")
    drawn.join("fill-in", "signature")
    drawn.told("send", "step", "gateway")
    drawn.join(signed, "send", "yes")


def _send(drawn: _Systems, documents: bool) -> None:
    if documents:
        source = drawn.ask("check", "faulty", "provider")
    else:
        source = drawn.told("check", "step", "provider")
    drawn.join("send", "check")
    drawn.told("result", "end", "recipient", n=7 if documents else 6)
    drawn.join(source, "result", "yes" if documents else "")


def _counter(drawn: _Systems) -> None:
    drawn.told("counter", "step", "corporation")
    drawn.join("start", "counter")
    drawn.join("counter", "check")
