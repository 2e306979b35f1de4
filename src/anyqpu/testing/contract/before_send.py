"""The hook before a submit is sent: it may stop it, at the last moment before the request and before each write."""

from __future__ import annotations

import pytest

from anyqpu.core.client import Client
from anyqpu.testing.contract.configuration import ContractBase, RequestLog

KEY = "contract.before_send-1"


class StopError(Exception):
    """What the hook of a test raises."""


class SendHook:
    """Records what was sent before the hook was called; may raise, and so may its check at one of its calls."""

    def __init__(self, sent: RequestLog, *, stops: bool = False, stops_write: int | None = None) -> None:
        self.calls = self.writes = 0
        self.sent_before: list[str] = []
        self._sent = sent
        self._stops = stops
        self._stops_write = stops_write

    async def __call__(self) -> None:
        """Record the requests so far."""
        self.calls += 1
        self.sent_before = list(self._sent.operations)
        if self._stops:
            raise StopError

    def check(self) -> None:
        """Count a write."""
        self.writes += 1
        if self._stops_write is not None and self.writes >= self._stops_write:
            raise StopError


class BeforeSendContract(ContractBase):
    """The part of the suite on `submit(before_send=...)`."""

    async def test_the_hook_is_called_right_before_the_request(self) -> None:
        """It is awaited once, after all that precedes the request; the check is called before each write of it."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            hook = SendHook(sent)
            job = await self.submit(client, before_send=hook)
            assert hook.calls == 1
            assert hook.writes >= 1
            # The request itself, which is not one of HTTP everywhere, and perhaps one that reads what it made.
            assert len(sent.operations) - len(hook.sent_before) <= 2
            assert (await job.wait(timeout=self.patience)).status.is_terminal

    @pytest.mark.parametrize("place", ["hook", "check"])
    async def test_a_submit_that_the_hook_stops_sends_nothing(self, place: str) -> None:
        """Its exception is raised unchanged, no job is made, and the client stays usable."""
        sent = RequestLog()
        async with self.connect(hooks=sent) as client:
            hook = SendHook(sent, stops=place == "hook", stops_write=1 if place == "check" else None)
            with pytest.raises(StopError) as caught:
                await self.submit(client, key=KEY, before_send=hook)
            assert type(caught.value) is StopError
            assert hook.calls == 1
            await self._check_no_job(client)
            job = await self.submit(client, key=KEY)
            assert (job.key, hook.calls) == (KEY, 1)
            if client.capabilities.job_listing:
                assert len(await client.jobs().collect()) == 1

    async def test_a_job_that_exists_is_returned_without_the_hook(self) -> None:
        """A repeated key sends nothing that costs, so that the hook is not called."""
        sent = RequestLog()
        async with self.connect(hooks=sent) as client:
            first = await self.submit(client, key=KEY)
            hook = SendHook(sent)
            assert (await self.submit(client, key=KEY, before_send=hook)).id == first.id
            assert hook.calls == 0

    async def test_a_hook_that_cannot_be_called_is_refused(self) -> None:
        """It is refused before any request, and the error names the argument."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            with self.refused(sent, "before_send"):
                await self.submit(client, before_send="a text")

    async def _check_no_job(self, client: Client) -> None:
        if client.capabilities.job_listing:
            assert await client.jobs().collect() == []
        if client.capabilities.find:
            assert await client.find(KEY) is None
