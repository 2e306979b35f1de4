"""The Rigetti document gets its indentation back: all of it, at the right depth, and nothing else changes."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import openapi_spec_validator
import pytest
import yaml

from scripts.documents import HTTP_METHODS, load, operations, parse_yaml
from scripts.overlay import apply_overlay
from scripts.restore_rigetti import RestoreError, restore, restore_document
from tests.specs.seeds import folder_of

FOLDER = folder_of("rigetti")
UPSTREAM = (FOLDER / "upstream.txt").read_text(encoding="utf-8")
SCHEMA_REF = "#/components/schemas/"


@pytest.fixture(scope="module")
def restored() -> dict[str, Any]:
    return restore_document(UPSTREAM)


@pytest.fixture(scope="module")
def schemas(restored: dict[str, Any]) -> dict[str, Any]:
    return restored["components"]["schemas"]


@pytest.fixture(scope="module")
def corrected(restored: dict[str, Any]) -> dict[str, Any]:
    return apply_overlay(restored, load(FOLDER / "overlay.yaml"))


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every object in the document, at any depth."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def references(node: Any) -> set[str]:
    return {child["$ref"] for child in objects(node) if isinstance(child.get("$ref"), str)}


def resolve(document: dict[str, Any], reference: str) -> Any:
    node: Any = document
    for part in reference.removeprefix("#/").split("/"):
        node = node[part]
    return node


def schema_from(*lines: str) -> dict[str, Any]:
    """What the lines become as the schema `Thing` of a small document."""
    text = "\n".join(["openapi: 3.0.2", "components:", "schemas:", "Thing:", *lines])
    return restore_document(text)["components"]["schemas"]["Thing"]


def operation_from(*lines: str) -> dict[str, Any]:
    """What the lines become as `GET /things` of a small document."""
    text = "\n".join(["openapi: 3.0.2", "paths:", "/things:", "get:", *lines])
    return restore_document(text)["paths"]["/things"]["get"]


# --- The whole document ---


def test_the_committed_file_is_what_the_script_makes() -> None:
    assert (FOLDER / "openapi.yaml").read_bytes() == restore(UPSTREAM).encode()


def test_two_runs_give_the_same_bytes() -> None:
    assert restore(UPSTREAM) == restore(UPSTREAM)


def test_no_line_ends_with_a_space() -> None:
    assert re.findall(r".* $", restore(UPSTREAM), flags=re.MULTILINE) == []


def test_yaml_1_1_and_1_2_readers_see_the_same_document(restored: dict[str, Any]) -> None:
    text = restore(UPSTREAM)
    assert parse_yaml(text) == restored
    assert yaml.safe_load(text) == restored


def test_the_source_file_describes_the_text_as_received(restored: dict[str, Any]) -> None:
    source = tomllib.loads((FOLDER / "SOURCE.toml").read_text(encoding="utf-8"))
    assert source["sha256"] == hashlib.sha256((FOLDER / source["file"]).read_bytes()).hexdigest()
    assert source["title"] == restored["info"]["title"]
    assert source["version"] == restored["info"]["version"]
    assert source["operations"] == len(operations(restored))
    assert source["schemas"] == len(restored["components"]["schemas"])


def bare(text: str) -> list[str]:
    """The words of the lines, without what YAML writes in more than one way: dashes, quotes, block marks."""
    lines = (line.strip().removeprefix("- ") for line in text.splitlines())
    return " ".join(re.sub(r": [|>]-?$", ":", line).replace('"', "") for line in lines).split()


def words_of(node: Any) -> Iterator[str]:
    """The words of all keys and values, in document order."""
    if isinstance(node, dict) and node:
        for key, value in node.items():
            yield f"{key}:"
            yield from words_of(value)
    elif isinstance(node, list) and node:
        for value in node:
            yield from words_of(value)
    else:
        yield from bare(str(node).lower() if isinstance(node, bool) else str(node))


def test_no_word_is_lost_added_or_moved(restored: dict[str, Any]) -> None:
    assert list(words_of(restored)) == bare(UPSTREAM)


def test_it_has_42_paths_of_which_3_have_parameters_only(restored: dict[str, Any]) -> None:
    without_operations = {
        path: list(item) for path, item in restored["paths"].items() if not set(item) & set(HTTP_METHODS)
    }
    assert len(restored["paths"]) == 42
    assert without_operations == {
        "/v1/internal/reservations:findAvailable": ["parameters"],
        "/v1/internal/users/{userId}/profile": ["parameters"],
        "/v1/users/{idpId}": ["parameters"],
    }


def test_it_has_42_operations_with_names_of_their_own(restored: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(restored)]
    assert len(names) == len(set(names)) == 42


def test_it_has_68_schemas(schemas: dict[str, Any]) -> None:
    assert len(schemas) == 68


def test_every_reference_resolves(restored: dict[str, Any]) -> None:
    targets = references(restored)
    assert targets
    for reference in targets:
        assert isinstance(resolve(restored, reference), dict), reference


def test_only_two_schemas_are_never_referenced(restored: dict[str, Any], schemas: dict[str, Any]) -> None:
    used = {name.removeprefix(SCHEMA_REF) for name in references(restored) if name.startswith(SCHEMA_REF)}
    assert set(schemas) - used == {"InviteUserRequest", "UserCredentials"}


def test_required_names_are_properties(schemas: dict[str, Any]) -> None:
    exempt = schemas["BillingInvoice"]["allOf"][1]  # its other properties are in the schema it extends
    checked = 0
    for node in objects(schemas):
        if isinstance(node.get("required"), list) and node is not exempt:
            assert set(node["required"]) <= set(node["properties"]), node.get("title")
            checked += 1
    assert checked > 40


def test_the_invoice_requires_only_what_it_has_or_inherits(schemas: dict[str, Any]) -> None:
    base, own = schemas["BillingInvoice"]["allOf"]
    inherited = schemas[base["$ref"].removeprefix(SCHEMA_REF)]["properties"]
    assert set(own["required"]) <= set(own["properties"]) | set(inherited)


def test_path_templates_and_path_parameters_agree(restored: dict[str, Any]) -> None:
    for method, path, operation in operations(restored):
        declared = [*restored["paths"][path].get("parameters", []), *operation.get("parameters", [])]
        resolved = [resolve(restored, one["$ref"]) if "$ref" in one else one for one in declared]
        names = [one["name"] for one in resolved if one["in"] == "path"]
        assert sorted(names) == sorted(re.findall(r"{(\w+)}", path)), f"{method} {path}"


def test_every_operation_and_response_is_complete(restored: dict[str, Any]) -> None:
    for method, path, operation in operations(restored):
        for status, response in operation["responses"].items():
            assert isinstance(response["description"], str), f"{method} {path} {status}"


def test_every_schema_says_what_it_is(restored: dict[str, Any]) -> None:
    """A keyword that landed one level off would leave a schema with neither a type nor a reference."""
    for node in objects(restored["paths"]):
        if isinstance(node.get("schema"), dict) and node["schema"]:
            assert {"type", "$ref", "allOf"} & set(node["schema"]), node
    for name, schema in restored["components"]["schemas"].items():
        assert "type" in schema, name
        for key, value in schema.get("properties", {}).items():
            assert {"type", "$ref", "allOf"} & set(value), f"{name}.{key}"


# --- Where a line belongs: one rule after the other ---


def test_a_keyword_without_its_value_is_a_property(schemas: dict[str, Any]) -> None:
    thing = schema_from("properties:", "type:", "enum:", "- a", "type: string", "type: object")
    assert thing == {"properties": {"type": {"enum": ["a"], "type": "string"}}, "type": "object"}
    assert list(schemas["ValidationError"]["properties"]) == ["in", "message", "path"]
    assert schemas["ChecksumDescription"]["properties"]["type"] == {"enum": ["md5"], "type": "string"}
    assert schemas["BillingProduct"]["properties"]["description"] == {"maxLength": 5000, "type": "string"}
    assert schemas["Group"]["properties"]["description"] == {"type": "string"}
    assert schemas["BillingInvoiceLine"]["properties"]["description"] == {"type": "string"}
    assert schemas["Operation"]["properties"]["parameters"]["title"] == "Parameters"
    assert schemas["CreateEngagementRequest"]["properties"]["tags"]["title"] == "Tags"
    assert schemas["EngagementWithCredentials"]["properties"]["tags"]["type"] == "array"
    assert schemas["BillingPrice"]["properties"]["object"]["enum"] == ["price"]
    assert schemas["Characteristic"]["properties"]["error"]["type"] == "number"


def test_required_is_a_keyword_before_names_and_a_property_before_a_schema() -> None:
    thing = schema_from("properties:", "a:", "type: object", "required:", "type: boolean", "required:", "- a")
    assert thing == {
        "properties": {"a": {"type": "object"}, "required": {"type": "boolean"}},
        "required": ["a"],
    }


def test_a_title_after_the_items_of_an_array_is_the_arrays(schemas: dict[str, Any]) -> None:
    thing = schema_from("items:", "type: string", "title: Things", "type: array")
    assert thing == {"items": {"type": "string"}, "title": "Things", "type": "array"}
    for name, key, title in (
        ("ValidationError", "path", "Path"),
        ("Characteristic", "node_ids", "Node Ids"),
        ("Characteristic", "parameter_values", "Parameter Values"),
        ("CreateEndpointParameters", "quantumProcessorIds", "Quantum Processor IDs"),
        ("CreateEngagementRequest", "tags", "Tags"),
        ("Endpoint", "quantumProcessorIds", "Quantum Processor IDs"),
        ("EngagementWithCredentials", "quantumProcessorIds", "Quantum Processor IDs"),
        ("EngagementWithCredentials", "tags", "Tags"),
        ("OperationSite", "node_ids", "Node Ids"),
        ("TranslateNativeQuilToEncryptedBinaryResponse", "roSources", "Readout Sources"),
    ):
        array = schemas[name]["properties"][key]
        assert array["title"] == title
        assert "title" not in array["items"]
    pair = schemas["Edge"]["properties"]["node_ids"]
    assert list(pair) == ["description", "items", "maxItems", "minItems", "title", "type"]
    assert pair["items"] == {"minimum": 0, "type": "integer"}


def test_a_key_that_is_taken_goes_one_level_up(schemas: dict[str, Any]) -> None:
    thing = schema_from("properties:", "a:", "title: A", "type: string", "title: Thing", "type: object")
    assert thing == {
        "properties": {"a": {"title": "A", "type": "string"}},
        "title": "Thing",
        "type": "object",
    }
    thing = schema_from("properties:", "a:", "type: string", "description: One", "description: Two")
    assert thing == {"properties": {"a": {"type": "string", "description": "One"}}, "description": "Two"}
    assert schemas["AddGroupUserRequest"]["type"] == "object"
    assert schemas["EndpointAddresses"]["title"] == "EndpointAddresses"


def test_nothing_stands_beside_a_reference(restored: dict[str, Any]) -> None:
    thing = schema_from("allOf:", "- $ref: '#/components/schemas/Other'", "description: Text.")
    assert thing == {"allOf": [{"$ref": "#/components/schemas/Other"}], "description": "Text."}
    for node in objects(restored):
        assert "$ref" not in node or len(node) == 1, node


def test_only_an_object_has_a_list_of_required_names(schemas: dict[str, Any]) -> None:
    for scalar in ("boolean", "integer", "string", "array"):
        thing = schema_from("properties:", "a:", f"type: {scalar}", "required:", "- a", "type: object")
        assert thing["required"] == ["a"]
        assert thing["properties"] == {"a": {"type": scalar}}
    assert schemas["ClientApplication"]["properties"]["supported"] == {"type": "boolean"}
    assert schemas["UserCredentials"]["properties"]["password"]["required"] == ["value"]


def test_a_format_after_its_type_stays_with_it(schemas: dict[str, Any]) -> None:
    thing = schema_from("properties:", "a:", "type: integer", "format: int64", "title: Thing", "type: object")
    assert thing["properties"]["a"] == {"type": "integer", "format": "int64", "title": "Thing"}
    assert schemas["BillingPriceTier"]["properties"]["flatAmount"] == {"type": "integer", "format": "int64"}
    assert schemas["BillingPrice"]["properties"]["unitAmountDecimal"]["format"] == "double"


def test_an_unsorted_schema_gets_no_keys_by_their_order(schemas: dict[str, Any]) -> None:
    assert schemas["Health"] == {
        "type": "object",
        "required": ["status"],
        "properties": {"status": {"type": "string", "example": "PASS"}},
    }


def test_what_repeats_the_keys_of_the_extending_part_is_the_invoices(schemas: dict[str, Any]) -> None:
    invoice = schemas["BillingInvoice"]
    assert list(invoice) == ["allOf", "description", "type"]
    assert invoice["description"] == "A finalized billing invoice."
    assert list(invoice["allOf"][1]) == ["description", "properties", "required", "type"]


def test_a_capital_letter_begins_a_schema_and_a_small_one_a_property(schemas: dict[str, Any]) -> None:
    text = "openapi: 3.0.2\ncomponents:\nschemas:\nFirst:\nproperties:\na:\ntype: string\nSecond:\ntype: object"
    assert list(restore_document(text)["components"]["schemas"]) == ["First", "Second"]
    with pytest.raises(RestoreError, match=r"^line 6: 'second:' has no place"):
        schema_from("type: string", "second:", "type: object")
    assert list(schemas["Health"]["properties"]) == ["status"]
    assert schemas["AccountType"]["enum"] == ["group", "user"]


def test_the_sections_of_components_are_not_schemas(restored: dict[str, Any]) -> None:
    components = restored["components"]
    assert list(components) == ["schemas", "securitySchemes", "parameters"]
    assert list(components["securitySchemes"]) == ["JWTBearer", "JWTBearerOptional"]
    assert len(components["parameters"]) == 7


def test_parameters_after_an_operation_are_the_paths(restored: dict[str, Any]) -> None:
    for path in ("/v1/auth:getUser", "/v1/clientApplications", "/v1/reservations:findAvailable"):
        assert list(restored["paths"][path]) == ["get", "parameters"]
        assert restored["paths"][path]["parameters"] == []
    assert list(restored["paths"]["/v1/reservations"]) == ["get", "parameters", "post"]
    by_path = restored["paths"]["/v1/reservations/{reservationId}"]["parameters"]
    assert [one["name"] for one in by_path] == ["reservationId"]


def test_security_belongs_to_the_operation(restored: dict[str, Any]) -> None:
    assert "security" not in restored
    secured = [operation for _, _, operation in operations(restored) if "security" in operation]
    assert [operation["security"] for operation in secured] == [[{"JWTBearer": []}]] * 35


def test_a_description_goes_to_the_innermost_node(restored: dict[str, Any]) -> None:
    duration = restored["paths"]["/v1/reservations:findAvailable"]["get"]["parameters"][-1]
    assert "description" not in duration
    assert duration["schema"]["description"].startswith("Formatted as specified for golang")


def test_a_list_of_words_takes_no_key_and_value(restored: dict[str, Any]) -> None:
    groups = {group["name"]: group["tags"] for group in restored["x-tagGroups"]}
    assert list(groups) == ["Account Management", "QPU Access", "SDKs", "Filtering and ordering", "Errors"]
    assert groups["Account Management"] == ["account", "authentication"]


def test_prose_that_looks_like_yaml_stays_text(restored: dict[str, Any]) -> None:
    operation = operation_from(
        "description: >-",
        "Available fields include:",
        "- **endpointId**: The ID.",
        "ID and type:",
        "# Title",
        "| a | b |",
        "operationId: ListThings",
    )
    assert operation["description"].splitlines() == [
        "Available fields include:",
        "- **endpointId**: The ID.",
        "ID and type:",
        "# Title",
        "| a | b |",
    ]
    engage = restored["paths"]["/v1/engagements"]["post"]["description"]
    assert engage.splitlines()[1] == "At least one of the following parameters must be supplied:"
    assert engage.endswith("Ignored if **endpointId** is set.")
    assert '\ncurl --header "Authorization: Bearer eyJraW...Iow"\n' in restored["info"]["description"]


def test_block_texts_keep_their_lines_and_plain_texts_fold(restored: dict[str, Any]) -> None:
    assert operation_from("description: |", "One", "two.", "operationId: A")["description"] == "One\ntwo.\n"
    assert operation_from("description: >", "One", "two.", "operationId: A")["description"] == "One\ntwo.\n"
    assert operation_from("description: >-", "One", "two.", "operationId: A")["description"] == "One\ntwo."
    assert operation_from("description: One", "two.", "operationId: A")["description"] == "One two."
    table = restored["tags"][-1]["description"]
    assert "\n| forbidden | 403 | |\n| not\\_found | 404 | |\n" in table


def test_paths_may_hold_colons_and_quotes(restored: dict[str, Any]) -> None:
    text = 'openapi: 3.0.2\npaths:\n/a:b:\nparameters: []\n"/a/{c}:d":\nparameters: []'
    assert list(restore_document(text)["paths"]) == ["/a:b", "/a/{c}:d"]
    assert {"/v1/auth:getUser", "/v1/endpoints/{endpointId}:restart"} <= set(restored["paths"])


def test_a_quoted_text_runs_to_its_closing_quote(schemas: dict[str, Any]) -> None:
    thing = schema_from('description: "One [example:', 'type: two]"', "type: string")
    assert thing == {"description": "One [example: type: two]", "type": "string"}
    described = schemas["QuantumProcessor"]["properties"]["id"]["description"]
    assert described == "Immutable, unique identifier for a quantum processor [example: Aspen-1]"


def test_a_description_that_lost_its_markup_is_an_empty_text(restored: dict[str, Any]) -> None:
    empty = [tag["name"] for tag in restored["tags"] if tag.get("description") == ""]
    assert empty == ["filterParameter", "orderParameter"]
    with pytest.raises(RestoreError, match=r"^line 5: 'description:' "):
        operation_from("description:", "operationId: ListThings")


def test_values_keep_the_types_that_were_meant(restored: dict[str, Any], schemas: dict[str, Any]) -> None:
    assert restored["info"]["version"] == "2020-07-31"
    assert schemas["Family"]["enum"] == ["None", "Full", "Aspen"]
    shown = restored["components"]["parameters"]["showDeleted"]["schema"]
    assert shown == {"default": "false", "enum": ["true", "false"], "type": "string"}
    assert schemas["ParameterSpec"]["properties"]["length"]["default"] == 1
    assert schemas["Reservation"]["properties"]["userId"]["deprecated"] is True
    assert schemas["Node"]["additionalProperties"] is False


# --- Lines without a place ---


SMALL = ("openapi: 3.0.2", "paths:", "/things:", "get:", "operationId: A", "summary: A", "tags: []")


@pytest.mark.parametrize(
    ("number", "line", "reason"),
    [
        (2, "servers: none", "has no place in root"),
        (5, "not a key", "cannot be what 'get:' before it holds"),
        (6, "operationid: A", "has no place in root > paths > path > op"),
        (6, "operationId: A", "has no place in root > paths > path > op"),
        (7, "operationid: A", "has no place in root > paths > path > op"),
        (8, "- tag", "has no place in root > paths > path > op"),
        (8, "responses:", "has no place in root > paths > path > op"),
    ],
)
def test_a_line_without_a_place_is_reported_with_its_number(number: int, line: str, reason: str) -> None:
    text = "\n".join([*SMALL[: number - 1], line, *SMALL[number - 1 :]])
    with pytest.raises(RestoreError) as caught:
        restore(text)
    assert str(caught.value) == f"line {number}: '{line}' {reason}"


def test_line_numbers_count_blank_lines() -> None:
    with pytest.raises(RestoreError, match=r"^line 3: 'nonsense' has no place in root$"):
        restore("openapi: 3.0.2\n\nnonsense\n")


def test_a_line_in_the_middle_of_the_real_document_is_reported() -> None:
    lines = UPSTREAM.splitlines()
    lines.insert(2000, "maxWeight: 3")
    with pytest.raises(RestoreError, match=r"^line 2001: 'maxWeight: 3'"):
        restore("\n".join(lines))


@pytest.mark.parametrize("value", ["a: b", "[a", "[a, b]", "null"])
def test_a_value_that_is_not_one_word_is_reported(value: str) -> None:
    with pytest.raises(RestoreError, match=r"^line 5: "):
        schema_from(f"title: {value}")


def test_quotes_that_are_never_closed_are_reported() -> None:
    with pytest.raises(RestoreError, match=r"^line 5: the quotes"):
        schema_from('description: "One', "type: string")


# --- The corrections on top ---


def test_each_correction_applies_and_the_result_is_valid(corrected: dict[str, Any]) -> None:
    openapi_spec_validator.validate(corrected)


def test_the_document_as_received_is_not_valid(restored: dict[str, Any]) -> None:
    """Or the correction would have no reason to be."""
    with pytest.raises(openapi_spec_validator.validation.exceptions.OpenAPIValidationError):
        openapi_spec_validator.validate(restored)


def test_every_documented_error_body_is_an_error(corrected: dict[str, Any]) -> None:
    for method, path, operation in operations(corrected):
        for status, response in operation["responses"].items():
            if status >= "400" and "content" in response:
                schema = response["content"]["application/json"]["schema"]
                assert schema == {"$ref": SCHEMA_REF + "Error"}, f"{method} {path} {status}"


def test_every_documented_success_body_has_a_schema(corrected: dict[str, Any]) -> None:
    empty = set()
    for _, _, operation in operations(corrected):
        response = operation["responses"].get("200", {"content": None})
        if "content" not in response:
            empty.add(operation["operationId"])
        elif response["content"]:
            assert response["content"]["application/json"]["schema"], operation["operationId"]
    health = {"HealthCheck", "HealthCheckDeprecated"}
    assert empty == {*health, "DeleteEndpoint", "RestartEndpoint", "DismissViewerAnnouncement"}


def test_no_list_requires_a_next_page(corrected: dict[str, Any]) -> None:
    paged = [
        schema
        for schema in corrected["components"]["schemas"].values()
        if "nextPageToken" in schema.get("properties", {})
    ]
    # Eight as received; those of accessors, instruction sets and announcements came later.
    assert len(paged) == 8 + 3
    for schema in paged:
        assert "nextPageToken" not in schema["required"]
        assert schema["properties"]["nextPageToken"]["nullable"] is True


def test_the_posts_that_are_safe_to_repeat_are_marked(corrected: dict[str, Any]) -> None:
    marked = {op["operationId"]: method for method, _, op in operations(corrected) if op.get("x-idempotent")}
    assert marked == {
        "CreateEngagement": "POST",
        "CheckClientApplication": "POST",
        "TranslateNativeQuilToEncryptedBinary": "POST",
        "GetUserEventBillingPrice": "POST",
    }


def test_every_secret_is_marked(corrected: dict[str, Any]) -> None:
    """By name, so that a secret which a later document adds does not slip through."""
    secret = re.compile(r"secret$|password$|^token$", re.IGNORECASE)
    unmarked = [
        f"{name}.{key}"
        for name, schema in corrected["components"]["schemas"].items()
        for key, value in schema.get("properties", {}).items()
        if secret.search(key) and value.get("type") == "string" and value.get("format") != "password"
    ]
    assert unmarked == []
