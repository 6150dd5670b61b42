"""What people do with their own account, and an inspector with somebody's at the counter: one file per verb.

Each is journaled in `account:<id>`, what is given to a person for a company in `account:<id>` of that person
too. Passwords come in as they were typed and are hashed before the transaction.
"""

from qyzmet.cases.acts.accounts.ask_for_link import ask_for_link
from qyzmet.cases.acts.accounts.change_contact import change_contact
from qyzmet.cases.acts.accounts.change_password import change_password
from qyzmet.cases.acts.accounts.confirm_account import confirm_account
from qyzmet.cases.acts.accounts.declare_relative import declare_relative, withdraw_relative
from qyzmet.cases.acts.accounts.end_own_sessions import end_own_sessions
from qyzmet.cases.acts.accounts.enter_by_egov import enter_by_egov
from qyzmet.cases.acts.accounts.give_authority import give_authority
from qyzmet.cases.acts.accounts.keep_filter import drop_filter, keep_filter, rename_filter
from qyzmet.cases.acts.accounts.prove_account import prove_account
from qyzmet.cases.acts.accounts.register_account import register_account
from qyzmet.cases.acts.accounts.reset_password import number_shown, reset_by_link, reset_by_signature
from qyzmet.cases.acts.accounts.second_factor import (
    begin_second_factor,
    drop_second_factor,
    finish_second_factor,
)
from qyzmet.cases.acts.accounts.take_authority import take_authority
from qyzmet.cases.acts.accounts.withdraw_authority import withdraw_authority

__all__ = [
    "ask_for_link",
    "begin_second_factor",
    "change_contact",
    "change_password",
    "confirm_account",
    "declare_relative",
    "drop_filter",
    "drop_second_factor",
    "end_own_sessions",
    "enter_by_egov",
    "finish_second_factor",
    "give_authority",
    "keep_filter",
    "number_shown",
    "prove_account",
    "register_account",
    "rename_filter",
    "reset_by_link",
    "reset_by_signature",
    "take_authority",
    "withdraw_authority",
    "withdraw_relative",
]
