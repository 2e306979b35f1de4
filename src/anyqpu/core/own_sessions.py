"""Sessions that submits open: the jobs of a client share them, and each is closed with the last of its jobs.

A submit joins the session of its device, or opens it, and gets a `Lease`. The session is closed once no submit has a
lease of it, all its jobs are final or cancelled as far as this client has seen, and no submit has an unknown outcome.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable, Hashable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio

from anyqpu.core import submit_timeout
from anyqpu.core.rows import Row
from anyqpu.core.shared_session import GRACE_SECONDS, SessionCalls, SessionEndedError, SharedSession, State
from anyqpu.errors import AnyQPUError, ClientStateError, ConflictError, NotFoundError, extended

if TYPE_CHECKING:
    from anyqpu.model.job import Job
    from anyqpu.model.session import Session
    from anyqpu.waiting import Clock

logger = logging.getLogger("anyqpu")

# Seconds in which a session has to be closed; after that its idle limit ends it.
CLOSE_SECONDS = 30.0
# Of these, what a wait whose own time is over still allows.
LEAST_CLOSE_SECONDS = 2.0
# Jobs are cancelled when a session reaches its longest duration: from this share of it on, jobs get another session.
JOIN_SHARE = 0.5
# Longest duration of a session whose provider does not say it.
USUAL_DURATION = timedelta(hours=1)
# Most jobs have no session of their own.
_NOT_HELD: AbstractAsyncContextManager[None] = nullcontext()


class Lease:
    """The use of a shared session by one submit, until its job exists or certainly does not."""

    def __init__(self, owner: OwnSessions, shared: SharedSession) -> None:
        self._owner = owner
        self._shared = shared
        self._is_over = False
        self._sent_at: float | None = None
        shared.submits += 1

    @property
    def session(self) -> Session:
        """The session."""
        assert self._shared.session is not None  # noqa: S101  # a lease is handed out when it is open
        return self._shared.session

    def begin(self) -> None:
        """Note that the job's request is about to be sent."""
        self._owner.check_usable()
        self._sent_at = self._owner.now()
        self._shared.is_sending += 1

    def take(self, job: Job) -> None:
        """Keep the session open for a job."""
        if self._end() and self._shared.state is not State.ENDED:
            self._owner.add(self._shared, job)
            self._shared.used(self._sent_at or 0.0)

    def leave(self, key: str, error: BaseException) -> None:
        """Leave the session to its idle limit, as a job may run in it, and say so in the error."""
        if not self._end():
            return
        self._owner.keep(self._shared, key)
        text = f"{self._shared.name} stays open, as the job may run in it; it ends after {self._shared.idle:g} s idle"
        logger.warning("%s: %s", self._owner.provider, text)
        if isinstance(error, AnyQPUError) and error.hint:
            error.hint = extended(error.hint, f"The {text}")
        else:
            error.add_note(f"the {text}")

    async def release(self) -> None:
        """Give the session back, since the job certainly does not exist."""
        if self._end():
            await self._owner.close_if_done(self._shared, submit_timeout.time_left())

    def retire(self) -> None:
        """Let later submits open another session, since this one refused a job."""
        self._owner.retire(self._shared)

    def _end(self) -> bool:
        if self._is_over:
            return False
        self._is_over = True
        self._shared.submits -= 1
        if self._sent_at is not None:
            self._shared.is_sending -= 1
        return True


