"""Send the planned entries of one account, and find out what became of sends that were interrupted."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from anyqpu.core.base import adapter_of, context_of
from anyqpu.core.memory import Memory
from anyqpu.core.stored_arguments import submit_arguments
from anyqpu.errors import AnyQPUError, ConflictError, LedgerError, SubmissionUnknownError
from anyqpu.fleet.pool import Pool
from anyqpu.ledger.entry import Change, Entry, LeaseLostError, Outcome

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

    from anyqpu.fleet.worker import Worker
    from anyqpu.model.program import Program

logger = logging.getLogger("anyqpu")

# Submits at the same time, entries that wait for their turn, and programs that are kept in memory.
MOST_SENDS, MOST_WAITING, MOST_PROGRAMS = 32, 32, 128
# Seconds until an entry is sent again that a cloud refused for the moment: at first, and at most.
FIRST_REST, LONGEST_REST = 1.0, 60.0
# Seconds between two searches.
SEARCH_PAUSE = 1.0
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

    def __init__(self, worker: Worker, key: str) -> None:
        self._worker = worker
        self._key = key
        self.lease = worker.current_lease()
        self.is_marked = False
        self.marked_at = 0.0

    async def __call__(self) -> None:
        """Mark the entry as `sending`; raise `LeaseLostError` where it must not be sent."""
        await self._hold()
        # Not after it: the write may have been made although it fails.
        self.is_marked, self.marked_at = True, time.time()
        try:
            await self._worker.ledger.sending(self._worker.current_lease(), self._key)
        except ConflictError as error:
            self.is_marked = False
            raise LeaseLostError("the entry was cancelled") from error
        await self._hold()

    async def _hold(self) -> None:
        """Check the lease; one that has ended while this process, or the ledger, did not respond is renewed first."""
        if self._worker.lease is not None and not self._worker.lease.held():
            await self._worker.renew()
        self.check()

    def check(self) -> None:
        """Raise `LeaseLostError` if another worker may have the account by now."""
        current = self._worker.lease
        if current is None or current.fence != self.lease.fence or not current.held():
            raise LeaseLostError(f"the lease of the account {self._worker.account} was lost")


class Sends:
    """The sends of one account.

    Attributes:
        busy: The keys of entries that are being sent, or wait for their turn.
        lost: Entries whose send has an unknown outcome.
        resting: When entries that a cloud refused for the moment are sent again.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self.busy: set[str] = set()
        self.lost: dict[str, Lost] = {}
        self.resting: dict[str, float] = {}
        self._pool: Pool[Entry] = Pool(MOST_SENDS, self._send, lambda entry: self.busy.discard(entry.key))
        self._failures: dict[str, int] = {}
        self._programs: Memory[Program] = Memory(context_of(worker.client).clock, entries=MOST_PROGRAMS)

    def take_over(self, entries: Iterable[Entry]) -> None:
        """Note the entries that another worker, or an earlier run, was sending."""
        now = self._worker.now()
        self.drop_waiting()
        self.lost = {entry.key: Lost(entry, now, now) for entry in entries if entry.key not in self.busy}

    async def begin(self, group: TaskGroup) -> bool:
        """Begin to send planned entries; return whether there may be more of them."""
        worker, now = self._worker, self._worker.now()
        self.resting = {key: until for key, until in self.resting.items() if until > now}
        if len(self._pool.waiting) > MOST_WAITING // 2:
            # The end of each send makes another step: few of them need the ledger.
            return False
        free = MOST_SENDS + MOST_WAITING - len(self.busy)
        busy = {*self.busy, *self.resting}
        entries = await worker.ledger.begin(worker.current_lease(), worker.limits, free, busy=busy)
        for entry in entries:
            self.busy.add(entry.key)
            self._pool.add(group, entry)
        return len(entries) == free

    def drop_waiting(self) -> None:
        """Leave the entries whose turn has not come in the ledger."""
        self._pool.clear()

    # One send

    async def _send(self, entry: Entry) -> None:
        guard: SendGuard | None = None
        is_lost = True
        try:
            guard = SendGuard(self._worker, entry.key)
            is_lost = await self._sent(entry, guard)
        except LeaseLostError:
            pass
        except AnyQPUError as error:
            # What was sent is searched for.
            logger.warning("entry %s: the ledger cannot be used (%s)", entry.key, type(error).__name__)
            self._rest(entry.key, None)
        finally:
            self.busy.discard(entry.key)
            if is_lost and guard is not None and guard.is_marked:
                self.lose(replace(entry, tried_at=guard.marked_at))
            self._worker.wake()

    async def _sent(self, entry: Entry, guard: SendGuard) -> bool:
        """Send an entry and record what becomes of it; return whether that is unknown."""
        worker, client = self._worker, self._worker.client
        try:
            program = await self._programs.look_up(entry.program, partial(worker.ledger.program, entry.program))
            arguments = submit_arguments(entry.options["submit"])
            with context_of(client).transport.hooks.operation(client.provider, "fleet.submit"):
                job = await client.submit(program, device=entry.device, key=entry.key, before_send=guard, **arguments)
        except (LeaseLostError, SubmissionUnknownError):
            return True
        except LedgerError:
            # It says nothing of the job.
            raise
        except AnyQPUError as error:
            await self._refused(entry, guard, error)
            return False
        except Exception as error:
            if not guard.is_marked:
                problem = AnyQPUError(f"the program cannot be sent: {type(error).__name__}: {error}")
                await self._refused(entry, guard, problem)
            return True
        handle = str(job.handle)
        await worker.record(Change(entry.key, "sent", handle=handle), guard.lease)
        self._failures.pop(entry.key, None)
        worker.jobs.add(entry, job, handle)
        return False

    async def _refused(self, entry: Entry, guard: SendGuard, error: AnyQPUError) -> None:
        """Record a submit that certainly made no job: it is planned again, or over."""
        if self._worker.halt(error) or error.retryable:
            if guard.is_marked:
                await self._worker.record(Change(entry.key, "planned"), guard.lease)
            self._rest(entry.key, error.retry_after)
        else:
            await self._worker.record(Change(entry.key, "over", outcome=Outcome.ended("refused", error)), guard.lease)

    def _rest(self, key: str, at_least: float | None) -> None:
        failures = self._failures[key] = self._failures.get(key, 0) + 1
        pause = min(FIRST_REST * 2 ** (failures - 1), LONGEST_REST) * _jitter.uniform(0.8, 1.2)
        self.resting[key] = self._worker.now() + max(pause, min(at_least or 0.0, LONGEST_REST))

    def lose(self, entry: Entry) -> None:
        """Note an entry of this worker's whose send has an unknown outcome, after the submit's own search for it."""
        now = self._worker.now()
        self.lost[entry.key] = Lost(entry, now, now + self._worker.settle / 2)

    # Searches

    def next_search(self) -> float:
        """Return when the next search is due; infinity without lost entries."""
        return min((lost.due for lost in self.lost.values()), default=math.inf)

    async def search(self) -> None:
        """Search for the entries that are due; what was lost later is not judged."""
        worker, began = self._worker, self._worker.now()
        due = {key: lost for key, lost in self.lost.items() if lost.due <= began and key not in self.busy}
        for lost in due.values():
            # Unless this search has a result.
            lost.due = began + SEARCH_PAUSE
        findable: dict[str, Lost] = {}
        for key, lost in due.items():
            how = await adapter_of(worker.client).recovery(lost.entry.device, lost.entry.options["submit"])
            if how == "find":
                findable[key] = lost
            else:
                await self._settle(lost, Change(key, "unknown" if how == "unknown" else "planned"))
        if findable:
            await self._find(findable, began)

    async def _find(self, judged: Mapping[str, Lost], began: float) -> None:
        worker = self._worker
        tried_at = min(lost.entry.tried_at or 0.0 for lost in judged.values())
        jobs = await worker.client.find_many(list(judged), since=datetime.fromtimestamp(tried_at, UTC))
        for key, lost in judged.items():
            if (job := jobs.get(key)) is not None:
                handle = str(job.handle)
                if await self._settle(lost, Change(key, "sent", handle=handle)):
                    worker.jobs.add(lost.entry, job, handle)
                continue
            lost.searches += 1
            lost.due = max(began + SEARCH_PAUSE, lost.since + worker.settle)
            if began - lost.since >= worker.settle and lost.searches >= 2:
                await self._settle(lost, Change(key, "planned"))

    async def _settle(self, lost: Lost, change: Change) -> bool:
        """Record what a search says of an entry, if it is still lost."""
        if self.lost.get(change.key) is not lost:
            return False
        try:
            await self._worker.record(change)
        except ConflictError:
            # It is not being sent: the write that would have marked it failed.
            del self.lost[change.key]
            return False
        del self.lost[change.key]
        return True
