"""Pasqal's document is rebuilt from the text of a web page: nothing that the page says may get lost."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import tomllib
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError
from openapi_spec_validator import validate

from scripts.documents import HTTP_METHODS, load, operations, parse_yaml
from scripts.overlay import apply_overlay
from scripts.pasqal_page.blocks import read_page
from scripts.pasqal_page.document import build
from scripts.restore_pasqal import PageError, restore
from tests.specs.seeds import folder_of

FOLDER = folder_of("pasqal")
PAGE = (FOLDER / "upstream.txt").read_text(encoding="utf-8")
LINES = PAGE.splitlines()
TABLE: list[dict[str, Any]] = json.loads((FOLDER / "operations.json").read_text(encoding="utf-8"))
TEXT = restore(PAGE, TABLE)
DOCUMENT: dict[str, Any] = parse_yaml(TEXT)
FINAL = apply_overlay(DOCUMENT, load(FOLDER / "overlay.yaml"))
BY_ID = {operation["operationId"]: operation for _, _, operation in operations(DOCUMENT)}
FINAL_BY_ID = {operation["operationId"]: (path, operation) for _, path, operation in operations(FINAL)}

IDS = [entry["operation_id"] for entry in TABLE]
RECORDS = (
    "Batch",
    "BatchSummary",
    "BatchWithJobs",
    "BatchWithJobIds",
    "Job",
    "JobWithLogs",
    "Device",
    "Workload",
)
ADDED = {
    "get_job_results_link": "confirmed-SDK",
    "get_batch_status": "confirmed-SDK",
    "get_job_status": "confirmed-SDK",
    "set_batch_tags": "confirmed-SDK",
    "list_device_specs": "confirmed-SDK",
    "list_public_device_specs": "confirmed-SDK",
    "get_device_queue": "confirmed-docs",
    "list_devices_v2": "confirmed-docs",
    "list_packages": "confirmed-docs",
    "get_batch_full_results": "confirmed-client",
    "get_batch_results": "confirmed-SDK",
    "create_job": "confirmed-SDK",
    "create_cudaq_job": "confirmed-client",
    "get_cudaq_job": "confirmed-client",
    "create_ovh_batch": "confirmed-SDK",
    "get_ovh_batch": "confirmed-SDK",
    "get_ovh_batch_status": "confirmed-SDK",
    "list_ovh_jobs": "confirmed-SDK",
    "get_ovh_job_results_link": "confirmed-SDK",
    "get_ovh_job_status": "confirmed-SDK",
    "list_projects": "confirmed-SDK",
}


def block(entry: dict[str, Any]) -> list[str]:
    """The page's lines of one operation, cut by the table alone."""
    starts = [other["seed_line"] for other in TABLE] + [len(LINES) + 1]
    return LINES[entry["seed_line"] - 1 : starts[starts.index(entry["seed_line"]) + 1] - 1]


def section(lines: list[str], heading: str) -> list[str]:
    """The rows under a heading, up to the next heading."""
    if heading not in lines:
        return []
    rest = lines[lines.index(heading) + 1 :]
    headings = ("query Parameters", "Request Body schema: application/jsonrequired", "Responses")
    return rest[: next(index for index, line in enumerate(rest) if line in headings)]


def sample(lines: list[str], heading: str, skip: int) -> Any:
    """The JSON some lines below a heading; Redoc's bullets are not part of it."""
    start = lines.index(heading) + 1 + skip
    following = [line for line in ("Response samples",) if line in lines[start:]]
    end = lines.index(following[0], start) if following else len(lines)
    return json.loads(re.sub(r"(^|[{\[,] ?)- ", r"\1", "\n".join(lines[start:end]), flags=re.MULTILINE))


def response_sample(operation_id: str) -> Any:
    entry = next(entry for entry in TABLE if entry["operation_id"] == operation_id)
    return sample(block(entry), "Response samples", skip=2)


def content(operation: dict[str, Any]) -> dict[str, Any]:
    media: dict[str, Any] = operation["responses"]["200"]["content"]["application/json"]
    return media


def check(value: Any, schema: dict[str, Any], document: dict[str, Any]) -> None:
    Draft202012Validator({**schema, "components": document["components"]}).validate(value)


def resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return resolved(document["components"]["schemas"][name], document) if name else schema


