"""The drawings: nothing lies on anything else, nothing runs through a box, and any browser reads them."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from lxml import etree

from qyzmet.regulation.model import Package
from qyzmet.regulation.printing import diagram_svg, has_interaction, interaction_svg
from qyzmet.regulation.printing.flow_builder import flow
from qyzmet.regulation.printing.glyphs import width
from qyzmet.regulation.printing.interaction import interaction_flow
from qyzmet.regulation.printing.layout import Layout, lay_out
from qyzmet.regulation.printing.shapes import Line
from qyzmet.regulation.printing.words import LANGUAGES, Language
from tests.regulation.printing.shipped import SERVICES, shipped
from tests.regulation.small import exit_, package, step

Rect = tuple[float, float, float, float]
EVERY = [*SERVICES, "sampler"]


def layouts(service: str, lang: Language = "kk") -> list[Layout]:
    """The whole service, each way in, each option of each variant, and how systems interact."""
    law = shipped(service)
    ways: list[tuple[str | None, dict[str, str]]] = [(None, {}), *((channel, {}) for channel in law.channels)]
    ways += [(None, {name: option}) for name, options in law.variants.items() for option in options]
    drawn = [lay_out(flow(law, lang, channel, variant)) for channel, variant in ways]
    return [*drawn, lay_out(interaction_flow(law, lang))] if has_interaction(law) else drawn


def words_at(line: Line) -> Rect:
    wide = width(line.text, line.size, line.bold)
    left = line.x - wide / 2 if line.middle else line.x - wide if line.right else line.x
    return left, line.y - line.size * 0.72, left + wide, line.y + line.size * 0.16


def apart(a: Rect, b: Rect) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def boxes(drawing: Layout) -> dict[str, Rect]:
    return {key: (s.x, s.y, s.x + s.width, s.y + s.height) for key, s in drawing.symbols.items()}


def labels(drawing: Layout) -> list[Rect]:
    return [words_at(i) for s in drawing.symbols.values() if s.node.kind != "step" for i in s.lines]


def stretches(drawing: Layout) -> list[tuple[int, Rect]]:
    """Every straight piece of every flow, as a rectangle without width."""
    return [
        (number, (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))
        for number, (_, points) in enumerate(drawing.edges())
        for a, b in pairwise(points)
    ]


def through(line: Rect, box: Rect) -> bool:
    """Whether a stretch enters the inside of a box."""
    slack = 0.5
    return not (
        line[2] <= box[0] + slack
        or line[0] >= box[2] - slack
        or line[3] <= box[1] + slack
        or line[1] >= box[3] - slack
    )


@pytest.mark.parametrize("service", EVERY)
def test_no_symbol_and_no_word_lies_on_another(service: str) -> None:
    for drawing in layouts(service):
        things = [*boxes(drawing).values(), *labels(drawing)]
        for a, b in combinations(things, 2):
            assert apart(a, b), (a, b)


@pytest.mark.parametrize("service", EVERY)
def test_no_flow_runs_through_a_symbol_or_a_word(service: str) -> None:
    for drawing in layouts(service):
        for number, line in stretches(drawing):
            edge = drawing.flow.edges[number]
            round_ = drawing.flow.nodes[edge.source].kind in {"start", "pause", "timer"}
            hit = [key for key, box in boxes(drawing).items() if through(line, box)]
            # A flow may leave a circle beside its lowest point, which lies within the square around it.
            hit = [key for key in hit if not (round_ and key == edge.source)]
            assert not hit, (edge, hit)
            assert not [label for label in labels(drawing) if through(line, label)], edge


@pytest.mark.parametrize("service", EVERY)
def test_flows_to_different_places_never_lie_on_one_another(service: str) -> None:
    for drawing in layouts(service):
        for (m, a), (n, b) in combinations(stretches(drawing), 2):
            one, other = drawing.flow.edges[m], drawing.flow.edges[n]
            if one.target == other.target or one.source == other.source:
                continue
            upright = a[0] == a[2] == b[0] == b[2] and min(a[3], b[3]) > max(a[1], b[1])
            level = a[1] == a[3] == b[1] == b[3] and min(a[2], b[2]) > max(a[0], b[0])
            assert not upright, (one, other)
            assert not level, (one, other)


@pytest.mark.parametrize("service", EVERY)
def test_every_flow_turns_at_right_angles_and_ends_on_top_of_its_target(service: str) -> None:
    for drawing in layouts(service):
        for edge, points in drawing.edges():
            assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
            target = drawing.symbols[edge.target]
            assert points[-1] == (target.x + target.width / 2, target.y)
            assert points[-2][1] < points[-1][1]


@pytest.mark.parametrize("service", EVERY)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_stay_in_their_lane_and_boxes(service: str, lang: Language) -> None:
    for drawing in layouts(service, lang):
        for symbol in drawing.symbols.values():
            lane = next(c for c in drawing.columns if c.lane.id == symbol.node.lane)
            left, right = (
                (symbol.x, symbol.x + symbol.width) if symbol.node.kind == "step" else (lane.x, lane.x + 240)
            )
            for line in symbol.lines:
                place = words_at(line)
                assert left <= place[0], line
                assert place[2] <= right, line


@pytest.mark.parametrize("service", EVERY)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_svg_stands_alone_without_script_or_style_and_says_what_it_is(
    service: str, lang: Language
) -> None:
    root = etree.fromstring(diagram_svg(shipped(service), lang).encode())
    names = {etree.QName(part).localname for part in root.iter()}
    assert names <= {"svg", "title", "desc", "g", "rect", "path", "circle", "text"}
    assert root.get("role") == "img"
    assert root.get("lang") == lang
    assert shipped(service).name.in_language(lang) in str(root[0].text)
    assert not [part for part in root.iter() for key in part.attrib if key == "style" or key.startswith("on")]


def test_land_through_the_centre_shows_17_numbers_at_the_body_13() -> None:
    def numbers(channel: str) -> list[int]:
        nodes = flow(shipped("land-private-ownership"), "kk", channel).nodes.values()
        return sorted(node.number for node in nodes if node.number is not None)

    assert numbers("centre") == list(range(1, 18))
    assert numbers("provider-office") == list(range(4, 17))


def test_a_suspension_waits_and_goes_on_where_the_act_says() -> None:
    graph = flow(shipped("land-private-ownership"), "kk", "centre")
    [onward] = graph.leaving("pause.suspended")
    assert onward.target == "step.check-completeness"
    assert onward.dashed


def split() -> Package:
    return package(
        {
            "both": step("close", kind="all-of", branches=["left", "right"]),
            "left": step("both"),
            "right": step("both"),
            "close": step({"done": {"go": "end", "exit": "granted"}}),
        }
    )


def test_parallel_branches_open_at_a_fork_and_meet_at_a_join() -> None:
    graph = flow(split(), "en")
    assert {e.target for e in graph.leaving("fork.both")} == {"step.left", "step.right"}
    assert {e.source for e in graph.edges if e.target == "join.both"} == {"step.left", "step.right"}
    assert [e.target for e in graph.leaving("join.both")] == ["step.close"]


def test_what_no_kind_of_case_reaches_is_not_drawn() -> None:
    counter = {"hours": "provider", "by": "clerk", "cite": "A120 §5(1)"}
    law = package(
        {
            "take": step("look", only={"channel": "counter"}),
            "look": step({"ok": {"go": "end", "exit": "granted"}, "no": {"go": "end", "exit": "refused"}}),
        },
        exits={"granted": exit_("positive"), "refused": exit_("refusal", grounds=["untrue"])},
        channels={"portal": {"hours": "portal", "cite": "A120 §5(1)"}, "counter": counter},
    )
    assert "step.take" not in flow(law, "en", "portal").nodes
    assert "if.take" not in flow(law, "en").nodes
    assert {e.label for e in flow(law, "en").leaving("way")} == {"portal", "counter"}


def test_a_condition_on_the_answers_becomes_a_choice() -> None:
    law = package(
        {
            "look": step("more"),
            "more": step({"done": {"go": "end", "exit": "granted"}}, only="form.area > 5"),
        }
    )
    rules = {edge.rule: edge.target for edge in flow(law, "en").leaving("if.more")}
    assert rules["form.area > 5"] == "step.more"
    assert len(rules) == 2


def test_a_procedure_that_loops_is_drawn_all_the_same() -> None:
    law = package(
        {
            "a": step({"on": "b", "back": "a"}),
            "b": step({"again": "a", "out": {"go": "end", "exit": "granted"}}),
        }
    )
    drawing = lay_out(flow(law, "en"))
    assert len(drawing.symbols) == len(drawing.flow.nodes)


def test_the_interaction_has_every_process_and_condition_of_the_act() -> None:
    texts = [node.text for node in interaction_flow(shipped("housing-assistance"), "ru").nodes.values()]
    for n in range(1, 8):
        assert any(text.startswith(f"Процесс {n}.") for text in texts), n
    for n in range(1, 4):
        assert any(text.startswith(f"Условие {n}.") for text in texts), n
    assert "ИИН" in interaction_svg(shipped("housing-assistance"), "ru")
    assert "ИИН/БИН" in interaction_svg(shipped("livestock-subsidy"), "ru")


def test_a_service_without_the_portal_has_no_interaction() -> None:
    assert not has_interaction(shipped("land-private-ownership"))
