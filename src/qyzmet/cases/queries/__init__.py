"""What each person sees: lists start from the access index, pages from one of the explicit views.

`visible` (cases one may see), `tasks` (my tasks with counters), `page` (one case as its view shows it),
`timeline` (what happened, for people), `views` (which fields each capacity sees).
"""

from qyzmet.cases.queries.page import CasePage, case_page
from qyzmet.cases.queries.tasks import Counters, Place, TaskPage, counters, my_tasks
from qyzmet.cases.queries.timeline import timeline
from qyzmet.cases.queries.visible import visible_cases

__all__ = [
    "CasePage",
    "Counters",
    "Place",
    "TaskPage",
    "case_page",
    "counters",
    "my_tasks",
    "timeline",
    "visible_cases",
]