def undeclared(value: Any, schema: dict[str, Any], where: str = "$") -> list[str]:
    """Keys of a sample that its schema does not name; a free object may hold any."""
    schema = resolved(schema, DOCUMENT)
    if isinstance(value, list):
        return [key for item in value for key in undeclared(item, schema["items"], f"{where}[]")]
    if not isinstance(value, dict):
        return []
    properties = schema.get("properties", {})
    free = schema.get("additionalProperties")
    lost = [f"{where}.{key}" for key in value if key not in properties and not free]
    for key, item in value.items():
        inner = properties.get(key, free)
        if isinstance(inner, dict) and ("$ref" in inner or "items" in inner):
            lost += undeclared(item, inner, f"{where}.{key}")
    return lost


def replaced(number: int, line: str) -> str:
    """The page with one line written otherwise."""
    return "\n".join([*LINES[: number - 1], line, *LINES[number:]])


class TestOperations:
    def test_every_operation_has_the_id_method_and_path_of_the_table(self) -> None:
        # One template has one name for one hole; the page's own spelling stays with the parameter.
        same_hole = {"batch__id": "batch_id", "strapi_quiz_id": "quiz_id"}
        expected = [
            (
                entry["operation_id"],
                entry["method"],
                re.sub(r"\w+(?=\})", lambda hole: same_hole.get(hole[0], hole[0]), entry["path"]),
            )
            for entry in TABLE
        ]
        listed = [(operation["operationId"], method, path) for method, path, operation in operations(DOCUMENT)]
        assert sorted(listed) == sorted(expected)
        assert len(listed) == 55

    @pytest.mark.parametrize("entry", TABLE, ids=IDS)
    def test_how_sure_a_path_is_stays_with_it_word_for_word(self, entry: dict[str, Any]) -> None:
        operation = BY_ID[entry["operation_id"]]
        assert operation["x-path-confidence"] == entry["confidence"]
        assert operation["x-audience"] == entry["audience"]
        assert operation["x-evidence"] == entry["evidence"]

    def test_what_users_should_no_longer_call_is_deprecated(self) -> None:
        deprecated = {name for name, operation in BY_ID.items() if operation.get("deprecated")}
        assert deprecated == {e["operation_id"] for e in TABLE if e["audience"] == "user (legacy)"}
        assert len(deprecated) == 9

    def test_titles_and_docstrings_are_kept(self) -> None:
        for entry in TABLE:
            operation, lines = BY_ID[entry["operation_id"]], block(entry)
            if entry["title"] is None:
                assert "description" not in operation
                continue
            assert operation["summary"] == entry["title"] == lines[0]
            markers = [lines.index(line) for line in lines if line.endswith("Parameters") or line == "Responses"]
            body = [index for index, line in enumerate(lines) if line.startswith("Request Body schema")]
            docstring = "\n".join(lines[1 : min(markers + body)])
            assert operation.get("description", "") == docstring

    def test_an_operation_without_its_title_gets_a_readable_one_and_its_uuid(self) -> None:
        untitled = [entry for entry in TABLE if entry["title"] is None]
        assert len(untitled) == 8
        for entry in untitled:
            operation = BY_ID[entry["operation_id"]]
            assert operation["summary"][0].isupper()
            assert [parameter["schema"] for parameter in operation["parameters"]] == [
                {"type": "string", "format": "uuid"}
            ]

    def test_tags_follow_the_path(self) -> None:
        assert BY_ID["get_batch"]["tags"] == ["batches"]
        assert BY_ID["create_use_case"]["tags"] == ["use-cases"]
        assert {operation["tags"][0] for operation in BY_ID.values()} == {tag["name"] for tag in DOCUMENT["tags"]}


