"""The results of a batch: those of its jobs, fetched several at once, and the errors of the others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import anyio

from anyqpu.core.job_runner import RESULT_LAG
from anyqpu.errors import AnyQPUError, JobError, JobTimedOutError, ResultError, WaitTimeoutError
from anyqpu.model.batch import Batch, BatchResults
from anyqpu.model.job import Job, WaitOptions
from anyqpu.model.result import Result
from anyqpu.model.status import JobStatus
from anyqpu.waiting import AT_ONCE


async def gathered(
    batch: Batch, read: Callable[[Job, WaitOptions], Awaitable[Result]], timeout: float | None
) -> BatchResults:
    """Return the results of a batch whose jobs have ended, fetched several at once.

    Args:
        batch: The batch with its jobs.
        read: Returns the result of a job.
        timeout: Seconds for late results; None: the longest time that a result is waited for.

    Raises:
        AnyQPUError: A result could not be fetched for a reason that is not the job's.
    """
    results: dict[str, Result] = {}
    failures: dict[str, JobError | ResultError] = {}
    fatal: list[AnyQPUError] = []
    limiter = anyio.Semaphore(AT_ONCE)
    async with anyio.create_task_group() as group:

        async def fetch(job: Job) -> None:
            async with limiter:
                try:
                    results[job.id] = await _one(batch, job, read, timeout)
                except (JobError, ResultError) as error:
                    failures[job.id] = error
                except AnyQPUError as error:
                    fatal.append(error)
                    group.cancel_scope.cancel()

        for job in batch.jobs:
            group.start_soon(fetch, job)
    if fatal:
        raise fatal[0]
    order = [job.id for job in batch.jobs]
    return BatchResults(
        batch,
        {id: results[id] for id in order if id in results},
        {id: failures[id] for id in order if id in failures},
    )


async def _one(
    batch: Batch, job: Job, read: Callable[[Job, WaitOptions], Awaitable[Result]], timeout: float | None
) -> Result:
    if job.status.is_terminal or not batch.status.is_terminal:
        return await read(job, WaitOptions(timeout=timeout))
    details: dict[str, Any] = {"handle": job.handle, "job_status": job.status, "provider": job.provider}
    reason = f"the job is {job.raw_status}, and its batch ended as {batch.raw_status}"
    if batch.status is JobStatus.TIMED_OUT:
        raise JobTimedOutError(reason, **details)
    # The job's own end may be reported late; where it never is, the end of the batch is the reason.
    late = RESULT_LAG if timeout is None else min(timeout, RESULT_LAG)
    try:
        return await read(job, WaitOptions(timeout=late))
    except WaitTimeoutError:
        raise JobError(reason, **details) from None
