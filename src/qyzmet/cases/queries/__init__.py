"""What each person sees: lists start from the access index, pages from one of the explicit views.

`visible` (cases one may see), `tasks` (my tasks with counters), `page` (one case as its view shows it),
`conditions` (the portal's processes and conditions), `timeline` (what happened, for people), `views` (which
fields each capacity sees).
"""

from qyzmet.cases.queries.conditions import Condition, Detail, conditions
from qyzmet.cases.queries.page import CasePage, case_page
from qyzmet.cases.queries.tasks import Counters, Narrowed, Place, TaskPage, counters, my_tasks
from qyzmet.cases.queries.timeline import timeline
from qyzmet.cases.queries.visible import visible_cases

__all__ = [
    "CasePage",
    "Condition",
    "Counters",
    "Detail",
    "Narrowed",
    "Place",
    "TaskPage",
    "case_page",
    "conditions",
    "counters",
    "my_tasks",
    "timeline",
    "visible_cases",
]
