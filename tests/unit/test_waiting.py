"""Waiting: the first look is at once, changes are told, and a deadline is a deadline."""

from __future__ import annotations

from collections.abc import Iterable

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu.waiting import PollPolicy, Watch

pytestmark = pytest.mark.anyio

FAST = PollPolicy(floor=0.001, growth=0.0)


async def seen(states: Iterable[str]) -> list[str]:
    left = iter(states)

    async def look() -> str:
        return next(left)

    changes = Watch(look, state=str, done=lambda state: state == "done", policy=FAST)
    return [state async for state in changes]


async def test_each_change_is_told_once() -> None:
    assert await seen(["queued", "queued", "running", "running", "done"]) == ["queued", "running", "done"]


async def test_what_is_done_at_the_first_look_is_not_waited_for() -> None:
    slow = PollPolicy(floor=3600.0)

    async def look() -> str:
        return "done"

    with anyio.fail_after(5):
        changes = Watch(look, state=str, done=lambda state: state == "done", policy=slow)
        assert [state async for state in changes] == ["done"]


async def test_a_deadline_ends_the_wait_also_in_the_middle_of_a_look() -> None:
    async def hang() -> str:
        await anyio.sleep(3600)
        return "never"

    watch = Watch(hang, state=str, done=bool, policy=FAST, timeout=0.02)
    with anyio.fail_after(5), pytest.raises(TimeoutError):
        await watch.__anext__()


@given(st.floats(0, 1e6))
def test_sleeps_grow_with_the_root_of_the_time_waited(elapsed: float) -> None:
    policy = PollPolicy(floor=1.0, growth=2.0, jitter=0.1)
    base = max(1.0, 2.0 * elapsed**0.5)
    assert 0.9 * base <= policy.interval(elapsed) <= 1.1 * base
