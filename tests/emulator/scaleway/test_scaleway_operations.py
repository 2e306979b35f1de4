"""Every operation of the published document, with responses in the documented form."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from anyqpu_emulator import Emulator

from .support import BELL, ERRORS, OPERATIONS, PROJECT, check, check_error, finished, qio_model, scaleway

pytestmark = pytest.mark.anyio
NAMES = {
    *("EMU-AER-16C-128M", "EMU-QSIM-16C-128M", "QPU-GARNET-20PQ"),
    *("QPU-BELENOS-12PQ", "EMU-SAMPLING-L4", "QPU-FRESNEL-100PQ"),
}


class Caller:
    """Calls operations by their id and checks every response against the document."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.succeeded: set[str] = set()

    async def __call__(self, operation_id: str, id_: str = "", **more: object) -> httpx.Response:
        method, path, _ = OPERATIONS[operation_id]
        path = "/".join(id_ if part.startswith("{") else part for part in path.split("/"))
        response = await self.client.request(method, f"http://emulator/scaleway{path}", **more)  # type: ignore[arg-type]
        check(operation_id, response)
        if response.is_success:
            self.succeeded.add(operation_id)
        return response

    async def listed(self, operation_id: str, key: str, id_: str = "", **params: object) -> list:
        response = await self(operation_id, id_, params=params)
        assert response.headers["x-total-count"] == str(response.json()["total_count"])
        return response.json()[key]


