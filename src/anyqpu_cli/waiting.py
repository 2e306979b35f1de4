"""Waiting for a job in a terminal: progress, the final output, and the message after Ctrl-C."""

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
from anyqpu_cli.histogram import show_result
from anyqpu_cli.output import show, show_json
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain

if TYPE_CHECKING:
    from anyqpu.core.client import Client

# Seconds between polls of queue and progress, which are for display only, and between updates of the display.
POLL = 5.0
POLL_EMULATED = 0.5
TICK = 0.5


@contextmanager
def spinner(setup: Setup, text: str) -> Generator[None]:
    """Show a spinner with a text on a terminal."""
    if setup.quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(plain(text))):
        yield


class Waiter:
    """Waits for one job; on a terminal it shows the state, the queue, the progress and the elapsed time."""

    def __init__(self, setup: Setup, client: Client, job: Job) -> None:
        self._setup = setup
        self._client = client
        self._job = job
        self._queue: int | None = None
        self._began = anyio.current_time()
        setup.interrupt_note = interrupt_message(setup, client, job)

    async def wait(self, timeout: float | None) -> Job:
        """Return the job in its final state; raises `WaitTimeoutError` after so many seconds."""
        if self._setup.quiet or not sys.stderr.isatty():
            return await self._job.wait(timeout=timeout)
        from rich.console import Console
        from rich.text import Text

        problem: AnyQPUError | None = None
        with Console(stderr=True).status(Text(self._line())) as status:

            async def refresh_display() -> None:
                while True:
                    status.update(Text(self._line()))
                    await anyio.sleep(TICK)

            async with anyio.create_task_group() as group:
                group.start_soon(refresh_display)
                group.start_soon(self._poll_details)
                try:
                    self._job = await self._job.wait(timeout=timeout, on_update=self._update)
                except AnyQPUError as error:
                    problem = error
                group.cancel_scope.cancel()
        if problem is not None:
            raise problem
        return self._job

    def _update(self, job: Job) -> None:
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

    async def _poll_details(self) -> None:
        """Update queue and progress, which change without the status; a failed poll changes nothing."""
        while True:
            try:
                if self._job.status is JobStatus.QUEUED and self._job.queue_position is None and self._job.device_id:
                    self._queue = (await self._client.device(self._job.device_id)).queue_depth
                elif self._job.progress is not None or self._job.queue_position is not None:
                    self._job = await self._job.refresh()
            except AnyQPUError:
                pass
            await anyio.sleep(POLL_EMULATED if self._setup.emulated else POLL)


async def show_result_of(setup: Setup, client: Client, job: Job, timeout: float | None) -> None:
    """Wait for a job's result and print it; raises what `Job.result` raises for a job that did not complete."""
    began = anyio.current_time()
    ended = await Waiter(setup, client, job).wait(timeout)
    left = None if timeout is None else max(timeout - (anyio.current_time() - began), 1.0)
    result = await ended.result(timeout=left)
    if setup.as_json:
        show_json(result.to_dict() | (await ended.refresh()).to_dict())
    else:
        show(show_result(result))


async def show_final_state(setup: Setup, client: Client, job: Job, timeout: float | None) -> None:
    """Wait for a job and print its final state; raises `JobFailedError` unless it completed."""
    ended = await Waiter(setup, client, job).wait(timeout)
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
    """Print a job's handle and status on one line; with --quiet the handle alone."""
    if setup.as_json:
        show_json(job.to_dict())
    else:
        show(job.handle.short if setup.quiet else f"{job.handle.short}  {job.status}")


def interrupt_message(setup: Setup, client: Client, job: Job) -> str:
    """Return the message for a user who interrupts the wait."""
    if setup.in_process:
        return "Stopped waiting. The emulator in this process has ended, and the job with it."
    handle, options = shlex.quote(job.handle.short), setup.emulator_option
    lines = [
        f"Stopped waiting; the job is still running: {job.handle.short}",
        f"  to resume:  anyqpu resume {handle}{options}",
    ]
    if client.capabilities.cancel:
        lines.append(f"  to cancel:  anyqpu job cancel {handle}{options}")
    else:
        lines.append(f"  {client.provider} cannot cancel it")
    return "\n".join(lines)
