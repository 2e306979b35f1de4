"""Waits in virtual time, with the library's own policy, polls and lists: latency and number of requests.

Durations are log-normal, with a median of 30 s and one in a hundred longer than an hour.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
import random
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from anyqpu import PollPolicy
from anyqpu.core.listing import LIST_SIZE, find_in
from anyqpu.paging import Pager, numbered
from anyqpu.waiting import BatchPoller, BatchResult, Phase, Poll, Subject

MEDIAN, LONG = 30.0, 3600.0
MU, SIGMA = math.log(MEDIAN), math.log(LONG / MEDIAN) / 2.3263478740408408


def durations(count: int, seed: int = 1) -> list[float]:
    rng = random.Random(seed)
    return [rng.lognormvariate(MU, SIGMA) for _ in range(count)]


# One wait at a time


def polled(policy: PollPolicy, ends: list[float]) -> tuple[float, float]:
    """Return (requests, seconds of delay) per job, where each is polled alone."""
    requests, late = 0, 0.0
    interval = policy.interval
    for end in ends:
        now, polls = 0.0, 1
        while now < end:
            now += interval(now)
            polls += 1
        requests += polls
        late += now - end
    return requests / len(ends), late / len(ends)


def _normal(values: Any) -> Any:
    # Abramowitz and Stegun 7.1.26 would do; this is exact, and there are few enough of them.
    return np.array([0.5 * math.erfc(-value / math.sqrt(2)) for value in values])


class Optimum:
    """The best polling times where the distribution is known, computed backwards from the end."""

    # Times are the squares of evenly spaced numbers: gaps that grow with the root of the time have even steps.
    STEP, WINDOW, END = 0.04, 110, 1e6

    def __init__(self) -> None:
        self.times = np.arange(0.0, math.sqrt(self.END), self.STEP) ** 2
        with np.errstate(divide="ignore"):
            logs = (np.log(self.times) - MU) / SIGMA
        self.ended = _normal(logs)  # the share that has ended
        self.weight = math.exp(MU + SIGMA**2 / 2) * _normal(logs - SIGMA)  # their durations, times their share

    def at_price(self, price: float) -> tuple[float, float]:
        """Return (requests, seconds of delay) of the best schedule where a request costs `price` seconds."""
        times, ended, weight = self.times, self.ended, self.weight
        last = len(times) - 1
        cost, follow = np.zeros(last + 1), np.full(last + 1, last)
        for here in range(last - 1, -1, -1):
            there = slice(here + 1, min(last, here + self.WINDOW) + 1)
            late = times[there] * (ended[there] - ended[here]) - (weight[there] - weight[here])
            total = late + cost[there]
            best = int(np.argmin(total))
            cost[here], follow[here] = total[best] + price * (1 - ended[here]), here + 1 + best
        requests, late_sum, here = 1.0, 0.0, 0
        while here < last:
            there = int(follow[here])
            requests += 1 - ended[here]
            late_sum += times[there] * (ended[there] - ended[here]) - (weight[there] - weight[here])
            here = there
        return requests, late_sum

    def at_requests(self, requests: float) -> float:
        """Return the mean delay of the best schedule with this number of requests."""
        low, high = 0.001, 50.0
        for _ in range(14):
            price = math.sqrt(low * high)
            number, late = self.at_price(price)
            low, high = (price, high) if number > requests else (low, price)
        # Requests times lateness hardly changes from one price to the next.
        return late * number / requests


# Many waits at a time


class VirtualClock:
    """A clock that advances to the next wake-up when all tasks sleep."""

    def __init__(self) -> None:
        self.time = 0.0
        self._heap: list[tuple[float, int, asyncio.Event]] = []
        self._numbers = itertools.count()

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        event = asyncio.Event()
        heapq.heappush(self._heap, (self.time + seconds, next(self._numbers), event))
        await event.wait()

    @contextmanager
    def limit(self, seconds: float | None) -> Generator[None]:
        yield

    async def run(self) -> None:
        ready: Any = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        while True:
            await asyncio.sleep(0)
            while ready:  # noqa: ASYNC110
                await asyncio.sleep(0)
            if self._heap:
                self.time, _, event = heapq.heappop(self._heap)
                event.set()


@dataclass(frozen=True, slots=True)
class Seen:
    """A job at the time of a poll."""

    id: str
    done: bool = False


SUBJECT = Subject(
    name="job", state=lambda seen: seen.done, phase=lambda seen: Phase.DONE if seen.done else Phase.RUNNING
)


class Cloud:
    """Jobs of one session, polled one by one or in lists; every request is counted.

    Args:
        lists: `session`: one list with all jobs of the session (Kipu); `ids`: a hundred named jobs a request
            (Pasqal); `pages`: a hundred jobs of the session a request, those that have ended last (Scaleway).
        spacing: Least seconds between two requests.
    """

    def __init__(self, ends: list[float], lists: str, spacing: float) -> None:
        self._lists = lists
        self.clock = VirtualClock()
        self.ends = {str(number): end for number, end in enumerate(ends)}
        self.requests = 0
        self._spacing = spacing
        self._free_at = 0.0
        self.late: dict[str, float] = {}

    async def _request(self) -> None:
        self.requests += 1
        if self._spacing:
            self._free_at = max(self._free_at, self.clock.time) + self._spacing
            await self.clock.sleep(self._free_at - self.clock.time)

    def _seen(self, id: str) -> Seen:
        return Seen(id, self.clock.time >= self.ends[id])

    async def poll(self, item: Seen) -> Seen:
        await self._request()
        return self._seen(item.id)

    async def list_many(self, items: Mapping[str, Seen]) -> BatchResult[Any]:
        ids = list(items if self._lists == "ids" else self.ends)
        if self._lists == "pages":
            ids.sort(key=lambda id: self._seen(id).done)
        size = len(ids) if self._lists == "session" else LIST_SIZE

        async def fetch(number: int) -> list[Seen]:
            await self._request()
            return [self._seen(id) for id in ids[number * size : (number + 1) * size]]

        pager: Pager[Any] = numbered(fetch, first=0, size=size, items=lambda page: page, total=lambda page: len(ids))
        listed = BatchResult[Any]()
        is_final = (lambda seen: seen.done) if self._lists == "pages" else None
        await find_in(pager, ids if self._lists == "ids" else list(items), listed, is_final=is_final)
        return listed

    def cost(self, items: Mapping[str, Seen]) -> float:
        return 1 if self._lists == "session" else math.ceil(len(items) / LIST_SIZE)

    async def wait(self, id: str, policy: PollPolicy, poller: BatchPoller[Seen] | None) -> None:
        subscriber = None if poller is None else poller.subscriber(id, Seen(id))

        async def fetch() -> Seen:
            return await (self.poll(Seen(id)) if subscriber is None else subscriber.poll(self.poll))

        sleep = None if subscriber is None else subscriber.sleep
        async for _ in Poll(fetch, SUBJECT, policy=policy, clock=self.clock, sleep=sleep):
            pass
        self.late[id] = self.clock.time - self.ends[id]


def waited(
    ends: list[float], policy: PollPolicy, *, lists: str | None = "session", spacing: float = 0.0
) -> tuple[int, float]:
    """Return (requests, mean delay) of jobs that start together; with `lists` None each is polled alone."""
    cloud = Cloud(ends, lists or "", spacing)

    async def main() -> None:
        poller: BatchPoller[Seen] | None = None
        if lists:
            poller = BatchPoller(cloud.list_many, cloud.cost, lambda seen: seen.done, cloud.clock)
        time = asyncio.create_task(cloud.clock.run())
        await asyncio.gather(*(cloud.wait(id, policy, poller) for id in cloud.ends))
        time.cancel()

    asyncio.run(main())
    return cloud.requests, sum(cloud.late.values()) / len(cloud.late)


def alone_at(late: float, ends: list[float]) -> tuple[float, float]:
    """Return (requests, delay) of waits polled alone, with a policy that gives the same delay."""
    low, high = 0.01, 4.0
    for _ in range(12):
        growth = math.sqrt(low * high)
        requests, delay = polled(PollPolicy(floor=min(1.0, late), growth=growth), ends)
        low, high = (low, growth) if delay > late else (growth, high)
    return requests * len(ends), delay
