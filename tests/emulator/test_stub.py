"""Stubs: clouds that are made from a document alone. The judge of their responses is jsonschema."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import httpx
import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock
from anyqpu_emulator.installed import added
from anyqpu_emulator.stub import BehaviourError, Call, Stub
from anyqpu_emulator.stub.resources import Route
from scripts.docs_site.blocks import blocks_of

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]
BELL = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; measure q -> c;'
TOKEN = {"authorization": "Bearer any"}
CREDENTIALS = {**TOKEN, "x-auth-token": "any"}
ORDER = ("create", "list", "read", "part", "call", "update", "act", "delete")


def _documents() -> dict[str, dict[str, Any]]:
    """The document of docs/new-provider.md, and those of the four clouds."""
    (block,) = [block for block in blocks_of(ROOT / "docs/new-provider.md") if block.title == "acme.yaml"]
    clouds = {name: json.loads((ROOT / "specs" / name / "final.json").read_text(encoding="utf-8")) for name in OWN}
    return {"acme": yaml.safe_load(block.text), **clouds}


# Read here, because an event loop must not wait for a disk.
OWN = ("kipu", "pasqal", "rigetti", "scaleway")
DOCUMENTS = _documents()
ACME = DOCUMENTS["acme"]


@asynccontextmanager
async def serving(
    stub: Stub, headers: Mapping[str, str] = TOKEN, **options: Any
) -> AsyncGenerator[tuple[Emulator, httpx.AsyncClient]]:
    with added(stub):
        async with (
            Emulator(**options) as emulator,
            httpx.AsyncClient(
                transport=httpx.ASGITransport(emulator.app),
                base_url=f"http://127.0.0.1/{stub.name}",
                headers=dict(headers),
            ) as client,
        ):
            yield emulator, client


def job_of(**changes: Any) -> dict[str, Any]:
    return {"device": "acme-sim", "program": BELL, "shots": 10, **changes}


BEHAVIOUR = {
    "resources": {"/jobs": {"reason": "reason", "device": "device", "program": "program", "counts": "getResult:counts"}}
}


# Responses fit their schemas


def schema_of(route: Route, document: dict[str, Any]) -> dict[str, Any] | None:
    media = route.success.media
    if media is None or "json" not in route.success.media_type:
        return None
    whole: dict[str, Any] = json.loads(json.dumps({**media["schema"], "components": document.get("components", {})}))
    return with_null(whole)


def with_null(node: Any) -> Any:
    """A schema of OpenAPI 3.0 in the words of 3.1."""
    if isinstance(node, list):
        return [with_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: with_null(value) for key, value in node.items()}
    return {**made, "type": [made["type"], "null"]} if made.pop("nullable", None) is True and "type" in made else made


class Probe:
    """Calls every operation of a stub, with identifiers that its lists have."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.stub = Stub("probe", document)
        self.ids: dict[str, str] = {}
        self.called: dict[str, int] = {}

    async def run(self) -> None:
        async with serving(self.stub, CREDENTIALS) as (_, client):
            for route in sorted(self.stub.routes, key=lambda route: ORDER.index(route.role)):
                await self.call(client, route)

    async def call(self, client: httpx.AsyncClient, route: Route) -> None:
        operation = next(one for one in self.stub.operations if one.name == route.name)
        path = re.sub(
            r"(/[^{}]*)/\{([^{}]+)\}", lambda match: f"{match[1]}/{self.id_of(route, match[1])}", operation.path
        )
        query = {
            parameter.name: self.stub.values.of(parameter.schema, parameter.name)
            for parameter in operation.parameters
            if parameter.location == "query" and parameter.required
        }
        body = None if operation.body is None else self.stub.values.of(operation.body)
        response = await client.request(route.method, path.removeprefix("/probe"), params=query, json=body)
        assert response.status_code < 500, response.text
        assert response.status_code != 400, response.text
        if response.status_code >= 400:
            return
        self.called[route.role] = self.called.get(route.role, 0) + 1
        schema = schema_of(route, self.document)
        if schema is None:
            return
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(response.json())
        if route.role in ("create", "list") and (match := re.search(r'"id": ?"([^"]+)"', response.text)):
            self.ids[route.path] = match[1]

    def id_of(self, route: Route, above: str) -> str:
        return next((id for path, id in self.ids.items() if above.endswith(path)), "no-such-id")


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_every_response_fits_its_schema(name: str) -> None:
    probe = Probe(DOCUMENTS[name])
    await probe.run()
    assert probe.called.keys() >= {"create", "list", "read"}


