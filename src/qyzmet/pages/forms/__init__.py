"""Forms made from a package: fields become inputs, what is posted becomes answers, faults become sentences.

    given = forms.posted(fields, request.POST)           # as typed; keep it whatever it holds
    facts = base | forms.live_facts(fields, given)       # so that `only` sees the answers of this page
    read = forms.check(fields, given, facts)             # .clean and .faults, the checks acts make too
    form = forms.Form(fields, given, facts, read.faults) # .widgets and .errors for pages/forms/*.html
    forms.shown(field, value)                            # an answer in words, for lists

Names of inputs are those of faults: `iban`, `family[0].iin`. The templates are `pages/forms/errors.html`
(give it `errors`) and `pages/forms/fields.html` (give it `widgets`). Everything works without script: rows
are added and taken away by buttons the server answers (`forms.rows_command`).
"""

from __future__ import annotations

from qyzmet.cases.filing.answers import Answers
from qyzmet.cases.filing.answers import read as check
from qyzmet.pages.forms.faults import sentence
from qyzmet.pages.forms.posted import live_facts, posted, rows_command
from qyzmet.pages.forms.shown import Shown, shown
from qyzmet.pages.forms.tabs import Laid, drawn_from, overlaid
from qyzmet.pages.forms.widgets import Fault, Form, Widget

__all__ = [
    "Answers",
    "Fault",
    "Form",
    "Laid",
    "Shown",
    "Widget",
    "check",
    "drawn_from",
    "live_facts",
    "overlaid",
    "posted",
    "rows_command",
    "sentence",
    "shown",
]
