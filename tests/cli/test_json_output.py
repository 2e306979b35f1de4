"""`--json` prints what `to_dict` returns, and `from_dict` reads it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu import AvailableSlot, Calibration, CostEstimate, Device, Job, Reservation, Result, Session, Topology
from anyqpu_emulator.server import running
from tests.cli.shell import BELL, read

QSIM = "kipu:kipu.sim.qsim"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7) as address:
        yield address


def ask(url: str, provider: str, get: Callable[[Any], Awaitable[Any]]) -> Any:
    """Return what a function gets from the client of a provider."""

    async def work() -> Any:
        async with anyqpu.connect(provider, emulator=url) as client:
            return await get(client)

    return anyio.run(work)


def same(printed: Any, value: Any, kind: type[Any]) -> None:
    """Compare an object with what was printed of it, which is JSON and can be read again."""
    assert type(value) is kind
    assert printed == json.loads(json.dumps(value.to_dict()))
    assert kind.from_dict(printed) == value


def all_same(printed: list[Any], values: list[Any], kind: type[Any]) -> None:
    assert values
    for entry, value in zip(printed, values, strict=True):
        same(entry, value, kind)


@pytest.fixture(scope="module")
def handle(url: str) -> str:
    printed: dict[str, Any] = read("submit", BELL, "--device", QSIM, "--shots", 50, "--emulator-url", url)
    # The job at the time of the submit; a handle from a client says more, such as the profile.
    assert Job.from_dict(printed).to_dict() | {"handle": printed["handle"]} == printed
    ask(url, "kipu", lambda kipu: _ended(kipu, printed["handle"]))
    return str(printed["handle"])


async def _ended(client: Any, handle: str) -> Job:
    job: Job = await (await client.resume(handle)).wait(timeout=60)
    return job


def test_a_job(url: str, handle: str) -> None:
    job = ask(url, "kipu", lambda kipu: kipu.resume(handle))
    for command in (("job", "show"), ("job", "wait")):
        same(read(*command, handle, "--emulator-url", url), job, Job)


def test_a_result_and_its_job(url: str, handle: str) -> None:
    printed = read("job", "result", handle, "--emulator-url", url)
    job = ask(url, "kipu", lambda kipu: kipu.resume(handle))
    result = ask(url, "kipu", lambda kipu: _result(kipu, handle))
    assert printed == {**result.to_dict(), **job.to_dict()}
    assert (Job.from_dict(printed), Result.from_dict(printed)) == (job, result)


async def _result(client: Any, handle: str) -> Result:
    result: Result = await (await client.resume(handle)).result(timeout=60)
    return result


def test_jobs(url: str, handle: str) -> None:
    jobs = ask(url, "kipu", lambda kipu: kipu.jobs().collect(limit=20))
    assert handle in {str(job.handle) for job in jobs}
    all_same(read("jobs", "kipu", "--emulator-url", url), jobs, Job)


def test_devices(url: str) -> None:
    devices = ask(url, "scaleway", lambda scaleway: scaleway.devices().collect())
    all_same(read("devices", "scaleway", "--emulator-url", url), devices, Device)


def test_a_device_with_its_topology_and_calibration(url: str) -> None:
    printed = read("device", "rigetti:Aspen-9", "--emulator-url", url)
    topology, calibration = printed.pop("topology"), printed.pop("calibration")
    same(printed, ask(url, "rigetti", lambda rigetti: rigetti.device("Aspen-9")), Device)
    expected = ask(url, "rigetti", lambda rigetti: rigetti.calibration("Aspen-9"))
    same(topology, expected.topology, Topology)
    # The form of the provider, which the sites repeat, is left out.
    assert calibration["data"] is None
    same(calibration | {"data": expected.to_dict()["data"]}, expected, Calibration)


def test_sessions(url: str) -> None:
    async def opened(scaleway: Any) -> list[Session]:
        async with scaleway.session(device="EMU-AER-16C-128M", on_exit="leave"):
            sessions: list[Session] = await scaleway.sessions().collect()
            return sessions

    sessions = ask(url, "scaleway", opened)
    printed = read("sessions", "scaleway", "--emulator-url", url)
    # What depends on the time of the request: the end of an idle session, and its cost until then.
    moving: dict[str, Any] = {"ends_at": None, "may_still_cost": None}
    assert moving.keys() <= printed[0].keys()
    unmoved = [dataclasses.replace(session, **moving) for session in sessions]
    all_same([entry | moving for entry in printed], unmoved, Session)


def test_slots_and_reservations(url: str) -> None:
    # The emulator's slots begin at full quarters of an hour.
    start = (datetime.now(UTC) + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    arguments = ("rigetti:Aspen-9", "--start", start.isoformat(), "--duration", "30m", "--emulator-url", url)
    slots = ask(
        url,
        "rigetti",
        lambda rigetti: rigetti.find_slots("Aspen-9", start=start, duration=timedelta(minutes=30)).collect(limit=3),
    )
    all_same(read("reservations", "find", *arguments, "--limit", 3), slots, AvailableSlot)
    printed = read("reservations", "book", *arguments, "--yes")
    reservations = ask(url, "rigetti", lambda rigetti: rigetti.reservations().collect())
    all_same(read("reservations", "rigetti", "--emulator-url", url), reservations, Reservation)
    assert Reservation.from_dict(printed).id in {reservation.id for reservation in reservations}


def test_the_plan_of_a_submit(url: str) -> None:
    device = "scaleway:QPU-GARNET-20PQ"
    printed = read("submit", BELL, "--device", device, "--shots", 10, "--dry-run", "--emulator-url", url)
    name = device.partition(":")[2]
    same(printed["device"], ask(url, "scaleway", lambda scaleway: scaleway.device(name)), Device)
    same(printed["cost"], ask(url, "scaleway", lambda scaleway: scaleway.estimate_cost(name, shots=10)), CostEstimate)
