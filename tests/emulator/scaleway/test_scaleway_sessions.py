"""Sessions and bookings over time, moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from anyio import to_thread

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .support import PROJECT, X0, check_error, new_model, new_session, platform_id, qio_model, scaleway, submit

pytestmark = pytest.mark.anyio
FRESNEL = "QPU-FRESNEL-100PQ"


@pytest.fixture
async def slow(clock: ManualClock) -> AsyncIterator[Emulator]:
    """Sessions take 8 seconds to start and to stop, jobs 3 to 20."""
    async with Emulator(speed="real", seed=1, clock=clock) as emulator:
        yield emulator


async def status(client: httpx.AsyncClient, session: dict) -> str:
    return (await client.get(f"/sessions/{session['id']}")).json()["status"]


async def test_a_life(slow: Emulator, clock: ManualClock) -> None:
    async with scaleway(slow) as client:
        session = await new_session(client)
        assert (session["status"], session["started_at"], session["terminated_at"]) == ("starting", None, None)
        clock.advance(7.9)
        assert await status(client, session) == "starting"
        clock.advance(0.2)
        assert await status(client, session) == "running"
        stopping = (await client.post(f"/sessions/{session['id']}/terminate")).json()
        assert (stopping["status"], stopping["terminated_at"]) == ("stopping", None)
        clock.advance(7.9)
        assert await status(client, session) == "stopping"
        clock.advance(0.2)
        stopped = (await client.get(f"/sessions/{session['id']}")).json()
        assert stopped["status"] == "stopped"
        assert stopped["created_at"] < stopped["started_at"] < stopped["terminated_at"]
        again = await client.post(f"/sessions/{session['id']}/terminate", json={})
        assert again.json() == stopped


async def test_jobs_wait_for_the_session_and_for_each_other(slow: Emulator, clock: ManualClock) -> None:
    async with scaleway(slow) as client:
        session, model = await new_session(client), await new_model(client, qio_model(X0))
        jobs = [(await submit(client, session["id"], model))["id"] for _ in range(3)]
        assert await to_thread.run_sync(slow.wait_for_computations, 30)
        seen: list[tuple[str, ...]] = []
        for _ in range(80):
            listed = (
                await client.get("/jobs", params={"session_id": session["id"], "order_by": "created_at_asc"})
            ).json()
            assert [job["id"] for job in listed["jobs"]] == jobs
            seen.append(tuple(job["status"] for job in listed["jobs"]))
            clock.advance(1)
        assert seen[0] == seen[7] == ("waiting",) * 3
        assert seen[-1] == ("completed",) * 3
        assert all(states.count("running") <= 1 for states in seen)
        view = (await client.get(f"/sessions/{session['id']}")).json()
        assert (view["waiting_job_count"], view["finished_job_count"]) == (0, 3)


async def test_terminate_cancels_jobs_and_refuses_new_ones(slow: Emulator, clock: ManualClock) -> None:
    async with scaleway(slow) as client:
        session, model = await new_session(client), await new_model(client, qio_model(X0))
        job = (await submit(client, session["id"], model))["id"]
        await client.post(f"/sessions/{session['id']}/terminate", content=b"")
        assert (await client.get(f"/jobs/{job}")).json()["status"] == "cancelled"
        body = {"name": "j", "session_id": session["id"], "circuit": {}, "model_id": model}
        for state in ("stopping", "stopped"):
            for refused in (
                await client.post("/jobs", json=body),
                await client.patch(f"/sessions/{session['id']}", json={"max_duration": "900s"}),
            ):
                assert (refused.status_code, refused.json()["current_state"]) == (409, state)
                check_error(refused)
            clock.advance(9)
        await client.delete(f"/sessions/{session['id']}")
        assert (await client.get(f"/jobs/{job}")).status_code == 404


async def test_cancelling_the_last_of_many(slow: Emulator) -> None:
    async with scaleway(slow) as client:
        session, model = await new_session(client), await new_model(client, qio_model(X0))
        jobs = [(await submit(client, session["id"], model))["id"] for _ in range(12)]
        assert (await client.post(f"/jobs/{jobs[-1]}/cancel")).json()["status"] == "cancelled"
        assert (await client.get(f"/jobs/{jobs[-2]}")).json()["status"] == "waiting"
        assert (await client.delete(f"/jobs/{jobs[-2]}")).status_code == 204
        view = (await client.get(f"/sessions/{session['id']}")).json()
        assert (view["waiting_job_count"], view["finished_job_count"]) == (10, 2)


@pytest.mark.parametrize(
    ("limits", "words"),
    [({"max_duration": "30s"}, "maximum duration"), ({"max_idle_duration": 30}, "idle")],
)
async def test_sessions_end_by_themselves(slow: Emulator, clock: ManualClock, limits: dict, words: str) -> None:
    async with scaleway(slow) as client:
        session = await new_session(client, **limits)
        clock.advance(8 + 29)
        assert await status(client, session) == "running"
        clock.advance(2)
        ended = (await client.get(f"/sessions/{session['id']}")).json()
        assert ended["status"] == "stopping"
        assert words in ended["progress_message"]


async def test_a_session_is_billed_from_its_start_to_its_end(slow: Emulator, clock: ManualClock) -> None:
    """The catalogue's price of this platform is 4,500 EUR an hour, which is 1.25 EUR a second."""

    def bill() -> tuple[float, str]:
        [row] = slow.overview.state(10)["sessions"]
        return row["billed_seconds"], row["cost"]

    async with scaleway(slow) as client:
        await new_session(client, "QPU-GARNET-20PQ", max_idle_duration="60s")
        clock.advance(8)
        assert bill() == (0.0, "0.00 EUR")
        clock.advance(30)
        assert bill() == (30.0, "37.50 EUR")
        clock.advance(3600)
        assert bill() == (60.0, "75.00 EUR")


