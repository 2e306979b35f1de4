"""Every kind of change of a document is reported as what it is for users, and nothing else is."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from scripts.documents import PROVIDERS, SPECS, load
from scripts.overlay import apply_overlay
from scripts.spec_changes import report
from scripts.spec_changes.compare import Change, Level, compare
from scripts.spec_changes.cures import with_cures
from scripts.spec_changes.impact import Coverage, impacts
from scripts.spec_changes.kinds import kind_of, python_name
from scripts.spec_changes.overlaying import Fate, split_overlay, try_overlay
from scripts.spec_changes.reading import RefusedError, parse_document, problems_of, read_document
from scripts.spec_changes.skeletons import next_version
from scripts.spec_diff import main as diff
from tests.scripts.small import DATA, document

Edit = Callable[[dict[str, Any]], object]


def changed(edit: Edit) -> list[Change]:
    new = document()
    edit(new)
    return compare(document(), new)


def operation(document: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    return document["paths"][path][method]


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    return document["components"]["schemas"][name]


def move(document: dict[str, Any], old: str, new: str) -> None:
    document["paths"][new] = document["paths"].pop(old)


def drop(names: list[str], name: str) -> None:
    names.remove(name)


def rename(document: dict[str, Any], old: str, new: str) -> None:
    text = json.dumps(document).replace(f"#/components/schemas/{old}", f"#/components/schemas/{new}")
    schemas = json.loads(text)
    schemas["components"]["schemas"][new] = schemas["components"]["schemas"].pop(old)
    document.clear()
    document.update(schemas)


NEW_GET = {"operationId": "getHealth", "responses": {"200": {"description": "Well."}}}
NO_JOB = {"description": "No such job."}

CASES: dict[str, tuple[Edit, str, Level]] = {
    "operation added": (
        lambda d: d["paths"].update({"/health": {"get": NEW_GET}}),
        "getHealth: operation added: GET /health",
        Level.MINOR,
    ),
    "operation removed": (
        lambda d: d["paths"]["/jobs/{id}"].pop("delete"),
        "deleteJob: operation removed: DELETE /jobs/{id}",
        Level.MAJOR,
    ),
    "operation renamed": (
        lambda d: operation(d, "/jobs", "get").update(operationId="searchJobs"),
        "searchJobs: operation renamed: listJobs -> searchJobs",
        Level.MAJOR,
    ),
    "operation moved": (
        lambda d: move(d, "/jobs/{id}:cancel", "/jobs/{id}/cancel"),
        "cancelJob: operation moved: POST /jobs/{id}:cancel -> POST /jobs/{id}/cancel",
        Level.MAJOR,
    ),
    "operation deprecated": (
        lambda d: operation(d, "/jobs/{id}", "get").update(deprecated=True),
        "getJob: operation deprecated",
        Level.MINOR,
    ),
    "parameter added": (
        lambda d: operation(d, "/jobs", "get")["parameters"].append(
            {"name": "owner", "in": "query", "schema": {"type": "string"}}
        ),
        "listJobs: parameter added: query owner string",
        Level.MINOR,
    ),
    "required parameter added": (
        lambda d: operation(d, "/jobs", "get")["parameters"].append(
            {"name": "owner", "in": "query", "required": True, "schema": {"type": "string"}}
        ),
        "listJobs: parameter added: query owner string, required",
        Level.MAJOR,
    ),
    "parameter removed": (
        lambda d: operation(d, "/jobs", "get")["parameters"].pop(0),
        "listJobs: parameter removed: query page integer",
        Level.MAJOR,
    ),
    "parameter newly required": (
        lambda d: operation(d, "/jobs", "get")["parameters"][0].update(required=True),
        "listJobs: parameter newly required: query page",
        Level.MAJOR,
    ),
    "parameter no longer required": (
        lambda d: operation(d, "/jobs", "get")["parameters"][5].update(required=False),
        "listJobs: parameter no longer required: query since",
        Level.MINOR,
    ),
    "parameter changed type": (
        lambda d: operation(d, "/jobs", "get")["parameters"][0].update(schema={"type": "string"}),
        "listJobs: parameter changed type: query page integer -> string",
        Level.MAJOR,
    ),
    "parameter written in another form": (
        lambda d: operation(d, "/jobs", "get")["parameters"][1].update(style="pipeDelimited", explode=False),
        "listJobs: parameter written otherwise: query tags as usual -> pipeDelimited, explode: false",
        Level.MAJOR,
    ),
    "parameter takes another type too": (
        lambda d: operation(d, "/jobs", "get")["parameters"][0].update(schema={"type": ["integer", "string"]}),
        "listJobs: parameter changed type: query page integer -> integer or string",
        Level.MINOR,
    ),
    "parameter takes more numbers": (
        lambda d: operation(d, "/jobs", "get")["parameters"][0].update(schema={"type": "number"}),
        "listJobs: parameter changed type: query page integer -> number",
        Level.MINOR,
    ),
    "received field with more numbers": (
        lambda d: schema(d, "Circuit")["properties"].update(qubits={"type": "number"}),
        "Circuit: field changed type: qubits integer -> number",
        Level.MAJOR,
    ),
    "received field with another type too": (
        lambda d: schema(d, "Circuit")["properties"].update(
            qubits={"oneOf": [{"type": "integer"}, {"type": "string"}]}
        ),
        "Circuit: field changed type: qubits integer -> integer or string",
        Level.MINOR,
    ),
    "the same type in other words": (
        lambda d: schema(d, "Circuit")["properties"].update(qubits={"type": "integer", "format": "int64"}),
        "Circuit: field described in other words: qubits integer -> integer (int64)",
        Level.PATCH,
    ),
    "words now listed": (
        lambda d: operation(d, "/jobs/{id}/tasks/{number}/raw", "get")["parameters"][2]["schema"].update(enum=["a"]),
        "getRawTask: parameter words now listed: query type a",
        Level.MAJOR,
    ),
    "response added": (
        lambda d: operation(d, "/jobs/{id}", "get")["responses"].update({"404": NO_JOB}),
        "getJob: response added: 404",
        Level.PATCH,
    ),
    "success without a body removed, beside another one": (
        lambda d: operation(d, "/jobs/{id}:cancel", "post")["responses"].pop("202"),
        "cancelJob: response removed: 202",
        Level.PATCH,
    ),
    "success removed": (
        lambda d: operation(d, "/jobs", "get")["responses"].pop("200"),
        "listJobs: response removed: 200",
        Level.MAJOR,
    ),
    "body removed": (
        lambda d: operation(d, "/jobs/{id}:cancel", "post").pop("requestBody"),
        "cancelJob: body removed",
        Level.MAJOR,
    ),
    "body newly required": (
        lambda d: operation(d, "/jobs/{id}:cancel", "post")["requestBody"].update(required=True),
        "cancelJob: body newly required",
        Level.MAJOR,
    ),
    "field added to what is sent and received": (
        lambda d: schema(d, "Circuit")["properties"].update(zone={"type": "string"}),
        "Circuit: field added: zone string",
        Level.MINOR,
    ),
    "field added to what no operation uses": (
        lambda d: schema(d, "Timeline")["properties"].update(zone={"type": "string"}),
        "Timeline: field added: zone string",
        Level.PATCH,
    ),
    "required field added to a request": (
        lambda d: (
            schema(d, "NewJob")["properties"].update(reason={"type": "string"}),
            schema(d, "NewJob").setdefault("required", []).append("reason"),
        ),
        "NewJob: field added: reason string, required",
        Level.MAJOR,
    ),
    "field removed": (
        lambda d: schema(d, "Problem")["properties"].popitem(),
        "Problem: field removed: ",
        Level.MAJOR,
    ),
    "words added": (
        lambda d: schema(d, "JobStatus")["enum"].append("EVAPORATED"),
        "JobStatus: field words added: EVAPORATED",
        Level.MINOR,
    ),
    "schema renamed": (
        lambda d: rename(d, "Timeline", "TimeLine"),
        "TimeLine: schema renamed: Timeline -> TimeLine",
        Level.PATCH,
    ),
    "schema added": (
        lambda d: d["components"]["schemas"].update(Unused={"type": "object"}),
        "Unused: schema added",
        Level.PATCH,
    ),
    "auth no longer needed": (
        lambda d: operation(d, "/jobs/{id}", "get").update(security=[{"key": []}, {}]),
        "getJob: auth changed: key -> none or key",
        Level.MINOR,
    ),
    "other auth": (
        lambda d: operation(d, "/jobs/{id}", "get").update(security=[{"secret": []}]),
        "getJob: auth changed: key -> secret",
        Level.MAJOR,
    ),
    "other scopes": (
        lambda d: operation(d, "/jobs/{id}/tasks/{number}/raw", "get")["security"][1].update(oauth=["write"]),
        "getRawTask: auth changed: key and secret or oauth (read) -> key and secret or oauth (write)",
        Level.MAJOR,
    ),
    "auth scheme removed": (
        lambda d: d["components"]["securitySchemes"].pop("secret"),
        "secret: auth scheme removed",
        Level.MAJOR,
    ),
    "servers changed": (
        lambda d: d.update(servers=[{"url": "https://new.example.com"}]),
        "servers: servers changed: -> https://new.example.com",
        Level.MINOR,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_is_reported_as_what_it_is(case: str) -> None:
    edit, said, level = CASES[case]
    changes = changed(edit)
    assert [(str(change)[: len(said)], change.level) for change in changes] == [(said, level)]


def test_texts_examples_and_order_do_not_matter() -> None:
    def edit(d: dict[str, Any]) -> None:
        d["info"] = {"title": "Another title", "version": "9"}
        operation(d, "/jobs", "get").update(summary="Other words", description="Still others", tags=["Other"])
        operation(d, "/jobs", "get")["parameters"].reverse()
        schema(d, "Job")["description"] = "A job."
        d["components"]["schemas"] = dict(reversed(d["components"]["schemas"].items()))
        d["paths"] = dict(reversed(d["paths"].items()))

    assert changed(edit) == []


def test_another_name_in_a_path_is_a_renamed_parameter_and_no_move() -> None:
    def edit(d: dict[str, Any]) -> None:
        d["components"]["parameters"]["JobId"]["name"] = "job_id"
        for path in [path for path in d["paths"] if "{id}" in path]:
            move(d, path, path.replace("{id}", "{job_id}"))

    assert {(change.kind, change.subject) for change in changed(edit)} == {("parameter renamed", "job_id")}


def test_a_change_deep_in_a_component_names_every_operation_that_it_touches() -> None:
    (change,) = changed(lambda d: schema(d, "JobStatus")["enum"].append("EVAPORATED"))
    assert set(change.operations) >= {"listJobs", "getJob", "createJob"}
    assert change.words == ("EVAPORATED",)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_names_in_python_are_those_of_the_generator(provider: str) -> None:
    """Only where they are words of Python does the generator add an underscore."""
    registry = import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS.values()
    assert [python_name(entry.id) for entry in registry] == [entry.name for entry in registry]


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        ("Job", {"allOf": [{"$ref": "#/components/schemas/Job"}, {"description": "A job."}, {}]}),
        ("Job and Task", {"allOf": [{"$ref": "#/components/schemas/Task"}, {"$ref": "#/components/schemas/Job"}]}),
        ("anything", {"description": "Whatever."}),
        ("Job", {"oneOf": [{"$ref": "#/components/schemas/Job"}, {"type": "null"}]}),
        ("list of integer or string", {"type": "array", "items": {"type": ["string", "integer"]}}),
        ("map of number", {"type": "object", "additionalProperties": {"type": "number"}}),
    ],
)
def test_a_kind_is_named_in_a_few_words(kind: str, schema: dict[str, Any]) -> None:
    assert kind_of(schema) == kind


def test_many_alike_changes_share_a_line_that_says_how_many() -> None:
    alike = [Change("field removed", f"Schema{number}", "owner", "string", Level.MAJOR) for number in range(6)]
    text = report.as_text(
        impacts([*alike, Change("field removed", "Other", "name", "string", Level.MAJOR)], Coverage())
    )
    assert "7 changes: 7 major" in text
    assert "  field removed: owner at 6 places: Schema0, Schema1, Schema2 and 3 more (string)\n" in text
    assert "  field removed: Other name (string)\n" in text


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_document_does_not_differ_from_itself(provider: str) -> None:
    final = load(SPECS / provider / "final.json")
    assert compare(final, copy.deepcopy(final)) == []


# --- what it means for us


def test_a_new_status_is_named_as_not_classified_with_the_methods_that_may_see_it() -> None:
    old = load(SPECS / "kipu" / "final.json")
    new = copy.deepcopy(old)
    schema(new, "JobStatus")["enum"].append("EVAPORATED")
    new["paths"]["/jobs/{id}/normalized"] = {"get": {**NEW_GET, "operationId": "getNormalized"}}
    status, operation = sorted(impacts(compare(old, new), Coverage.of("kipu")), key=lambda impact: impact.change.kind)
    assert status.unclassified == ("EVAPORATED",)
    assert {"kipu.submit", "kipu.job"} <= set(status.methods)
    assert operation.uncovered == ("getNormalized",)
    assert status.needs_decision
    assert operation.needs_decision
    text = report.as_text([status, operation])
    assert "2 changes: 2 minor; 2 need a decision" in text
    assert "NOT CLASSIFIED: EVAPORATED" in text
    assert "NO METHOD" in text
    assert "- field words added: `JobStatus`" in report.as_markdown([status])
    data = json.loads(report.as_json([status, operation], extra=1))
    assert (data["level"], data["extra"]) == ("minor", 1)
    assert data["changes"][0]["unclassified"] == ["EVAPORATED"]


@pytest.mark.parametrize(
    ("version", "level", "after"),
    [
        ("1.2.3", Level.MAJOR, "2.0.0"),
        ("1.2.3", Level.MINOR, "1.3.0"),
        ("1.2.3", Level.PATCH, "1.2.4"),
        ("1.2.3", None, "1.2.3"),
        ("0.2.3", Level.MAJOR, "0.3.0"),
    ],
)
def test_the_version_takes_the_step_of_the_largest_change(version: str, level: Level | None, after: str) -> None:
    assert next_version(version, level) == after


# --- overlays


def action(target: str, **more: Any) -> dict[str, Any]:
    return {"target": target, "description": "why", "x-evidence": "where from", **more}


def test_each_action_of_an_overlay_has_its_fate(tmp_path: Path) -> None:
    overlay = {
        "overlay": "1.0.0",
        "actions": [
            action("$.info", update={"x-added": 1}),
            action("$.info", update={"title": "Small Cloud"}),
            action("$.components.schemas.JobStatus.enum", update=["QUEUED_ALREADY"]),
            action("$.components.schemas.Gone", update={"x": 1}),
            action("$.components.schemas.Job.properties.gone", remove=True),
            action("$.nowhere.gone", remove=True),
            action("$[", remove=True),
        ],
    }
    before = document()
    schema(before, "JobStatus")["enum"].append("QUEUED_ALREADY")
    after, tried = try_overlay(before, overlay)
    assert [trial.fate for trial in tried] == [
        Fate.APPLIES,
        Fate.REPAIRED,
        Fate.REPAIRED,
        Fate.REWRITE,
        Fate.REPAIRED,
        Fate.REWRITE,
        Fate.REWRITE,
    ]
    assert after["info"]["x-added"] == 1
    assert after["components"] == before["components"]


def test_an_action_is_narrowed_to_the_places_that_still_need_it(tmp_path: Path) -> None:
    """Parameters are selected by name, since their numbers change; one JSONPath stands for all where it can."""
    target = "$.paths['/jobs'].get.parameters[?@.in == 'query']"
    overlay = {"overlay": "1.0.0", "actions": [action(target, update={"x-seen": True})]}
    earlier = document()
    parameters = operation(earlier, "/jobs", "get")["parameters"]
    queries = [parameter for parameter in parameters if parameter["in"] == "query"]
    newer = copy.deepcopy(earlier)
    for parameter in operation(newer, "/jobs", "get")["parameters"]:
        parameter["x-seen"] = parameter["name"] not in ("page", "since")
    file = tmp_path / "overlay.yaml"
    file.write_text(json.dumps(overlay), encoding="utf-8")
    after, (tried,) = try_overlay(newer, overlay, earlier)
    assert tried.fate is Fate.PARTLY
    assert (tried.before, tried.now, tried.needed) == (len(queries), len(queries), 2)
    assert len(tried.repaired) == len(queries) - 2
    split_overlay(file, [tried], tmp_path / "aside.yaml")
    (narrowed,) = load(file)["actions"]
    assert narrowed["target"] == (
        "$['paths']['/jobs']['get']['parameters']"
        "[?@.name == 'page' && @.in == 'query', ?@.name == 'since' && @.in == 'query']"
    )
    assert narrowed["x-narrowed-from"] == target
    assert apply_overlay(newer, load(file)) == after
    assert not (tmp_path / "aside.yaml").exists()


def test_a_place_that_is_lost_is_named_with_the_reason() -> None:
    overlay = {"actions": [action("$.paths['/jobs', '/jobs/{id}'].get.responses['200'].content", update={"x-a": 1})]}
    newer = document()
    move(newer, "/jobs/{id}", "/jobs/{job_id}")
    del operation(newer, "/jobs", "get")["responses"]["200"]["content"]
    (tried,) = try_overlay(newer, overlay, document())[1]
    assert (tried.before, tried.now, tried.fate) == (2, 0, Fate.REWRITE)
    assert [reason for _, reason in tried.lost] == [
        "part content is gone at $['paths']['/jobs']['get']['responses']['200']",
        "path /jobs/{id} is /jobs/{job_id} now",
    ]


def test_an_operation_that_the_document_has_itself_now_is_not_added_again(tmp_path: Path) -> None:
    """Also with other names of the parameters in its path."""
    new = {"get": {**NEW_GET, "parameters": []}}
    added = {"/health/{part}": copy.deepcopy(new), "/other": copy.deepcopy(new)}
    overlay = {"overlay": "1.0.0", "actions": [action("$.paths", update=added)]}
    newer = document()
    newer["paths"]["/health/{part_id}"] = copy.deepcopy(new)
    after, (tried,) = try_overlay(newer, overlay, document())
    assert "/health/{part}" not in after["paths"]
    assert "/other" in after["paths"]
    assert tried.fate is Fate.PARTLY
    assert "path /health/{part} is /health/{part_id} in the document itself" in tried.reason
    file = tmp_path / "overlay.yaml"
    file.write_text(json.dumps(overlay), encoding="utf-8")
    split_overlay(file, [tried], tmp_path / "aside.yaml")
    assert apply_overlay(newer, load(file)) == after


def test_actions_that_do_not_apply_are_set_aside_and_comments_stay(tmp_path: Path) -> None:
    file, aside = tmp_path / "overlay.yaml", tmp_path / "aside.yaml"
    file.write_text(
        "overlay: 1.0.0\nactions:\n  # This one stays.\n  - target: $.info\n    description: a\n"
        "    x-evidence: b\n    update: {x-added: 1}\n  - target: $.nowhere\n    description: c\n"
        "    x-evidence: d\n    update: {x: 1}\n",
        encoding="utf-8",
    )
    _, tried = try_overlay(document(), load(file))
    split_overlay(file, tried, aside)
    assert "# This one stays." in file.read_text(encoding="utf-8")
    assert [action["target"] for action in load(file)["actions"]] == ["$.info"]
    (other,) = load(aside)["actions"]
    assert other["target"] == "$.nowhere"
    assert other["x-fate"].startswith("must be rewritten")


# --- what is refused

GOOD = json.dumps(document())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"swagger": "2.0", "paths": {}}', "is Swagger 2.0; OpenAPI 3.0 or 3.1 is needed"),
        ('{"openapi": "4.0.0", "paths": {"/": {"get": {}}}}', "is OpenAPI 4.0.0; OpenAPI 3.0 or 3.1 is needed"),
        ('{"paths": {}}', "it has no version"),
        ('{"openapi": "3.1.0", "paths": {}}', "has no operations"),
        (GOOD[: len(GOOD) // 2], "is not valid JSON, or is cut off"),
        ("openapi: 3.1.0\npaths:\n  /x: {get: {", "is not valid YAML, or is cut off"),
        ("a: 1\n  b: 2\n", "in line 2"),
        ("openapi: 3.1.0\nopenapi: 3.1.0\n", "is not valid YAML"),
        ("[1, 2]", "is a list, not an API document"),
        ("", "is a NoneType, not an API document"),
        ("<html><body>Not found</body></html>", "is a str, not an API document"),
    ],
)
def test_other_input_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        parse_document(text, "new.json")


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    binary = tmp_path / "x.json"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    for file, reason in (
        (binary, "not UTF-8 text"),
        (tmp_path / "none.json", "cannot be read"),
        (tmp_path, "cannot"),
    ):
        with pytest.raises(RefusedError, match=reason):
            read_document(file)


def test_what_breaks_the_rules_of_openapi_is_named_by_its_place() -> None:
    broken = document()
    operation(broken, "/jobs", "get")["parameters"][0]["in"] = "somewhere"
    assert any("paths//jobs/get" in problem for problem in problems_of(broken))
    assert problems_of(document()) == []


def test_a_reference_that_leads_nowhere_is_a_problem_and_no_crash() -> None:
    broken = document()
    operation(broken, "/jobs/{id}", "get")["responses"]["200"] = {"$ref": "#/components/responses/Nothing"}
    assert problems_of(broken)


def test_the_generator_s_message_comes_with_usual_cures() -> None:
    text = with_cures("Unable to process schema /components/schemas/X:\nCannot take allOf a non-object\n  at {}")
    assert "usual cure, in the overlay: describe this schema in simpler words" in text
    assert "usual cure, in the overlay: write the object out" in text


# --- the command


def test_two_documents_of_any_api_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = DATA / "small.json", tmp_path / "new.json"
    after = document()
    CASES["operation removed"][0](after)
    new.write_text(json.dumps(after), encoding="utf-8")
    assert diff([str(old), str(new)]) == 1
    assert "operation removed: deleteJob (DELETE /jobs/{id})" in capsys.readouterr().out
    assert diff([str(old), str(old)]) == 0
    assert capsys.readouterr().out == "no difference that matters to a program\n"
    assert diff([str(old), str(new), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["level"] == "major"
    assert diff([str(old), str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err
