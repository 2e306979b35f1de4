"""Send the planned entries of one account, and find out what became of sends that were interrupted."""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from anyqpu.core.stored_arguments import submit_arguments
from anyqpu.errors import AnyQPUError, ConflictError, SubmissionUnknownError
from anyqpu.fleet.account import HALTING, AccountWork
from anyqpu.ledger.entry import Change, Entry, Lease, LeaseLostError, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from anyio.abc import TaskGroup

    from anyqpu.model.job import Job
    from anyqpu.model.program import Program

logger = logging.getLogger("anyqpu")

# Submits at the same time.
MOST_SENDS = 32
# Seconds until an entry is sent again that a cloud refused for the moment: at first, and at most.
FIRST_REST, LONGEST_REST = 1.0, 60.0
# Seconds between two searches.
SEARCH_PAUSE = 1.0
# Programs that are kept in memory.
MOST_PROGRAMS = 128
# Seconds. Clocks differ: a search begins this much before the send, in addition to the settle time.
SKEW = 300.0
_jitter = random.Random()  # noqa: S311


@dataclass(eq=False, slots=True)
class Lost:
    """An entry that was being sent, with an unknown outcome.

    Attributes:
        since: When it was certain that nothing more of it is sent, by the client's clock.
        due: When it is searched for next.
        searches: How many searches did not find it.
    """

    entry: Entry
    since: float
    due: float
    searches: int = 0


class SendGuard:
    """The hook of one submit: it marks the entry before the request is sent, and checks the lease at each write."""

    # What was sent before was searched for: the submit need not do so again.
    is_first = True

    def __init__(self, work: AccountWork, key: str) -> None:
        self._work = work
        self._key = key
        self.lease: Lease = work.current_lease()
        self.is_marked = False

    async def __call__(self) -> None:
        """Mark the entry as `sending`; raise `LeaseLostError` where it must not be sent."""
        self.check()
        # Not after it: the write may have been made although it fails.
        self.is_marked = True
        try:
            await self._work.ledger.sending(self.lease, self._key)
        except ConflictError as error:
            # It was cancelled meanwhile.
            self.is_marked = False
            raise LeaseLostError("the entry is not to be sent any more") from error
        self.check()

    def check(self) -> None:
        """Raise `LeaseLostError` if another worker may have the account by now."""
        current = self._work.lease
        if current is None or current.fence != self.lease.fence or not current.held():
            raise LeaseLostError(f"the lease of the account {self._work.name} was lost")


