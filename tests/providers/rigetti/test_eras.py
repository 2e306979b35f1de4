"""Responses of Rigetti's service as it was in 2022, and as it is in 2026."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from anyqpu import errors
from anyqpu.providers.rigetti import RigettiClient
from tests.support.odd import client_with

from .conftest import DEVICE, X_ON_QUBIT_0

pytestmark = pytest.mark.anyio

ENDPOINT = {"id": "e", "healthy": True, "mock": False, "addresses": {"grpc": "https://g.example.com"}}
TYPES = ("application/json", "application/json; charset=utf-8")


def respond_with(body: Any, status: int = 200, media_type: str = TYPES[1]) -> Callable[[httpx.Request], httpx.Response]:
    content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    return lambda _: httpx.Response(status, content=content, headers={"content-type": media_type})


def isa_of(name: str, family: str) -> dict[str, Any]:
    """An instruction set architecture with a coupling, its measured gate, and characters that need a charset."""
    measured = {"name": "fISWAP", "value": 0.98, "error": 0.01, "timestamp": "2026-01-01T00:00:00Z"}
    iswap = {"name": "ISWAP", "node_count": 2, "parameters": [], "characteristics": []}
    return {
        "name": name,
        "architecture": {"family": family, "nodes": [{"node_id": 0}, {"node_id": 1}], "edges": [{"node_ids": [0, 1]}]},
        "instructions": [{**iswap, "sites": [{"node_ids": [0, 1], "characteristics": [measured]}]}],
        "benchmarks": [{"name": "größe", "parameters": [], "sites": [], "characteristics": []}],
    }


@pytest.mark.parametrize("status", [200, 204])
@pytest.mark.parametrize("body", [None, {}], ids=["empty", "object"])
async def test_deleting_and_restarting_end_with_either_status(anyio_backend: str, status: int, body: Any) -> None:
    async with client_with("rigetti", respond_with(body if status == 200 else None, status)) as rigetti:
        await rigetti.delete_endpoint("e")
        await rigetti.restart_endpoint("e")
        await rigetti.restart_endpoint("e", component="qpu")


@pytest.mark.parametrize(
    ("fields", "address"),
    [({"address": "tcp://h.example.com:1"}, "tcp://h.example.com:1"), ({"address": None}, None), ({}, None)],
    ids=["address", "null", "missing"],
)
@pytest.mark.parametrize("devices", [{}, {"quantumProcessorIds": [DEVICE]}], ids=["no devices", "devices"])
async def test_an_endpoint_may_lack_its_address(
    anyio_backend: str, fields: dict[str, Any], address: str | None, devices: dict[str, Any]
) -> None:
    async with client_with("rigetti", respond_with({**ENDPOINT, **fields, **devices})) as rigetti:
        endpoint = await rigetti.endpoint("e")
    assert (endpoint.address, endpoint.grpc_address) == (address, "https://g.example.com")
    assert endpoint.device_ids == tuple(devices.get("quantumProcessorIds", ()))


@pytest.mark.parametrize("media_type", TYPES)
@pytest.mark.parametrize("family", ["None", "Full", "Aspen", "Ankaa", "Cepheus"])
async def test_every_family_and_charset_is_read(anyio_backend: str, media_type: str, family: str) -> None:
    """Also a family that comes later."""
    async with client_with("rigetti", respond_with(isa_of("A", family), media_type=media_type)) as rigetti:
        calibration = await rigetti.calibration("A")
        isa = await rigetti.isa("A")
    assert calibration.topology is not None
    assert (calibration.topology.family, calibration.topology.edges) == (family, ((0, 1),))
    assert [(site.operation, site.nodes, site.value) for site in calibration.sites] == [("ISWAP", (0, 1), 0.98)]
    assert isa.benchmarks[0].name == "größe"


@pytest.mark.parametrize("media_type", TYPES)
async def test_errors_are_read_with_and_without_a_charset(anyio_backend: str, media_type: str) -> None:
    body = {"code": "resource_not_found", "message": "no such endpoint: größe", "requestId": "r-1"}
    async with client_with("rigetti", respond_with(body, 404, media_type)) as rigetti:
        with pytest.raises(errors.NotFoundError, match="größe") as caught:
            await rigetti.endpoint("e")
    assert (caught.value.code, caught.value.request_id) == ("resource_not_found", "r-1")


# Operations that came later


async def test_all_calibrations_come_in_one_list(rigetti: RigettiClient) -> None:
    devices = [device.id async for device in rigetti.devices()]
    listed = [calibration async for calibration in rigetti.processors.calibrations(page_size=1)]
    assert [calibration.device_id for calibration in listed] == devices
    assert listed == [await rigetti.calibration(device) for device in devices]
    with pytest.raises(errors.ValidationError, match="page_size"):
        await rigetti.processors.calibrations(page_size=6).collect()


@pytest.mark.parametrize("last", [{}, {"nextPageToken": None}, {"nextPageToken": ""}], ids=["missing", "null", "empty"])
async def test_pages_of_calibrations_end_with_each_kind_of_token(anyio_backend: str, last: dict[str, Any]) -> None:
    queries: list[dict[str, str]] = []

    def respond(request: httpx.Request) -> httpx.Response:
        queries.append(dict(request.url.params))
        isas = [isa_of(f"Ankaa-{len(queries)}", "Ankaa"), {"name": "", "architecture": None}]
        return httpx.Response(
            200,
            json={
                "instructionSetArchitectures": isas,
                **(last if len(queries) == 2 else {"nextPageToken": "n"}),
            },
        )

    async with client_with("rigetti", respond) as rigetti:
        listed = await rigetti.processors.calibrations().collect()
    # The element without a name is left out.
    assert [calibration.device_id for calibration in listed] == ["Ankaa-1", "Ankaa-2"]
    assert queries == [{"pageSize": "5"}, {"pageSize": "5", "pageToken": "n"}]


async def test_accessors_come_by_rank(anyio_backend: str) -> None:
    """Rigetti's own client takes the lowest rank, and may get none: the field is optional."""

    def accessor(url: str, **more: Any) -> dict[str, Any]:
        return {"accessType": "gateway.v1", "live": True, "url": url, **more}

    listed = [
        accessor("https://unranked"),
        accessor("https://second", rank=7, id="a"),
        {"live": True},
        accessor("https://simulated", rank=9, live=False),
        accessor("https://first", rank=-1, accessType="direct.v1"),
        accessor("https://later", rank=8, accessType="gateway.v2", new=1),
    ]
    async with client_with("rigetti", respond_with({"accessors": listed})) as rigetti:
        accessors = await rigetti.processors.accessors("Ankaa-3")
    assert [(one.url.removeprefix("https://"), one.kind, one.live, one.rank) for one in accessors] == [
        ("first", "direct.v1", True, -1),
        ("second", "gateway.v1", True, 7),
        ("later", "gateway.v2", True, 8),
        ("simulated", "gateway.v1", False, 9),
        ("unranked", "gateway.v1", True, None),
    ]
    assert {one.device_id for one in accessors} == {"Ankaa-3"}


