"""People, organisations and what they may act as; one module per subject."""

from qyzmet.people.models.account import Account, AccountKind
from qyzmet.people.models.authority import Authority
from qyzmet.people.models.entry import Attempt, SignIn
from qyzmet.people.models.kept_filter import KeptFilter
from qyzmet.people.models.organisation import Organisation
from qyzmet.people.models.post import PostHolding, Substitution
from qyzmet.people.models.relative import Relative

__all__ = [
    "Account",
    "AccountKind",
    "Attempt",
    "Authority",
    "KeptFilter",
    "Organisation",
    "PostHolding",
    "Relative",
    "SignIn",
    "Substitution",
]
