"""The JSON Schema of the package language, for editors: completion and a red line under a misspelt key."""

from __future__ import annotations

import json
from typing import Any

from qyzmet.regulation.model import Package

__all__ = ["schema", "schema_text"]


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of `service.yaml`. The shorter ways of writing (`then: end`) are allowed in it too."""
    made = Package.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "service.yaml", **made}


def schema_text() -> str:
    """The schema as it is printed."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