async def test_all_operations(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        call = Caller(client)
        platforms = await _catalogue(call)
        await _jobs(call, platforms["EMU-AER-16C-128M"])
        await _bookings(call, platforms["QPU-FRESNEL-100PQ"])
        await _processes(call, platforms["EMU-AER-16C-128M"])
        assert call.succeeded == set(OPERATIONS)
    assert OPERATIONS


async def _catalogue(call: Caller) -> dict[str, str]:
    platforms = await call.listed("ListPlatforms", "platforms")
    assert {platform["name"] for platform in platforms} == NAMES
    for platform in platforms:
        assert (await call("GetPlatform", platform["id"])).json() == platform
        assert isinstance(json.loads(platform["metadata"]), dict)
        for key in ("price_per_hour", "price_per_shot", "price_per_circuit", "hardware", "booking_requirement"):
            assert isinstance(platform[key], dict)
        assert platform["is_bookable"] == (platform["name"] == "QPU-FRESNEL-100PQ")
    (application,) = await call.listed("ListApplications", "applications", name="vqe")
    assert (await call("GetApplication", application["id"])).json() == application
    assert set(application["compatible_platform_ids"]) <= {platform["id"] for platform in platforms}
    return {platform["name"]: platform["id"] for platform in platforms}


async def _jobs(call: Caller, platform: str) -> None:
    body: dict = {"project_id": PROJECT, "platform_id": platform, "max_duration": "2.5s", "tags": ["a"]}
    session = (await call("CreateSession", json=body)).json()["id"]
    renamed = (await call("UpdateSession", session, json={"name": "n", "max_duration": "600s"})).json()
    assert (renamed["name"], renamed["max_duration"], renamed["tags"]) == ("n", "600s", ["a"])
    assert (await call("GetSession", session)).json()["id"] == session
    assert await call.listed("ListSessionAcls", "acls", session) == ["full"]
    model = (await call("CreateModel", json={"project_id": PROJECT, "payload": json.dumps(qio_model(BELL))})).json()
    assert (await call("GetModel", model["id"])).json() == model
    assert await call.listed("ListModels", "models", project_id=PROJECT) == [model]
    body = {"name": "j", "session_id": session, "circuit": {}, "model_id": model["id"], "tags": ["b", "b"]}
    job = (await call("CreateJob", json=body)).json()["id"]
    assert (await finished(call.client, job))["status"] == "completed"
    view = (await call("GetJob", job)).json()
    assert view["started_at"] <= view["updated_at"]
    assert view["job_duration"].endswith("s")
    assert (await call("UpdateJob", job, json={"name": "k"})).json()["tags"] == ["b"]
    assert [one["name"] for one in await call.listed("ListJobs", "jobs", session_id=session)] == ["k"]
    assert (await call("GetJobCircuit", job)).json() == {"perceval_circuit": None, "qiskit_circuit": None}
    assert len(await call.listed("ListJobResults", "job_results", job)) == 1
    assert (await call("CancelJob", job)).json()["status"] == "completed"
    assert (await call("GetSession", session)).json()["finished_job_count"] == 1
    await call("DeleteJob", job)
    assert (await call("GetJob", job)).status_code == 404
    assert len(await call.listed("ListSessions", "sessions", project_id=PROJECT)) == 1
    await call("TerminateSession", session)
    await call("DeleteSession", session)
    assert (await call("GetSession", session)).status_code == 404


async def _bookings(call: Caller, platform: str) -> None:
    demand = {"started_at": "2126-01-01T10:00:00Z", "finished_at": "2126-01-01T11:00:00Z"}
    body = {"project_id": PROJECT, "platform_id": platform, "booking_demand": demand}
    assert (await call("CreateSession", json=body)).json()["details"][0]["argument_name"] == "started_at"
    now = datetime.now(UTC)
    demand.update(started_at=now.isoformat(), finished_at=(now + timedelta(hours=1)).isoformat())
    session = (await call("CreateSession", json=body)).json()
    booking = (await call("GetBooking", session["booking_id"])).json()
    assert await call.listed("ListBookings", "bookings", platform_id=platform) == [booking]
    assert (await call("UpdateBooking", booking["id"], json={"description": "d"})).json()["description"] == "d"


async def _processes(call: Caller, platform: str) -> None:
    (application,) = await call.listed("ListApplications", "applications")
    body = {
        "project_id": PROJECT,
        "platform_id": platform,
        "application_id": application["id"],
        "input": application["input_template"],
    }
    process = (await call("CreateProcess", json=body)).json()
    assert process["status"] == "starting"
    assert (await finished(call.client, process["id"], "processes"))["status"] == "completed"
    view = (await call("GetProcess", process["id"])).json()
    assert (view["progress"], view["input"]) == (1.0, application["input_template"])
    (result,) = await call.listed("ListProcessResults", "process_results", process["id"])
    # The exact lowest eigenvalue of the template's Hamiltonian.
    assert json.loads(result["result"])["eigenvalue"] == pytest.approx(-1.857, abs=0.01)
    assert (await call("UpdateProcess", process["id"], json={"name": "n", "tags": ["t"]})).json()["name"] == "n"
    assert len(await call.listed("ListProcesses", "processes", project_id=PROJECT, tags="t")) == 1
    assert (await call("CancelProcess", process["id"])).json()["status"] == "completed"
    await call("DeleteProcess", process["id"])
    assert (await call("GetProcess", process["id"])).status_code == 404


@pytest.mark.parametrize("operation_id", OPERATIONS)
async def test_no_key_is_401(emulator: Emulator, operation_id: str) -> None:
    for token in ("", "denied-key"):
        async with scaleway(emulator, **{"X-Auth-Token": token}) as client:
            response = await Caller(client)(operation_id, "x")
            assert (response.status_code, response.json()["type"]) == (401, "denied_authentication")


async def test_a_required_key() -> None:
    async with Emulator(require_token="right") as emulator:
        for token, status in (("right", 200), ("wrong", 401)):
            async with scaleway(emulator, **{"X-Auth-Token": token}) as client:
                assert (await client.get("/platforms")).status_code == status


@pytest.mark.parametrize("operation_id", [name for name, (_, path, _) in OPERATIONS.items() if "{" in path])
async def test_unknown_ids_are_404(emulator: Emulator, operation_id: str) -> None:
    async with scaleway(emulator) as client:
        for unknown in (str(uuid.uuid4()), "nosuch"):
            response = await Caller(client)(operation_id, unknown)
            assert response.status_code == 404
            assert response.json()["resource_id"] == unknown


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"name": "emu-aer-16c-128m"}, {"EMU-AER-16C-128M"}),
        ({"providerName": "quandela"}, {"QPU-BELENOS-12PQ", "EMU-SAMPLING-L4"}),
        ({"provider_name": "quandela", "name": "EMU-SAMPLING-L4"}, {"EMU-SAMPLING-L4"}),
        ({"backend_name": "qsim"}, {"EMU-QSIM-16C-128M"}),
        ({"platform_type": "unknown_type", "platform_technology": "unknown_technology"}, NAMES),
        ({"platform_type": "qpu", "platformTechnology": "neutral_atom"}, {"QPU-FRESNEL-100PQ"}),
        ({"name": ""}, NAMES),
        ({"name": "nosuch"}, set()),
    ],
)
async def test_filters_of_platforms(emulator: Emulator, params: dict, names: set[str]) -> None:
    async with scaleway(emulator) as client:
        platforms = (await client.get("/platforms", params=params)).json()["platforms"]
        assert {platform["name"] for platform in platforms} == names


