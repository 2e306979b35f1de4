"""Devices of the emulated Pasqal Cloud, their queues, and the projects that use them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import anyqpu
from anyqpu import DeviceKind, errors
from anyqpu.providers.pasqal import PasqalClient, PasqalJob
from anyqpu_emulator.clouds.pasqal.catalogue import DEVICES, PROJECT_ID
from tests.emulator.pasqal.helpers import FLIP
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio


async def test_a_device_says_what_it_is_and_how_long_its_queue_is(slow: PasqalClient) -> None:
    await slow.batch(FLIP, device="FRESNEL", jobs=[PasqalJob(10), PasqalJob(20)])
    batch = await slow.batch(FLIP, device="FRESNEL", jobs=[PasqalJob(30)])
    device = await slow.device("FRESNEL")
    assert (device.native_id, device.kind, device.num_qubits) == (DEVICES["FRESNEL"].id, DeviceKind.QPU, 80)
    assert (device.queue_depth, device.average_wait) == (3, timedelta(seconds=60))
    assert (device.supports_sessions, device.is_bookable) == (True, False)
    queue = await slow.device_queue(device).collect()
    assert {item.waiting_jobs for item in queue} == {1, 2}
    assert batch.id in {item.id for item in queue}
    (size,) = await slow.queue_sizes("FRESNEL")
    assert (size.queue, size.batches, size.jobs, size.shots) == ("FRESNEL", 2, 3, 60)


async def test_devices_are_listed_by_type_and_availability(pasqal: PasqalClient) -> None:
    assert [device.id async for device in pasqal.devices(device_types=["FRESNEL"])] == ["FRESNEL"]
    assert len(await pasqal.devices(availability=["ACTIVE"], public=True).collect()) == len(DEVICES)
    assert await pasqal.devices(availability="RETIRED").collect() == []
    with pytest.raises(errors.ValidationError, match="It is one of ACTIVE, INACTIVE, RETIRED"):
        pasqal.devices(availability=["active"])


async def test_specifications_are_read(pasqal: PasqalClient) -> None:
    specs = await pasqal.device_specs("FRESNEL")
    assert (specs["name"], specs["max_runs"], specs["channels"][0]["id"]) == ("FRESNEL", 500, "rydberg_global")
    assert (await pasqal.all_device_specs())["FRESNEL"] == specs
    with pytest.raises(errors.NotFoundError):
        await pasqal.device_specs("NONE")
    with pytest.raises(errors.ValidationError):
        await pasqal.device_specs("")


async def test_public_specifications_need_no_credentials(anyio_backend: str) -> None:
    specs = '{"name": "FRESNEL"}'

    async def respond(seen: Seen) -> ServerResponse:
        assert "authorization" not in seen.headers
        return ServerResponse.of_json({"data": [{"device_type": "FRESNEL", "specs": specs}]})

    async with serving(respond) as server, anyqpu.connect("pasqal", base_url=server.url) as pasqal:
        assert await pasqal.public_device_specs() == {"FRESNEL": {"name": "FRESNEL"}}
        specs = "[1]"
        # One that cannot be read is left out, and does not harm the others.
        assert await pasqal.public_device_specs() == {}


@pytest.mark.parametrize("status", [403, 404])
async def test_a_queue_that_is_not_shown_has_no_depth(anyio_backend: str, status: int) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        if seen.path.endswith("/queue"):
            return ServerResponse.of_json({"status": "fail"}, status)
        if "/specs/" in seen.path:
            return ServerResponse.of_json({"data": {"device_type": "FRESNEL", "specs": "{}"}})
        return ServerResponse.of_json({"data": [{"id": "1", "status": "UP", "device_type": "FRESNEL"}]})

    async with serving(respond) as server, anyqpu.connect("pasqal", base_url=server.url, token="t") as pasqal:
        assert (await pasqal.device("FRESNEL")).queue_depth is None


async def test_projects(pasqal: PasqalClient) -> None:
    (project,) = await pasqal.projects().collect()
    assert (project.id, project.status, project.queue_priority) == (PROJECT_ID, "ACTIVE", "MEDIUM")
    assert "FRESNEL" in project.device_types
    assert await pasqal.projects(status="ARCHIVED").collect() == []
    assert await pasqal.project() == project
    with pytest.raises(errors.NotFoundError, match=PROJECT_ID):
        await pasqal.project("5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10")
    assert (await pasqal.packages())["trial"] == "Trial"


async def test_what_pasqal_does_not_have_names_what_it_has(pasqal: PasqalClient) -> None:
    assert {"jobs", "sessions", "drain", "workloads", "tags"} <= set(pasqal.capabilities.names())
    with pytest.raises(errors.UnsupportedOperationError, match="queue_depth"):
        await pasqal.reserve("FRESNEL", start=datetime.now(UTC), end=datetime.now(UTC) + timedelta(hours=1))
    with pytest.raises(errors.UnsupportedOperationError, match="device_specs"):
        await pasqal.calibration("FRESNEL")
