"""Every word of a status in the documents is classified, and a new one fails here by name."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from scripts.documents import PROVIDERS, SPECS, load

TABLES = [
    (provider, name, table)
    for provider in PROVIDERS
    for name, table in import_module(f"anyqpu.providers.{provider}.states").TABLES.items()
]


def words_of(provider: str, name: str) -> set[str]:
    """The words of an enum: a component, or a field of one, by the names of the document."""
    schemas: dict[str, Any] = load(SPECS / provider / "final.json")["components"]["schemas"]
    if name in schemas:
        return set(schemas[name]["enum"])
    component, _, field = name.rpartition(".")
    schema = schemas[component]["properties"][field]
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    return {word for word in schema["enum"] if word is not None}


@pytest.mark.parametrize(("provider", "name", "table"), TABLES, ids=[f"{row[0]}-{row[1]}" for row in TABLES])
def test_every_word_of_the_document_is_classified(provider: str, name: str, table: dict[str, object]) -> None:
    words = words_of(provider, name)
    assert not words - table.keys(), f"new words of {provider} {name}"
    assert not table.keys() - words, f"words of {provider} {name} that the document no longer has"


@pytest.mark.parametrize("provider", ["scaleway", "kipu", "pasqal"])
def test_no_status_is_left_out(provider: str) -> None:
    """Every enum that is called a status, state or availability has its table."""
    schemas: dict[str, Any] = load(SPECS / provider / "final.json")["components"]["schemas"]
    classified = {name for owner, name, _ in TABLES if owner == provider}
    components = set()
    for component, schema in schemas.items():
        if "enum" in schema and component.endswith(("Status", "State")):
            components.add(component)
        for field, inner in schema.get("properties", {}).items():
            if "enum" in inner and field in {"status", "state", "availability"}:
                components.add(f"{component}.{field}")
    assert components
    assert {name for name in components if name not in classified} <= KNOWN_OTHERWISE[provider]


# Statuses of what no method of ours is for: the use cases of Pasqal's portal.
KNOWN_OTHERWISE: dict[str, set[str]] = {"scaleway": set(), "kipu": set(), "pasqal": {"ValidationStatus"}}
