"""Queues, on each cloud: jobs have a position, move up, and leave the queue when they are cancelled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from anyio import to_thread

from anyqpu.testing import emulated
from tests.emulator.pasqal.helpers import FLIP

pytestmark = pytest.mark.anyio
BELL = Path(__file__).parents[2] / "examples" / "bell.qasm"


async def _kipu(client: Any, number: int) -> list[Any]:
    return [await client.submit(BELL, device="kipu.sim.qsim", shots=10) for _ in range(number)]


async def _scaleway(client: Any, number: int) -> list[Any]:
    session = await client.session(device="EMU-AER-16C-128M", on_exit="leave").__aenter__()
    return [await session.submit(BELL, shots=10) for _ in range(number)]


async def _pasqal(client: Any, number: int) -> list[Any]:
    # Each batch of the emulators has a line of its own; the machine has one.
    return [await client.submit(FLIP, device="FRESNEL", shots=10) for _ in range(number)]


@pytest.mark.parametrize(("cloud", "submit"), [("kipu", _kipu), ("scaleway", _scaleway), ("pasqal", _pasqal)])
async def test_places_in_a_queue(cloud: str, submit: Callable[[Any, int], Awaitable[list[Any]]]) -> None:
    async with emulated(time="manual", speed="instant", strict=False) as clouds, clouds.connect(cloud) as client:
        clouds.set_pace(queue=20, run=100)
        jobs = await submit(client, 4)
        await to_thread.run_sync(clouds.emulator.wait_for_computations)

        def places() -> list[int | None]:
            positions = {job["id"]: job["queue_position"] for job in clouds.jobs()}
            return [positions[job.id] for job in jobs]

        assert places() == [0, 1, 2, 3]
        clouds.advance(30)
        assert places() == [None, 1, 2, 3]
        await jobs[2].cancel()
        assert places() == [None, 1, None, 2]
        clouds.advance(100)
        assert places() == [None, None, None, 1]
        assert [str((await client.job(job.id)).status) for job in jobs] == [
            *("completed", "running", "cancelled", "queued"),
        ]
        clouds.advance(200)
        assert str((await client.job(jobs[3].id)).status) == "completed"
