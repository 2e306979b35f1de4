"""The named schemas found so far; a name means one thing, or restoring stops."""

from __future__ import annotations

from typing import Any

from scripts.pasqal_page.blocks import PageError

JSON_OBJECT = {
    "type": "object",
    "additionalProperties": True,
    "description": "Any JSON object: the page does not say what is inside.",
}


def ref(name: str) -> dict[str, Any]:
    """A reference to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


class Components:
    """Collects named schemas and refuses two meanings for one name."""

    def __init__(self) -> None:
        self.schemas: dict[str, dict[str, Any]] = {}

    def add(self, line: int, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        """Remember the schema; returns the reference to it."""
        if self.schemas.setdefault(name, schema) != schema:
            raise PageError(line, f"{name} was read with another meaning before")
        return ref(name)

    def add_enum(self, line: int, name: str, values: list[str], description: str | None) -> dict[str, Any]:
        """An enum may be met with its description in one row and without in the next."""
        earlier = self.schemas.get(name, {"enum": values})
        described = earlier.get("description") or description
        if earlier["enum"] != values or (description and described != description):
            raise PageError(line, f"{name} had other values or another description before")
        self.schemas[name] = {"type": "string", "enum": values} | ({"description": described} if described else {})
        return ref(name)
