"""Jobs by identifier and by handle, also in another client."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

import anyqpu
from anyqpu.errors import NotFoundError
from anyqpu.model.handle import JobHandle
from anyqpu.model.status import JobStatus
from anyqpu.testing.contract.configuration import ContractBase, RequestLog, run
from anyqpu.testing.contract.verbs import requires

BAD_IDS: dict[str, Any] = {
    "empty": "",
    "spaces": " ",
    "a way up": "..",
    "None": None,
    "a number": 7,
    "bytes": b"x",
    "half a character": "\ud800",
}
BAD_HANDLES: dict[str, Any] = {
    "a text": "x",
    "empty": "",
    "half a handle": "anyqpu:",
    "None": None,
    "a number": 7,
    "bytes": b"x",
}


class HandleContract(ContractBase):
    """The part of the suite on identifiers and handles."""

    async def test_a_job_is_found_by_its_id(self) -> None:
        """`job(id)` returns the job of the client that submitted it."""
        async with self.connect() as client:
            job = await self.submit(client)
            again = await client.job(job.id)
            assert (again.id, again.provider, again.device_id) == (job.id, self.provider, job.device_id)

    async def test_a_job_is_resumed_in_another_client(self) -> None:
        """By its handle, by the handle's text, and by its JSON; its result is the same as for the client before."""
        async with self.connect() as client:
            job = await self.submit(client)
            for handle in (job.handle, str(job.handle), job.handle.to_json()):
                async with self.connect() as other:
                    again = await other.resume(handle)
                    assert (again.id, again.provider) == (job.id, self.provider)
                    assert again.handle == job.handle
                    result = await again.result(timeout=self.patience)
                    assert set(result.counts) <= set(self.expected_keys)
                    assert result.counts.shots == self.shots

    async def test_a_job_is_resumed_without_a_client(self) -> None:
        """`anyqpu.resume(handle)` makes a client of the handle's provider."""
        async with self.connect() as client:
            job = await self.submit(client)
            again = await anyqpu.resume(str(job.handle), **self.options)
            assert again.id == job.id
            assert (await again.wait(timeout=self.patience)).status is JobStatus.COMPLETED

    async def test_a_job_is_attached_without_a_request(self) -> None:
        """`attach(handle)` returns a job that is awaited, refreshed and cancelled like any other."""
        sent = RequestLog()
        async with self.connect() as client:
            job = await self.submit(client, shots=self.shots)
            for handle in (job.handle, str(job.handle), job.handle.to_json()):
                async with self.quick(sent) as other:
                    sent.operations.clear()
                    attached = other.attach(handle)
                    assert sent.operations == []
                    assert (attached.provider, attached.id, attached.key) == (self.provider, job.id, job.key)
                    assert (attached.status, attached.raw_status) == (JobStatus.UNKNOWN, "")
                    assert attached.handle == job.handle
                    assert str(attached.handle) == str(job.handle)
                    result = await attached.result(timeout=self.patience)
                    assert set(result.counts) <= set(self.expected_keys)
                    assert (await attached.wait(timeout=self.patience)).status is JobStatus.COMPLETED
                    current = await attached.refresh()
                    assert (current.id, current.key) == (job.id, job.key)
                    assert current.status is JobStatus.COMPLETED

    @requires("cancel")
    async def test_an_attached_job_is_cancelled(self) -> None:
        """`attach(handle).cancel()` cancels the job."""
        async with self.connect() as client:
            job = await self.held(client)
            async with self.connect() as other:
                attached = other.attach(str(job.handle))
                await attached.cancel()
                assert (await attached.wait(timeout=self.patience)).status is JobStatus.CANCELLED

    async def test_the_text_of_a_handle_reads_back(self) -> None:
        """Both forms of a handle give an equal handle; they hold what reading the result needs, and no credential."""
        async with self.connect(**self.secrets) as client:
            handle = (await self.submit(client)).handle
            assert handle.provider == self.provider
            for text in (str(handle), handle.to_json()):
                again = JobHandle.parse(text)
                assert (again, again.decode, again.key) == (handle, handle.decode, handle.key)
                assert (again.account, again.base_url) == (handle.account, handle.base_url)
                assert text.isprintable()
                assert text.isascii()
                assert not [secret for secret in self.secrets.values() if secret in text]

    async def test_an_unknown_job_is_not_found(self) -> None:
        """`job` of an identifier that the cloud does not have."""
        async with self.connect() as client:
            job = await self.submit(client)
            unknown = job.id[:-1] + ("0" if job.id[-1] != "0" else "1")
            with pytest.raises(NotFoundError) as caught:
                await client.job(unknown)
            assert caught.value.provider == self.provider

    async def test_an_invalid_id_is_refused(self) -> None:
        """`job` of a value that cannot be an identifier is refused before any request."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            await self.check_refused(sent, {kind: (None, partial(client.job, id)) for kind, id in BAD_IDS.items()})

    async def test_an_invalid_handle_is_refused(self) -> None:
        """It is refused before any request, and the error names it."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            for verb in (client.resume, client.attach):
                await self.check_refused(
                    sent, {kind: ("handle", partial(verb, handle)) for kind, handle in BAD_HANDLES.items()}
                )

    async def test_a_handle_of_another_provider_is_refused(self) -> None:
        """So is one of another kind than this provider has."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            for handle in (
                JobHandle("another-provider", "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10"),
                JobHandle(self.provider, "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10", "another-kind"),
            ):
                for verb in (client.resume, client.attach):
                    with self.refused(sent, "handle"):
                        await run(verb(handle))
