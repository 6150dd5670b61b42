"""The engine: a pure function (program, state, event, facts, now) → what has become of the state.

`program` compiles a package once; `state` is what a case keeps; `advance` is the function; `paths` finds the
choices that lead to an ending. Nothing here reads a clock, a database or a file.
"""

from qyzmet.regulation.engine.advance import advance
from qyzmet.regulation.engine.paths import Choice, NoPath, find_path
from qyzmet.regulation.engine.program import GeneralLaw, Node, Program, Target, compile_package
from qyzmet.regulation.engine.state import (
    EMPTY,
    Advance,
    Close,
    Complete,
    EngineError,
    Event,
    Open,
    Resume,
    Start,
    State,
    Suspend,
    Suspended,
    Token,
    dump_state,
    load_state,
)

__all__ = [
    "EMPTY",
    "Advance",
    "Choice",
    "Close",
    "Complete",
    "EngineError",
    "Event",
    "GeneralLaw",
    "NoPath",
    "Node",
    "Open",
    "Program",
    "Resume",
    "Start",
    "State",
    "Suspend",
    "Suspended",
    "Target",
    "Token",
    "advance",
    "compile_package",
    "dump_state",
    "find_path",
    "load_state",
]
