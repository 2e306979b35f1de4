"""What clients remember: bounded, not for ever, and looked up once for all who ask at the same time."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu.core.memory import DEVICE_SECONDS, ENTRIES, Memory
from anyqpu.errors import NotFoundError
from anyqpu.testing import emulated
from anyqpu.transport.single_flight import SingleFlight
from tests.support.inside import adapter_of, flights_of

pytestmark = pytest.mark.anyio


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds


class Cloud:
    """Responds with the number of the request, once it is open."""

    def __init__(self) -> None:
        self.requests = 0
        self.open = anyio.Event()
        self.error: Exception | None = None

    async def ask(self) -> int:
        self.requests += 1
        number = self.requests
        await self.open.wait()
        if self.error is not None:
            raise self.error
        return number


async def together(number: int, run: Callable[[], Awaitable[int]], cloud: Cloud) -> list[Any]:
    """What so many tasks get that ask at the same time."""
    outcomes: list[Any] = []

    async def one() -> None:
        try:
            outcomes.append(await run())
        except NotFoundError as error:
            outcomes.append(error)

    async with anyio.create_task_group() as group:
        for _ in range(number):
            group.start_soon(one)
        await anyio.wait_all_tasks_blocked()
        cloud.open.set()
    return outcomes


def memory(time: Time, **options: Any) -> Memory[int]:
    return Memory(time, **options)  # type: ignore[arg-type]


async def test_concurrent_tasks_share_a_request(anyio_backend: str) -> None:
    cloud, facts = Cloud(), memory(Time())
    assert await together(10, lambda: facts.look_up("a", cloud.ask), cloud) == [1] * 10
    assert cloud.requests == 1
    assert facts.get("a") == 1


async def test_a_failed_request_is_not_cached_and_each_task_has_its_own_error(anyio_backend: str) -> None:
    cloud, facts = Cloud(), memory(Time())
    cloud.error = NotFoundError("gone", provider="kipu")
    errors = await together(3, lambda: facts.look_up("a", cloud.ask), cloud)
    assert [str(error) for error in errors] == [str(cloud.error)] * 3
    assert len({id(error) for error in errors}) == 3
    assert cloud.requests == 1
    assert "a" not in facts
    cloud.error = None
    assert await facts.look_up("a", cloud.ask) == 2


async def test_a_cancelled_look_up_passes_to_the_next_task(anyio_backend: str) -> None:
    cloud, facts = Cloud(), memory(Time())
    got: list[int] = []

    async def wait() -> None:
        got.append(await facts.look_up("a", cloud.ask))

    async with anyio.create_task_group() as group:
        with anyio.CancelScope() as first:
            async with anyio.create_task_group() as inner:
                inner.start_soon(wait)
                await anyio.wait_all_tasks_blocked()
                group.start_soon(wait)
                group.start_soon(wait)
                await anyio.wait_all_tasks_blocked()
                first.cancel()
        await anyio.wait_all_tasks_blocked()
        assert cloud.requests == 2
        cloud.open.set()
    assert got == [2, 2]


async def test_different_facts_are_looked_up_at_the_same_time(anyio_backend: str) -> None:
    cloud, facts = Cloud(), memory(Time())
    names = iter("abc")
    assert sorted(await together(3, lambda: facts.look_up(next(names), cloud.ask), cloud)) == [1, 2, 3]


async def test_facts_grow_old_unless_they_cannot_change(anyio_backend: str) -> None:
    time = Time()
    aging, lasting = memory(time, seconds=10), memory(time)
    aging.put("a", 1)
    lasting.put("a", 1)
    time.seconds = 9.9
    assert (aging.get("a"), lasting.get("a")) == (1, 1)
    time.seconds = 10
    assert (aging.get("a"), lasting.get("a")) == (None, 1)
    assert "a" not in aging


async def test_the_facts_that_were_not_used_for_longest_leave_first(anyio_backend: str) -> None:
    facts = memory(Time(), entries=2)
    facts.put("a", 1)
    facts.put("b", 2)
    assert facts.get("a") == 1
    facts.put("c", 3)
    assert (facts.get("a"), facts.get("b"), facts.get("c")) == (1, None, 3)


@pytest.mark.parametrize("odd", [None, 5, ["a"], {"a": 1}])
async def test_what_is_not_an_identifier_is_not_remembered(anyio_backend: str, odd: object) -> None:
    facts = memory(Time())
    assert facts.put(odd, 1) == 1
    assert (len(facts), facts.get(odd), odd in facts) == (0, None, False)


async def test_nothing_is_kept_of_look_ups_that_ended(anyio_backend: str) -> None:
    facts = memory(Time(), entries=3)
    cloud = Cloud()
    cloud.open.set()
    for number in range(100):
        await facts.look_up(str(number), cloud.ask)
    assert len(facts) == 3
    assert not flights_of(facts)


async def test_a_single_flight_keeps_nothing(anyio_backend: str) -> None:
    flight, cloud = SingleFlight[int](), Cloud()
    assert await together(5, lambda: flight.run(cloud.ask), cloud) == [1] * 5
    assert not flight.is_busy
    assert await flight.run(cloud.ask) == 2


# In the clients


class Count(anyqpu.Hooks):
    """Counts the requests by operation."""

    def __init__(self) -> None:
        self.requests: Counter[str] = Counter()

    def on_request(self, event: Any) -> None:
        self.requests[event.operation] += 1


LOOK_UPS = {
    "scaleway": ("EMU-AER-16C-128M", "ListPlatforms"),
    "kipu": ("kipu.sim.qsim", "getBackend"),
    "pasqal": ("EMU_FREE", "list_devices"),
    "rigetti": ("Aspen-9", "GetQuantumProcessor"),
}


@pytest.mark.parametrize("provider", LOOK_UPS)
async def test_a_device_is_looked_up_once_in_five_minutes(provider: str, anyio_backend: str) -> None:
    device, operation = LOOK_UPS[provider]
    count = Count()
    with emulated(time="manual") as clouds:
        async with clouds.connect(provider, hooks=count) as client:

            async def estimate() -> None:
                await client.estimate_cost(device, shots=1)

            async with anyio.create_task_group() as group:
                for _ in range(10):
                    group.start_soon(estimate)
            assert count.requests[operation] == 1
            clouds.advance(DEVICE_SECONDS - 1)
            await estimate()
            assert count.requests[operation] == 1
            clouds.advance(1)
            await estimate()
            assert count.requests[operation] == 2


async def test_scaleway_s_sessions_do_not_fill_the_memory(anyio_backend: str) -> None:
    from anyqpu_raw.scaleway.models import Session as RawSession

    with emulated() as clouds:
        async with clouds.connect("scaleway") as client:
            for number in range(ENTRIES + 100):
                raw = {"id": f"s{number}", "platform_id": "p", "booking_id": f"b{number}", "status": "running"}
                adapter_of(client).sessions.session_of(RawSession.from_dict(raw))
            assert len(adapter_of(client).platforms) == len(adapter_of(client).booked) == ENTRIES


async def test_nothing_is_kept_of_rigetti_s_engagements_that_failed(anyio_backend: str) -> None:
    def locks() -> int:
        gc.collect()
        return sum(isinstance(resource, anyio.Lock) for resource in gc.get_objects())

    with emulated() as clouds:
        async with clouds.connect("rigetti") as client:
            with pytest.raises(NotFoundError):
                await client.engage("nosuch")
            before = locks()
            for number in range(5):
                with pytest.raises(NotFoundError):
                    await client.engage(f"nosuch-{number}")
            assert locks() - before < 5
            assert len(client.engagements) == 0
