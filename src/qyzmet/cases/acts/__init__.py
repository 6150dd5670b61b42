"""What can be done: one file per verb, one function each, `verb(actor, what, *, now, key=None)`.

An act checks permission, then its precondition, then changes, journals and leaves side effects, all in one
transaction (`cases.transaction`). It returns the case, or raises `ActRefused` and nothing has changed.
Portal, office, API, command line and ticker call the same acts. A decision and a refusal are outcomes of
`complete` (or `close_sitting`); an official's "register" step is a task like any other.
"""

from qyzmet.cases.acts.add_note import add_note
from qyzmet.cases.acts.annul import annul
from qyzmet.cases.acts.answer_correction import answer_correction
from qyzmet.cases.acts.answer_hearing import answer_hearing
from qyzmet.cases.acts.assign import assign
from qyzmet.cases.acts.call_off_hearing import call_off_hearing
from qyzmet.cases.acts.close_sitting import close_sitting
from qyzmet.cases.acts.complain import complain
from qyzmet.cases.acts.complete import complete
from qyzmet.cases.acts.confirm_signature import confirm_signature
from qyzmet.cases.acts.correct_document import correct_document
from qyzmet.cases.acts.declare_conflict import declare_conflict
from qyzmet.cases.acts.deliver_event import deliver_event
from qyzmet.cases.acts.erase_personal_data import erase_personal_data
from qyzmet.cases.acts.expire import expire, expired
from qyzmet.cases.acts.give_back import give_back
from qyzmet.cases.acts.hand_over import hand_over
from qyzmet.cases.acts.hold_hearing import hold_hearing
from qyzmet.cases.acts.move_hearing import move_hearing
from qyzmet.cases.acts.notify_hearing import notify_hearing
from qyzmet.cases.acts.publish_edition import publish_edition
from qyzmet.cases.acts.read_case import read_case
from qyzmet.cases.acts.recuse import recuse
from qyzmet.cases.acts.refuse_to_accept import refuse_to_accept
from qyzmet.cases.acts.register import register, to_register
from qyzmet.cases.acts.remind_to_collect import remind_to_collect
from qyzmet.cases.acts.reopen import reopen
from qyzmet.cases.acts.resume import resume
from qyzmet.cases.acts.return_for_correction import return_for_correction
from qyzmet.cases.acts.revise_edition import dry_run, revise_edition
from qyzmet.cases.acts.run_check import run_check
from qyzmet.cases.acts.submit import submit
from qyzmet.cases.acts.substitute import substitute
from qyzmet.cases.acts.suspend import suspend
from qyzmet.cases.acts.take import take
from qyzmet.cases.acts.transfer import transfer
from qyzmet.cases.acts.vote import vote
from qyzmet.cases.acts.withdraw import withdraw
from qyzmet.cases.acts.withdraw_consent import withdraw_consent

__all__ = [
    "add_note",
    "annul",
    "answer_correction",
    "answer_hearing",
    "assign",
    "call_off_hearing",
    "close_sitting",
    "complain",
    "complete",
    "confirm_signature",
    "correct_document",
    "declare_conflict",
    "deliver_event",
    "dry_run",
    "erase_personal_data",
    "expire",
    "expired",
    "give_back",
    "hand_over",
    "hold_hearing",
    "move_hearing",
    "notify_hearing",
    "publish_edition",
    "read_case",
    "recuse",
    "refuse_to_accept",
    "register",
    "remind_to_collect",
    "reopen",
    "resume",
    "return_for_correction",
    "revise_edition",
    "run_check",
    "submit",
    "substitute",
    "suspend",
    "take",
    "to_register",
    "transfer",
    "vote",
    "withdraw",
    "withdraw_consent",
]