class OwnSessions:
    """The sessions that submits of one client opened."""

    def __init__(self, clock: Clock, provider: str) -> None:
        self.provider = provider
        self._clock = clock
        self._joinable: dict[Hashable, SharedSession] = {}
        self._all: dict[SharedSession, None] = {}
        self._of_job: dict[str, SharedSession] = {}
        self._of_key: dict[str, SharedSession] = {}
        self._unclosed: dict[SharedSession, float] = {}
        self._is_closed = False

    def now(self) -> float:
        """The client's monotonic time."""
        return self._clock.now()

    # Submits

    async def join(self, key: Hashable, calls: SessionCalls, *, idle: timedelta) -> Lease:
        """Return a lease of the session for a key, which is opened unless there is one.

        Args:
            key: What jobs must have in common to share a session, such as their device.
            calls: The provider's calls.
            idle: Idle time after which the provider ends the session.
        """
        while True:
            shared = self._shared(key, calls, idle.total_seconds())
            lease = Lease(self, shared)
            if await self._is_ready(shared, lease):
                return lease

    async def join_by_id(self, id: str) -> Lease | None:
        """Return a lease of a session that a submit of this client opened; None for any other."""
        shared = self._by_id(id)
        if shared is None or shared.state is not State.OPEN:
            return None
        lease = Lease(self, shared)
        return lease if await self._is_ready(shared, lease) else None

    async def _is_ready(self, shared: SharedSession, lease: Lease) -> bool:
        """Return whether a session takes jobs; give its lease back if it has ended by itself."""
        try:
            if not shared.is_ready or self.now() >= shared.alive_until:
                await shared.flight.run(partial(self._prepare, shared))
            self.check_usable()
            if shared.state is not State.OPEN:
                raise SessionEndedError
        except SessionEndedError:
            await lease.release()
            return False
        except BaseException:
            await lease.release()
            raise
        return True

    def check_usable(self) -> None:
        """Raise `ClientStateError` if the client was closed."""
        if self._is_closed:
            raise ClientStateError(
                "the client is closed", provider=self.provider, hint="Use it inside its `async with`"
            )

    def _by_id(self, id: str) -> SharedSession | None:
        return next((shared for shared in self._all if shared.session is not None and shared.session.id == id), None)

    def _shared(self, key: Hashable, calls: SessionCalls, idle: float) -> SharedSession:
        """Return the session for a key, which may have to be opened."""
        now = self.now()
        for old in [shared for shared in self._all if now >= shared.ends_at]:
            self._forget(old)
        shared = self._joinable.get(key)
        if shared is None or now >= shared.join_until:
            shared = self._joinable[key] = SharedSession(provider=self.provider, key=key, calls=calls, idle=idle)
            self._all[shared] = None
        return shared

    async def _prepare(self, shared: SharedSession) -> None:
        """Open a session and wait until it takes jobs; check one that may have ended by itself."""
        self.check_usable()
        if shared.session is None:
            await shared.open()
        session = shared.session
        assert session is not None  # noqa: S101  # it was opened, or raised
        if not shared.is_ready:
            try:
                shared.session = session = await shared.calls.wait(session)
            except (ConflictError, NotFoundError):
                self._forget(shared)
                raise
            now, started, ends = self.now(), session.started_at, session.expires_at
            duration = (USUAL_DURATION if started is None or ends is None else ends - started).total_seconds()
            shared.join_until, shared.ends_at = now + JOIN_SHARE * duration, now + duration
            shared.is_ready = True
            shared.used(now)
        elif self.now() >= shared.alive_until:
            now = self.now()
            try:
                shared.session = session = await shared.calls.get(session)
            except NotFoundError:
                self._forget(shared)
                raise SessionEndedError from None
            if not session.accepts_jobs:
                self._forget(shared)
                raise SessionEndedError
            if session.waiting_jobs:
                shared.used(now)

    # Jobs

    def add(self, shared: SharedSession, job: Job) -> None:
        """Keep a session open for a job."""
        shared.jobs[job.id] = job.status.is_terminal
        self._of_job[job.id] = shared

    def keep(self, shared: SharedSession, key: str) -> None:
        """Keep a session open for a job that may exist."""
        if shared.state is not State.ENDED:
            shared.unknown.add(key)
            self._of_key[key] = shared

    async def saw(self, job: Job, *, within: float | None = None) -> Job:
        """Return a job, after closing its session if that was the last one to become final.

        Args:
            job: As it is now.
            within: Seconds that the caller has left; None: no limit.
        """
        shared = self._of(job)
        if shared is not None:
            if job.status.is_terminal:
                await self._finish(shared, job.id, within)
            else:
                shared.used(self.now())
        return job

    @property
    def has_jobs(self) -> bool:
        """Whether a session is open for a job."""
        return bool(self._of_job or self._of_key)

    @property
    def has_unknown(self) -> bool:
        """Whether a session is open for a job that may exist, known by its key."""
        return bool(self._of_key)

    def has_job(self, id: str) -> bool:
        """Whether a session is open for a job of this identifier."""
        return id in self._of_job

    async def saw_all(self, jobs: Iterable[Any]) -> None:
        """Note the jobs of a list as `saw` does; a `Row` stands for one that has not ended."""
        if not self.has_jobs:
            return
        for job in jobs:
            if job.__class__ is not Row:
                await self.saw(job)
            elif (shared := self._of_job.get(job.id)) is not None:
                shared.used(self.now())

    async def gave_up(self, job: Job) -> None:
        """Note that a job was cancelled or deleted: its session need not wait for it."""
        shared = self._of(job)
        if shared is not None:
            await self._finish(shared, job.id, None)

    def held(self, job: Job, left: Callable[[], float | None]) -> AbstractAsyncContextManager[None]:
        """Keep the session of a job open while its result is fetched; `left` returns the seconds left to close it."""
        shared = self._of(job)
        return _NOT_HELD if shared is None else self._held(shared, job, left)

    @asynccontextmanager
    async def _held(self, shared: SharedSession, job: Job, left: Callable[[], float | None]) -> AsyncGenerator[None]:
        shared.held[job.id] += 1
        try:
            yield
        finally:
            shared.held[job.id] -= 1
            if not shared.held[job.id]:
                del shared.held[job.id]
            if shared.jobs.get(job.id):
                await self._finish(shared, job.id, left())

    def _of(self, job: Job) -> SharedSession | None:
        shared = self._of_job.get(job.id)
        if shared is None and self._of_key and job.dedup_key in self._of_key:
            # The job of a submit whose outcome was unknown.
            shared = self._of_key.pop(job.dedup_key)
            shared.unknown.discard(job.dedup_key)
            self.add(shared, job)
        return shared

    async def _finish(self, shared: SharedSession, id: str, within: float | None) -> None:
        shared.jobs[id] = True
        if shared.held[id] > 0:
            return
        del shared.jobs[id], shared.held[id]
        self._of_job.pop(id, None)
        await self.close_if_done(shared, within)

    # Ends

    async def close_if_done(self, shared: SharedSession, within: float | None = None) -> None:
        """Close a session that has no use left."""
        if shared.is_done and shared.state is State.OPEN:
            limit = CLOSE_SECONDS if within is None else min(CLOSE_SECONDS, max(LEAST_CLOSE_SECONDS, within))
            await self._close(shared, limit)

    def retire(self, shared: SharedSession) -> None:
        """Let later submits open another session."""
        if self._joinable.get(shared.key) is shared:
            del self._joinable[shared.key]

    def ended(self, id: str) -> None:
        """Forget a session that the caller ends."""
        shared = self._by_id(id)
        if shared is not None:
            self._forget(shared)

    def _forget(self, shared: SharedSession) -> None:
        """Forget a session that has ended."""
        shared.state = State.ENDED
        self.retire(shared)
        self._all.pop(shared, None)
        for id in shared.jobs:
            self._of_job.pop(id, None)
        for key in shared.unknown:
            self._of_key.pop(key, None)
        shared.jobs.clear()
        shared.unknown.clear()

    async def _close(self, shared: SharedSession, within: float) -> None:
        """Close a session, even if this task is cancelled. Submits that begin meanwhile open another one."""
        shared.state = State.CLOSING
        self.retire(shared)
        # A task of its own: asyncio's own cancellation, unlike anyio's, breaks into a shield.
        async with anyio.create_task_group() as group:
            group.start_soon(self._end, shared, within)

    async def _end(self, shared: SharedSession, within: float) -> None:
        reason = "there was no response in time"
        try:
            with submit_timeout.without_timeout(), anyio.move_on_after(within, shield=True):
                if shared.session is not None:
                    await shared.calls.close(shared.session)
                reason = ""
        except (ConflictError, NotFoundError):
            # It has ended by itself.
            reason = ""
        except Exception as error:
            reason = type(error).__name__
        if reason:
            text = "%s: %s was not closed (%s); it ends after %g s idle"
            logger.warning(text, self.provider, shared.name, reason, shared.idle)
            now = self.now()
            self._unclosed = {old: failed for old, failed in self._unclosed.items() if now - failed < old.idle}
            self._unclosed[shared] = now
        self._forget(shared)
        shared.closed.set()

    async def aclose(self) -> None:
        """Close the sessions that have no job that may still run, all at the same time, even if cancelled.

        Ending a session would cancel the jobs in it, which are to survive the client: the others end when they have
        been idle for their limit.
        """
        self._is_closed = True
        again = [shared for shared, failed in self._unclosed.items() if self.now() - failed < shared.idle]
        self._unclosed.clear()
        if not self._all and not again:
            return
        async with anyio.create_task_group() as group:
            for shared in [*self._all, *again]:
                group.start_soon(self._close_with_client, shared)

    async def _close_with_client(self, shared: SharedSession) -> None:
        if shared.state is State.OPEN and shared.session is None:
            # A submit is opening it.
            with anyio.move_on_after(GRACE_SECONDS, shield=True):
                await shared.opened.wait()
        if shared.state is State.CLOSING:
            with anyio.move_on_after(CLOSE_SECONDS, shield=True):
                await shared.closed.wait()
            return
        open_jobs = sum(not is_final for is_final in shared.jobs.values()) + len(shared.unknown) + shared.is_sending
        if open_jobs:
            text = "%s: %s stays open for %d jobs that may still run; it ends after %g s idle"
            logger.info(text, self.provider, shared.name, open_jobs, shared.idle)
            self._forget(shared)
        else:
            await self._close(shared, CLOSE_SECONDS)
