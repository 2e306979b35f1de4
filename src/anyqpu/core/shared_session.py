"""A session that submits share: its calls, and what is known of its use."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import anyio

from anyqpu.core import submit_timeout
from anyqpu.transport.single_flight import SingleFlight

if TYPE_CHECKING:
    from anyqpu.model.session import Session

logger = logging.getLogger("anyqpu")

# Seconds for which a cancelled submit still waits for the session that it is opening, in order to close it.
GRACE_SECONDS = 5.0
# A session that was used within this share of its idle limit has not ended; later the cloud is asked.
SAFE_SHARE = 0.5


@dataclass(slots=True, eq=False, kw_only=True)
class SessionCalls:
    """A provider's calls for the sessions that submits open on one device.

    Attributes:
        open: Opens a session; returns as soon as it exists.
        find: Finds the session that `open` may have opened, if its response was lost.
        wait: Returns a session once it takes jobs; raises `ConflictError` if it has ended.
        get: Returns a session as it is now.
        close: Ends a session.
    """

    open: Callable[[], Awaitable[Session]]
    find: Callable[[], Awaitable[Session | None]]
    wait: Callable[[Session], Awaitable[Session]]
    get: Callable[[Session], Awaitable[Session]]
    close: Callable[[Session], Awaitable[None]]


class State(Enum):
    """Whether a session can be used."""

    OPEN = "open"
    CLOSING = "closing"
    ENDED = "ended"


class SessionEndedError(Exception):
    """The session ended by itself; another one is to be opened."""


class SharedSession:
    """A session that submits share.

    Attributes:
        session: As it was last seen; None until it was opened.
        submits: Number of leases.
        jobs: Its jobs, without those that were seen final; True for one that was, and whose result is being fetched.
        held: Jobs whose results are being fetched, by the number of tasks that do so.
        unknown: Keys of submits whose outcome is unknown.
        alive_until: When it may have ended by itself, for lack of jobs.
        join_until: When it takes no further submits.
        ends_at: When it has certainly ended.
    """

    def __init__(self, *, provider: str, key: Hashable, calls: SessionCalls, idle: float) -> None:
        self.provider = provider
        self.key = key
        self.calls = calls
        self.idle = idle
        self.session: Session | None = None
        self.state = State.OPEN
        self.is_ready = False
        self.is_sending = self.submits = 0
        self.jobs: dict[str, bool] = {}
        self.held: Counter[str] = Counter()
        self.unknown: set[str] = set()
        self.alive_until, self.join_until, self.ends_at = 0.0, math.inf, math.inf
        self.flight: SingleFlight[None] = SingleFlight()
        self.opened = anyio.Event()
        self.closed = anyio.Event()

    @property
    def name(self) -> str:
        """The session in messages."""
        return f"session {'that was opened' if self.session is None else self.session.id}"

    @property
    def is_done(self) -> bool:
        """Whether it has no use left."""
        return not self.submits and not self.jobs and not self.unknown

    def used(self, now: float) -> None:
        """Note that it had a job, or began, at a time."""
        self.alive_until = max(self.alive_until, now + SAFE_SHARE * self.idle)

    async def open(self) -> None:
        """Open a session; if this task is cancelled meanwhile, wait a little for what is to be closed."""
        self.opened = anyio.Event()
        errors: list[Exception] = []
        scope = anyio.CancelScope(shield=True)
        grace = GRACE_SECONDS

        async def run() -> None:
            # Other submits wait for the session too: the timeout of this one is not theirs.
            with submit_timeout.without_timeout():
                with scope:
                    try:
                        self.session = await self.calls.open()
                    except Exception as error:
                        errors.append(error)
                if self.session is None and not errors:
                    with anyio.move_on_after(grace, shield=True):
                        await self._find()
            self.opened.set()

        # A task of its own: asyncio's own cancellation, unlike anyio's, breaks into a shield.
        async with anyio.create_task_group() as group:
            group.start_soon(run)
            try:
                await self.opened.wait()
            except BaseException:
                left = submit_timeout.time_left()
                grace = GRACE_SECONDS if left is None else min(GRACE_SECONDS, left / 2)
                scope.deadline = anyio.current_time() + grace
                raise
        if errors:
            raise errors[0]

    async def _find(self) -> None:
        """Find the session of a request whose response was not awaited."""
        try:
            self.session = await self.calls.find()
        except Exception as error:
            logger.info("%s: the search for a session failed (%s)", self.provider, type(error).__name__)
        if self.session is None:
            text = "%s: a submit was cancelled while it opened a session, which may be open; it ends after %g s idle"
            logger.warning(text, self.provider, self.idle)
