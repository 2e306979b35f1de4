"""Waiting for a job: to its end, with a limit, and with updates."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import anyio
import pytest

from anyqpu.errors import NotFoundError, ValidationError, WaitTimeoutError
from anyqpu.model.job import Job, WaitOptions
from anyqpu.model.status import JobStatus
from anyqpu.testing.contract.configuration import ContractBase, RequestLog
from anyqpu.testing.contract.verbs import ID

JOBS = 5
BAD_LIMITS = (-1, "10", True, float("nan"), 2**70)


class WaitContract(ContractBase):
    """The part of the suite on waiting."""

    async def test_a_wait_ends_with_the_job(self) -> None:
        """`wait` returns the job in its final state, and again at once when it is over."""
        async with self.connect() as client:
            job = await self.submit(client)
            done = await job.wait(timeout=self.patience)
            assert done.id == job.id
            assert done.status is JobStatus.COMPLETED
            assert done.status.is_terminal
            assert done.ended_at is None or done.ended_at.tzinfo is not None
            assert await done.wait(timeout=self.patience) == done

    async def test_updates_come_at_each_change(self) -> None:
        """`on_update` is called with the job at the first poll and at each change, the last time when the job ends."""
        async with self.connect() as client:
            updates: list[Job] = []
            job = await self.submit(client)
            done = await job.wait(timeout=self.patience, on_update=updates.append)
            assert updates[-1] == done
            assert {update.id for update in updates} == {job.id}
            words = [update.raw_status for update in updates]
            assert all(before != after for before, after in pairwise(words))

    async def test_events_end_with_the_job(self) -> None:
        """`events` gives the job at each change of its status; the last one is final."""
        async with self.connect() as client:
            job = await self.submit(client)
            events = [event async for event in job.events(timeout=self.patience)]
            assert events[-1].status is JobStatus.COMPLETED
            assert not any(event.status.is_terminal for event in events[:-1])

    async def test_a_limit_raises_an_error_with_the_handle(self) -> None:
        """The remote job keeps running, and the handle of the error resumes it."""
        async with self.connect() as client:
            job = await self.held(client)
            for wait in (job.wait, job.result):
                with pytest.raises(WaitTimeoutError) as caught:
                    await wait(timeout=self.short)
                assert caught.value.handle == job.handle
                assert caught.value.provider == self.provider
                assert caught.value.last_status is not None
                assert not JobStatus(caught.value.last_status).is_terminal
                assert isinstance(caught.value, TimeoutError)
            await self.release_job(job)
            again = await client.resume(caught.value.handle)
            assert (await again.wait(timeout=self.patience)).status is JobStatus.COMPLETED

    async def test_a_limit_of_events_raises(self) -> None:
        """`events(timeout=)` ends with the same error."""
        async with self.connect() as client:
            job = await self.held(client)
            seen: list[Job] = []

            async def follow() -> None:
                async for event in job.events(timeout=self.short):
                    seen.append(event)

            with pytest.raises(WaitTimeoutError) as caught:
                await follow()
            assert caught.value.handle == job.handle
            assert not any(event.status.is_terminal for event in seen)

    async def test_a_bad_limit_is_refused(self) -> None:
        """A limit is a number of seconds from 0; the error names it."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            job = await self.submit(client)
            before = list(sent.operations)
            for limit in ("timeout", "queue_timeout", "run_timeout"):
                for value in BAD_LIMITS:
                    for wait in (job.wait, job.result):
                        options: dict[str, Any] = {limit: value}
                        with pytest.raises(ValidationError) as caught:
                            await wait(**options)
                        assert limit in caught.value.fields
            assert sent.operations == before

    async def test_many_jobs_are_refreshed_at_once(self) -> None:
        """In their order, also jobs of `attach` and one given twice; those that have ended are returned as they are."""
        sent = RequestLog()
        async with self.connect(hooks=sent) as client:
            ended = await (await self.submit(client)).wait(timeout=self.patience)
            first, second = await self.held(client), await self.submit(client)
            await client.wait_for_job(second, WaitOptions(timeout=self.patience), on_update=None, cancel_remote=False)
            jobs = [ended, client.attach(second.handle), first, second]
            again = [job for job in await client.refresh_jobs(jobs) if isinstance(job, Job)]
            assert [job.id for job in again] == [job.id for job in jobs]
            assert again[0] == ended
            assert again[1].status is again[3].status is JobStatus.COMPLETED
            assert not again[2].status.is_terminal
            before = len(sent.operations)
            assert await client.refresh_jobs([]) == []
            assert await client.refresh_jobs([ended, again[3]]) == [ended, again[3]]
            assert len(sent.operations) == before

    async def test_a_job_that_does_not_exist_has_its_error_in_its_place(self) -> None:
        """With `return_errors`; without it, the error is raised."""
        async with self.connect() as client:
            job = await self.held(client)
            missing = client.attach(replace(job.handle, id=ID))
            current, error = await client.refresh_jobs([job, missing], return_errors=True)
            assert isinstance(current, Job)
            assert current.id == job.id
            assert isinstance(error, NotFoundError)
            with pytest.raises(NotFoundError):
                await client.refresh_jobs([missing, job])

    async def test_a_refresh_is_the_job_as_it_is_now(self) -> None:
        """`refresh` does not change the job that it is called on."""
        async with self.connect() as client:
            job = await self.submit(client)
            before = job.status
            await job.wait(timeout=self.patience)
            again = await job.refresh()
            assert again.id == job.id
            assert again.status is JobStatus.COMPLETED
            assert job.status is before

    async def test_a_wait_that_is_cancelled_leaves_the_job_alone(self) -> None:
        """Cancelling the task that waits does not cancel the remote job."""
        async with self.connect() as client:
            job = await self.held(client)
            async with anyio.create_task_group() as group:
                group.start_soon(job.wait)
                await anyio.sleep(0.05)
                group.cancel_scope.cancel()
            assert not (await job.refresh()).status.is_terminal
            await self.release_job(job)
            assert (await job.wait(timeout=self.patience)).status is JobStatus.COMPLETED

    async def test_several_jobs_are_awaited_at_once(self) -> None:
        """Each wait ends with its own job."""
        async with self.connect() as client:
            jobs = [await self.submit(client) for _ in range(JOBS)]
            done: dict[str, Job] = {}

            async def wait(job: Job) -> None:
                done[job.id] = await job.wait(timeout=self.patience)

            async with anyio.create_task_group() as group:
                for job in jobs:
                    group.start_soon(wait, job)
            assert done.keys() == {job.id for job in jobs}
            assert all(job.id == id and job.status is JobStatus.COMPLETED for id, job in done.items())
