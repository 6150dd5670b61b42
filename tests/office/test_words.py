"""Every text a page of the office asks for is there, and every event of the journal has words."""

from __future__ import annotations

import re
from pathlib import Path

from qyzmet.cases.interests import KINSHIPS
from qyzmet.cases.models import CaseState
from qyzmet.cases.queries.tasks import Kept
from qyzmet.office import narrowing, proofs, verbs
from qyzmet.office.views import confirming
from qyzmet.pages.words import table

SRC = Path(__file__).parents[2] / "src" / "qyzmet"


def asked_for() -> set[str]:
    templates = (SRC / "office" / "templates").rglob("*.html")
    said = {key for path in templates for key in re.findall(r"""\bsay ["']([\w.-]+)["']""", path.read_text())}
    code = (path.read_text() for path in (SRC / "office").rglob("*.py"))
    return said | {key for text in code for key in re.findall(r'\bsay\("([\w.-]+)"', text)}


def test_every_text_asked_for_is_in_the_table() -> None:
    assert len(asked_for()) > 100
    assert asked_for() - set(table()) == set()


def test_every_text_of_the_office_is_asked_for() -> None:
    pages = {path.stem for path in (SRC / "office" / "texts").glob("*.yaml")}
    made = {f"desk.state-{state}" for state in CaseState.values} | {
        f"intake.kind-{k}" for k in ("individual", "legal-entity")
    }
    made |= {f"doing.done-{verb}" for verb in (*verbs.PLAIN, "suspend", "resume")}
    made |= {f"tasks.{kind}" for kind in (*Kept.__args__, "all")}
    made |= {
        f"tasks.{head}" for each in ("service", "step", "days", "holder") for head in (each, f"every-{each}")
    }
    made |= {f"tasks.days-{days}" for days in narrowing.DAYS}
    made |= {f"tasks.sign-{sign}" for sign in ("late", "soon", "open", "held")}
    made |= {f"filters.done-{verb}" for verb in ("keep", "rename", "drop")}
    made |= {f"relatives.kinship-{kind}" for kind in KINSHIPS}
    made |= {
        key for key in table() if re.match(r"(substitutions|relatives|hearings)\.f-", key)
    }  # administering.fields
    made |= {"batch.none"} | {key for key in table() if key.partition(".")[0] == "extra"}
    made |= {key for key in table() if key.startswith("proofs.role-")}
    made |= {f"proofs.{each}" for each in ("iin", "bin", "valid", "invalid", "pending")}
    made |= {key for key in table() if key.startswith("audit.stream-")}
    made |= {f"proofs.check-{state}" for state in proofs.STATES.values()}
    made |= {f"casefile.condition-{each}" for each in ("passed", "failed", "pending")}
    made |= {key for key in table() if key.startswith("admin")}  # tests/office/administering/test_texts.py
    made |= {
        f"confirming.{each}"
        for each in (*confirming.FIELDS, "kind", *(f"kind-{k}" for k in confirming.KINDS))
    }
    there = {key for key in table() if key.partition(".")[0] in pages}
    assert there - asked_for() - made == set()


def test_every_event_of_the_journal_has_words() -> None:
    """An auditor reads every stream, an administrator those of bodies and accounts."""
    paths = [path for room in ("cases", "documents") for path in (SRC / room).rglob("*.py")]
    called = r'(?:record|write)\((?:[^()"]|\([^()]*\))*"([a-z-]+\.[a-z-]+)"'
    named = r'"((?:account|authority|hearing|ticket|visit|window)\.[a-z-]+)"'
    codes = {code for path in paths for code in re.findall(f"{called}|{named}", path.read_text())}
    said = {first or second for first, second in codes}
    assert {
        "case.received",
        "vote.cast",
        "document.issued",
        "account.contact-changed",
        "ticket.begun",
    } <= said
    assert {code for code in said if f"happened.{code}" not in table()} == set()
