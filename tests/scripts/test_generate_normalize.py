"""Slips that clouds make in their documents, and what each becomes before a client is generated."""

from __future__ import annotations

from datetime import date
from typing import Any

import openapi_spec_validator
import pytest

from scripts.generator.normalize import normalized
from scripts.generator.notes import Note, Prepared
from tests.scripts.small import document

OK = {"responses": {"204": {"description": "Done."}}}
OWNER = {"$ref": "#/components/schemas/Owner"}


def old(**schemas: Any) -> dict[str, Any]:
    """A document of OpenAPI 3.0 with these schemas."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Tiny", "version": "1"},
        "paths": {"/jobs": {"get": {"operationId": "listJobs", **OK}}},
        "components": {"schemas": {"Owner": {"type": "object"}, **schemas}},
    }


def test_a_document_without_slips_stays_as_it_is() -> None:
    assert normalized(document()) == Prepared(document(), [])


@pytest.mark.parametrize(
    ("slip", "repaired", "words"),
    [
        pytest.param(
            {"allOf": [OWNER, {"description": "Who owns it."}]},
            {"allOf": [OWNER], "description": "Who owns it."},
            "`allOf` without the parts that only have description",
            id="a part of allOf that only annotates",
        ),
        pytest.param(
            {"allOf": [OWNER, {"nullable": True}, {"x-order": 1, "example": {}}]},
            {"allOf": [OWNER], "nullable": True},
            "`allOf` without the parts that only have example, nullable, x-order",
            id="several parts that only annotate",
        ),
        pytest.param(
            {"type": "integer", "exclusiveMinimum": 0},
            {"type": "integer", "minimum": 0, "exclusiveMinimum": True},
            "`exclusiveMinimum: 0` as OpenAPI 3.0 has it",
            id="an exclusive minimum",
        ),
        pytest.param(
            {"type": "number", "minimum": 1, "exclusiveMinimum": 0},
            {"type": "number", "minimum": 1, "exclusiveMinimum": False},
            "`exclusiveMinimum: 0` as OpenAPI 3.0 has it",
            id="an exclusive minimum below the other one",
        ),
        pytest.param(
            {"type": "number", "maximum": 10, "exclusiveMaximum": 2.5},
            {"type": "number", "maximum": 2.5, "exclusiveMaximum": True},
            "`exclusiveMaximum: 2.5` as OpenAPI 3.0 has it",
            id="an exclusive maximum below the other one",
        ),
        pytest.param(
            {"type": "string", "examples": ["a", "b"]},
            {"type": "string", "example": "a"},
            "the list `examples` of the schema is `example`",
            id="a list of examples",
        ),
    ],
)
def test_a_slip_is_repaired_in_components_properties_and_parameters(
    slip: dict[str, Any], repaired: dict[str, Any], words: str
) -> None:
    """Wherever a schema may be; each place is named."""

    def with_schema(schema: dict[str, Any]) -> dict[str, Any]:
        source = old(Thing=schema, Things={"type": "array", "items": {"type": "object", "properties": {"a": schema}}})
        source["paths"]["/jobs"]["get"]["parameters"] = [{"name": "n", "in": "query", "schema": schema}]
        return source

    changed, notes = normalized(with_schema(slip))
    assert changed == with_schema(repaired)
    openapi_spec_validator.validate(changed)
    places = ["schema Thing", "schema Things.items.a", "GET /jobs: query parameter n"]
    assert notes == [Note("normalized", place, words) for place in places]


def test_booleans_of_3_0_are_numbers_in_3_1() -> None:
    source = old(
        Above={"type": "number", "minimum": 1, "exclusiveMinimum": True}, Most={"maximum": 2, "exclusiveMaximum": False}
    )
    source["openapi"] = "3.1.0"
    changed, notes = normalized(source)
    assert changed["components"]["schemas"]["Above"] == {"type": "number", "exclusiveMinimum": 1}
    assert changed["components"]["schemas"]["Most"] == {"maximum": 2}
    assert [note.place for note in notes] == ["schema Above", "schema Most"]


def test_lists_of_examples_beside_a_schema_are_one_example() -> None:
    """A parameter and a body have a map of examples by name, or one."""
    source = old()
    get = source["paths"]["/jobs"]["get"]
    get["parameters"] = [{"name": "n", "in": "query", "schema": {"type": "integer"}, "examples": [3, 4]}]
    get["responses"] = {"200": {"description": "", "content": {"application/json": {"schema": {}, "examples": []}}}}
    changed, notes = normalized(source)
    openapi_spec_validator.validate(changed)
    assert changed["paths"]["/jobs"]["get"]["parameters"][0]["example"] == 3
    assert [note.place for note in notes] == ["GET /jobs: query parameter n", "GET /jobs: response 200"]


def test_yaml_types_that_json_does_not_have_are_text() -> None:
    source = old(Day={"type": "string", "default": date(2026, 1, 2)})
    source["paths"]["/jobs"]["get"]["responses"] = {204: {"description": "Done."}}
    changed, notes = normalized(source)
    assert changed["components"]["schemas"]["Day"]["default"] == "2026-01-02"
    assert changed["paths"]["/jobs"]["get"]["responses"] == OK["responses"]
    assert notes == [Note("normalized", "the document.components.schemas.Day.default", "the date 2026-01-02 is text")]


def with_id_twice(first: str, second: str) -> dict[str, Any]:
    source = old()
    source["paths"] = {
        "/jobs": {"get": {"operationId": first, **OK}},
        "/jobs/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": {"operationId": second, **OK},
        },
    }
    return source


def ids(source: dict[str, Any]) -> list[str]:
    return [item["get"]["operationId"] for item in source["paths"].values()]


@pytest.mark.parametrize("second", ["listJobs", "list_jobs"])
def test_the_second_operation_of_an_id_is_named_by_its_path(second: str) -> None:
    """Also where two ids differ in what Python's names do not keep."""
    changed, notes = normalized(with_id_twice("listJobs", second))
    assert ids(changed) == ["listJobs", "get_jobs_id"]
    words = f"its operationId {second} is another operation's too; it is now get_jobs_id"
    assert notes == [Note("renamed", "GET /jobs/{id}", words)]


def test_the_newer_operation_of_an_id_is_the_one_that_is_renamed() -> None:
    """The methods that people use keep their names."""
    previous = with_id_twice("allJobs", "listJobs")
    changed, notes = normalized(with_id_twice("listJobs", "listJobs"), previous)
    assert ids(changed) == ["get_jobs", "listJobs"]
    assert [(note.kind, note.place) for note in notes] == [("renamed", "GET /jobs")]


def test_a_name_by_path_is_not_another_operations() -> None:
    changed, _ = normalized(with_id_twice("get_jobs_id", "get_jobs_id"))
    assert ids(changed) == ["get_jobs_id", "get_jobs_id_2"]
