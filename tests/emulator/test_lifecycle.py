"""How jobs move, with a clock that is moved by hand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock
from anyqpu_emulator.lifecycle import Job, Scheduler, State
from anyqpu_emulator.workers import Failure, WorkerPool


@pytest.fixture
def shop(clock: ManualClock) -> Iterator[WorkerPool]:
    workers = WorkerPool(clock)
    yield workers
    workers.close()


def submit(scheduler: Scheduler, shop: WorkerPool, line: str = "line", outcome: bytes | Failure = b"1") -> Job:
    job = scheduler.submit(shop.start(lambda stopped: outcome), line)
    assert shop.wait(10)
    return job


def test_instant_jobs_are_over_when_they_are_computed(clock: ManualClock, shop: WorkerPool) -> None:
    scheduler = Scheduler(clock, "instant", 1)
    go = threading.Event()

    def compute(stopped: Callable[[], bool]) -> bytes:
        go.wait(10)
        return b"{}"

    job = scheduler.submit(shop.start(compute), "line")
    assert job.state is State.QUEUED
    assert scheduler.poll(job) is State.RUNNING
    clock.advance(100)
    assert scheduler.poll(job) is State.RUNNING, "a job never ends before its computation"
    go.set()
    assert shop.wait(10)
    assert scheduler.poll(job) is State.COMPLETED
    assert (job.result, job.failure) == (b"{}", None)
    assert (job.started_at, job.ended_at) == (0, 100)


def test_fast_jobs_run_one_after_another(clock: ManualClock, shop: WorkerPool) -> None:
    scheduler = Scheduler(clock, "fast", 1)
    jobs = [submit(scheduler, shop) for _ in range(12)]
    other = submit(scheduler, shop, "another line")
    assert {scheduler.poll(job) for job in jobs} == {State.QUEUED}
    assert [scheduler.position(job) for job in jobs] == list(range(12))
    clock.advance(0.06)
    assert [scheduler.poll(jobs[i]) for i in (0, 1)] == [State.RUNNING, State.QUEUED]
    assert scheduler.position(jobs[0]) is None
    assert scheduler.poll(other) is State.RUNNING
    clock.advance(0.3)
    assert scheduler.poll(jobs[0]) is State.COMPLETED
    assert scheduler.poll(jobs[11]) is State.QUEUED, "the last of a dozen still waits"
    clock.advance(10)
    assert {scheduler.poll(job) for job in jobs} == {State.COMPLETED}
    for before, after in pairwise(jobs):
        assert before.ended_at is not None
        assert after.started_at == before.ended_at
        assert after.ended_at is not None
        assert 0.1 <= after.ended_at - after.started_at <= 0.2
    assert scheduler.queued("line") == 0


def test_real_jobs_take_seconds(clock: ManualClock, shop: WorkerPool) -> None:
    scheduler = Scheduler(clock, "real", 1)
    job = submit(scheduler, shop)
    clock.advance(1.9)
    assert scheduler.poll(job) is State.QUEUED
    clock.advance(6.2)
    assert scheduler.poll(job) is State.RUNNING
    clock.advance(20)
    assert scheduler.poll(job) is State.COMPLETED


def test_durations_repeat_with_a_seed(shop: WorkerPool) -> None:
    times = [[submit(Scheduler(ManualClock(), "real", seed), shop).run_for for seed in (4, 4, 5)]]
    assert times[0][0] == times[0][1] != times[0][2]


def test_a_failed_computation_is_a_failed_job(clock: ManualClock, shop: WorkerPool) -> None:
    scheduler = Scheduler(clock, "instant", 1)
    job = submit(scheduler, shop, outcome=Failure("CODE", "why"))
    assert scheduler.poll(job) is State.FAILED
    assert (job.result, job.failure) == (None, Failure("CODE", "why"))


def test_an_unexpected_error_is_a_failed_job_too(
    clock: ManualClock, shop: WorkerPool, caplog: pytest.LogCaptureFixture
) -> None:
    def compute(stopped: Callable[[], bool]) -> bytes:
        raise LookupError("a bug")

    scheduler = Scheduler(clock, "instant", 1)
    job = scheduler.submit(shop.start(compute), "line")
    assert shop.wait(10)
    assert scheduler.poll(job) is State.FAILED
    assert job.failure is not None
    assert job.failure.code == "INTERNAL_ERROR"
    assert "a bug" in caplog.text


def test_cancelling(clock: ManualClock, shop: WorkerPool) -> None:
    scheduler = Scheduler(clock, "fast", 1)
    first, second, third = (submit(scheduler, shop) for _ in range(3))
    clock.advance(0.06)
    assert scheduler.cancel(second) is State.CANCELLED
    assert (second.started_at, second.ended_at) == (None, 0.06)
    assert scheduler.position(third) == 1
    assert scheduler.poll(first) is State.RUNNING
    assert scheduler.cancel(first) is State.CANCELLED
    assert scheduler.poll(third) is State.RUNNING, "the line moves up"
    clock.advance(1)
    assert scheduler.cancel(third) is State.COMPLETED, "what is over stays as it is"
    assert scheduler.cancel(first) is State.CANCELLED
    assert first.result is None


def test_cancelling_gives_the_thread_back(clock: ManualClock, shop: WorkerPool) -> None:
    seen = threading.Event()

    def compute(stopped: Callable[[], bool]) -> bytes:
        while not stopped():
            seen.wait(0.001)
        seen.set()
        return b""

    scheduler = Scheduler(clock, "instant", 1)
    job = scheduler.submit(shop.start(compute), "line")
    scheduler.cancel(job)
    assert seen.wait(10)
    assert scheduler.poll(job) is State.CANCELLED


def test_closing_stops_everything(clock: ManualClock) -> None:
    shop = WorkerPool(clock, threads=1)
    started = threading.Event()

    def compute(stopped: Callable[[], bool]) -> bytes:
        started.set()
        while not stopped():
            threading.Event().wait(0.001)
        return b""

    shop.start(compute)
    waiting = shop.start(compute)
    assert started.wait(10)
    shop.close()
    shop.close()
    assert waiting.outcome is None


def test_time_only_goes_forward(clock: ManualClock) -> None:
    clock.advance(2)
    assert clock.wall() - ManualClock().wall() == 2
    with pytest.raises(ValueError, match="forward"):
        clock.advance(-1)


def test_unknown_speed() -> None:
    with pytest.raises(ValueError, match="instant, fast, real"):
        Emulator(speed="slow")  # type: ignore[arg-type]
