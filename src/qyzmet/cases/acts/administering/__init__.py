"""What an administrator of the platform does: one file per verb, each with a reason, each journaled.

They stand with the acts of cases and not in `people`, because the transaction every act opens and the open
work they ask about are here. `organisation:<id>` and `account:<id>` are the streams of bodies and accounts;
what concerns the whole platform goes into `system`.
"""

from qyzmet.cases.acts.administering.announce_maintenance import announce_maintenance
from qyzmet.cases.acts.administering.approve_edition import approve_edition
from qyzmet.cases.acts.administering.block_account import block_account
from qyzmet.cases.acts.administering.cancel_maintenance import cancel_maintenance
from qyzmet.cases.acts.administering.change_hours import change_hours
from qyzmet.cases.acts.administering.close_organisation import close_organisation
from qyzmet.cases.acts.administering.decline_edition import decline_edition
from qyzmet.cases.acts.administering.end_opening import end_opening
from qyzmet.cases.acts.administering.end_post import end_post
from qyzmet.cases.acts.administering.end_sessions import end_sessions
from qyzmet.cases.acts.administering.end_substitution import end_substitution
from qyzmet.cases.acts.administering.give_hours import give_hours
from qyzmet.cases.acts.administering.give_post import give_post
from qyzmet.cases.acts.administering.make_organisation import make_organisation
from qyzmet.cases.acts.administering.open_edition import open_edition
from qyzmet.cases.acts.administering.place_organisation import place_organisation
from qyzmet.cases.acts.administering.propose_edition import propose_edition
from qyzmet.cases.acts.administering.rename_organisation import rename_organisation
from qyzmet.cases.acts.administering.reset_second_factor import reset_second_factor
from qyzmet.cases.acts.administering.set_parameter import set_parameter
from qyzmet.cases.acts.administering.unblock_account import unblock_account

__all__ = [
    "announce_maintenance",
    "approve_edition",
    "block_account",
    "cancel_maintenance",
    "change_hours",
    "close_organisation",
    "decline_edition",
    "end_opening",
    "end_post",
    "end_sessions",
    "end_substitution",
    "give_hours",
    "give_post",
    "make_organisation",
    "open_edition",
    "place_organisation",
    "propose_edition",
    "rename_organisation",
    "reset_second_factor",
    "set_parameter",
    "unblock_account",
]