async def test_pages(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        first = (await client.get("/platforms", params={"page_size": 4, "order_by": "name_desc"})).json()
        second = (await client.get("/platforms", params={"pageSize": 4, "page": 2, "orderBy": "name_desc"})).json()
        past = (await client.get("/platforms", params={"page_size": 4, "page": 3})).json()
        names = [platform["name"] for platform in first["platforms"] + second["platforms"]]
        assert names == sorted(NAMES, reverse=True)
        assert past == {"total_count": 6, "platforms": []}


@pytest.mark.parametrize(
    "params", [{"page": "0"}, {"page": "x"}, {"page_size": "101"}, {"order_by": "size_asc"}, {"platform_type": "toy"}]
)
async def test_bad_queries(emulator: Emulator, params: dict) -> None:
    async with scaleway(emulator) as client:
        response = await client.get("/platforms", params=params)
        assert response.status_code == 400
        check_error(response)
        assert response.json()["details"][0]["argument_name"] == next(iter(params))


@pytest.mark.parametrize("body", ["{", "[]", '"x"', "1e999"])
async def test_bodies_that_are_not_objects(emulator: Emulator, body: str) -> None:
    async with scaleway(emulator) as client:
        response = await client.post("/sessions", content=body)
        assert response.status_code == 400
        check_error(response)


async def test_processes_that_cannot_be(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        application = (await client.get("/applications")).json()["applications"][0]
        platforms = (await client.get("/platforms")).json()["platforms"]
        good = {"project_id": PROJECT, "application_id": application["id"]}
        good["platform_id"] = application["compatible_platform_ids"][0]
        other = next(p["id"] for p in platforms if p["id"] not in application["compatible_platform_ids"])
        changes = [
            ({"platform_id": other}, "platform_id"),
            ({"input": "{"}, "input"),
            ({"input": "{}"}, "input"),
            ({"input": '{"hamiltonian": [["ZQ", 1]]}'}, "input"),
            ({"input": '{"hamiltonian": [["Z", 1], ["ZZ", 1]]}'}, "input"),
            ({"input": '{"hamiltonian": [["Z", 1]], "layers": 0}'}, "input"),
            ({"project_id": ""}, "project_id"),
        ]
        for change, argument in changes:
            response = await client.post("/processes", json={**good, **change})
            assert response.status_code == 400
            check_error(response)
            assert response.json()["details"][0]["argument_name"] == argument


@pytest.mark.parametrize(("method", "path"), [("GET", "/nosuch"), ("PUT", "/jobs"), ("GET", "/jobs/")])
async def test_addresses_that_lead_nowhere(emulator: Emulator, method: str, path: str) -> None:
    async with scaleway(emulator) as client:
        response = await client.request(method, path)
        assert response.status_code == 404
        check_error(response)


def test_the_standard_bodies_are_those_of_scaleway() -> None:
    assert len(ERRORS) == 19
