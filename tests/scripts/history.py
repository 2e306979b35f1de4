"""The history of a small cloud's document: each step is one update, with what the report has to say about it.

The document, its corrections, and the layer that uses its client are written for this purpose. Together the steps have
every kind of change that real updates of clouds' documents had. Expected texts are written by hand.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "Here it is.", "content": {"application/json": {"schema": schema}}}


def _get(id: str, schema: dict[str, Any], *parameters: dict[str, Any], tag: str = "jobs") -> dict[str, Any]:
    return {"operationId": id, "tags": [tag], "parameters": list(parameters), "responses": {"200": _json(schema)}}


def _parameter(name: str, place: str = "query", **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _named(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, **properties}}


TEXT = {"type": "string"}
_FIRST: Document = {
    "openapi": "3.0.2",
    "info": {"title": "Tiny Cloud", "version": "1"},
    "servers": [{"url": "https://tiny.example"}],
    "security": [{"JWTBearer": []}],
    "paths": {
        "/jobs": {
            "get": _get("listJobs", {"type": "array", "items": _ref("Job")}, _parameter("limit", type="integer")),
            "post": {
                "operationId": "createJob",
                "tags": ["jobs"],
                "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("NewJob")}}},
                "responses": {"201": _json(_ref("Job"))},
            },
        },
        "/jobs/{jobId}": {
            "get": _get("getJob", _ref("Job"), _parameter("jobId", "path", type="string")),
            "delete": {
                "operationId": "cancelJob",
                "tags": ["jobs"],
                "parameters": [_parameter("jobId", "path", type="string")],
                "responses": {"200": {"description": "Cancelled."}},
            },
        },
        "/jobs/{jobId}/result": {
            "get": _get("getResult", {"type": "object"}, _parameter("jobId", "path", type="string")),
        },
        "/jobs/{jobId}/log": {
            "get": _get("getLog", {"type": "object"}, _parameter("jobId", "path", type="string")),
        },
        "/devices/{id}": {
            "get": _get("getDevice", _ref("Device"), _parameter("id", "path", type="string"), tag="devices"),
        },
        "/devices/{id}/status": {
            "get": _get("getStatus", _ref("Device"), _parameter("id", "path", type="string"), tag="devices"),
        },
    },
    "components": {
        "securitySchemes": {"JWTBearer": {"type": "http", "scheme": "bearer"}},
        "schemas": {
            "Job": _named(name=TEXT, status=_ref("JobStatus"), device=_ref("Device"), cost={"type": "number"}),
            "JobStatus": {"type": "string", "enum": ["QUEUED", "RUNNING", "DONE"]},
            "Device": _named(name=TEXT, url={"type": "string", "format": "uri"}, qubits={"type": "integer"}),
            "Queue": _named(name=TEXT),
            "NewJob": _named(name=TEXT, shots={"type": "integer", "minimum": 1}, label=TEXT),
        },
    },
}

# Without objects in common, so that an edit of one does not change another.
FIRST: Document = json.loads(json.dumps(_FIRST))

OVERLAY = """\
overlay: 1.0.0
info: {title: Corrections of the small cloud's document, version: 1.0.0}
actions:
  # Names may be null.
  - target: $.components.schemas['Job', 'Device', 'NewJob'].properties.name
    description: A name that is not set is null.
    x-evidence: written for this test
    update: {nullable: true}
  - target: $.paths['/jobs/{jobId}/result', '/jobs/{jobId}/log'].get.responses['200'].content['application/json'].schema
    description: Both are maps of texts.
    x-evidence: written for this test
    update: {additionalProperties: {type: string}}
  - target: $.paths['/jobs'].get
    description: The whole list is one page.
    x-evidence: written for this test
    update: {x-pages: {style: single}, x-dedup: id}
"""

LAYER = {
    "src/anyqpu/providers/tiny/states.py": """\
JOB = {
    "QUEUED": 1,
    "RUNNING": 2,
    "DONE": 3,
}
TABLES = {"JobStatus": JOB}
""",
    "src/anyqpu/providers/tiny/raw_only.py": 'RAW_ONLY = {"getLog": "a method could only forward to it"}\n',
    "src/anyqpu/providers/tiny/mapping.py": """\
from anyqpu_raw.tiny.models import Device, Job


def job_of(raw: Job) -> dict[str, object]:
    return {"id": raw.id, "device": raw.device.id, "cost": raw.cost}


def device_of(raw: Device) -> dict[str, object]:
    return {"id": raw.id, "qubits": raw.qubits, "url": raw.url}
""",
    "src/anyqpu/providers/tiny/client.py": """\
from anyqpu_raw.tiny import models


class TinyClient:
    async def jobs(self):
        \"\"\"List jobs (listJobs).\"\"\"
        return await self.raw.list_jobs(limit=10)

    async def submit(self, name):
        \"\"\"Submit a job (createJob).\"\"\"
        return await self.raw.create_job(body=models.NewJob(id="1", name=name, label="x"))

    async def job(self, id):
        \"\"\"Return a job (getJob).\"\"\"
        return await self.raw.get_job(id)

    async def cancel(self, id):
        \"\"\"Cancel a job (cancelJob), and return its result (getResult).\"\"\"
        await self.raw.cancel_job(id)
        return await self.raw.get_result(id)

    async def device(self, id):
        \"\"\"Return a device (getDevice) with its status (getStatus).\"\"\"
        await self.raw.get_status(id)
        return await self.raw.get_device(id)
""",
    "src/anyqpu_emulator/clouds/tiny/handlers.py": """\
class Handlers:
    @handles("getDevice", "getStatus")
    async def _device(self, request):
        return request
""",
}


@dataclass(frozen=True)
class Step:
    """One update: an edit of the document before it, and what the report says.

    Attributes:
        said: Lines or parts of lines that `report.md` has.
        levels: The changes of the report, as text, by level.
        yaml: Write the document as YAML, with one text in the place of another.
        allow_drop: Whether the update may leave out operations that the generator cannot take.
    """

    kind: str
    edit: Callable[[Document], object]
    exit_code: int
    said: tuple[str, ...] = ()
    major: tuple[str, ...] = ()
    minor: tuple[str, ...] = ()
    patch: tuple[str, ...] = ()
    yaml: tuple[str, str] | None = None
    allow_drop: bool = False


def _operation(document: Document, path: str, method: str = "get") -> dict[str, Any]:
    operation: dict[str, Any] = document["paths"][path][method]
    return operation


def _property(document: Document, schema: str, name: str) -> dict[str, Any]:
    properties: dict[str, Any] = document["components"]["schemas"][schema]["properties"]
    return properties.setdefault(name, {})  # type: ignore[no-any-return]


def _annotating_part(document: Document) -> None:
    device = {"allOf": [_ref("Device"), {"description": "Where it runs."}]}
    document["components"]["schemas"]["Job"]["properties"]["device"] = device


def _numbers_as_exclusive_bounds(document: Document) -> None:
    _operation(document, "/jobs")["parameters"][0]["schema"]["exclusiveMinimum"] = 0
    _property(document, "Device", "qubits")["exclusiveMinimum"] = 0


def _same_id_twice(document: Document) -> None:
    document["paths"]["/archive/{jobId}"] = copy.deepcopy({"get": _operation(document, "/jobs/{jobId}")})
    # The older operation comes last in the document.
    document["paths"]["/jobs/{jobId}"] = document["paths"].pop("/jobs/{jobId}")


def _dates_and_lists_of_examples(document: Document) -> None:
    document["info"]["version"] = "RELEASED"
    _property(document, "Job", "name")["examples"] = ["a", "b"]


def _other_bodies(document: Document) -> None:
    binary = {"type": "string", "format": "binary"}
    form = {"type": "object", "properties": {"name": TEXT}}
    xml = {"description": "", "content": {"application/xml": {"schema": {"type": "object"}}}}
    document["paths"]["/report"] = {"get": {**_get("getReport", {}), "responses": {"200": xml}}}
    document["paths"]["/files"] = {
        "get": {
            **_get("getFile", {}),
            "responses": {"200": {"description": "", "content": {"image/png": {"schema": binary}}}},
        },
        "post": {
            **_get("sendForm", {}),
            "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": form}}},
        },
        "put": {
            **_get("sendBytes", {}),
            "requestBody": {"content": {"application/octet-stream": {"schema": binary}}},
        },
    }


def _untakeable(document: Document) -> None:
    document["paths"]["/pairs/{id}/{id}"] = {"get": _get("getPair", TEXT, _parameter("id", "path", type="string"))}


def _gone(document: Document) -> None:
    del document["paths"]["/devices/{id}/status"]
    del document["components"]["schemas"]["NewJob"]["properties"]["label"]
    _operation(document, "/jobs")["parameters"].clear()


def _repaired_at_one_place(document: Document) -> None:
    _property(document, "Job", "name")["nullable"] = True


def _other_media_type(document: Document) -> None:
    content = _operation(document, "/jobs/{jobId}/log")["responses"]["200"]["content"]
    content["application/vnd.tiny+json"] = content.pop("application/json")


def _same_for_callers(document: Document) -> None:
    _property(document, "Job", "cost")["format"] = "double"
    del _property(document, "Device", "url")["format"]
    document["components"]["securitySchemes"]["JwtBearer"] = document["components"]["securitySchemes"].pop("JWTBearer")
    document["security"] = [{"JwtBearer": []}]
    job = document["paths"]["/jobs/{job_id}"] = document["paths"].pop("/jobs/{jobId}")
    for operation in job.values():
        operation["parameters"][0]["name"] = "job_id"
    document["components"]["schemas"]["Job"]["properties"]["device"] = {"allOf": [_ref("Device"), {}]}


def _rules(document: Document) -> None:
    _operation(document, "/devices/{id}")["deprecated"] = True
    _property(document, "Device", "url")["deprecated"] = True
    _property(document, "NewJob", "shots")["minimum"] = 10
    _property(document, "NewJob", "shots")["default"] = 100
    _property(document, "NewJob", "name")["pattern"] = "^[a-z]+$"
    document["components"]["schemas"]["NewJob"]["additionalProperties"] = False
    body = _operation(document, "/jobs", "post")["requestBody"]["content"]
    body["text/plain"] = {"schema": TEXT}


def _other_success(document: Document) -> None:
    _operation(document, "/jobs/{job_id}", "delete")["responses"] = {"204": {"description": "Cancelled."}}


def _new_operation(document: Document) -> None:
    noise = _get("getNoise", _ref("Device"), _parameter("id", "path", type="string"), tag="devices")
    noise["parameters"].append(_parameter("qubit", type="integer"))
    document["paths"]["/devices/{id}/noise"] = {"get": noise}
    _property(document, "Job", "priority")["type"] = "integer"


def _new_word(document: Document) -> None:
    document["components"]["schemas"]["JobStatus"]["enum"].append("EVAPORATED")


def _breaks(document: Document) -> None:
    _property(document, "Job", "cost").update(type="string", format="date-time")
    _operation(document, "/jobs", "post")["requestBody"]["content"]["application/json"]["schema"] = _ref("Queue")


def _invalid(document: Document) -> None:
    _operation(document, "/jobs")["responses"]["200"] = {"$ref": "#/components/responses/Nothing"}


HISTORY = (
    Step(
        "a part of allOf that only describes",
        _annotating_part,
        0,
        said=("normalized: `allOf` without the parts that only have description",),
    ),
    Step(
        "exclusiveMinimum as a number in OpenAPI 3.0",
        _numbers_as_exclusive_bounds,
        0,
        said=("normalized: `exclusiveMinimum: 0` as OpenAPI 3.0 has it (2: ",),
        minor=("listJobs: parameter minimum changed: query limit none -> 0, exclusive",),
        patch=("Device: field minimum changed: qubits none -> 0, exclusive",),
    ),
    Step(
        "one operationId twice",
        _same_id_twice,
        1,
        said=(
            "renamed: GET /archive/{jobId}: its operationId getJob is another operation's too; it is now "
            "get_archive_jobId",
        ),
        minor=("get_archive_jobId: operation added: GET /archive/{jobId}",),
    ),
    Step(
        "YAML timestamps, and examples as a list",
        _dates_and_lists_of_examples,
        0,
        said=("the list `examples`",),
        yaml=("version: RELEASED", "version: 2026-11-30"),
    ),
    Step(
        "bodies without JSON: images, forms, bytes, XML",
        _other_bodies,
        1,
        said=(
            "normalized: application/xml is returned as bytes (1: GET /report: response 200)",
            "normalized: image/png is returned as bytes (1: GET /files: response 200)",
        ),
        minor=(
            "getReport: operation added: GET /report",
            "getFile: operation added: GET /files",
            "sendForm: operation added: POST /files",
            "sendBytes: operation added: PUT /files",
        ),
    ),
    Step(
        "an operation that the generator cannot take",
        _untakeable,
        2,
        said=("GET /pairs/{id}/{id}: cannot be taken as it is (--allow-drop: a parameter is in its path twice)",),
        minor=("getPair: operation added: GET /pairs/{id}/{id}",),
    ),
    Step(
        "an operation that may be left out",
        _untakeable,
        1,
        said=("dropped: GET /pairs/{id}/{id}: a parameter is in its path twice",),
        allow_drop=True,
    ),
    Step(
        "parts that our layer uses are gone",
        _gone,
        3,
        said=(
            "operation getStatus is gone: src/anyqpu/providers/tiny/client.py:24, "
            "src/anyqpu_emulator/clouds/tiny/handlers.py:2",
            "field NewJob.label is gone: src/anyqpu/providers/tiny/client.py:11",
            "parameter limit of list_jobs is gone: src/anyqpu/providers/tiny/client.py:7",
        ),
        major=(
            "getStatus: operation removed: GET /devices/{id}/status",
            "NewJob: field removed: label string",
            "listJobs: parameter removed: query limit integer",
        ),
    ),
    Step(
        "a correction repaired at one of three places",
        _repaired_at_one_place,
        1,
        said=(
            "action 1 is still needed at some places: $.components.schemas['Job', 'Device', 'NewJob'].properties.name "
            "(matched 3 before, matches 3 now, needed at 2; the document says so itself at "
            "$['components']['schemas']['Job']['properties']['name'])",
        ),
    ),
    Step(
        "a correction that matches fewer places, since a media type changed",
        _other_media_type,
        1,
        said=(
            # The third action by now: the first was divided.
            "(matched 2 before, matches 1 now, needed at 1; 1 lost: media type application/json is gone at ",
            "which has application/vnd.tiny+json)",
            "### From our own corrections, not from the cloud\n\n"
            "- response field changed type: `getLog 200` (map of string -> object)",
        ),
        minor=("getLog: media types changed: response 200 application/json -> application/vnd.tiny+json",),
    ),
    Step(
        "other words for the same",
        _same_for_callers,
        0,
        patch=(
            "Job: field described in other words: cost number -> number (double)",
            "Device: field described in other words: url string (uri) -> string",
            "JwtBearer: auth scheme renamed: JWTBearer -> JwtBearer",
            "getJob: parameter renamed: job_id jobId -> job_id",
            "cancelJob: parameter renamed: job_id jobId -> job_id",
        ),
    ),
    Step(
        "deprecations, bounds, defaults, patterns, other keys, media types",
        _rules,
        1,
        major=("NewJob: field minimum changed: shots 1 -> 10",),
        minor=(
            "getDevice: operation deprecated",
            "Device: field deprecated: url",
            "NewJob: field default changed: shots none -> 100",
            'NewJob: field pattern changed: name none -> "^[a-z]+$"',
            "NewJob: field additionalProperties changed: allowed -> not allowed",
            "createJob: media types changed: body application/json -> application/json, text/plain",
        ),
    ),
    Step(
        "another status of a success",
        _other_success,
        0,
        patch=("cancelJob: response added: 204", "cancelJob: response removed: 200"),
    ),
    Step(
        "a new operation and a new field",
        _new_operation,
        1,
        said=(
            "src/anyqpu/providers/tiny/client.py:26, or its id in raw_only.py with the reason:",
            "async def get_noise(self, id: str, *, qubit: int | None | Unset = UNSET) -> Device:",
            "return await self.raw.get_noise(id, qubit=qubit)",
            "src/anyqpu_emulator/clouds/tiny/handlers.py:5:",
            '@handles("getNoise")',
            "| getNoise | `GET /devices/{id}/noise` | `tiny.get_noise` |",
            "src/anyqpu/providers/tiny/mapping.py:4, in job_of, if users need the field:",
            "priority=or_none(raw.priority),  # int | Unset",
        ),
        minor=("getNoise: operation added: GET /devices/{id}/noise", "Job: field added: priority integer"),
    ),
    Step(
        "a new word of a status",
        _new_word,
        1,
        said=("NOT CLASSIFIED: EVAPORATED", "src/anyqpu/providers/tiny/states.py:1, in the table JOB:"),
        minor=("JobStatus: field words added: EVAPORATED",),
    ),
    Step(
        "other types",
        _breaks,
        1,
        major=(
            "Job: field changed type: cost number (double) -> string (date-time)",
            "createJob: body field changed type: NewJob -> Queue",
        ),
    ),
    Step(
        "a reference that leads nowhere",
        _invalid,
        2,
        said=("Refused, and nothing was changed (exit code 2).", "the document is not valid, also with the overlay"),
        major=("listJobs 200: response field removed: list of Job",),
    ),
)