class TestParameters:
    @pytest.mark.parametrize("entry", TABLE, ids=IDS)
    def test_every_row_of_the_page_is_a_parameter(self, entry: dict[str, Any]) -> None:
        declared = BY_ID[entry["operation_id"]].get("parameters", [])
        for place in ("path", "query"):
            rows = [re.match(r"(\w+)( required)? \|", row) for row in section(block(entry), f"{place} Parameters")]
            expected = [(row[1], row[2] is not None) for row in rows if row]
            assert len(expected) == len(rows)
            if place == "path" and entry["title"] is None:
                continue
            parameters = [
                (parameter.get("x-page-name", parameter["name"]), parameter["required"])
                for parameter in declared
                if parameter["in"] == place
            ]
            assert parameters == expected

    def test_the_empty_defaults_of_the_page_are_dropped(self) -> None:
        assert PAGE.count('Default: ""') > 50

        def defaults(node: Any) -> list[Any]:
            if isinstance(node, list):
                return [value for item in node for value in defaults(item)]
            if not isinstance(node, dict):
                return []
            own = [node["default"]] if "default" in node and not isinstance(node["default"], dict) else []
            return own + [value for item in node.values() for value in defaults(item)]

        values = defaults(DOCUMENT)
        assert "" not in values
        assert {json.dumps(value) for value in values} == {
            '"created_at"',
            '"DESC"',
            "100",
            "0",
            "true",
            "false",
            "[]",
        }

    def test_a_page_of_results_holds_from_one_to_a_hundred(self) -> None:
        limits = [
            parameter["schema"]
            for operation in BY_ID.values()
            for parameter in operation.get("parameters", [])
            if parameter["name"] == "limit"
        ]
        assert len(limits) == PAGE.count("limit | integer (Limit) ( 0 .. 101 )")
        assert all((limit["minimum"], limit["maximum"], limit["default"]) == (1, 100, 100) for limit in limits)

    def test_types_formats_enums_and_descriptions_come_from_the_row(self) -> None:
        parameters = {p["name"]: p for p in BY_ID["list_batches"]["parameters"]}
        assert parameters["id"] == {
            "name": "id",
            "in": "query",
            "required": False,
            "description": "Unique id for the batch",
            "style": "form",
            "explode": True,
            "schema": {"type": "array", "items": {"type": "string", "format": "uuid"}},
        }
        assert parameters["start_date"]["schema"] == {"type": "string", "format": "date-time"}
        assert parameters["status"]["schema"]["items"] == {"$ref": "#/components/schemas/BatchStatus"}
        assert DOCUMENT["components"]["schemas"]["BatchStatus"]["enum"] == [
            "PENDING", "RUNNING", "DONE", "CANCELED", "TIMED_OUT", "ERROR", "PAUSED",
        ]  # fmt: skip

    def test_every_enum_of_the_page_is_a_named_schema(self) -> None:
        for line in LINES:
            if "Enum:" in line:
                title, values = re.search(r"\((\w+)\).*?Enum:((?: \"\w+\")+)", line).groups()  # type: ignore[union-attr]
                assert DOCUMENT["components"]["schemas"][title]["enum"] == re.findall(r'"(\w+)"', values)


class TestRequests:
    BODIES = [entry for entry in TABLE if "Request samples" in block(entry)]  # noqa: RUF012

    def test_operations_have_a_body_where_the_page_shows_one(self) -> None:
        assert {n for n, o in BY_ID.items() if "requestBody" in o} == {e["operation_id"] for e in self.BODIES}

    @pytest.mark.parametrize("entry", BODIES, ids=[entry["operation_id"] for entry in BODIES])
    def test_the_payload_is_kept_and_fits_its_schema(self, entry: dict[str, Any]) -> None:
        body = BY_ID[entry["operation_id"]]["requestBody"]["content"]["application/json"]
        payload = sample(block(entry), "Request samples", skip=1)
        assert body["example"] == payload
        assert undeclared(payload, body["schema"]) == []
        check(payload, body["schema"], DOCUMENT)

    @pytest.mark.parametrize("entry", BODIES, ids=[entry["operation_id"] for entry in BODIES])
    def test_every_row_is_a_property(self, entry: dict[str, Any]) -> None:
        rows = section(block(entry), "Request Body schema: application/jsonrequired")
        schema = resolved(
            BY_ID[entry["operation_id"]]["requestBody"]["content"]["application/json"]["schema"], DOCUMENT
        )
        schema = resolved(schema.get("items", schema), DOCUMENT)
        named = [re.match(r"(?!required \|)([a-z_]+)( required)? \|", row) for row in rows]
        for row in filter(None, named):
            assert row[1] in schema["properties"]
            assert (row[1] in schema.get("required", [])) == (row[2] is not None)

    def test_rows_without_a_name_get_it_from_the_payload(self) -> None:
        schemas = DOCUMENT["components"]["schemas"]
        jobs = schemas["CreateBatchRequest"]["properties"]["jobs"]
        assert jobs == {
            "type": "array",
            "items": {"$ref": "#/components/schemas/CreateJobRequest"},
            "default": [],
        }
        assert schemas["UpdateLearnerProgressRequest"]["required"] == ["progress"]
        assert schemas["QuizRequest"]["required"] == ["data"]
        assert [next(iter(branch)) for branch in schemas["QuizRequest"]["properties"]["data"]["anyOf"]] == [
            "$ref",
            "type",
        ]
        assert "anyOf" in schemas["UseCaseReview"]["additionalProperties"]

    def test_jobs_are_added_as_a_list(self) -> None:
        for name in ("add_jobs", "add_jobs_v1"):
            schema = BY_ID[name]["requestBody"]["content"]["application/json"]["schema"]
            assert schema == {"type": "array", "items": {"$ref": "#/components/schemas/CreateJobRequest"}}


