"""Processors, endpoints and engagements of the emulated Rigetti."""

from __future__ import annotations

import math
import pickle
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu import DeviceKind, DeviceStatus, errors
from anyqpu.model.status import Technology
from anyqpu.providers.rigetti import RigettiClient
from tests.support.server import Seen, ServerResponse, serving

from .conftest import DEVICE, X_ON_QUBIT_0, fake_endpoint

pytestmark = pytest.mark.anyio


async def test_processors_are_devices(rigetti: RigettiClient) -> None:
    listed = {device.id: device async for device in rigetti.devices(page_size=1)}
    assert set(listed) == {DEVICE, "Aspen-M-3", "Ankaa-3"}
    assert listed[DEVICE].status is DeviceStatus.UNKNOWN
    assert (listed[DEVICE].native_gates, listed[DEVICE].couplings) == (None, None)
    device = await rigetti.device(DEVICE)
    assert (device.kind, device.technology, device.status) == (
        DeviceKind.QPU, Technology.SUPERCONDUCTING, DeviceStatus.ONLINE,
    )  # fmt: skip
    assert (device.num_qubits, device.input_formats, device.has_calibration) == (32, ("quil",), True)
    assert device.native_gates == ("RX", "RZ", "I", "CZ", "CPHASE", "XY")
    # Octagons of 8, numbered by tens, joined by two couplings each.
    assert device.couplings is not None
    assert len(device.couplings) == 4 * 8 + 3 * 2
    assert {(0, 1), (0, 7), (1, 16), (2, 15)} <= {*device.couplings}
    assert (device.is_bookable, device.supports_sessions, device.raw_status) == (True, False, "healthy=true")


async def test_a_wrong_name_gets_the_right_one(rigetti: RigettiClient) -> None:
    with pytest.raises(errors.NotFoundError, match="Did you mean 'Aspen-9'"):
        await rigetti.device("Aspen-8")
    with pytest.raises(errors.NotFoundError, match="Did you mean 'Aspen-9'"):
        await rigetti.submit(X_ON_QUBIT_0, device="aspen9", shots=1)
    for ask in (rigetti.isa, rigetti.calibration, rigetti.quilt_calibrations, rigetti.default_endpoint):
        with pytest.raises(errors.NotFoundError, match="Did you mean 'Aspen-M-3'") as caught:
            await ask("Aspen-M3")
        assert caught.value.status_code == 404
    with pytest.raises(errors.ValidationError, match="device must be a Device or its identifier"):
        await rigetti.device("")


