"""Idempotency keys: a job has one, is found by it, and is not submitted a second time with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import anyio
import pytest

from anyqpu.errors import ConflictError
from anyqpu.model.job import Job
from anyqpu.testing.contract.configuration import ContractBase, RequestLog
from anyqpu.testing.contract.verbs import requires

KEY = "contract.key_number-1"
SHORTEST, LONGEST = "A.b_c-09", "k" * 64
BAD_KEYS: dict[str, Any] = {
    "too short": "k" * 7,
    "too long": "k" * 65,
    "empty": "",
    "a space": "has a space",
    "a newline at the end": "newline\n",
    "a slash": "sweep/7/12",
    "a colon": "anyqpu-key:other",
    "a letter outside ASCII": "schlüssel",
    "a digit outside ASCII": "key-١٢٣٤٥",
    "half a character": "\ud800" * 8,
    "a number": 12345678,
    "bytes": b"12345678",
    "a list": ["12345678"],
}


class KeyContract(ContractBase):
    """The part of the suite on keys."""

    async def test_every_job_has_a_key(self) -> None:
        """Without one of yours it is made up, and differs from job to job; the handle has it too."""
        async with self.connect() as client:
            first, second = await self.submit(client), await self.submit(client)
            assert first.key
            assert second.key
            assert first.key != second.key
            assert first.handle.key == first.key

    @pytest.mark.parametrize("key", [SHORTEST, KEY, LONGEST], ids=len)
    async def test_a_job_has_the_key_that_it_was_submitted_with(self, key: str) -> None:
        """`job.key` has it after the submit, at the end, and when the job is resumed; `job.tags` does not."""
        async with self.connect() as client:
            job = await self.submit(client, key=key, tags=["mine"])
            assert job.key == key
            assert not [tag for tag in job.tags if key in tag]
            ended = await job.wait(timeout=self.patience)
            assert (ended.key, ended.id) == (key, job.id)
            assert not [tag for tag in ended.tags if key in tag]
            async with self.connect() as other:
                again = await other.resume(str(job.handle))
                assert (again.key, again.id) == (key, job.id)

    async def test_a_bad_key_is_refused(self) -> None:
        """It is refused before any request, by `submit` and by `find`; the error says what would be right."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            await self.check_refused(
                sent, {kind: ("key", partial(self.submit, client, key=key)) for kind, key in BAD_KEYS.items()}
            )
            with self.refused(sent, "key"):
                await self.submit(client, key="short")
            if client.capabilities.find:
                await self.check_refused(
                    sent, {kind: ("key", partial(client.find, key)) for kind, key in BAD_KEYS.items()}
                )

    async def test_a_tag_that_looks_like_a_key_is_refused(self) -> None:
        """A tag of yours cannot be read as the key of a job."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            for tag in ("anyqpu-key:of-another-job", "anyqpu-content:1-0123"):
                with self.refused(sent, "tags"):
                    await self.submit(client, tags=["mine", tag])

    @requires("find")
    async def test_a_job_is_found_by_its_key(self) -> None:
        """Also in another client, and whether the key is yours or was made up; None for a key without a job."""
        async with self.connect() as client:
            named, other = await self.submit(client, key=KEY), await self.submit(client)
            async with self.connect() as another:
                for job in (named, other):
                    assert job.key is not None
                    job_again = await another.find(job.key)
                    assert job_again is not None
                    assert (job_again.id, job_again.key, job_again.provider) == (job.id, job.key, self.provider)
                assert await another.find("a-key-without-a-job") is None
            job_again = await client.find(KEY)
            assert job_again is not None
            assert (await job_again.wait(timeout=self.patience)).key == KEY

    @requires("find_many")
    async def test_many_jobs_are_found_by_their_keys(self) -> None:
        """In one call, yours and those that were made up; a key without a job is left out."""
        sent = RequestLog()
        async with self.connect() as client:
            before = self.now() - timedelta(minutes=10)
            jobs = [await self.submit(client, key=f"{KEY}.{number}") for number in range(4)]
            jobs.append(await self.submit(client))
            keys = [job.key for job in jobs if job.key]
            async with self.connect(hooks=sent) as another:
                for since in (None, before):
                    by_key = await another.find_many(["a-key-without-a-job", *keys, keys[0]], since=since)
                    assert {key: job.id for key, job in by_key.items()} == {job.key: job.id for job in jobs}
                    assert all(job.key == key for key, job in by_key.items())
                count = len(sent.operations)
                assert count < 2 * len(keys)
                assert set(await another.find_many(keys[:2])) == set(keys[:2])
                count = len(sent.operations)
                assert await another.find_many([]) == {}
                assert len(sent.operations) == count
                await self.check_refused(
                    sent,
                    {
                        repr(bad): ("key", partial(another.find_many, bad))  # type: ignore[arg-type]
                        for bad in ("a-text-of-its-own", ["short"], [KEY, 7], 7, None)
                    },
                )

    @requires("find")
    async def test_a_tag_of_the_callers_own_is_not_a_key(self) -> None:
        """A job whose tag is the key of an earlier one, made up here, is not taken for that one."""
        async with self.connect() as client:
            first = await self.submit(client)
            assert first.key is not None
            other = await self.submit(client, tags=[first.key])
            named = await self.submit(client, tags=[first.key], key=KEY)
            assert (await client.find_many([first.key, KEY, "a-key-without-a-job", other.key or ""])).keys() == {
                first.key,
                KEY,
                other.key,
            }
            for job in (first, other, named):
                again = await client.find(job.key or "")
                assert again is not None
                assert (again.id, again.key) == (job.id, job.key)

    @requires("find")
    async def test_a_search_goes_back_to_its_time(self) -> None:
        """`since` is a time with a zone; a job of that time is found, whatever came later."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            before = self.now() - timedelta(minutes=10)
            job = await self.submit(client, key=KEY)
            for _ in range(3):
                await self.submit(client)
            job_again = await client.find(KEY, since=before)
            assert job_again is not None
            assert job_again.id == job.id
            assert await client.find(KEY, since=datetime.min.replace(tzinfo=UTC)) is not None
            bad = {repr(time): time for time in (datetime(2030, 1, 1), "2030-01-01", 7)}
            await self.check_refused(
                sent,
                {name: ("since", partial(client.find, KEY, since=time)) for name, time in bad.items()},  # type: ignore[arg-type]
            )

    async def test_a_repeated_key_returns_the_job(self) -> None:
        """A second submit of the same program with the same key submits nothing; so in another client, with `find`."""
        async with self.connect() as client:
            first = await self.submit(client, key=KEY)
            again = await self.submit(client, key=KEY, name="another name", tags=["another"])
            assert (again.id, again.key) == (first.id, KEY)
            if client.capabilities.find:
                async with self.connect() as other:
                    assert (await self.submit(other, key=KEY)).id == first.id
            if client.capabilities.job_listing:
                assert [job.id for job in await client.jobs().collect()] == [first.id]
            result = await again.result(timeout=self.patience)
            assert set(result.counts) <= set(self.expected_keys)

    async def test_a_key_that_is_used_for_other_content_is_a_conflict(self) -> None:
        """The error has the key and the job's handle, and nothing is submitted; so in another client, with `find`."""
        async with self.connect() as client:
            first = await self.submit(client, key=KEY)
            async with self.connect() as other:
                for second in (client, other) if client.capabilities.find else (client,):
                    with pytest.raises(ConflictError) as caught:
                        await self.submit(second, key=KEY, shots=self.shots + 1)
                    error = caught.value
                    assert (error.key, error.handle, error.provider) == (KEY, first.handle, self.provider)
                    assert KEY in str(error)
            with pytest.raises(ConflictError):
                await self.submit(client, key=KEY, program=self.asymmetric_program)
            if client.capabilities.job_listing:
                assert len(await client.jobs().collect()) == 1

    async def test_parallel_submits_with_one_key_are_one(self) -> None:
        """Each gets the same job; one with other content a `ConflictError`."""
        jobs: list[Job] = []
        conflicts: list[ConflictError] = []
        async with self.connect() as client:

            async def submit(shots: int) -> None:
                try:
                    jobs.append(await self.submit(client, key=KEY, shots=shots))
                except ConflictError as error:
                    conflicts.append(error)

            async with anyio.create_task_group() as group:
                for shots in (self.shots, self.shots, self.shots, self.shots + 1):
                    group.start_soon(submit, shots)
            # Which of the two contents comes first is up to the event loop.
            assert (len(jobs), len(conflicts)) in {(3, 1), (1, 3)}
            assert len({job.id for job in jobs}) == 1
            assert {error.key for error in conflicts} == {KEY}
            if client.capabilities.job_listing:
                assert len(await client.jobs().collect()) == 1
