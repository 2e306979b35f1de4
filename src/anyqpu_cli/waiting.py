"""Waiting for a job in front of people: what is shown meanwhile, and what an interruption leaves behind."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import anyio

from anyqpu.errors import AnyQPUError, JobFailedError
from anyqpu.model.job import Job
from anyqpu.model.status import JobStatus
from anyqpu_cli import fields
from anyqpu_cli.histogram import show_result
from anyqpu_cli.output import show
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain

if TYPE_CHECKING:
    from anyqpu_cli.setup import Client

# Seconds between two looks that are for show only.
LOOK = 5.0
LOOK_EMULATED = 0.5
TICK = 0.5


@contextmanager
def busy(setup: Setup, text: str) -> Generator[None]:
    """While this lasts, a terminal shows what is being done."""
    if setup.quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(plain(text))):
        yield


class Waiter:
    """A wait for one job; on a terminal it shows the state, the queue, the progress and the time gone by."""

    def __init__(self, setup: Setup, client: Client, job: Job) -> None:
        self._setup = setup
        self._client = client
        self._job = job
        self._queue: int | None = None
        self._began = anyio.current_time()
        setup.left_behind = farewell(setup, client, job)

    async def end(self, timeout: float | None) -> Job:
        """The job in its final state; raises `WaitTimeoutError` after so many seconds."""
        if self._setup.quiet or not sys.stderr.isatty():
            return await self._job.wait(timeout=timeout)
        from rich.console import Console
        from rich.text import Text

        problem: AnyQPUError | None = None
        with Console(stderr=True).status(Text(self._line())) as status:

            async def show() -> None:
                while True:
                    status.update(Text(self._line()))
                    await anyio.sleep(TICK)

            async with anyio.create_task_group() as group:
                group.start_soon(show)
                group.start_soon(self._look)
                try:
                    self._job = await self._job.wait(timeout=timeout, on_update=self._tell)
                except AnyQPUError as error:
                    problem = error
                group.cancel_scope.cancel()
        if problem is not None:
            raise problem
        return self._job

    def _tell(self, job: Job) -> None:
        self._job = job

    def _line(self) -> str:
        job = self._job
        parts = [f"{job.provider} job {job.id}: {job.status}"]
        if job.status is JobStatus.QUEUED and job.queue_position is not None:
            parts.append(f"{job.queue_position} ahead")
        elif job.status is JobStatus.QUEUED and self._queue is not None:
            parts.append(f"{self._queue} in the queue")
        if job.progress is not None:
            parts.append(f"{job.progress:.0%}")
        return plain(", ".join([*parts, f"{anyio.current_time() - self._began:.0f} s"]))

    async def _look(self) -> None:
        """Queue and progress, which are no changes of state; a look that fails shows nothing."""
        while True:
            try:
                if self._job.status is JobStatus.QUEUED and self._job.queue_position is None and self._job.device_id:
                    self._queue = (await self._client.device(self._job.device_id)).queue_depth
                elif self._job.progress is not None or self._job.queue_position is not None:
                    self._job = await self._job.refresh()
            except AnyQPUError:
                pass
            await anyio.sleep(LOOK_EMULATED if self._setup.emulated else LOOK)


async def show_outcome(setup: Setup, client: Client, job: Job, timeout: float | None) -> None:
    """Wait for a job's result and print it; raises what `result` raises for a job that did not complete."""
    began = anyio.current_time()
    ended = await Waiter(setup, client, job).end(timeout)
    left = None if timeout is None else max(timeout - (anyio.current_time() - began), 1.0)
    result = await ended.result(timeout=left)
    if setup.as_json:
        fields.print_json(fields.of_result(await ended.refresh(), result))
    else:
        show(show_result(result))


async def show_end(setup: Setup, client: Client, job: Job, timeout: float | None) -> None:
    """Wait for a job and print how it ended; raises `JobFailedError` unless it completed."""
    ended = await Waiter(setup, client, job).end(timeout)
    print_job(setup, ended)
    if not ended.status.is_success:
        reasons = "; ".join(ended.failure.messages) if ended.failure else ""
        raise JobFailedError(
            reasons or ended.status_message or f"the job ended as {ended.status}",
            provider=ended.provider,
            handle=ended.handle,
            job_status=ended.status,
        )


def print_job(setup: Setup, job: Job) -> None:
    """A job in one line, its handle first; with --quiet only that."""
    if setup.as_json:
        fields.print_json(fields.of_job(job))
    else:
        show(str(job.handle) if setup.quiet else f"{job.handle}  {job.status}")


def farewell(setup: Setup, client: Client, job: Job) -> str:
    """What to say to someone who stops waiting."""
    if setup.in_process:
        return "Stopped waiting. The job was in an emulator in this process, and is gone with it."
    handle, more = shlex.quote(str(job.handle)), setup.emulator_words
    lines = [
        f"Stopped waiting; the job goes on: {job.handle}",
        f"  to resume:  anyqpu resume {handle}{more}",
    ]
    if client.capabilities.cancel:
        lines.append(f"  to cancel:  anyqpu job cancel {handle}{more}")
    else:
        lines.append(f"  {client.provider} cannot cancel it")
    return "\n".join(lines)
