"""Visits to those who cannot come: one file per verb, each journaled in `visits:<organisation>`.

`ask_home_visit` → `appoint_home_visit` → `record_home_visit`, or `cancel_home_visit`. The papers are taken in
as at the window, marked as taken at home. Cites: O109 an.2 row 10 ¶1; O109 an.4 row 10 ¶1.
"""

from qyzmet.cases.acts.visits.appoint_home_visit import appoint_home_visit
from qyzmet.cases.acts.visits.ask_home_visit import ask_home_visit
from qyzmet.cases.acts.visits.cancel_home_visit import cancel_home_visit
from qyzmet.cases.acts.visits.record_home_visit import record_home_visit

__all__ = ["appoint_home_visit", "ask_home_visit", "cancel_home_visit", "record_home_visit"]
