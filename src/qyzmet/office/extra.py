"""What an act asks for beside the step's own record: what is wrong with papers, other times of a hearing."""

from __future__ import annotations

from qyzmet.pages.words import LANGUAGES, say
from qyzmet.regulation.model import Field

__all__ = ["extra_fields"]


def extra_fields(verb: str) -> dict[str, Field]:
    """The fields of an act by their names there; none for most."""
    if verb == "return":
        of = {"what": _field("fault-what"), "fault": _field("fault-fault")}
        return {"faults": _field("faults", "rows", of=of)}
    if verb == "notify-hearing":
        at = {"at": _field("offered-at", "moment")}
        return {"offered": _field("offered", "rows", required=False, hint=True, of=at)}
    if verb == "deliver":
        return {"occurred": _field("occurred", "moment", required=False, hint=True)}
    return {}


def _field(
    name: str,
    kind: str = "text",
    *,
    required: bool = True,
    hint: bool = False,
    of: dict[str, Field] | None = None,
) -> Field:
    words = {language: say(f"extra.{name}", language) for language in LANGUAGES}
    help_ = {language: say(f"extra.{name}-hint", language) for language in LANGUAGES} if hint else None
    return Field.model_validate({"type": kind, "name": words, "required": required, "help": help_, "of": of})