class TestResponses:
    @pytest.mark.parametrize("operation_id", IDS)
    def test_the_sample_is_kept_whole_and_fits_its_schema(self, operation_id: str) -> None:
        media, value = content(BY_ID[operation_id]), response_sample(operation_id)
        assert media["example"] == value
        assert undeclared(value, media["schema"]) == []
        check(value, media["schema"], DOCUMENT)

    @pytest.mark.parametrize("operation_id", IDS)
    def test_the_sample_still_fits_when_the_document_is_corrected(self, operation_id: str) -> None:
        check(response_sample(operation_id), content(FINAL_BY_ID[operation_id][1])["schema"], FINAL)

    def test_a_wrong_sample_would_be_noticed(self) -> None:
        value = copy.deepcopy(response_sample("get_batch"))
        value["data"]["status"] = 5
        with pytest.raises(ValidationError):
            check(value, content(BY_ID["get_batch"])["schema"], DOCUMENT)

    def test_every_response_names_its_schema_and_nests_no_nameless_object(self) -> None:
        def nameless(node: Any, depth: int = 0) -> bool:
            if isinstance(node, list):
                return any(nameless(item, depth + 1) for item in node)
            if not isinstance(node, dict):
                return False
            return (depth > 0 and "properties" in node and node.get("type") == "object") or any(
                nameless(item, depth + 1) for item in node.values()
            )

        assert all(set(content(operation)["schema"]) == {"$ref"} for operation in BY_ID.values())
        for document in (DOCUMENT, FINAL):
            bad = [name for name, schema in document["components"]["schemas"].items() if nameless(schema)]
            assert bad == []

    def test_a_status_is_an_enum_wherever_the_page_shows_one(self) -> None:
        schemas = DOCUMENT["components"]["schemas"]
        for name, enum in (
            ("Batch", "BatchStatus"),
            ("Job", "JobStatus"),
            ("Device", "DeviceStatus"),
            ("WorkloadWithResultLink", "JobStatus"),
        ):
            assert schemas[name]["properties"]["status"] == {"$ref": f"#/components/schemas/{enum}"}

    def test_the_page_requires_nothing_of_a_response(self) -> None:
        for name in RECORDS:
            assert "required" not in DOCUMENT["components"]["schemas"][name]

    def test_invalid_input_has_the_declared_response(self) -> None:
        assert all("422" in operation["responses"] for operation in BY_ID.values())
        declared = DOCUMENT["components"]["responses"]["ValidationError"]["content"]["application/json"]["schema"]
        assert declared == {"$ref": "#/components/schemas/HTTPValidationError"}


