"""The queue of a body's windows: one file per verb, each journaled in `queue:<organisation>`.

`issue_ticket` → `call_ticket` → `begin_serving` → `end_serving`, or `mark_no_show`, or `transfer_ticket`,
which gives the same number another turn. Who calls sits at a window: `open_window`, `close_window`. There is
no appointment: documents are taken in order of queue (M262 private §8 Centre queue).
"""

from qyzmet.cases.acts.queue.begin_serving import begin_serving
from qyzmet.cases.acts.queue.call_ticket import call_ticket
from qyzmet.cases.acts.queue.close_window import close_window
from qyzmet.cases.acts.queue.end_serving import end_serving
from qyzmet.cases.acts.queue.issue_ticket import issue_ticket
from qyzmet.cases.acts.queue.mark_no_show import mark_no_show
from qyzmet.cases.acts.queue.open_window import open_window
from qyzmet.cases.acts.queue.transfer_ticket import transfer_ticket

__all__ = [
    "begin_serving",
    "call_ticket",
    "close_window",
    "end_serving",
    "issue_ticket",
    "mark_no_show",
    "open_window",
    "transfer_ticket",
]
