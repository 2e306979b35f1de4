"""A client from opening to closing, and what of it can travel."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from anyqpu.errors import AnyQPUError, ClientStateError
from anyqpu.model.capabilities import Capabilities
from anyqpu.model.job import Job
from anyqpu.model.status import JobStatus
from anyqpu.testing.contract.configuration import ContractBase, RequestLog, run
from anyqpu.testing.contract.verbs import VERBS


class LifecycleContract(ContractBase):
    """The part of the suite on clients."""

    async def test_a_client_says_what_it_is(self) -> None:
        """`provider`, `capabilities` and `settings`; it sends nothing before the first call."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            assert client.provider == self.provider
            assert isinstance(client.capabilities, Capabilities)
            assert client.settings is not None
            assert hasattr(client, "raw")
        assert not sent.operations

    async def test_a_verb_exists_or_is_unsupported(self) -> None:
        """Every client has every common verb: those that the capabilities lack raise `UnsupportedOperationError`."""
        sent, problems = RequestLog(), list[str]()
        async with self.quick(sent) as client:
            for verb in VERBS:
                try:
                    if getattr(client.capabilities, VERBS[verb].capability):
                        name = {"submit_to_session": "submit", "cancel": "cancel_job"}.get(verb, verb)
                        assert callable(getattr(client, name))
                    else:
                        await self.check_unsupported(client, sent, verb)
                except Exception as error:
                    problems.append(f"{verb}: {type(error).__name__}: {error}")
        assert not problems

    async def test_a_closed_client_says_that_it_is_closed(self) -> None:
        """Closing twice is fine; then each call that needs the cloud is a `ClientStateError`."""
        client = self.connect()
        async with client:
            job = await self.submit(client)
        await client.aclose()
        await client.aclose()
        calls: list[Any] = [
            lambda: client.device(self.device),
            client.devices,
            lambda: client.resume(job.handle),
            lambda: self.submit(client),
            job.refresh,
            job.wait,
            job.result,
        ]
        if client.capabilities.job_listing:
            calls.append(client.jobs)
        for call in calls:
            with pytest.raises(ClientStateError):
                await run(call())

    async def test_a_client_works_without_a_block(self) -> None:
        """`client = connect(...)`, calls, `await client.aclose()`."""
        client = self.connect()
        try:
            assert (await client.device(self.device)).provider == self.provider
        finally:
            await client.aclose()

    async def test_jobs_handles_and_results_travel(self) -> None:
        """They can be pickled; a job that arrived has no client, and its handle resumes it."""
        async with self.connect() as client:
            job = await (await self.submit(client)).wait(timeout=self.patience)
            result = await job.result(timeout=self.patience)
            device = await client.device(self.device)
            for thing in (job, job.handle, result, result.counts, device):
                assert pickle.loads(pickle.dumps(thing)) == thing
            arrived: Job = pickle.loads(pickle.dumps(job))
            with pytest.raises((RuntimeError, AnyQPUError)):
                await arrived.refresh()
            assert (await client.resume(arrived.handle)).status is JobStatus.COMPLETED

    async def test_a_client_does_not_travel(self) -> None:
        """It holds connections and credentials, so pickling it is a `TypeError`."""
        async with self.connect() as client:
            with pytest.raises(TypeError):
                pickle.dumps(client)

    async def test_nothing_shows_a_secret(self) -> None:
        """The text of the client, its settings, its devices and its jobs has no credential."""
        async with self.connect(**self.secrets) as client:
            assert self.secrets, "`secrets` has no credential to look for"
            job = await self.submit(client)
            things = (client, client.settings, client.capabilities, job, job.handle, await client.device(self.device))
            shown = "\n".join(f"{thing!r} {thing}" for thing in things)
            assert not [name for name, secret in self.secrets.items() if secret in shown]
            assert not [name for name, secret in self.secrets.items() if secret.encode() in pickle.dumps(job)]

    async def test_exemptions_name_tests(self) -> None:
        """Each name in `exempt` is a test of the suite, and has a reason."""
        assert all(callable(getattr(type(self), name, None)) for name in self.exempt)
        assert all(reason.strip() for reason in self.exempt.values())