class TestDocument:
    def test_the_committed_document_is_what_the_page_gives(self) -> None:
        assert (FOLDER / "openapi.yaml").read_bytes() == TEXT.encode()

    def test_two_runs_give_the_same_bytes(self) -> None:
        assert restore(PAGE, TABLE) == TEXT

    def test_readers_of_yaml_1_1_and_1_2_understand_the_same(self) -> None:
        assert yaml.safe_load(TEXT) == DOCUMENT

    def test_it_is_valid_before_and_after_the_corrections(self) -> None:
        validate(DOCUMENT)
        validate(FINAL)

    def test_heading_server_and_authentication(self) -> None:
        assert f"{DOCUMENT['info']['title']} ({DOCUMENT['info']['version']})" == LINES[0]
        assert DOCUMENT["servers"] == [{"url": "https://apis.pasqal.cloud/core-fast"}]
        assert DOCUMENT["security"] == [{"bearer": []}]

    def test_the_source_says_what_it_is(self) -> None:
        source = tomllib.loads((FOLDER / "SOURCE.toml").read_text(encoding="utf-8"))
        for file, digest in (("file", "sha256"), ("operations_file", "operations_sha256")):
            assert hashlib.sha256((FOLDER / source[file]).read_bytes()).hexdigest() == source[digest]
        assert (source["operations"], source["operations_added"]) == (len(TABLE), len(ADDED))
        assert (source["title"], source["version"]) == (FINAL["info"]["title"], FINAL["info"]["version"])


class TestUnknownLines:
    @pytest.mark.parametrize(
        ("number", "line"),
        [
            (1, "Some other page"),
            (24, "order_by | text (Order By) |"),
            (26, 'limit | integer (Limit) ( 0 .. 101 ) Default: "many" Enum |'),
            (28, "a stray sentence"),
            (41, "Replies"),
            (43, "- 201"),
            (58, '- "priority": nothing,'),
            (87, "Array of things (Jobs) Default: [] |"),
            (205, 'status required | string (BatchStatus) Enum: "PENDING" "LOST" An enumeration. |'),
            (1326, "| something |"),
            (1589, "Any of number |"),
        ],
    )
    def test_an_unknown_line_stops_the_restoring(self, number: int, line: str) -> None:
        with pytest.raises(PageError, match=rf"^line {number}: ") as caught:
            restore(replaced(number, line), TABLE)
        assert caught.value.line == number

    def test_an_unknown_field_is_not_dropped(self) -> None:
        with pytest.raises(PageError, match=r"line 587: .*colour"):
            restore(replaced(593, '- "colour": 0,'), TABLE)

    def test_a_value_of_an_unknown_kind_is_not_guessed(self) -> None:
        with pytest.raises(PageError, match="line 587: 'device_type' is 'PHOTONIC'"):
            restore(replaced(594, '- "device_type": "PHOTONIC",'), TABLE)

    def test_a_title_that_the_table_does_not_expect_is_an_error(self) -> None:
        with pytest.raises(PageError, match="line 77: the page has 'Make Batch', the table 'Create Batch'"):
            restore(replaced(77, "Make Batch"), TABLE)

    def test_an_operation_more_or_less_is_an_error(self) -> None:
        with pytest.raises(PageError, match="the page has 55 operations and the table 54"):
            restore(PAGE, TABLE[:-1])
        with pytest.raises(PageError, match="line 1907: "):
            restore(PAGE + "\nOne More", TABLE)

    def test_whatever_line_is_garbled_is_noticed(self) -> None:
        # Every third line, for the sake of time; a docstring may change, but then so does the document.
        for index in range(0, len(LINES), 3):
            lines = [*LINES[:index], "gibberish 7 here", *LINES[index + 1 :]]
            try:
                changed = build(read_page("\n".join(lines)), TABLE)
            except PageError:
                continue
            assert changed != DOCUMENT, f"line {index + 1}: {LINES[index]!r}"

    def test_a_page_cut_short_is_an_error(self) -> None:
        with pytest.raises(PageError, match="line 1900: the page ends in the middle of an operation"):
            restore("\n".join(LINES[:1900]), TABLE)