class Sends:
    """The sends of one account.

    Attributes:
        busy: Entries that are being sent.
        lost: Entries whose send has an unknown outcome.
        resting: When entries that a cloud refused for the moment are sent again.
    """

    def __init__(self, work: AccountWork, opened: Callable[[Entry, Job], None]) -> None:
        """`opened` is called with each job that exists."""
        self._work = work
        self._opened = opened
        self.busy: dict[str, Entry] = {}
        self.lost: dict[str, Lost] = {}
        self.resting: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._programs: dict[str, Program] = {}

    def take_over(self, entries: Iterable[Entry]) -> None:
        """Note the entries that another worker, or an earlier run, was sending."""
        now = self._work.now()
        self.lost = {entry.key: Lost(entry, now, now) for entry in entries if entry.key not in self.busy}

    async def begin(self, group: TaskGroup) -> bool:
        """Begin to send planned entries; return whether there may be more of them."""
        work, now = self._work, self._work.now()
        self.resting = {key: until for key, until in self.resting.items() if until > now}
        free = MOST_SENDS - len(self.busy)
        if free <= 0:
            return False
        lease = work.current_lease()
        entries = await work.ledger.begin(lease, work.limits, free, busy={*self.busy, *self.resting})
        for entry in entries:
            self.busy[entry.key] = entry
            group.start_soon(self._send, entry)
        return len(entries) == free

    # One send

    async def _send(self, entry: Entry) -> None:
        guard: SendGuard | None = None
        is_lost = False
        try:
            guard = SendGuard(self._work, entry.key)
            is_lost = await self._sent(entry, guard)
        except LeaseLostError:
            is_lost = guard is not None and guard.is_marked
        except AnyQPUError as error:
            # The ledger cannot be written now; what was sent is searched for.
            logger.warning("entry %s: the ledger was not written (%s)", entry.key, type(error).__name__)
            is_lost = guard is not None and guard.is_marked
            self._rest(entry.key, None)
        finally:
            self.busy.pop(entry.key, None)
            if is_lost:
                self.lose(entry)
            self._work.wake()

    async def _sent(self, entry: Entry, guard: SendGuard) -> bool:
        """Send an entry and record what becomes of it; return whether that is unknown."""
        work = self._work
        try:
            program = await self._program(entry.program)
            with work.client.context.transport.hooks.operation(work.client.provider, "fleet.submit"):
                job = await work.client.submit(
                    program,
                    device=entry.device,
                    key=entry.key,
                    before_send=guard,
                    **submit_arguments(entry.options["submit"]),
                )
        except LeaseLostError:
            raise
        except SubmissionUnknownError:
            return True
        except AnyQPUError as error:
            await self._refused(entry, guard, error)
            return False
        except Exception as error:
            if guard.is_marked:
                return True
            problem = AnyQPUError(f"the program cannot be sent: {type(error).__name__}: {error}")
            await self._refused(entry, guard, problem)
            return False
        await work.record(Change(entry.key, "sent", handle=str(job.handle)), guard.lease)
        self._failures.pop(entry.key, None)
        self._opened(entry, job)
        return False

    async def _program(self, digest: str) -> Program:
        program = self._programs.get(digest)
        if program is None:
            program = await self._work.ledger.program(digest)
            while len(self._programs) >= MOST_PROGRAMS:
                del self._programs[next(iter(self._programs))]
            self._programs[digest] = program
        return program

    async def _refused(self, entry: Entry, guard: SendGuard, error: AnyQPUError) -> None:
        """Record a submit that certainly made no job: it is planned again, or over."""
        if isinstance(error, HALTING) or error.retryable:
            if guard.is_marked:
                await self._work.record(Change(entry.key, "planned"), guard.lease)
            self._rest(entry.key, error.retry_after)
            if isinstance(error, HALTING):
                self._work.halt(error)
        else:
            await self._work.record(Change(entry.key, "over", outcome=Outcome.ended("refused", error)), guard.lease)

    def _rest(self, key: str, at_least: float | None) -> None:
        failures = self._failures[key] = self._failures.get(key, 0) + 1
        pause = min(FIRST_REST * 2 ** (failures - 1), LONGEST_REST) * _jitter.uniform(0.8, 1.2)
        self.resting[key] = self._work.now() + max(pause, min(at_least or 0.0, LONGEST_REST))

    def lose(self, entry: Entry) -> None:
        """Note an entry of this worker's whose send has an unknown outcome, after the submit's own search for it."""
        now = self._work.now()
        self.lost[entry.key] = Lost(entry, now, now + self._work.settle / 2)

    # Searches

    def next_search(self) -> float | None:
        """Return when the next search is due; None without lost entries."""
        return min((lost.due for lost in self.lost.values()), default=None)

    async def search(self) -> None:
        """Look up the entries that are due; what was lost later is not judged."""
        began = self._work.now()
        judged = {key: lost for key, lost in self.lost.items() if lost.due <= began and key not in self.busy}
        groups: dict[str, dict[str, Lost]] = {"find": {}, "resend": {}, "unknown": {}}
        try:
            for key, lost in judged.items():
                how = await self._work.client.recovery(lost.entry.device, lost.entry.options["submit"])
                groups[how][key] = lost
            for key in groups["unknown"]:
                await self._settle(key, judged[key], Change(key, "unknown"))
            for key in groups["resend"]:
                await self._settle(key, judged[key], Change(key, "planned"))
            if groups["find"]:
                await self._find(groups["find"], began)
        except AnyQPUError as error:
            if isinstance(error, LeaseLostError):
                raise
            logger.info("search of %d entries failed (%s)", len(judged), type(error).__name__)
            if isinstance(error, HALTING):
                self._work.halt(error)
            for lost in judged.values():
                lost.due = max(lost.due, self._work.now() + SEARCH_PAUSE)

    async def _find(self, judged: dict[str, Lost], began: float) -> None:
        work = self._work
        tried_at = min(lost.entry.tried_at or time.time() for lost in judged.values())
        since = datetime.fromtimestamp(tried_at - work.settle - SKEW, UTC)
        jobs = await work.client.find_many(list(judged), since=since)
        for key, lost in judged.items():
            if (job := jobs.get(key)) is not None:
                if await self._settle(key, lost, Change(key, "sent", handle=str(job.handle))):
                    self._opened(lost.entry, job)
                continue
            lost.searches += 1
            if began - lost.since >= work.settle and lost.searches >= 2:
                await self._settle(key, lost, Change(key, "planned"))
            else:
                lost.due = max(began + SEARCH_PAUSE, lost.since + work.settle)

    async def _settle(self, key: str, lost: Lost, change: Change) -> bool:
        """Record what a search says of an entry, if it is still lost."""
        if self.lost.get(key) is not lost:
            return False
        try:
            await self._work.record(change)
        except ConflictError:
            # It is not being sent: the write that would have marked it failed.
            return False
        finally:
            del self.lost[key]
        return True
