"""Many waits share list calls: fewer requests, no later updates, and no wait left behind. Time is virtual."""

from __future__ import annotations

import heapq
import itertools
import math
import random
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import anyio
import pytest
from anyio.lowlevel import checkpoint

from anyqpu import PollPolicy
from anyqpu.core.listing import find_in
from anyqpu.errors import NotFoundError, PermissionDeniedError, ServiceUnavailableError, WaitTimeoutError
from anyqpu.paging import Pager, numbered
from anyqpu.waiting import BatchPoller, BatchResult, Phase, Poll, Subject, WaitLimits

pytestmark = pytest.mark.anyio


class VirtualClock:
    """A clock for many tasks: when all sleep, it is the time of the first that is to wake."""

    def __init__(self) -> None:
        self.time = 0.0
        self._heap: list[tuple[float, int, anyio.Event]] = []
        self._numbers = itertools.count()

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        event = anyio.Event()
        heapq.heappush(self._heap, (self.time + seconds, next(self._numbers), event))
        await event.wait()

    @contextmanager
    def limit(self, seconds: float | None) -> Generator[None]:
        yield

    async def run(self) -> None:
        while True:
            # All tasks that can run do so; none takes more iterations than this.
            for _ in range(12):
                await checkpoint()
            if not self._heap:
                continue
            self.time = self._heap[0][0]
            # As on an event loop, all whose time has come wake together, and not one after the other.
            while self._heap and self._heap[0][0] <= self.time:
                heapq.heappop(self._heap)[2].set()


@dataclass
class Cloud:
    """Jobs that run and end at times of their own, looked at one by one or by a hundred."""

    clock: VirtualClock
    ends: Mapping[str, float]
    singles: int = 0
    lists: int = 0
    seen_at: dict[str, float] = field(default_factory=dict)
    listed: Callable[[str], bool] = lambda id: True
    pages_more: int = 1
    failure: Exception | None = None

    def state(self, id: str) -> str:
        return f"{id} done" if self.clock.time >= self.ends[id] else f"{id} running"

    async def poll(self, item: str) -> str:
        self.singles += 1
        await checkpoint()
        return self.state(item.split(maxsplit=1)[0])

    async def sweep(self, items: Mapping[str, str]) -> BatchResult[str]:
        requests = math.ceil(len(items) / 100) * self.pages_more
        self.lists += requests
        await checkpoint()
        if self.failure is not None:
            raise self.failure
        return BatchResult({id: self.state(id) for id in items if self.listed(id)}, requests)


def poller_of(cloud: Cloud) -> BatchPoller[str]:
    return BatchPoller(cloud.sweep, lambda items: math.ceil(len(items) / 100), lambda item: item, cloud.clock)


async def wait(cloud: Cloud, poller: BatchPoller[str] | None, id: str, policy: PollPolicy) -> None:
    subscriber = None if poller is None else poller.subscriber(id, f"{id} running")

    async def poll() -> str:
        return await (cloud.poll(id) if subscriber is None else subscriber.poll(cloud.poll))

    subject = Subject[str](
        name=f"job {id}",
        state=lambda seen: seen,
        phase=lambda seen: Phase.DONE if seen.endswith("done") else Phase.RUNNING,
    )
    watch = Poll(
        poll,
        subject,
        policy=policy,
        clock=cloud.clock,
        sleep=None if subscriber is None else subscriber.sleep,
    )
    async for _ in watch:
        pass
    cloud.seen_at[id] = cloud.clock.time


async def wait_for_all(cloud: Cloud, poller: BatchPoller[str] | None, policy: PollPolicy) -> float:
    """The mean time by which the waits learn too late, in seconds."""
    async with anyio.create_task_group() as group:
        group.start_soon(cloud.clock.run)
        async with anyio.create_task_group() as waits:
            for id in cloud.ends:
                waits.start_soon(wait, cloud, poller, id, policy)
        group.cancel_scope.cancel()
    return sum(cloud.seen_at[id] - end for id, end in cloud.ends.items()) / len(cloud.ends)