@pytest.mark.parametrize(
    ("body", "calendar"),
    [({"maintenanceICal": "BEGIN:VCALENDAR"}, "BEGIN:VCALENDAR"), ({}, None), ({"maintenanceICal": ""}, None)],
)
async def test_a_calendar_is_text_or_missing(anyio_backend: str, body: Any, calendar: str | None) -> None:
    async with client_with("rigetti", respond_with(body)) as rigetti:
        assert await rigetti.processors.calendar(DEVICE) == calendar


@pytest.mark.parametrize(
    "body",
    [None, {}, {"accessors": 7}, {"accessors": [7]}, {"accessors": [{"live": True, "accessType": "gateway.v1"}]}],
    ids=["empty", "missing", "number", "list of a number", "no address"],
)
async def test_odd_accessors_are_those_of_a_processor_without_any(anyio_backend: str, body: Any) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(":getDefault"):
            return httpx.Response(404, json={"code": "resource_not_found", "message": "none"})
        if request.url.path.endswith("/accessors"):
            return httpx.Response(204) if body is None else httpx.Response(200, json=body)
        return httpx.Response(200, json={"id": DEVICE})

    async with client_with("rigetti", respond) as rigetti:
        with pytest.raises(errors.ServiceUnavailableError, match="no live accessor"):
            await rigetti.submit(X_ON_QUBIT_0, device=DEVICE, shots=1, execution="grpc", timeout=5)


@pytest.mark.parametrize("method", ["accessors", "calendar"])
async def test_a_success_without_a_body_is_an_odd_response(anyio_backend: str, method: str) -> None:
    async with client_with("rigetti", lambda _: httpx.Response(204)) as rigetti:
        with pytest.raises(errors.UnexpectedResponseError):
            await getattr(rigetti.processors, method)(DEVICE)


async def test_the_emulator_has_a_calendar_for_one_processor(rigetti: RigettiClient) -> None:
    assert await rigetti.processors.calendar(DEVICE) is None
    calendar = await rigetti.processors.calendar("Aspen-M-3")
    assert calendar is not None
    # RFC 5545: lines end with CRLF.
    lines = calendar.split("\r\n")
    assert (lines[0], lines[-2:], "\n" in "".join(lines)) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""], False)


async def test_a_wrong_name_gets_the_right_one(rigetti: RigettiClient) -> None:
    for call in (rigetti.processors.accessors, rigetti.processors.calendar):
        with pytest.raises(errors.NotFoundError, match="Did you mean 'Aspen-9'"):
            await call("Aspen-8")


async def test_a_server_of_2022_has_no_accessors(anyio_backend: str) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/quantumProcessors":
            return httpx.Response(200, json={"quantumProcessors": [{"id": DEVICE}]})
        return httpx.Response(404, json={"detail": "Not Found"})

    async with client_with("rigetti", respond) as rigetti:
        for call in (rigetti.processors.accessors(DEVICE), rigetti.processors.calibrations().collect()):
            with pytest.raises(errors.NotFoundError) as caught:
                await call
            assert caught.value.status_code == 404


async def test_a_reservation_says_who_made_it(anyio_backend: str) -> None:
    raw = {
        "id": 42,
        "accountId": "lab",
        "accountType": "group",
        "userId": "u",
        "createdByAccountId": "u",
        "createdByAccountType": "user",
        "createdTime": "2030-01-01T12:00:00Z",
        "startTime": "2030-01-01T12:00:00Z",
        "endTime": "2030-01-01T13:00:00Z",
        "price": 100,
        "quantumProcessorId": DEVICE,
    }
    async with client_with("rigetti", respond_with(raw)) as rigetti:
        reservation = await rigetti.reservation(42)
    assert (reservation.account, reservation.raw.created_by_account_id) == ("lab", "u")
    assert str(reservation.raw.created_by_account_type) == "user"