# Jobs


async def test_a_job_moves_through_its_words_and_is_computed() -> None:
    clock = ManualClock()
    async with serving(Stub("acme", ACME, behaviour=BEHAVIOUR), clock=clock, speed="real") as (emulator, client):
        emulator.set_pace(queue=10, run=10)
        created = await client.post("/v1/jobs", json=job_of(name="mine", tags=["a"]))
        assert created.status_code == 201
        job = created.json()
        assert (job["status"], job["shots"], job["name"], job["tags"]) == ("waiting", 10, "mine", ["a"])
        assert "reason" not in job
        await anyio.to_thread.run_sync(emulator.wait_for_computations)
        assert (await client.get(f"/v1/jobs/{job['id']}/result")).status_code == 409
        words = []
        for _ in range(4):
            words.append((await client.get(f"/v1/jobs/{job['id']}")).json()["status"])
            emulator.clock.advance(6)
        assert words == ["waiting", "waiting", "running", "running"]
        assert (await client.get(f"/v1/jobs/{job['id']}")).json()["status"] == "done"
        assert (await client.get(f"http://127.0.0.1/_control/jobs/acme/{job['id']}")).json()["program"] == BELL
        counts = (await client.get(f"/v1/jobs/{job['id']}/result")).json()["counts"]
        assert counts.keys() <= {"00", "11"}
        assert sum(counts.values()) == 10


async def test_the_author_sets_the_order_of_the_words() -> None:
    behaviour = {"resources": {"/jobs": {"order": ["stopped", "waiting", "running", "failed"], "failed": "done"}}}
    async with serving(Stub("acme", ACME, behaviour=behaviour), clock=ManualClock(), speed="real") as (
        emulator,
        client,
    ):
        emulator.set_pace(queue=10, run=10)
        id = (await client.post("/v1/jobs", json=job_of())).json()["id"]
        await anyio.to_thread.run_sync(emulator.wait_for_computations)
        words = []
        for _ in range(5):
            words.append((await client.get(f"/v1/jobs/{id}")).json()["status"])
            emulator.clock.advance(5)
        assert words == ["stopped", "waiting", "running", "running", "failed"]


async def test_a_job_is_cancelled_and_fails_with_a_reason() -> None:
    async with serving(Stub("acme", ACME, behaviour=BEHAVIOUR), speed="real") as (emulator, client):
        first, second = [(await client.post("/v1/jobs", json=job_of())).json()["id"] for _ in range(2)]
        assert (await client.post(f"/v1/jobs/{first}/cancel")).json()["status"] == "stopped"
        assert (await client.post(f"/v1/jobs/{first}/cancel")).status_code == 409
        emulator.move(second, "failed", "a fuse has blown")
        failed = (await client.get(f"/v1/jobs/{second}")).json()
        assert (failed["status"], failed["reason"]) == ("failed", "a fuse has blown")
        assert [job["status"] for job in emulator.jobs()] == ["stopped", "failed"]
        assert [effect.kind for effect in emulator.effects(cloud="acme")] == ["job", "job"]


async def test_deleting_a_job_cancels_it_where_nothing_else_does() -> None:
    document = json.loads(json.dumps(ACME))
    cancel = document["paths"].pop("/jobs/{job_id}/cancel")
    document["paths"]["/jobs/{job_id}"]["delete"] = {**cancel["post"], "operationId": "deleteJob"}
    async with serving(Stub("acme", document), speed="real") as (_, client):
        id = (await client.post("/v1/jobs", json=job_of())).json()["id"]
        assert (await client.delete(f"/v1/jobs/{id}")).status_code == 200
        assert (await client.get(f"/v1/jobs/{id}")).json()["status"] == "stopped"
        assert (await client.delete(f"/v1/jobs/{id}")).status_code == 200
        assert (await client.get(f"/v1/jobs/{id}")).status_code == 404


async def test_a_program_that_cannot_be_read_fails_the_job() -> None:
    async with serving(Stub("acme", ACME, behaviour=BEHAVIOUR)) as (emulator, client):
        id = (await client.post("/v1/jobs", json=job_of(program="OPENQASM 2.0; nonsense"))).json()["id"]
        await anyio.to_thread.run_sync(emulator.wait_for_computations)
        job = (await client.get(f"/v1/jobs/{id}")).json()
        assert job["status"] == "failed"
        assert "syntax error" in job["reason"]