async def test_a_job_keeps_a_session_from_idling(slow: Emulator, clock: ManualClock) -> None:
    async with scaleway(slow) as client:
        session = await new_session(client, max_idle_duration="2.5s")
        assert session["max_idle_duration"] == "2.5s"
        clock.advance(9)
        await submit(client, session["id"], await new_model(client, qio_model(X0)))
        clock.advance(5)
        assert await status(client, session) == "running"
        assert await to_thread.run_sync(slow.wait_for_computations, 30)
        for _ in range(40):
            clock.advance(1)
            last = await status(client, session)
        assert last == "stopped"


@pytest.mark.parametrize("limit", [9, 12, 200])
async def test_no_job_outlives_its_session_without_polls(slow: Emulator, clock: ManualClock, limit: int) -> None:
    async with scaleway(slow) as client:
        session = await new_session(client, max_duration=f"{limit}s")
        model = await new_model(client, qio_model(X0))
        jobs = [(await submit(client, session["id"], model))["id"] for _ in range(2)]
        assert await to_thread.run_sync(slow.wait_for_computations, 30)
        clock.advance(1000)
        ended = (await client.get(f"/sessions/{session['id']}")).json()
        for job in jobs:
            view = (await client.get(f"/jobs/{job}")).json()
            over = view["status"] == "completed"
            assert view["status"] in ("completed", "cancelled")
            assert view["updated_at"] <= ended["terminated_at"]
            assert len((await client.get(f"/jobs/{job}/results")).json()["job_results"]) == over
        assert over == (limit == 200)


async def test_deduplication(slow: Emulator, clock: ManualClock) -> None:
    async with scaleway(slow) as client:
        first = await new_session(client, deduplication_id="d", max_duration="100s")
        clock.advance(10)
        other = await new_session(client, "QPU-GARNET-20PQ", deduplicationId="d", name="other", max_duration="5s")
        assert other == {**first, "status": "running", "started_at": other["started_at"]}
        assert (await new_session(client, deduplication_id="e"))["id"] != first["id"]
        assert (await new_session(client, deduplication_id="d", project_id="p"))["id"] != first["id"]
        await client.post(f"/sessions/{first['id']}/terminate")
        assert (await new_session(client, deduplication_id="d"))["id"] != first["id"]


async def test_lists(slow: Emulator, clock: ManualClock) -> None:
    async with scaleway(slow) as client:
        one = await new_session(client, name="b", tags=["x", "y"])
        two = await new_session(client, "QPU-GARNET-20PQ", name="a", tags=["x"])
        for params, expected in (
            ({}, [two, one]),
            ({"order_by": "created_at_asc"}, [one, two]),
            ({"order_by": "name_asc"}, [two, one]),
            ({"order_by": "status_desc"}, [one, two]),
            ({"tags": ["x", "y"]}, [one]),
            ({"tags": "z"}, []),
            ({"platform_id": two["platform_id"]}, [two]),
            ({"project_id": PROJECT.upper(), "page_size": 1}, [two]),
            ({"project_id": "else"}, []),
        ):
            sessions = (await client.get("/sessions", params=params)).json()["sessions"]
            assert [session["id"] for session in sessions] == [session["id"] for session in expected], params


@pytest.mark.parametrize(
    ("change", "code", "argument"),
    [
        ({"project_id": None}, 400, "project_id"),
        ({"platform_id": None}, 400, "platform_id"),
        ({"platform_id": "nosuch"}, 404, "platform"),
        ({"model_id": "nosuch"}, 404, "model"),
        ({"max_duration": "5"}, 400, "max_duration"),
        ({"max_duration": "-5s"}, 400, "max_duration"),
        ({"max_duration": "0s"}, 400, "max_duration"),
        ({"max_idle_duration": True}, 400, "max_idle_duration"),
        ({"tags": [1]}, 400, "tags"),
        ({"booking_demand": {}}, 400, "booking_demand"),
    ],
)
async def test_refused_sessions(emulator: Emulator, change: dict, code: int, argument: str) -> None:
    async with scaleway(emulator) as client:
        body = {"project_id": PROJECT, "platform_id": await platform_id(client, "EMU-AER-16C-128M"), **change}
        response = await client.post("/sessions", json=body)
        assert response.status_code == code
        check_error(response)
        error = response.json()
        assert (error["details"][0]["argument_name"] if code == 400 else error["resource"]) == argument