class TestCorrections:
    def test_confirmed_operations_that_the_page_lost_are_added(self) -> None:
        added = {
            name: operation["x-path-confidence"] for name, (_, operation) in FINAL_BY_ID.items() if name not in BY_ID
        }
        assert added == ADDED

    def test_every_path_says_how_sure_it_is_and_why(self) -> None:
        for name, (_, operation) in FINAL_BY_ID.items():
            assert re.match(r"(confirmed|inferred)\b", operation["x-path-confidence"]), name
            assert operation["x-evidence"], name
            assert operation["x-audience"], name
        inferred = {n for n, (_, o) in FINAL_BY_ID.items() if o["x-path-confidence"].startswith("inferred")}
        assert inferred == {e["operation_id"] for e in TABLE if e["confidence"].startswith("inferred")}
        assert len(inferred) == 28

    def test_a_record_needs_no_more_than_its_id_and_status(self) -> None:
        for name in RECORDS:
            assert FINAL["components"]["schemas"][name]["required"] == ["id", "status"]

    @pytest.mark.parametrize(
        ("operation_id", "data"),
        [
            ("get_batch", {"id": "1", "status": "DONE", "webhook": None, "parent_id": None, "job_ids": None}),
            (
                "get_batch",
                {"id": "1", "status": "CANCELING", "jobs_count_per_status": {"DONE": 1}, "tags": None},
            ),
            (
                "get_job",
                {"id": "1", "status": "PENDING", "runs": None, "start_timestamp": None, "errors": None},
            ),
            ("get_workload", {"id": "1", "status": "DONE", "result_link": None, "start_timestamp": "163.69"}),
            ("get_job_results_link", {"results_link": None}),
            ("get_batch_status", {"id": "1", "status": "DONE", "jobs_count_per_status": {"DONE": 1}}),
            ("list_public_device_specs", [{"device_type": "FRESNEL", "specs": "{}"}]),
            ("list_projects", [{"id": "1", "name": "p", "queue_priority": "FREE", "email_domain": None}]),
        ],
    )
    def test_recorded_responses_fit(self, operation_id: str, data: Any) -> None:
        schema = content(FINAL_BY_ID[operation_id][1])["schema"]
        for code in (200, "200"):
            check({"status": "success", "message": "OK.", "code": code, "data": data}, schema, FINAL)
        with pytest.raises(ValidationError):
            check({"status": "success", "message": "OK.", "code": 200}, schema, FINAL)

    @pytest.mark.parametrize(
        "error",
        [
            {
                "status": "fail",
                "message": "Unprocessable Entity",
                "code": "422",
                "data": {"description": [{}]},
            },
            {
                "status": "error",
                "message": "Not found",
                "code": 404,
                "data": {"description": "no such batch"},
            },
            {"status": "error"},
        ],
    )
    def test_every_operation_has_errors_in_jsend(self, error: dict[str, Any]) -> None:
        for _, operation in FINAL_BY_ID.values():
            for status in ("422", "default"):
                name = operation["responses"][status]["$ref"].rpartition("/")[2]
                response = FINAL["components"]["responses"][name]
                check(error, response["content"]["application/json"]["schema"], FINAL)

    def test_batches_are_created_as_the_sdk_creates_them(self) -> None:
        request = FINAL["components"]["schemas"]["CreateBatchRequest"]
        assert request["required"] == ["project_id"]
        body = {
            "project_id": "405d8375-3514-403b-8c43-83ae74cfe0e9",
            "sequence_builder": None,
            "webhook": None,
            "device_type": "FRESNEL_CAN1",
            "backend_configuration": "{}",
            "open": False,
            "jobs": [{"runs": None, "sequence": "{}"}, {"variables": {"omega": [1]}}],
        }
        check(body, request, FINAL)
        replaced_fields = [name for name, field in request["properties"].items() if field.get("deprecated")]
        assert sorted(replaced_fields) == ["complete", "configuration", "emulator"]

    def test_batches_are_found_by_tag_and_no_longer_by_complete(self) -> None:
        parameters = {p["name"]: p for p in FINAL_BY_ID["list_batches"][1]["parameters"]}
        assert parameters["tag"]["schema"] == {"type": "string"}
        assert parameters["complete"]["deprecated"] is True

    def test_public_specifications_need_no_token(self) -> None:
        open_to_all = [n for n, (_, o) in FINAL_BY_ID.items() if o.get("security") == []]
        assert open_to_all == ["list_public_device_specs"]

    def test_projects_live_below_another_base(self) -> None:
        path, operation = FINAL_BY_ID["list_projects"]
        assert FINAL["paths"][path]["servers"] == [{"url": "https://apis.pasqal.cloud/account"}]
        assert operation["x-base"] == "account"
        assert [p for p, item in FINAL["paths"].items() if "servers" in item] == [path]

    def test_corrections_leave_the_operations_of_the_page_in_place(self) -> None:
        for path, item in DOCUMENT["paths"].items():
            for method in set(item) & set(HTTP_METHODS):
                assert FINAL["paths"][path][method]["operationId"] == item[method]["operationId"]