# Lists


async def test_pages_together_are_the_list_newest_first() -> None:
    async with serving(Stub("acme", ACME, behaviour=BEHAVIOUR), speed="real") as (_, client):
        ids = [(await client.post("/v1/jobs", json=job_of(shots=shots))).json()["id"] for shots in range(1, 6)]
        pages = [(await client.get("/v1/jobs", params={"page": page, "size": 2})).json() for page in range(4)]
        assert [job["id"] for page in pages for job in page["jobs"]] == ids[::-1]
        assert [len(page["jobs"]) for page in pages] == [2, 2, 1, 0]
        assert {page["total"] for page in pages} == {5}


LISTS: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    # The extension, and the parameters of each request until the whole list was read, by arithmetic.
    "offset": (
        {"style": "offset", "position": "from", "size": "most", "default-size": 3, "items": "page.rows",
         "total": "page.all", "end": "page.to"},
        [{"most": 3}, {"most": 3, "from": 3}],
    ),
    "token": (
        {"style": "token", "position": "from", "size": "most", "default-size": 3, "items": "page.rows",
         "next-token": "page.to"},
        [{"most": 3}, {"most": 3, "from": "{to}"}],
    ),
    "numbered": (
        {"style": "numbered", "position": "from", "size": "most", "first": 1, "default-size": 3, "items": "page.rows",
         "pages": "page.all"},
        [{}, {"from": 2}],
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", LISTS)
async def test_a_list_has_the_pages_that_the_extension_describes(style: str) -> None:
    pages, requests = LISTS[style]
    kind = "string" if style == "token" else "integer"
    row = {"type": "object", "properties": {"id": {"type": "string"}}}
    page = {"rows": {"type": "array", "items": row}, "all": {"type": "integer"}, "to": {"type": kind}}
    body = {"type": "object", "properties": {"page": {"type": "object", "properties": page}}}
    listed = {
        "operationId": "list", "x-pages": pages, "parameters": [
            {"name": "from", "in": "query", "schema": {"type": kind}},
            {"name": "most", "in": "query", "schema": {"type": "integer"}}],
        "responses": {"200": {"content": {"application/json": {"schema": body}}}},
    }  # fmt: skip
    behaviour = {"resources": {"/rows": {"items": [{"id": f"row-{number}"} for number in range(5)]}}}
    stub = Stub("rows", {"openapi": "3.1.0", "paths": {"/rows": {"get": listed}}}, behaviour=behaviour)
    async with serving(stub, {}) as (_, client):
        read: list[dict[str, Any]] = []
        for parameters in requests:
            to = read[-1]["to"] if read and "to" in read[-1] else ""
            sent = {name: str(value).format(to=to) for name, value in parameters.items()}
            read.append((await client.get("/rows", params=sent)).json()["page"])
        assert [row["id"] for page in read for row in page["rows"]] == [f"row-{number}" for number in range(5)]
        if style == "token":
            assert read[-1]["to"] is None
            assert (await client.get("/rows", params={"from": "nonsense"})).status_code == 400
        else:
            assert read[-1]["all"] == {"offset": 5, "numbered": 2}[style]


# Objects


PETS = yaml.safe_load("""
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      parameters: [{name: kind, in: query, schema: {type: string}}]
      responses:
        "200": {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
      responses: {"201": {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
  /pets/{pet-id}:
    get:
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
    patch:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
    delete:
      responses: {"204": {description: It is gone}}
  /pets/{pet-id}/toys:
    get:
      responses:
        "200": {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Toy"}}}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Toy"}}}}
      responses: {"201": {content: {application/json: {schema: {$ref: "#/components/schemas/Toy"}}}}}
  /pets/{pet-id}/toys/{toy_id}:
    get:
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Toy"}}}}}
  /greeting:
    get:
      responses: {"200": {content: {application/json: {schema: {type: object}, example: {hello: world}}}}}
components:
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string, minLength: 2, maxLength: 5, pattern: "^[A-Z]"}
        kind: {type: string, enum: [cat, dog], default: cat}
        created_at: {type: string, format: date-time}
    Toy:
      type: object
      properties: {toy_id: {type: string}, colour: {type: string}}
""")


async def test_objects_are_kept_changed_and_deleted() -> None:
    async with serving(Stub("pets", PETS), {}) as (emulator, client):
        assert (await client.get("/pets")).json() == []
        for name, kind in (("Tom", "cat"), ("Rex", "dog")):
            await client.post("/pets", json={"name": name, "kind": kind})
        listed = (await client.get("/pets")).json()
        assert [(pet["id"], pet["name"]) for pet in listed] == [(2, "Rex"), (1, "Tom")]
        assert [pet["name"] for pet in (await client.get("/pets?kind=cat")).json()] == ["Tom"]
        assert (await client.patch("/pets/1", json={"name": "Max"})).json()["name"] == "Max"
        assert (await client.delete("/pets/2")).status_code == 204
        assert (await client.get("/pets/2")).status_code == 404
        assert [effect.id for effect in emulator.effects(cloud="pets", kind="pet")] == ["1"]


async def test_a_client_may_choose_an_identifier_once() -> None:
    document = json.loads(json.dumps(PETS).replace("pet-id", "name"))
    del document["components"]["schemas"]["Pet"]["properties"]["id"]
    document["components"]["schemas"]["Pet"]["required"] = ["name"]
    async with serving(Stub("pets", document), {}) as (_, client):
        assert (await client.post("/pets", json={"name": "Tom"})).json()["name"] == "Tom"
        assert (await client.post("/pets", json={"name": "Tom"})).status_code == 409
        assert (await client.get("/pets/Tom")).json()["name"] == "Tom"


async def test_objects_of_one_object_are_not_those_of_another() -> None:
    async with serving(Stub("pets", PETS), {}) as (_, client):
        for name in ("Tom", "Rex"):
            await client.post("/pets", json={"name": name})
        toy = (await client.post("/pets/1/toys", json={"colour": "red"})).json()
        assert (await client.get("/pets/1/toys")).json() == [toy]
        assert (await client.get("/pets/2/toys")).json() == []
        assert (await client.get(f"/pets/1/toys/{toy['toy_id']}")).json() == toy
        assert (await client.get(f"/pets/2/toys/{toy['toy_id']}")).status_code == 404


async def test_an_operation_on_nothing_sends_its_example() -> None:
    async with serving(Stub("pets", PETS), {}) as (_, client):
        assert (await client.get("/greeting")).json() == {"hello": "world"}


def test_objects_and_jobs_survive_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    stub = Stub("acme", ACME, behaviour=BEHAVIOUR)
    with added(stub, Stub("pets", PETS)):
        states = []
        for _ in range(2):
            with Emulator(state=file, seed=1) as emulator:
                states.append([(job["id"], job["cloud"]) for job in emulator.jobs()])
                if not emulator.jobs():
                    make_job_and_pet(emulator)
                effects = [(effect.cloud, effect.kind) for effect in emulator.effects()]
        assert [len(jobs) for jobs in states] == [0, 1]
        assert effects == [("acme", "job"), ("pets", "pet")]


def make_job_and_pet(emulator: Emulator) -> None:
    async def create() -> None:
        transport = httpx.ASGITransport(emulator.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=TOKEN) as client:
            await client.post("/acme/v1/jobs", json=job_of())
            await client.post("/pets/pets", json={"name": "Tom"})

    anyio.run(create)


# Requests


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"name": "T"}, "name should be at least 2 characters long"),
        ({"name": "Thomas"}, "name should be at most 5 characters long"),
        ({"name": "tom"}, "name should be a text like ^[A-Z]"),
        ({"name": 7}, "name should be a text, not a number"),
        ({"name": "Tom", "kind": "bird"}, "kind should be one of cat, dog"),
        ([], "body should be an object, not a list"),
    ],
)
async def test_a_body_that_does_not_fit_is_refused_with_the_reason(body: Any, reason: str) -> None:
    async with serving(Stub("pets", PETS), {}) as (_, client):
        response = await client.post("/pets", json=body)
        assert response.status_code == 400
        assert response.json()["detail"] == reason


