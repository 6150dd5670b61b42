"""What a supervisor's pages count, and the same counted a second time from the journal.

`Reach` (whose cases) and `Period` (which days) go into everything: `load` and `total` (open steps by post and
person), `pressing` (late and about to be), `ended`, `grouped`, `times` (how long, in time), `refusals` and
`at_the_window` (why), `summary` (all of it), `recount` (all of it from the journal), `differing` (what is not
equal). `turns` and `by_group`: waits at the windows.
"""

from qyzmet.cases.queries.figures.ended import Ended, Group, Middle, Times, ended, grouped, times
from qyzmet.cases.queries.figures.late import After, Pressing, late_counts, pressing
from qyzmet.cases.queries.figures.load import Load, Share, load, open_steps, total
from qyzmet.cases.queries.figures.reach import Period, Reach
from qyzmet.cases.queries.figures.recount import recount
from qyzmet.cases.queries.figures.refusals import Ground, at_the_window, refusals
from qyzmet.cases.queries.figures.summary import Difference, Standing, Summary, differing, standing, summary
from qyzmet.cases.queries.figures.waits import Spread, Turn, Waits, by_group, turns, waits

__all__ = [
    "After",
    "Difference",
    "Ended",
    "Ground",
    "Group",
    "Load",
    "Middle",
    "Period",
    "Pressing",
    "Reach",
    "Share",
    "Spread",
    "Standing",
    "Summary",
    "Times",
    "Turn",
    "Waits",
    "at_the_window",
    "by_group",
    "differing",
    "ended",
    "grouped",
    "late_counts",
    "load",
    "open_steps",
    "pressing",
    "recount",
    "refusals",
    "standing",
    "summary",
    "times",
    "total",
    "turns",
    "waits",
]
