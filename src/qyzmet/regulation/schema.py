"""The JSON Schema of the package language, for editors: completion and a red line under a misspelt key."""

from __future__ import annotations

import json
from typing import Any

from qyzmet.regulation.model import Package

__all__ = ["schema", "schema_text"]


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a `service.yaml` that stands alone, with the shorter ways of writing it has."""
    made = Package.model_json_schema(by_alias=True, mode="validation")
    parts = made["$defs"]
    step, move, source = parts["Step"]["properties"], {"$ref": "#/$defs/Move"}, {"$ref": "#/$defs/Source"}
    move_or_id = {"anyOf": [{"type": "string"}, move]}
    moves = {"anyOf": [*move_or_id["anyOf"], {"type": "array", "items": move_or_id}]}
    limit = {"$ref": "#/$defs/Limit"}
    step["within"] = {"anyOf": [{"type": "string"}, limit, {"type": "array", "items": limit}]}
    step["then"] = {"anyOf": [*moves["anyOf"], {"type": "object", "additionalProperties": moves}]}
    whole = made["properties"]
    whole["sources"]["items"] = {"anyOf": [{"type": "string"}, source]}
    whole["term"] = {"anyOf": [{"$ref": "#/$defs/TermRule"}, whole["term"]]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "service.yaml"}


def schema_text() -> str:
    """The schema as it is printed."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
