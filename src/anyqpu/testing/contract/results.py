"""Results: counts, the order of their bits, and jobs that fail."""

from __future__ import annotations

import pytest

from anyqpu.errors import JobFailedError
from anyqpu.model.result import Result, ResultKind
from anyqpu.model.status import JobStatus
from anyqpu.testing.contract.configuration import ContractBase

REASON = "a fuse has blown"


class ResultContract(ContractBase):
    """The part of the suite on results."""

    async def test_counts_are_those_of_the_program(self) -> None:
        """As many as shots, and no bit string but those that the program can give."""
        async with self.connect() as client:
            job = await self.submit(client)
            result = await job.result(timeout=self.patience)
            assert isinstance(result, Result)
            assert (result.job_id, result.provider, result.success) == (job.id, self.provider, True)
            assert len(result.items) == 1
            assert result.kind is ResultKind.COUNTS or result.items[0].counts is not None
            assert result.counts.shots == self.shots
            assert result.counts
            assert set(result.counts) <= set(self.expected_keys)
            assert abs(sum(result.probabilities.values()) - 1) < 1e-9

    async def test_the_order_of_the_bits_is_named_and_kept(self) -> None:
        """An asymmetric program gives its one bit string, in the order that the counts name."""
        assert self.asymmetric_key != self.asymmetric_key[::-1], "`asymmetric_key` is the same from right to left"
        async with self.connect() as client:
            job = await self.submit(client, program=self.asymmetric_program)
            counts = (await job.result(timeout=self.patience)).counts
            assert counts == {self.asymmetric_key: self.shots}
            assert counts.order is self.bit_order
            assert counts.num_bits == len(self.asymmetric_key)
            assert counts.bit_labels is None or len(counts.bit_labels) == counts.num_bits

    async def test_a_result_can_be_fetched_again(self) -> None:
        """The second time, and for the job as another client resumes it, it is equal."""
        async with self.connect() as client:
            job = await self.submit(client)
            result = await job.result(timeout=self.patience)
            assert (await job.result(timeout=self.patience)).counts == result.counts
            async with self.connect() as other:
                again = await other.resume(str(job.handle))
                assert (await again.result(timeout=self.patience)).counts == result.counts

    async def test_a_failed_job_says_why(self) -> None:
        """`wait` returns it, `result` raises with the reason, the handle and the status."""
        async with self.connect() as client:
            job = await self.held(client)
            await self.fail_job(job, REASON)
            failed = await job.wait(timeout=self.patience)
            assert failed.status is JobStatus.FAILED
            with pytest.raises(JobFailedError) as caught:
                await job.result(timeout=self.patience)
            error = caught.value
            assert REASON in str(error)
            assert (error.handle, error.job_status, error.provider) == (job.handle, JobStatus.FAILED, self.provider)
            assert failed.failure is not None, "`Job.failure` is None for a job that failed"
