"""Submitting a program, with all common arguments and with bad ones."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from anyqpu.model.job import Job
from anyqpu.model.status import JobStatus
from anyqpu.testing.contract.configuration import ContractBase, RequestLog
from anyqpu.testing.contract.verbs import requires

HALF = "\ud800"
BAD_ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "shots": (0, -1, True, 1.5, "10", float("nan"), 2**70),
    "timeout": (0, -1, True, "10", float("nan"), 2**70),
    "name": (7, b"x", HALF, object()),
    "tags": ("a text", [1], 7, [HALF], [b"x"]),
    "session": (7, "", object(), HALF),
    "device": ("", "  ", None, 7, b"x", object(), HALF),
    "program": (None, 7, object(), "", [], Path("there/is/no/such/file.qasm")),
}


class SubmitContract(ContractBase):
    """The part of the suite on submitting."""

    async def test_a_job_is_returned_as_soon_as_it_exists(self) -> None:
        """It says where it runs, how often, and since when."""
        async with self.connect() as client:
            device = await client.device(self.device)
            job = await self.submit(client)
            assert isinstance(job, Job)
            assert (job.provider, job.device_id, job.shots) == (self.provider, device.id, self.shots)
            assert job.id
            assert isinstance(job.status, JobStatus)
            assert job.status_recognized
            assert job.raw_status
            assert job.created_at is not None
            assert job.created_at.tzinfo is not None
            assert job.session_id is None or client.capabilities.sessions

    async def test_a_device_object_is_as_good_as_its_id(self) -> None:
        """`submit(device=await client.device(id))`."""
        async with self.connect() as client:
            device = await client.device(self.device)
            assert (await self.submit(client, device=device)).device_id == device.id

    @pytest.fixture
    def program_file(self, tmp_path: Path) -> Path:
        """Return a file that holds the program of the configuration."""
        assert isinstance(self.program, str), "`program` is not a text, and cannot be written to a file"
        path = tmp_path / self.program_name
        path.write_text(self.program, encoding="utf-8")
        return path

    async def test_a_program_is_read_from_a_file(self, program_file: Path) -> None:
        """`submit(Path(...))`, and the same path as text, run what is in the file."""
        async with self.connect() as client:
            for program in (program_file, str(program_file)):
                result = await (await self.submit(client, program=program)).result(timeout=self.patience)
                assert set(result.counts) <= set(self.expected_keys)

    async def test_name_and_tags_are_kept(self) -> None:
        """The job has them; so has the job of another client where the capabilities say that jobs can be tagged."""
        async with self.connect() as client:
            job = await self.submit(client, name="my job", tags=["mine", "also mine"], timeout=self.patience)
            assert job.name == "my job" or "my job" in job.tags
            assert {"mine", "also mine"} <= set(job.tags)
            if client.capabilities.tags:
                async with self.connect() as other:
                    again = await other.job(job.id)
                assert again.name == "my job" or "my job" in again.tags
                assert {"mine", "also mine"} <= set(again.tags)

    @pytest.mark.parametrize("argument", BAD_ARGUMENTS)
    async def test_a_bad_argument_is_refused(self, argument: str) -> None:
        """It is refused before any request, and the error names the argument."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            if argument == "session" and not client.capabilities.sessions:
                await self.check_unsupported(client, sent, "submit_to_session")
                return
            await self.check_refused(
                sent,
                {
                    f"{value!r:.40}": (argument, partial(self.submit, client, **{argument: value}))
                    for value in BAD_ARGUMENTS[argument]
                },
            )

    async def test_shots_are_required(self) -> None:
        """A program that is sampled needs a number of shots."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            with self.refused(sent, "shots"):
                await self.submit(client, shots=None)

    @requires("jobs")
    async def test_what_was_refused_is_not_submitted(self) -> None:
        """After a refused submit there is no job."""
        async with self.connect() as client:
            with self.refused(RequestLog()):
                await self.submit(client, shots=0)
            assert await client.jobs().first() is None

    @requires("submit_to_session")
    async def test_a_job_runs_in_a_session(self) -> None:
        """`session` is a session or its identifier; the job says which."""
        async with self.connect() as client:
            session = await self.open_session(client)
            for argument in (session, session.id):
                job = await self.submit_in(client, argument)
                assert job.session_id == session.id
                assert (await job.wait(timeout=self.patience)).status is JobStatus.COMPLETED