async def test_a_body_that_is_not_json_is_taken_as_it_is() -> None:
    document = json.loads(json.dumps(PETS))
    content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    document["paths"]["/greeting"]["put"] = {
        "requestBody": {"content": content},
        "responses": {"204": {"description": "Stored"}},
    }
    async with serving(Stub("pets", document), {}) as (_, client):
        assert (await client.put("/greeting", content=b"\x00\x01")).status_code == 204


async def test_an_error_has_the_form_and_the_status_of_the_document() -> None:
    problem = {
        "type": "object",
        "required": ["code", "message"],
        "properties": {"code": {"type": "integer"}, "message": {"type": "string"}},
    }
    document = json.loads(json.dumps(PETS))
    document["paths"]["/pets"]["post"]["responses"]["422"] = {"content": {"application/json": {"schema": problem}}}
    async with serving(Stub("pets", document), {}) as (_, client):
        response = await client.post("/pets", json={"name": 7})
        assert response.status_code == 422
        assert response.json() == {"code": 422, "message": "name should be a text, not a number"}


SCHEMES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    # A security scheme, and what a request with its credentials has.
    "bearer": ({"type": "http", "scheme": "bearer"}, {"headers": {"authorization": "Bearer secret"}}),
    "basic": (
        {"type": "http", "scheme": "basic"},
        {"headers": {"authorization": "Basic " + base64.b64encode(b"me:secret").decode()}},
    ),
    "header": ({"type": "apiKey", "in": "header", "name": "X-Key"}, {"headers": {"x-key": "secret"}}),
    "query": ({"type": "apiKey", "in": "query", "name": "key"}, {"params": {"key": "secret"}}),
    "cookie": ({"type": "apiKey", "in": "cookie", "name": "sid"}, {"headers": {"cookie": "sid=secret"}}),
    "oauth2": ({"type": "oauth2", "flows": {}}, {"headers": {"authorization": "Bearer secret"}}),
}