class Booker:
    """Books Fresnel from so many seconds after now."""

    def __init__(self, client: httpx.AsyncClient, clock: ManualClock) -> None:
        self.client, self.clock = client, clock

    async def __call__(self, start: float, length: float = 3600, **more: object) -> httpx.Response:
        begin = datetime.fromtimestamp(self.clock.wall(), UTC) + timedelta(seconds=start)
        demand = {"started_at": begin.isoformat(), "finishedAt": (begin + timedelta(seconds=length)).isoformat()}
        body = {"project_id": PROJECT, "platform_id": await platform_id(self.client, FRESNEL)}
        return await self.client.post("/sessions", json={**body, "booking_demand": {**demand, **more}})


async def test_a_booking(slow: Emulator, clock: ManualClock) -> None:
    async with scaleway(slow) as client:
        session = (await Booker(client, clock)(100, 400, description="d", time_zone="UTC")).json()
        path = f"/bookings/{session['booking_id']}"
        seen = []
        for _ in range(3):
            seen.append((await client.get(path)).json()["status"])
            clock.advance(5)
        assert seen == ["waiting", "validating", "validated"]
        assert await status(client, session) == "starting"
        clock.advance(90)
        assert await status(client, session) == "running"
        clock.advance(400)
        ended = (await client.get(f"/sessions/{session['id']}")).json()
        assert ended["status"] in ("stopping", "stopped")
        assert "booked" in ended["progress_message"]
        booking = (await client.get(path)).json()
        assert (booking["status"], booking["description"], booking["time_zone"]) == ("validated", "d", "UTC")


async def test_a_booked_session_lasts_as_long_as_it_is_booked(slow: Emulator, clock: ManualClock) -> None:
    async with scaleway(slow) as client:
        session = (await Booker(client, clock)(0, 4 * 3600)).json()
        assert session["max_duration"] == session["max_idle_duration"] == "14400s"
        clock.advance(4 * 3600 - 1)
        assert await status(client, session) == "running"
        clock.advance(2)
        assert await status(client, session) == "stopping"


async def test_terminate_gives_the_time_back(slow: Emulator, clock: ManualClock) -> None:
    async with scaleway(slow) as client:
        book = Booker(client, clock)
        session = (await book(100)).json()
        taken = await book(200)
        assert (taken.status_code, taken.json()["resource_id"]) == (409, session["booking_id"])
        check_error(taken)
        assert (await book(100 + 3600)).status_code == 200
        await client.post(f"/sessions/{session['id']}/terminate")
        assert (await client.get(f"/bookings/{session['booking_id']}")).json()["status"] == "cancelled"
        assert (await book(100)).status_code == 200


@pytest.mark.parametrize(
    ("times", "more", "argument"),
    [
        ((100, 299), {}, "finished_at"),
        ((100, 6 * 3600 + 1), {}, "finished_at"),
        ((100, -1), {}, "finished_at"),
        ((-61, 3600), {}, "started_at"),
        ((31 * 86400, 3600), {}, "started_at"),
        ((100, 3600), {"started_at": None}, "started_at"),
        ((100, 3600), {"started_at": "soon"}, "started_at"),
        ((100, 3600), {"time_zone": "Nowhere/At_all"}, "time_zone"),
        ((100, 3600), {"time_zone": "../etc"}, "time_zone"),
        ((100, 3600), {"description": 1}, "description"),
    ],
)
async def test_refused_bookings(
    slow: Emulator, clock: ManualClock, times: tuple[float, float], more: dict, argument: str
) -> None:
    async with scaleway(slow) as client:
        response = await Booker(client, clock)(*times, **more)
        assert response.status_code == 400
        check_error(response)
        assert response.json()["details"][0]["argument_name"] == argument
        assert (await client.get("/bookings")).json()["total_count"] == 0
        assert (await client.get("/sessions")).json()["total_count"] == 0


async def test_quotas_of_bookings(slow: Emulator, clock: ManualClock) -> None:
    async with scaleway(slow) as client:
        book = Booker(client, clock)
        for hour in range(3):
            assert (await book(hour * 3600)).status_code == 200
        refused = await book(3 * 3600)
        assert (refused.status_code, refused.json()["details"][0]["quota"]) == (403, 3)
        check_error(refused)
        assert (await book(86400)).status_code == 200


async def test_a_time_without_offset_is_in_its_zone(slow: Emulator, clock: ManualClock) -> None:
    async with scaleway(slow) as client:
        times = {"started_at": "2026-01-05T10:00:00", "finished_at": "2026-01-05T11:00:00"}
        body = {"project_id": PROJECT, "platform_id": await platform_id(client, FRESNEL)}
        demand = {**times, "time_zone": "Europe/Paris"}
        session = (await client.post("/sessions", json={**body, "booking_demand": demand})).json()
        booking = (await client.get(f"/bookings/{session['booking_id']}")).json()
        assert booking["started_at"] == "2026-01-05T09:00:00.000000Z"