async def test_a_processor_without_a_default_endpoint_is_there_all_the_same(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        if seen.path.endswith(":getDefault"):
            return ServerResponse.of_json({"code": "not_found", "message": "none", "requestId": "r"}, 404)
        if seen.path.endswith("Architecture"):
            architecture = {"family": "Ankaa", "nodes": [{"node_id": 0}], "edges": []}
            return ServerResponse.of_json(
                {"name": "A", "architecture": architecture, "instructions": [], "benchmarks": [], "new": 1}
            )
        return ServerResponse.of_json({"id": "A"})

    async with serving(respond) as server, connected(server.url) as rigetti:
        device = await rigetti.device("A")
        assert (device.status, device.accepting_jobs, device.num_qubits) == (DeviceStatus.UNKNOWN, None, 1)
        calibration = await rigetti.calibration("A")
        assert calibration.topology is not None
        assert (calibration.topology.family, calibration.sites, calibration.effective_at) == ("Ankaa", (), None)


def connected(url: str, **options: Any) -> RigettiClient:
    client: RigettiClient = anyqpu.connect("rigetti", base_url=url, access_token="t", **options)
    return client


async def test_the_calibration_is_the_isa_number_by_number(rigetti: RigettiClient) -> None:
    isa = await rigetti.isa(DEVICE)
    calibration = await rigetti.calibration(await rigetti.device(DEVICE))
    figures = sum(
        len(item.characteristics) + sum(len(site.characteristics) for site in item.sites)
        for item in [*isa.instructions, *isa.benchmarks]
    )
    assert len(calibration.sites) == figures > 100
    [t1] = [site for site in calibration.sites if (site.name, site.nodes) == ("T1", (7,))]
    assert (t1.operation, t1.value < 1e-3, t1.error is not None) == ("FreeInversionRecovery", True, True)
    assert t1.measured_at == calibration.effective_at is not None
    topology = calibration.topology
    assert topology is not None
    assert (len(topology.nodes), topology.family) == (32, "Aspen")
    assert (0, 7) in topology.edges
    assert all(low < high for low, high in topology.edges)
    assert calibration.data == isa.to_dict()


async def test_quilt_and_translation(rigetti: RigettiClient) -> None:
    quilt = await rigetti.quilt_calibrations(DEVICE)
    assert "DEFCAL" in quilt.text
    assert quilt.settings_timestamp is not None
    assert "DEFCAL" not in repr(quilt)
    now = datetime.now(UTC)
    translation = await rigetti.translate(
        "DECLARE theta REAL[2]\n" + X_ON_QUBIT_0, device=DEVICE, shots=5, settings_timestamp=now
    )
    assert (translation.memory, translation.shots) == ({"theta": 2}, 5)
    assert translation.ro_sources == (("ro[0]", "q0"), ("ro[1]", "q1"))
    assert translation.settings_timestamp == now


@pytest.mark.parametrize(
    ("program", "options", "message"),
    [
        (X_ON_QUBIT_0, {"shots": 0}, "whole number"),
        (X_ON_QUBIT_0, {"settings_timestamp": datetime(2026, 1, 1)}, "no time zone"),
        ("OPENQASM 2.0;\nqreg q[1];\n", {}, "take Quil, not openqasm2.*quilc"),
        ("DECLARE ro BIT\nNOSUCHGATE 0\n", {}, "cannot be translated"),
        ("DECLARE ro BIT\nX 999\n", {}, "no qubit 999"),
    ],
)
async def test_what_cannot_be_translated(
    rigetti: RigettiClient, program: str, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(errors.ValidationError, match=message):
        await rigetti.translate(program, device=DEVICE, **{"shots": 5, **options})


async def test_endpoints(rigetti: RigettiClient) -> None:
    listed = [endpoint async for endpoint in rigetti.endpoints(page_size=1)]
    assert [device.id for device in listed if not device.healthy] == ["aspen-9-busy"]
    healthy = await rigetti.endpoints(filter='healthy == true and "Aspen-9" in quantumProcessorIds').collect()
    assert healthy == [await rigetti.default_endpoint(DEVICE)] == [await rigetti.endpoint("aspen-9-default")]
    assert (healthy[0].device_ids, healthy[0].mock, healthy[0].address) == ((DEVICE,), False, None)
    mine = await rigetti.create_endpoint([DEVICE, await rigetti.device("Aspen-M-3")], datacenters=["fremont-fab"])
    assert (mine.datacenter, set(mine.device_ids)) == ("fremont-fab", {DEVICE, "Aspen-M-3"})
    assert (await rigetti.wait_for_endpoint(mine, timeout=10)).healthy
    await rigetti.restart_endpoint(mine)
    await rigetti.restart_endpoint(mine.id, component="qpu")
    await rigetti.wait_for_endpoint(mine.id, timeout=10)
    await rigetti.delete_endpoint(mine)
    with pytest.raises(errors.NotFoundError):
        await rigetti.endpoint(mine.id)
    with pytest.raises(errors.PermissionDeniedError):
        await rigetti.delete_endpoint("aspen-9-default")
    with pytest.raises(errors.WaitTimeoutError, match="still not healthy after"):
        await rigetti.wait_for_endpoint("aspen-9-busy", timeout=1.0)


async def test_an_engagement_does_not_show_its_keys(rigetti: RigettiClient) -> None:
    engagement = await rigetti.engage(DEVICE)
    assert (engagement.device_id, engagement.endpoint_id, engagement.min_priority) == (DEVICE, "aspen-9-default", 1)
    assert engagement.address.startswith("tcp://")
    assert engagement.expires_at is not None
    assert engagement.expires_at > datetime.now(UTC)
    for secret in (engagement.credentials.client_secret.reveal(), engagement.credentials.client_public):
        assert secret not in repr(engagement)
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(engagement)
    assert await rigetti.engage(DEVICE) is engagement
    other = await rigetti.engage(DEVICE, account_id="emulator-lab", account_type="group", tags=["a"])
    assert (other.account_id, other.account_type) == ("emulator-lab", "group")
    assert other.credentials != engagement.credentials
    assert (await rigetti.engage(endpoint="aspen-m-3-default")).device_id == "Aspen-M-3"


async def test_tasks_that_engage_together_get_one_engagement(anyio_backend: str) -> None:
    with fake_endpoint(lambda _: None) as here:
        async with serving(here.http) as server, connected(server.url) as rigetti:
            engagements = []

            async def one() -> None:
                engagements.append(await rigetti.engage(DEVICE))

            async with anyio.create_task_group() as group:
                for _ in range(20):
                    group.start_soon(one)
            assert len({id(engagement) for engagement in engagements}) == 1
            assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("expires", "requests"), [("2000-01-01T00:00:00Z", 2), ("soon", 2), ("2099-01-01T00:00:00Z", 1)]
)
async def test_an_engagement_is_kept_until_shortly_before_it_ends(
    anyio_backend: str, expires: str, requests: int
) -> None:
    with fake_endpoint(lambda _: None) as here:

        async def respond(seen: Seen) -> ServerResponse:
            return ServerResponse.of_json(here.engagement(expiresAt=expires))

        async with serving(respond) as server, connected(server.url) as rigetti:
            await rigetti.engage(DEVICE)
            await rigetti.engage(DEVICE)
            assert len(server.seen) == requests


async def test_a_busy_endpoint_is_asked_again_when_it_says(anyio_backend: str) -> None:
    times: list[float] = []
    with fake_endpoint(lambda _: None) as here:

        async def respond(seen: Seen) -> ServerResponse:
            times.append(anyio.current_time())
            if len(times) < 7:
                return ServerResponse(503, headers={"retry-after": "0.2"})
            return ServerResponse.of_json(here.engagement())

        poll = anyqpu.PollPolicy(floor=0.001, growth=0)
        async with serving(respond) as server, connected(server.url, poll=poll) as rigetti:
            # More often than the transport would try.
            assert (await rigetti.engage(DEVICE, timeout=10)).endpoint_id == "e"
    assert len(times) == 7
    assert all(later - sooner >= 0.19 for sooner, later in pairwise(times))


async def test_a_busy_endpoint_is_not_waited_for_longer_than_allowed(rigetti: RigettiClient) -> None:
    # Where the next attempt would be too late, the error comes at once and says when to ask again.
    with pytest.raises(errors.WaitTimeoutError, match=r"busy.*ask again in 1 s") as caught:
        await rigetti.engage(DEVICE, endpoint="aspen-9-busy", timeout=0.9)
    assert caught.value.retry_after == 1
    with pytest.raises(errors.WaitTimeoutError, match=r"within 1\.\d+ s"):
        await rigetti.submit(X_ON_QUBIT_0, device=DEVICE, shots=1, endpoint="aspen-9-busy", timeout=1.3)


async def test_an_engagement_without_a_response_ends_in_time(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        await anyio.sleep(300)
        return ServerResponse()

    async with serving(respond) as server, connected(server.url) as rigetti:
        with anyio.fail_after(30), pytest.raises(errors.WaitTimeoutError):
            await rigetti.engage(DEVICE, timeout=0.2)


async def test_arguments_that_engage_refuses(rigetti: RigettiClient) -> None:
    with pytest.raises(errors.ValidationError, match="on a device or an endpoint"):
        await rigetti.engage()
    with pytest.raises(errors.ValidationError, match="belong together"):
        await rigetti.engage(DEVICE, account_id="emulator-lab")
    with pytest.raises(errors.ValidationError, match="'user' or 'group'"):
        await rigetti.engage(DEVICE, account_id="x", account_type="robot")  # type: ignore[arg-type]
    for timeout in (0, -1, math.nan):
        with pytest.raises(errors.ValidationError, match="timeout is in seconds"):
            await rigetti.engage(DEVICE, timeout=timeout)
    with pytest.raises(errors.NotFoundError):
        await rigetti.engage(endpoint="nowhere")


async def test_an_account_in_a_call_goes_before_the_clients_own(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json({"reservations": []})

    async with serving(respond) as server:
        async with connected(server.url, account_id="mine", account_type="group") as rigetti:
            await rigetti.reservations().collect()
            await rigetti.reservations(account_id="ada", account_type="user").collect()
        headers = [(seen.headers["x-qcs-account-id"], seen.headers["x-qcs-account-type"]) for seen in server.seen]
    assert headers == [("mine", "group"), ("ada", "user")]
