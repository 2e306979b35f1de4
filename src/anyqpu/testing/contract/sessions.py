"""Sessions: opened and closed by hand, and as a block."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from anyqpu.core.client import Client
from anyqpu.errors import AnyQPUError, NotFoundError
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import JobStatus
from anyqpu.testing.contract.configuration import ContractBase, RequestLog
from anyqpu.testing.contract.verbs import requires

BAD_OPTIONS: list[tuple[str, Any]] = [
    *(("on_exit", value) for value in ("stay", None, 7)),
    *(("device", value) for value in ("", None, 7, object())),
    *(("tags", value) for value in ("a text", [1], 7)),
]


class SessionContract(ContractBase):
    """The part of the suite on sessions."""

    def block(self, client: Client, **options: Any) -> Any:
        """Return a session of the configuration as a block."""
        device = self.session_device or self.device
        arguments: dict[str, Any] = {"device": device, **self.session_options, **options}
        return client.session(**arguments)

    def in_block(self) -> dict[str, Any]:
        """Return the arguments of a submit in a session's block."""
        return {"program": self.program if self.session_program is None else self.session_program, "shots": self.shots}

    @requires("open_session", "get_session", "close_session")
    async def test_a_session_is_opened_used_and_closed(self) -> None:
        """It takes jobs until it is closed; jobs that have finished keep their results."""
        async with self.connect() as client:
            session = await self.open_session(client, tags=["mine"])
            assert isinstance(session, Session)
            assert (session.provider, session.tags) == (self.provider, ("mine",))
            assert session.device_id == (await client.device(self.session_device or self.device)).id
            assert not session.status.is_terminal
            assert session.created_at is not None
            job = await self.submit_in(client, session)
            result = await job.result(timeout=self.patience)
            assert result.counts.shots == self.shots
            await client.close_session(session)
            assert not (await client.get_session(session.id)).accepts_jobs
            assert (await job.result(timeout=self.patience)).counts == result.counts

    @requires("open_session", "close_session")
    async def test_a_session_ends(self) -> None:
        """After a while a session that was closed is over, and takes no job."""
        async with self.connect() as client:
            session = await self.open_session(client)
            await client.close_session(session)
            await self.elapse(self.patience)
            closed = await client.get_session(session.id)
            assert closed.status is SessionStatus.CLOSED
            assert closed.status.is_terminal
            with pytest.raises(AnyQPUError):
                await self.submit_in(client, session)

    @requires("close_session")
    async def test_closing_twice_is_fine(self) -> None:
        """Closing a session that is over does nothing."""
        async with self.connect() as client:
            session = await self.open_session(client)
            await client.close_session(session)
            await client.close_session(session)

    @requires("drain_session")
    async def test_a_session_that_drains_takes_no_more_jobs(self) -> None:
        """Those that it has finish."""
        async with self.connect() as client:
            session = await self.open_session(client)
            job = await self.submit_in(client, session)
            drained = await client.drain_session(session)
            assert drained.id == session.id
            assert not (await client.get_session(session.id)).accepts_jobs
            with pytest.raises(AnyQPUError):
                await self.submit_in(client, session)
            assert (await job.wait(timeout=self.patience)).status is JobStatus.COMPLETED

    @requires("session")
    async def test_a_block_waits_for_its_jobs(self) -> None:
        """`on_exit="drain"`, which is the default: the jobs finish, and the session ends."""
        async with self.connect() as client:
            async with self.block(client) as session:
                jobs = [await session.submit(**self.in_block()) for _ in range(2)]
                assert {job.session_id for job in jobs} == {session.id}
                assert session.jobs == jobs
            for job in jobs:
                assert (await job.refresh()).status is JobStatus.COMPLETED
            assert not (await client.get_session(session.id)).accepts_jobs

    @requires("session", "cancel")
    async def test_a_block_can_cancel_its_jobs(self) -> None:
        """`on_exit="cancel"`."""
        async with self.connect() as client:
            async with self.block(client, on_exit="cancel") as session:
                job = await session.submit(**self.in_block())
                await self.hold_job(job)
            assert (await job.wait(timeout=self.patience)).status is JobStatus.CANCELLED
            assert not (await client.get_session(session.id)).accepts_jobs

    @requires("session")
    async def test_a_block_can_leave_its_session_open(self) -> None:
        """`on_exit="leave"`: the session takes jobs as before."""
        async with self.connect() as client:
            async with self.block(client, on_exit="leave") as session:
                await session.submit(**self.in_block())
            assert not (await client.get_session(session.id)).status.is_terminal
            job = await self.submit_in(client, session.id)
            assert (await job.wait(timeout=self.patience)).status is JobStatus.COMPLETED
            await client.close_session(session.session)

    @requires("session")
    async def test_an_error_in_a_block_ends_the_session(self) -> None:
        """The error of the block is what the caller gets."""
        async with self.connect() as client:
            block = self.block(client)

            async def fail() -> None:
                async with block:
                    raise ZeroDivisionError

            with pytest.raises(ZeroDivisionError):
                await fail()
            assert not (await client.get_session(block.id)).accepts_jobs

    @requires("sessions")
    async def test_sessions_are_listed(self) -> None:
        """The list has the session that was opened, as `get_session` has it."""
        async with self.connect() as client:
            session = await self.open_session(client)
            listed = {opened.id: opened async for opened in client.sessions()}
            assert listed[session.id].status is (await client.get_session(session.id)).status

    @requires("session_jobs")
    async def test_the_jobs_of_a_session_are_listed(self) -> None:
        """Only those of the session; it is given as a session or as its identifier."""
        async with self.connect() as client:
            session, other = [await self.open_session(client) for _ in range(2)]
            jobs = {(await self.submit_in(client, session)).id for _ in range(2)}
            await self.submit_in(client, other)
            for named in (session, session.id):
                assert {job.id async for job in client.session_jobs(named)} == jobs

    @requires("get_session")
    async def test_an_unknown_session_is_not_found(self) -> None:
        """`get_session` of an identifier that the cloud does not have."""
        async with self.connect() as client:
            session = await self.open_session(client)
            with pytest.raises(NotFoundError) as caught:
                await client.get_session(session.id[:-1] + ("0" if session.id[-1] != "0" else "1"))
            assert caught.value.provider == self.provider

    @requires("session", "open_session")
    async def test_a_bad_option_is_refused(self) -> None:
        """It is refused before any request, and the error names it."""
        sent = RequestLog()
        async with self.quick(sent) as client:
            await self.check_refused(
                sent,
                {
                    f"{option}={value!r:.40}": (option, partial(self.block, client, **{option: value}))
                    for option, value in BAD_OPTIONS
                },
            )