@pytest.mark.parametrize("kind", SCHEMES)
async def test_credentials_are_demanded_where_the_document_says(kind: str) -> None:
    scheme, request = SCHEMES[kind]
    document = {
        **PETS,
        "security": [{"it": []}],
        "components": {**PETS["components"], "securitySchemes": {"it": scheme}},
    }
    async with serving(Stub("pets", document), {}) as (_, client):
        refused = await client.get("/pets")
        assert refused.status_code == 401
        assert "credentials" in refused.json()["detail"]
        assert (await client.get("/pets", **request)).status_code == 200
    async with serving(Stub("pets", document), {}, require_token="another") as (_, client):
        assert (await client.get("/pets", **request)).status_code == 401


async def test_a_token_endpoint_issues_tokens() -> None:
    scheme = {"type": "oauth2", "flows": {}}
    document = {
        **PETS,
        "security": [{"it": []}],
        "components": {**PETS["components"], "securitySchemes": {"it": scheme}},
    }
    async with serving(Stub("pets", document), {}, require_token="right") as (_, client):
        form = {"grant_type": "client_credentials", "client_id": "me", "client_secret": "wrong"}
        assert (await client.post("/_token", data=form)).status_code == 401
        token = (await client.post("/_token", data={**form, "client_secret": "right"})).json()["access_token"]
        assert (await client.get("/pets", headers={"authorization": f"Bearer {token}"})).status_code == 200


# What an author adds


async def test_a_function_makes_a_response() -> None:
    calls: list[Call] = []

    def result(call: Call) -> object:
        calls.append(call)
        return {"counts": {"ones": (call.counts or {}).get("11", 0)}}

    stub = Stub("acme", ACME, behaviour=BEHAVIOUR, responses={"getResult": result})
    async with serving(stub, seed=1) as (emulator, client):
        id = (await client.post("/v1/jobs", json=job_of(shots=100))).json()["id"]
        await anyio.to_thread.run_sync(emulator.wait_for_computations)
        body = (await client.get(f"/v1/jobs/{id}/result")).json()
        (call,) = calls
        assert (call.operation, call.path, call.resource is not None) == ("getResult", {"job_id": id}, True)
        assert call.counts is not None
        assert body == {"counts": {"ones": call.counts["11"]}}


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ({"jobs": {}}, "unknown table jobs"),
        ({"resources": {"/jobs": {"colour": "red"}}}, "unknown key colour of /jobs"),
        ({"resources": {"/tasks": {}}}, "no collection /tasks; there is /devices, /jobs"),
        ({"resources": {"/jobs": {"order": ["waiting", "ready"]}}}, "the enum has no ready; it has waiting, running"),
    ],
)
def test_a_behaviour_that_does_not_fit_is_an_error(behaviour: dict[str, Any], reason: str) -> None:
    with pytest.raises(BehaviourError, match=reason):
        Stub("acme", ACME, behaviour=behaviour)


def test_a_function_for_an_unknown_operation_is_an_error() -> None:
    with pytest.raises(BehaviourError, match="unknown operation getResults"):
        Stub("acme", ACME, responses={"getResults": lambda call: None})
