"""Waiting: the first poll is immediate, changes are reported, and every wait has limits."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager

import anyio
import anyio.lowlevel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu import PollPolicy
from anyqpu.errors import (
    ConfigError,
    NotFoundError,
    ServiceUnavailableError,
    UnexpectedStatusError,
    WaitTimeoutError,
)
from anyqpu.waiting import Phase, Poll, Subject, WaitLimits

pytestmark = pytest.mark.anyio

STEADY = PollPolicy(floor=1.0, growth=0.0, jitter=0.0)
PHASES = {"queued": Phase.QUEUED, "running": Phase.RUNNING, "done": Phase.DONE}


class FastClock:
    """Sleeping takes no time, and all of it is counted; a sleep that a limit does not allow ends with the limit."""

    def __init__(self) -> None:
        self.time = 0.0
        self.sleeps: list[float] = []
        self.allowed: float | None = None

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        cut = self.allowed is not None and seconds > self.allowed
        self.time += self.allowed if cut and self.allowed is not None else seconds
        self.sleeps.append(seconds)
        await anyio.lowlevel.checkpoint()
        if cut:
            raise _CutShort

    @contextmanager
    def limit(self, seconds: float | None) -> Generator[None]:
        self.allowed = seconds
        try:
            yield
        except _CutShort:
            raise TimeoutError from None
        finally:
            self.allowed = None


class _CutShort(Exception):
    pass


def watch(
    states: Iterable[str | Exception] | Callable[[], str],
    *,
    clock: FastClock | None = None,
    policy: PollPolicy = STEADY,
    limits: WaitLimits | None = None,
) -> Poll[str]:
    left = iter(states) if not callable(states) else iter(states, None)

    async def poll() -> str:
        seen = next(left)
        if isinstance(seen, Exception):
            raise seen
        return seen

    return Poll(
        poll,
        Subject(name="job 1", state=str, phase=lambda state: PHASES.get(state, Phase.UNKNOWN)),
        policy=policy,
        limits=limits,
        clock=clock or FastClock(),
    )


async def test_each_change_is_reported_once_and_the_first_poll_precedes_the_first_sleep() -> None:
    clock = FastClock()
    seen = watch(["queued", "queued", "running", "running", "done"], clock=clock)
    assert await anext(seen) == "queued"
    assert clock.sleeps == []
    assert [state async for state in seen] == ["running", "done"]
    assert clock.sleeps == [1, 1, 1, 1]


async def test_a_job_that_is_done_at_the_first_poll_is_not_waited_for() -> None:
    clock = FastClock()
    assert [state async for state in watch(["done"], clock=clock)] == ["done"]
    assert clock.sleeps == []


async def test_sleeps_grow_while_nothing_changes_and_start_anew_with_a_change() -> None:
    clock = FastClock()
    policy = PollPolicy(floor=1.0, growth=1.0, jitter=0.0)
    states = ["queued"] * 30 + ["running"] * 3 + ["done"]
    assert [state async for state in watch(states, clock=clock, policy=policy)] == ["queued", "running", "done"]
    before, after = clock.sleeps[29], clock.sleeps[30]
    assert before > 5
    assert after == 1


@given(st.floats(0, 1e6), st.none() | st.floats(0, 100))
def test_sleeps_follow_the_root_of_the_time_waited_and_what_the_cloud_asks_for(
    elapsed: float, at_least: float | None
) -> None:
    policy = PollPolicy(floor=1.0, growth=2.0, jitter=0.1)
    base = max(1.0, 2.0 * math.sqrt(elapsed))
    interval = policy.interval(elapsed, at_least=at_least)
    # 60 s is the longest that a provider can ask for, `max_retry_after`.
    requested = min(at_least or 0, 60)
    assert interval >= max(0.9 * base, requested)
    assert interval <= max(1.1 * base, requested)


@pytest.mark.parametrize("wrong", [{"floor": 0}, {"floor": -1}, {"growth": -1}, {"jitter": 1}, {"jitter": -0.1}])
def test_a_policy_that_would_never_sleep_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ConfigError):
        PollPolicy(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limits", "states", "expired", "at"),
    [
        (WaitLimits(timeout=5), ["queued"] * 99, "timeout", 5),
        (WaitLimits(queue=3), ["queued"] * 99, "queue_timeout", 3),
        (WaitLimits(queue=3, run=4), ["queued", "queued", *["running"] * 99], "run_timeout", 6),
        (WaitLimits(timeout=5, run=40), ["queued", *["running"] * 99], "timeout", 5),
    ],
)
async def test_each_limit_ends_the_wait_and_says_which_it_was(
    limits: WaitLimits, states: list[str], expired: str, at: float
) -> None:
    clock = FastClock()
    with pytest.raises(WaitTimeoutError, match=expired):
        async for _ in watch(states, clock=clock, limits=limits):
            pass
    assert clock.time == at


async def test_a_limit_also_ends_a_poll_that_hangs() -> None:
    async def hang() -> str:
        await anyio.sleep(3600)
        return "never"

    subject = Subject[str](name="job 1", state=str, phase=lambda _: Phase.QUEUED)
    hanging = Poll(hang, subject, policy=STEADY, limits=WaitLimits(timeout=0.02))
    with anyio.fail_after(30), pytest.raises(WaitTimeoutError):
        await anext(hanging)


async def test_errors_that_pass_are_put_up_with_and_their_retry_after_is_obeyed() -> None:
    clock = FastClock()
    busy = ServiceUnavailableError("busy", retry_after=7.0)
    seen = watch(["queued", busy, busy, "running", "done"], clock=clock)
    assert [state async for state in seen] == ["queued", "running", "done"]
    assert clock.sleeps == [1, 7, 7, 1]


async def test_errors_in_a_row_have_a_budget_and_a_success_renews_it() -> None:
    busy = ServiceUnavailableError("busy")
    policy = PollPolicy(floor=1.0, growth=0.0, jitter=0.0, max_errors=3)
    states = ["queued", busy, busy, busy, "queued", busy, busy, busy, "done"]
    assert [state async for state in watch(states, policy=policy)] == ["queued", "done"]
    with pytest.raises(ServiceUnavailableError):
        async for _ in watch(["queued", *[busy] * 4], policy=policy):
            pass


async def test_errors_have_a_budget_of_time_too() -> None:
    clock = FastClock()
    policy = PollPolicy(floor=100.0, growth=0.0, jitter=0.0, max_errors=10**6, max_error_time=250.0)
    with pytest.raises(ServiceUnavailableError):
        async for _ in watch([ServiceUnavailableError("busy")] * 99, clock=clock, policy=policy):
            pass
    assert clock.time == 300


async def test_an_error_that_does_not_pass_ends_the_wait_at_once() -> None:
    clock = FastClock()
    with pytest.raises(NotFoundError):
        async for _ in watch(["queued", NotFoundError("gone")], clock=clock):
            pass
    assert clock.sleeps == [1]


async def test_an_unknown_status_is_reported_and_tolerated_for_a_while() -> None:
    policy = PollPolicy(floor=1.0, growth=0.0, jitter=0.0, max_unknown=3)
    states = ["queued", "odd", "odd", "odd", "running", "odd", "odd", "odd", "done"]
    assert [state async for state in watch(states, policy=policy)] == ["queued", "odd", "running", "odd", "done"]
    with pytest.raises(UnexpectedStatusError, match="odd"):
        async for _ in watch(["queued", *["odd"] * 4], policy=policy):
            pass


async def test_an_unknown_status_has_a_budget_of_time_too() -> None:
    clock = FastClock()
    policy = PollPolicy(floor=60.0, growth=0.0, jitter=0.0, max_unknown=10**6, max_unknown_time=100.0)
    with pytest.raises(UnexpectedStatusError):
        async for _ in watch(["odd"] * 99, clock=clock, policy=policy):
            pass
    assert clock.time == 120


async def test_a_wait_left_early_needs_no_closing() -> None:
    async for state in watch(["queued", "running", "done"]):
        assert state == "queued"
        break