def many(number: int, seed: int = 1) -> dict[str, float]:
    rng = random.Random(seed)
    return {f"job-{index}": rng.lognormvariate(4.0, 1.0) for index in range(number)}


async def test_a_thousand_waits_cost_a_twentieth_and_learn_no_later() -> None:
    policy, ends = PollPolicy(floor=1.0, growth=1.0), many(1000)
    alone = Cloud(VirtualClock(), ends)
    late_alone = await wait_for_all(alone, None, policy)
    together = Cloud(VirtualClock(), ends)
    late_together = await wait_for_all(together, poller_of(together), policy)
    assert alone.lists == 0
    assert (together.singles + together.lists) / alone.singles < 0.05
    assert late_together <= late_alone


async def test_waits_that_are_due_during_a_batch_reuse_its_result() -> None:
    """A batch notifies a thousand in several iterations of the event loop; no wait polls again meanwhile."""
    cloud = Cloud(VirtualClock(), dict.fromkeys((f"job-{number}" for number in range(1000)), 0.0))

    async def at_once(items: Mapping[str, str]) -> BatchResult[str]:
        cloud.lists += 1
        return BatchResult({id: cloud.state(id) for id in items}, 1)

    poller = BatchPoller(at_once, lambda items: 1, lambda item: item, cloud.clock)
    await wait_for_all(cloud, poller, PollPolicy())
    assert (cloud.lists, cloud.singles) == (1, 0)


