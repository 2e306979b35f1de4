"""Every operation of the document: those of users in the documented form, others with a 403."""

from __future__ import annotations

import json
import re
import uuid

import httpx
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clouds.pasqal.catalogue import DEVICES, PROJECT_ID

from .document import ACCOUNT, FORBIDDEN, OPERATIONS, SERVED, check
from .helpers import HOST, batch, finished, pasqal

pytestmark = pytest.mark.anyio


class Caller:
    """Calls operations by their id and checks every response against the document."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.succeeded: set[str] = set()

    async def __call__(self, operation_id: str, ids: dict[str, str] | None = None, **more: object) -> httpx.Response:
        method, path, _ = OPERATIONS[operation_id]
        for name, value in (ids or {}).items():
            path = path.replace("{" + name + "}", value)
        base = f"{HOST}/account" if operation_id in ACCOUNT else f"{HOST}/core-fast"
        response = await self.client.request(method, base + path, **more)  # type: ignore[arg-type]
        check(operation_id, response)
        if response.is_success:
            self.succeeded.add(operation_id)
        return response


async def test_all_operations(emulator: Emulator) -> None:
    async with pasqal(emulator) as client:
        call = Caller(client)
        for name in SERVED:
            path = OPERATIONS[name][1]
            if "devices" in path or name in ("list_packages", *ACCOUNT):
                await call(name, {"dt_name": "FRESNEL", "device_type": "FRESNEL"})
        made = (await call("create_batch", json=batch({"runs": 10}, {"runs": 20}, open=True, tags=["a"]))).json()[
            "data"
        ]
        one, job = {"batch_id": made["id"]}, {"job_id": made["jobs"][0]["id"]}
        await finished(client, job["job_id"])
        for name in SERVED:
            method, path, _ = OPERATIONS[name]
            if method == "GET" and "workload" not in path:
                await call(name, {**one, **job} if "job_id}" in path or "batch_id}" in path else {})
        for name in ("add_jobs", "add_jobs_v1"):
            await call(name, one, json=[{"runs": 5}])
        await call("create_job", json={**one, "runs": 5})
        await call("set_batch_tags", one, json=["b", "c"])
        for name in ("cancel_jobs", "cancel_jobs_v1"):
            await call(name, one, params={"id": str(uuid.uuid4())})
        for name in ("complete_batch", "complete_batch_v1"):
            await call(name, one)
        await call("rebatch_jobs", one)
        await call("create_ovh_batch", json={key: value for key, value in batch().items() if key != "project_id"})
        for name in ("cancel_batch", "cancel_batch_v1"):
            await call(name, {"batch_id": (await call("create_batch", json=batch(open=True))).json()["data"]["id"]})
        third = (await call("create_batch", json=batch(open=True))).json()["data"]["id"]
        await call("cancel_batches", json={"batch_ids": [third, str(uuid.uuid4())]})
        await _workloads(call)
        # No job waits where jobs take no time; these two are called in the tests of the life of jobs.
        assert call.succeeded == set(SERVED) - {"cancel_job", "cancel_job_v1", "cancel_workload"}


async def _workloads(call: Caller) -> None:
    body = {"project_id": PROJECT_ID, "workload_type": "qadence_circuit", "backend": "pyqtorch", "config": {"a": 1}}
    made = (await call("create_workload", json=body)).json()["data"]
    one = {"workload_id": made["id"]}
    done = (await call("get_workload_v1", one)).json()["data"]
    assert (done["status"], done["result"]["config"]) == ("DONE", {"a": 1})
    linked = (await call("get_workload", one)).json()["data"]["result_link"]
    async with httpx.AsyncClient(transport=call.client._transport) as other:
        assert (await other.get(linked)).json() == done["result"]
    assert (await call("cancel_workload", one)).status_code == 400
    odd = (await call("create_workload", json={**body, "workload_type": "odd"})).json()["data"]
    failed = (await call("get_workload", {"workload_id": odd["id"]})).json()["data"]
    assert (failed["status"], failed["result_link"]) == ("ERROR", None)
    assert "odd" in failed["errors"][0]
    listed = (await call("list_workloads", params={"status": "ERROR"})).json()
    assert [item["id"] for item in listed["data"]] == [odd["id"]]


def _filled(path: str) -> str:
    return re.sub(r"\{[^}]*\}", lambda _: str(uuid.uuid4()), path)


@pytest.mark.parametrize("name", FORBIDDEN)
async def test_what_is_not_for_users_is_403(emulator: Emulator, name: str) -> None:
    method, path, _ = OPERATIONS[name]
    async with pasqal(emulator) as client:
        response = await client.request(method, f"{HOST}/core-fast{_filled(path)}")
        assert response.status_code == 403
        check(name, response)


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name != "list_public_device_specs"])
async def test_no_token_is_401_everywhere_else(emulator: Emulator, name: str) -> None:
    method, path, _ = OPERATIONS[name]
    base = f"{HOST}/account" if name in ACCOUNT else f"{HOST}/core-fast"
    for header in ("", "Bearer denied-token", "Basic abc"):
        async with pasqal(emulator, Authorization=header) as client:
            response = await client.request(method, base + _filled(path))
            assert response.status_code == 401
            check(name, response)


@pytest.mark.parametrize("name", [name for name in SERVED if "_id}" in OPERATIONS[name][1]])
async def test_unknown_ids_are_404_and_invalid_ones_422(emulator: Emulator, name: str) -> None:
    method, path, _ = OPERATIONS[name]
    body = {"json": [{"runs": 1}]} if method == "POST" else {"json": []} if "tags" in path else {}
    async with pasqal(emulator) as client:
        for filled, status in ((_filled(path), 404), (re.sub(r"\{[^}]*\}", "odd", path), 422)):
            response = await client.request(method, f"{HOST}/core-fast{filled}", **body)  # type: ignore[arg-type]
            assert response.status_code == status, response.text
            check(name, response)


async def test_unknown_paths_are_404_in_the_clouds_own_form(emulator: Emulator) -> None:
    async with pasqal(emulator) as client:
        for method, path in (("GET", "/nothing"), ("DELETE", "/v1/batches"), ("GET", "/v1/batches/")):
            response = await client.request(method, path)
            assert response.status_code == 404
            check("list_batches", response)


async def test_the_catalogue(emulator: Emulator) -> None:
    async with pasqal(emulator) as client:
        devices = (await client.get("/v2/devices")).json()["data"]
        assert {device["device_type"] for device in devices} == {"EMU_FREE", "EMU_MPS", "EMU_FRESNEL", "FRESNEL"}
        specs = (await client.get("/v1/devices/specs")).json()["data"]
        public = (await client.get("/v1/devices/public-specs", headers={"Authorization": ""})).json()["data"]
        assert {item["device_type"]: item["specs"] for item in public} == specs
        for name, text in specs.items():
            device = json.loads(text)
            assert (device["name"], device["version"]) == (name, "1")
            assert "rydberg_global" in [channel["id"] for channel in device["channels"]]
        assert set(specs) == set(DEVICES)
        projects = (await client.get(f"{HOST}/account/api/v1/projects")).json()["data"]
        assert [project["id"] for project in projects] == [PROJECT_ID]
        assert (await client.get("/v1/devices/specs/NONE")).status_code == 404
