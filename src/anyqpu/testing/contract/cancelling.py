"""Cancelling jobs, and deleting them."""

from __future__ import annotations

import pytest

from anyqpu.errors import JobCancelledError, NotFoundError, UnsupportedOperationError, WaitTimeoutError
from anyqpu.model.status import JobStatus
from anyqpu.testing.contract.configuration import ContractBase, RequestLog
from anyqpu.testing.contract.verbs import requires


class CancelContract(ContractBase):
    """The part of the suite on cancelling."""

    @requires("cancel", "cancel_job")
    async def test_a_job_is_cancelled(self) -> None:
        """`cancel` returns the job as it is then; its result is an error with the handle."""
        async with self.connect() as client:
            job = await self.held(client)
            cancelled = await job.cancel()
            assert cancelled.id == job.id
            assert cancelled.status in {JobStatus.CANCELLING, JobStatus.CANCELLED}
            assert (await cancelled.wait(timeout=self.patience)).status is JobStatus.CANCELLED
            with pytest.raises(JobCancelledError) as caught:
                await job.result(timeout=self.patience)
            assert caught.value.handle == job.handle
            assert caught.value.provider == self.provider

    async def test_cancelling_a_finished_job_returns_it_as_it_is(self) -> None:
        """No error, no change, whichever final state it is in, and no request for one that is known to be over."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            job = await self.submit(client)
            done = await job.wait(timeout=self.patience)
            before = list(sent.operations)
            assert await done.cancel() == done
            assert sent.operations == before
            assert (await job.refresh()).status is JobStatus.COMPLETED

    @requires("cancel")
    async def test_cancelling_a_job_that_finished_meanwhile_returns_it(self) -> None:
        """An out-of-date job object does not cause an error."""
        async with self.connect() as client:
            job = await self.submit(client)
            await job.wait(timeout=self.patience)
            assert not job.status.is_terminal
            assert (await job.cancel()).status is JobStatus.COMPLETED

    @requires("cancel")
    async def test_cancelling_twice_is_fine(self) -> None:
        """The second time returns the cancelled job."""
        async with self.connect() as client:
            job = await self.held(client)
            await (await job.cancel()).wait(timeout=self.patience)
            assert (await job.cancel()).status is JobStatus.CANCELLED

    @requires("cancel")
    async def test_cancelling_a_failed_job_returns_it(self) -> None:
        """A job that failed stays failed."""
        async with self.connect() as client:
            job = await self.held(client)
            await self.fail_job(job, "a fuse has blown")
            assert (await job.cancel()).status is JobStatus.FAILED

    async def test_a_wait_can_cancel_the_remote_job(self) -> None:
        """`wait(cancel_remote=True)` cancels the remote job, once, when its time is over."""
        async with self.connect() as client:
            job = await self.held(client)
            with pytest.raises(WaitTimeoutError):
                await job.wait(timeout=self.short, cancel_remote=True)
            if client.capabilities.cancel:
                assert (await job.wait(timeout=self.patience)).status is JobStatus.CANCELLED
            else:
                assert not (await job.refresh()).status.is_terminal
                with pytest.raises(UnsupportedOperationError):
                    await job.cancel()

    @requires("delete_job")
    async def test_a_job_is_deleted(self) -> None:
        """It is not found afterwards, and not listed."""
        async with self.connect() as client:
            job = await (await self.submit(client)).wait(timeout=self.patience)
            await client.delete_job(job)
            with pytest.raises(NotFoundError):
                await client.job(job.id)
            assert job.id not in [other.id async for other in client.jobs()]