async def test_one_sweep_at_a_time_also_while_waits_keep_coming() -> None:
    """Those who come while a sweep is under way wait for its end, then one of them begins the next."""
    cloud = Cloud(VirtualClock(), {f"job-{number}": 3.0 for number in range(400)})
    under_way, most = 0, 0

    async def slow(items: Mapping[str, str]) -> BatchResult[str]:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        batch = await cloud.sweep(items)
        await cloud.clock.sleep(0.2)
        under_way -= 1
        return batch

    poller = BatchPoller(slow, lambda items: math.ceil(len(items) / 100), lambda item: item, cloud.clock)

    async def come(number: int) -> None:
        await cloud.clock.sleep(number // 4 * 0.01)
        await wait(cloud, poller, f"job-{number}", PollPolicy())

    async with anyio.create_task_group() as group:
        group.start_soon(cloud.clock.run)
        async with anyio.create_task_group() as waits:
            for number in range(400):
                waits.start_soon(come, number)
        group.cancel_scope.cancel()
    assert len(cloud.seen_at) == 400
    assert most == 1


async def test_one_wait_looks_at_its_own_job() -> None:
    cloud = Cloud(VirtualClock(), many(1))
    await wait_for_all(cloud, poller_of(cloud), PollPolicy())
    assert cloud.lists == 0
    assert cloud.singles > 3


async def test_a_sweep_wakes_those_for_whom_something_changed() -> None:
    """One that polls every second updates all others, which would poll once in a hundred."""
    cloud = Cloud(VirtualClock(), {f"job-{number}": 50.0 for number in range(10)} | {"quick": 60.0})
    poller = poller_of(cloud)
    async with anyio.create_task_group() as group:
        group.start_soon(cloud.clock.run)
        async with anyio.create_task_group() as waits:
            for number in range(10):
                # Due for updates half of the time, so that batches are worth it.
                waits.start_soon(wait, cloud, poller, f"job-{number}", PollPolicy(floor=2.0, growth=0.0, jitter=0.0))
            waits.start_soon(wait, cloud, poller, "quick", PollPolicy(floor=1.0, growth=0.0, jitter=0.0))
        group.cancel_scope.cancel()
    assert all(cloud.seen_at[f"job-{number}"] <= 51.0 for number in range(10))
    assert cloud.singles < 60


async def test_a_list_may_say_that_nothing_has_changed() -> None:
    """Items in the state that all know are not read; a wait that begins, and one whose item changes, get theirs."""
    cloud, same = Cloud(VirtualClock(), {f"job-{number}": 20.0 + number for number in range(50)}), [0]

    async def sweep(items: Mapping[str, str]) -> BatchResult[str]:
        await checkpoint()
        cloud.lists += 1
        unchanged = {id for id in items if poller.is_known(id, cloud.state(id))}
        same.append(len(unchanged))
        return BatchResult({id: cloud.state(id) for id in items if id not in unchanged}, 1, same=unchanged)

    poller = BatchPoller(sweep, lambda items: 1, lambda item: item, cloud.clock)
    late = await wait_for_all(cloud, poller, PollPolicy(floor=1.0, growth=0.0, jitter=0.0))
    assert len(cloud.seen_at) == 50
    # Those that poll when the first list is read know nothing yet; later ones are about two changes at most.
    assert same[1] == 0
    assert max(same) > 45
    assert late <= 1.0
    assert cloud.lists <= 75


async def test_a_state_that_no_wait_knows_is_read() -> None:
    cloud = Cloud(VirtualClock(), {"job": 5.0})
    poller = poller_of(cloud)
    assert poller.is_known("other", "other running")
    whole, changes = poller.subscriber("job", "job running"), poller.subscriber("job", "job running", only_changes=True)
    poller.add(changes)
    assert poller.is_known("job", "job running")
    assert not poller.is_known("job", "job done")
    poller.add(whole)
    # It has not begun: its first item is reported whatever its state.
    assert not poller.is_known("job", "job running")


async def test_thousands_are_not_counted_at_every_poll() -> None:
    """One that polls each second is polled alone until half the interval of the others is over, at 50 s."""
    cloud = Cloud(VirtualClock(), {f"job-{number}": 70.0 for number in range(60)} | {"quick": 60.0})
    costs, lists_at = 0, list[float]()

    async def sweep(items: Mapping[str, str]) -> BatchResult[str]:
        lists_at.append(cloud.clock.time)
        return await cloud.sweep(items)

    def cost(items: Mapping[str, str]) -> float:
        nonlocal costs
        costs += 1
        return 9.0

    poller = BatchPoller(sweep, cost, lambda item: item, cloud.clock)
    async with anyio.create_task_group() as group:
        group.start_soon(cloud.clock.run)
        async with anyio.create_task_group() as waits:
            waits.start_soon(wait, cloud, poller, "quick", PollPolicy(floor=1.0, growth=0.0, jitter=0.0))
            for number in range(60):
                waits.start_soon(wait, cloud, poller, f"job-{number}", PollPolicy(floor=100.0, growth=0.0, jitter=0.0))
        group.cancel_scope.cancel()
    assert lists_at[:2] == [0.0, 50.0]
    assert cloud.singles >= 49
    assert costs < 15


async def test_without_lists_every_wait_polls_alone() -> None:
    cloud = Cloud(VirtualClock(), many(20), failure=PermissionDeniedError("no lists for you"))
    await wait_for_all(cloud, poller_of(cloud), PollPolicy())
    assert len(cloud.seen_at) == 20
    # Tried again once in a while, since rights change.
    assert 1 <= cloud.lists <= 1 + max(cloud.ends.values()) / 300


async def test_what_a_list_lacks_is_looked_at_alone() -> None:
    cloud = Cloud(VirtualClock(), many(20), listed=lambda id: id not in {"job-3", "job-4"})
    await wait_for_all(cloud, poller_of(cloud), PollPolicy())
    assert len(cloud.seen_at) == 20
    assert cloud.lists > 3


async def test_lists_that_find_nothing_are_given_up() -> None:
    cloud = Cloud(VirtualClock(), many(20), listed=lambda id: False)
    await wait_for_all(cloud, poller_of(cloud), PollPolicy())
    assert cloud.lists <= 1 + max(cloud.ends.values()) / 300


async def test_long_lists_are_requested_only_with_more_waits_than_pages() -> None:
    """Ten pages for eight jobs are dearer than looking at each, which is learned from the first sweep."""
    few = Cloud(VirtualClock(), many(8), pages_more=10)
    await wait_for_all(few, poller_of(few), PollPolicy())
    assert len(few.seen_at) == 8
    assert few.lists <= 10 * (1 + max(few.ends.values()) / 300)
    more = Cloud(VirtualClock(), many(80), pages_more=10)
    alone = Cloud(VirtualClock(), more.ends)
    await wait_for_all(more, poller_of(more), PollPolicy())
    await wait_for_all(alone, None, PollPolicy())
    assert more.lists > 50
    assert more.lists + more.singles < 0.7 * alone.singles


async def test_that_lists_were_long_is_forgotten_after_a_while() -> None:
    """A service lives long; what was true of other jobs, hours ago, need not be true of these."""
    cloud = Cloud(VirtualClock(), {f"job-{number}": 2000.0 for number in range(8)}, pages_more=10)
    policy = PollPolicy(floor=20.0, growth=0.0)

    async def shorten() -> None:
        await cloud.clock.sleep(500.0)
        cloud.pages_more, cloud.singles = 1, 0

    async with anyio.create_task_group() as group:
        group.start_soon(shorten)
        await wait_for_all(cloud, poller_of(cloud), policy)
    assert cloud.singles < 8 * 300 / 20 + 8
    assert cloud.lists > 1000 / 25


async def test_a_list_that_was_not_worth_it_for_a_few_is_tried_again_for_many() -> None:
    few = {f"few-{number}": 100.0 for number in range(4)}
    cloud = Cloud(VirtualClock(), few | {f"many-{number}": 100.0 for number in range(200)})
    cloud.listed = lambda id: id.startswith("many")
    poller, policy = poller_of(cloud), PollPolicy(floor=5.0, growth=0.0)

    async def come(id: str) -> None:
        if id not in few:
            await cloud.clock.sleep(20.0)
            # Once was enough to see that there is nothing to be found.
            assert cloud.lists == 1 or len(poller.subscribers) > len(few)
        await wait(cloud, poller, id, policy)

    async with anyio.create_task_group() as group:
        group.start_soon(cloud.clock.run)
        async with anyio.create_task_group() as waits:
            for id in cloud.ends:
                waits.start_soon(come, id)
        group.cancel_scope.cancel()
    assert cloud.lists > 20
    assert cloud.singles < 200


async def test_a_list_in_vain_for_a_few_says_nothing_of_those_that_come_meanwhile() -> None:
    few = {f"few-{number}": 100.0 for number in range(4)}
    cloud = Cloud(VirtualClock(), few | {f"many-{number}": 100.0 for number in range(20)})
    cloud.listed = lambda id: id.startswith("many")

    async def slow(items: Mapping[str, str]) -> BatchResult[str]:
        await cloud.clock.sleep(3.0)
        return await cloud.sweep(items)

    poller = BatchPoller(slow, lambda items: 1, lambda item: item, cloud.clock)

    async def come(id: str) -> None:
        if id not in few:
            await cloud.clock.sleep(1.0)
        await wait(cloud, poller, id, PollPolicy(floor=5.0, growth=0.0))

    async with anyio.create_task_group() as group:
        group.start_soon(cloud.clock.run)
        async with anyio.create_task_group() as waits:
            for id in cloud.ends:
                waits.start_soon(come, id)
        group.cancel_scope.cancel()
    assert cloud.lists > 10


@dataclass
class Some:
    id: str


@pytest.mark.parametrize(
    ("total", "wanted", "requests", "expected"),
    [
        (1000, range(900, 1000), 10, 100),  # all on the last page
        (1000, [5], 1, 1),
        (1000, [950, 960], 2, 0),  # for two, looking at each is cheaper
        (5000, range(4000, 4100), 21, 0),  # too far back
    ],
)
async def test_a_list_is_read_as_long_as_that_pays(
    total: int, wanted: Sequence[int], requests: int, expected: int
) -> None:
    async def fetch(page: int) -> list[Some]:
        return [Some(str(index)) for index in range(page * 100, page * 100 + 100)]

    pager: Pager[Any] = numbered(fetch, first=0, size=100, items=lambda page: page, total=lambda page: total)
    listed = BatchResult[Any]()
    await find_in(pager, [str(place) for place in wanted], listed)
    assert (listed.requests, len(listed.items)) == (requests, expected)


async def test_a_list_that_fails_for_a_moment_fails_once_for_all(anyio_backend: str) -> None:
    cloud = Cloud(VirtualClock(), {f"job-{number}": 30.0 for number in range(50)})
    poller = poller_of(cloud)
    cloud.failure = ServiceUnavailableError("later")

    async def mend() -> None:
        await cloud.clock.sleep(5.0)
        cloud.failure = None

    async with anyio.create_task_group() as group:
        group.start_soon(mend)
        await wait_for_all(cloud, poller, PollPolicy(floor=1.0, growth=0.0))
        group.cancel_scope.cancel()
    assert len(cloud.seen_at) == 50
    assert cloud.lists < 100


async def test_an_error_that_does_not_pass_ends_only_the_wait_that_it_belongs_to() -> None:
    cloud = Cloud(VirtualClock(), {"here": 5.0, "gone": 5.0, "there": 5.0}, listed=lambda id: id != "gone")
    poller, ended = poller_of(cloud), []
    poll = cloud.poll

    async def missing(item: str) -> str:
        if item.startswith("gone"):
            raise NotFoundError("no such job")
        return await poll(item)

    cloud.poll = missing  # type: ignore[method-assign]

    async def wait_for(id: str) -> None:
        try:
            await wait(cloud, poller, id, PollPolicy(floor=1.0, growth=0.0))
        except NotFoundError:
            ended.append(id)

    async with anyio.create_task_group() as group:
        group.start_soon(cloud.clock.run)
        async with anyio.create_task_group() as waits:
            for id in cloud.ends:
                waits.start_soon(wait_for, id)
        group.cancel_scope.cancel()
    assert ended == ["gone"]
    assert cloud.seen_at.keys() == {"here", "there"}


async def test_a_cancelled_leader_is_replaced() -> None:
    """The waits whose sweep is under way are cancelled; the others ask again."""
    cloud = Cloud(VirtualClock(), {f"job-{number}": 3.0 for number in range(10)})
    poller, policy = poller_of(cloud), PollPolicy(floor=1.0, growth=0.0)
    started, stuck = anyio.Event(), True
    sweep = cloud.sweep

    async def slow(items: Mapping[str, str]) -> BatchResult[str]:
        if stuck:
            started.set()
            await anyio.sleep_forever()
        return await sweep(items)

    cloud.sweep = slow  # type: ignore[method-assign]
    poller = poller_of(cloud)
    async with anyio.create_task_group() as group:
        async with anyio.create_task_group() as waits, anyio.create_task_group() as doomed:
            for number in range(8):
                doomed.start_soon(wait, cloud, poller, f"job-{number}", policy)
            await started.wait()
            for number in (8, 9):
                waits.start_soon(wait, cloud, poller, f"job-{number}", policy)
            await checkpoint()
            stuck = False
            doomed.cancel_scope.cancel()
            group.start_soon(cloud.clock.run)
        group.cancel_scope.cancel()
    assert cloud.seen_at.keys() == {"job-8", "job-9"}
    assert not poller.subscribers


async def test_limits_hold_while_a_sweep_is_under_way(anyio_backend: str) -> None:
    """Real time: a list call that never ends does not hold a wait beyond its timeout."""

    async def never(items: Mapping[str, str]) -> Mapping[str, str]:
        await anyio.sleep_forever()
        return {}

    from anyqpu.waiting import LoopClock

    clock = LoopClock()
    poller = BatchPoller[str](never, lambda items: 1, lambda item: item, clock)
    expired: list[int] = []

    async def one(number: int) -> None:
        subscriber = poller.subscriber(str(number), "running")

        async def alone(item: str) -> str:
            await checkpoint()
            return item

        subject = Subject[str](name="job", state=lambda seen: seen, phase=lambda seen: Phase.RUNNING)
        watch = Poll(
            lambda: subscriber.poll(alone),
            subject,
            policy=PollPolicy(floor=0.01, growth=0.0),
            limits=WaitLimits(timeout=0.1),
            clock=clock,
            sleep=subscriber.sleep,
        )
        try:
            async for _ in watch:
                pass
        except WaitTimeoutError:
            expired.append(number)

    with anyio.fail_after(30):
        async with anyio.create_task_group() as group:
            for number in range(5):
                group.start_soon(one, number)
    assert sorted(expired) == [0, 1, 2, 3, 4]
