"""What a consultant of the contact centre does: looks up where an application stands, and leaves an entry."""

from qyzmet.cases.acts.contact.look_up import look_up

__all__ = ["look_up"]
