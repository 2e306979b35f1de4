"""A client of the emulated cloud, and its published document to check responses."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
from jsonschema import Draft202012Validator, FormatChecker

from anyqpu_emulator import Emulator

ROOT = "http://emulator/scaleway"
BASE = f"{ROOT}/qaas/v1alpha1"
PROJECT = "33333333-3333-4333-8333-333333333333"
DATA = Path(__file__).parent / "data"
DOCUMENT = json.loads((Path(__file__).parents[3] / "specs/scaleway/final.json").read_text(encoding="utf-8"))
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
ERRORS = json.loads((DATA / "standard_errors.json").read_text(encoding="utf-8"))
BELL = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; measure q -> c;'
X0 = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; x q[0]; measure q -> c;'


@asynccontextmanager
async def scaleway(emulator: Emulator, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(emulator.app)
    headers = {"X-Auth-Token": "11111111-1111-4111-8111-111111111111", **headers}
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
        yield client


def check(operation_id: str, response: httpx.Response) -> None:
    """The response has the documented form and no key that the document lacks; errors have a known type."""
    assert response.headers["x-request-id"]
    if response.status_code >= 400:
        check_error(response)
        return
    documented = OPERATIONS[operation_id][2]["responses"][str(response.status_code)]
    if "content" not in documented:
        assert response.content == b""
        return
    schema = documented["content"]["application/json"]["schema"]
    whole = {**schema, "components": DOCUMENT["components"]}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(response.json())
    _no_unknown_keys(response.json(), schema)


def check_error(response: httpx.Response) -> None:
    """The body has the keys of one of the standard bodies of that status and type."""
    body = response.json()
    recorded = [e["body"] for e in ERRORS if e["status"] == response.status_code and e["body"]["type"] == body["type"]]
    assert any(set(body) == set(one) for one in recorded), body
    if "details" in body:
        assert body["details"]


def _no_unknown_keys(value: Any, schema: dict[str, Any]) -> None:
    while "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(value, list):
        for item in value:
            _no_unknown_keys(item, schema["items"])
    elif isinstance(value, dict) and "properties" in schema:
        assert set(value) <= set(schema["properties"]), set(value) - set(schema["properties"])
        for key, item in value.items():
            _no_unknown_keys(item, schema["properties"][key])


async def platform_id(client: httpx.AsyncClient, name: str) -> str:
    return (await client.get("/platforms", params={"name": name})).json()["platforms"][0]["id"]


async def new_session(client: httpx.AsyncClient, platform: str = "EMU-AER-16C-128M", **more: Any) -> dict:
    body = {"project_id": PROJECT, "platform_id": await platform_id(client, platform), "name": "s", **more}
    created = await client.post("/sessions", json=body)
    assert created.status_code == 200, created.text
    return created.json()


async def new_model(client: httpx.AsyncClient, payload: Any) -> str:
    text = payload if isinstance(payload, str) else json.dumps(payload)
    created = await client.post("/models", json={"project_id": PROJECT, "payload": text})
    assert created.status_code == 200, created.text
    return created.json()["id"]


def qio_model(*sources: str, compressed: bool = False, number: int = 2) -> dict:
    """A model's payload of OpenQASM texts."""
    programs = [
        {
            "compression_format": 2 if compressed else 1,
            "serialization_format": number,
            "serialization": base64.b64encode(zlib.compress(text.encode())).decode() if compressed else text,
        }
        for text in sources
    ]
    return {"programs": programs, "backend": {"name": "aer", "version": 2, "options": {}}, "noise_model": None}


async def submit(client: httpx.AsyncClient, session: str, model: str | None, shots: int = 100, **options: Any) -> dict:
    body = {"name": "j", "session_id": session, "circuit": {}, "model_id": model}
    parameters = json.dumps({"shots": shots, "options": options})
    created = await client.post("/jobs", json={**body, "parameters": parameters})
    assert created.status_code == 200, created.text
    assert created.json()["status"] == "waiting"
    return created.json()


async def finished(client: httpx.AsyncClient, job_id: str, kind: str = "jobs") -> dict:
    """Ask until a job or process is over, as a client would."""
    with anyio.fail_after(60):
        while True:
            view = (await client.get(f"/{kind}/{job_id}")).json()
            if view["status"] in ("completed", "error", "cancelled"):
                return view
            await anyio.sleep(0.01)


async def results(client: httpx.AsyncClient, job_id: str) -> list[str]:
    response = await client.get(f"/jobs/{job_id}/results", params={"order_by": "created_at_desc"})
    return [item["result"] for item in response.json()["job_results"]]


def unpack(text: str) -> dict:
    """The Qiskit result inside a qio result."""
    wrapper = json.loads(text)
    assert set(wrapper) == {"compression_format", "serialization_format", "serialization"}
    assert (wrapper["compression_format"], wrapper["serialization_format"]) == (2, 2)
    return json.loads(zlib.decompress(base64.b64decode(wrapper["serialization"])))


async def run(
    client: httpx.AsyncClient, payload: Any, platform: str = "EMU-AER-16C-128M", **options: Any
) -> list[dict]:
    """Model, session, job, results: the Qiskit results of a payload."""
    session = await new_session(client, platform)
    job = await submit(client, session["id"], await new_model(client, payload), **options)
    over = await finished(client, job["id"])
    assert over["status"] == "completed", over
    return [unpack(text) for text in await results(client, job["id"])]


def counts(result: dict) -> dict[str, int]:
    return result["results"][0]["data"]["counts"]
