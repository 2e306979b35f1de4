"""What ends by the clock on Scaleway: jobs that take too long, and download links."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from anyio import to_thread

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .support import X0, check, check_error, new_model, new_session, qio_model, scaleway

pytestmark = pytest.mark.anyio


@pytest.fixture
def emulator(clock: ManualClock) -> Iterator[Emulator]:
    """Sessions take 8 seconds to start."""
    with Emulator("real", seed=1, clock=clock) as instance:
        yield instance


@pytest.mark.parametrize(("limit", "ends"), [("30s", "error"), ("40s", "completed")])
async def test_a_job_ends_at_its_maximum_duration(
    emulator: Emulator, clock: ManualClock, limit: str, ends: str
) -> None:
    async with scaleway(emulator) as client:
        emulator.set_pace(queue=0, run=35)
        session = await new_session(client)
        model = await new_model(client, qio_model(X0))
        body = {
            "name": "j",
            "session_id": session["id"],
            "model_id": model,
            "circuit": {},
            "parameters": '{"shots": 10}',
            "max_duration": limit,
        }
        jobs = [(await client.post("/jobs", json=body)).json()["id"] for _ in range(2)]
        await to_thread.run_sync(emulator.wait_for_computations)
        clock.advance(8 + 29)
        assert (await client.get(f"/jobs/{jobs[0]}")).json()["status"] == "running"
        clock.advance(8)
        response = await client.get(f"/jobs/{jobs[0]}")
        check("GetJob", response)
        job = response.json()
        assert job["status"] == ends
        if ends == "error":
            assert job["progress_message"].startswith("MAX_DURATION")
            assert job["job_duration"] == "30s"
            assert (await client.get(f"/jobs/{jobs[0]}/results")).json()["total_count"] == 0
        # The next one begins then.
        assert (await client.get(f"/jobs/{jobs[1]}")).json()["status"] == "running"


async def test_links_expire_and_are_made_anew(emulator: Emulator, clock: ManualClock) -> None:
    async with scaleway(emulator) as client:
        model = await new_model(client, qio_model(X0))

        async def link() -> str:
            return (await client.get(f"/models/{model}")).json()["url"]

        async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app)) as stranger:
            first = await link()
            clock.advance(1799)
            assert await link() == first
            clock.advance(2)
            second = await link()
            assert second != first
            clock.advance(1798)
            assert (await stranger.get(first)).status_code == 200
            clock.advance(1)
            late = await stranger.get(first)
            assert late.status_code == 403
            check_error(late)
            assert (await stranger.get(second)).status_code == 200
