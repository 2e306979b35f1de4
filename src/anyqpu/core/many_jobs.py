"""Refresh many jobs with few requests: from lists where these take fewer, and one by one what they lack."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import length_hint
from sys import intern
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel

from anyqpu.errors import AnyQPUError
from anyqpu.waiting import AT_ONCE, BatchResult

if TYPE_CHECKING:
    from anyqpu.core.adapter import Adapter
    from anyqpu.model.job import Job

logger = logging.getLogger("anyqpu")
SHARED = ("device_id", "raw_status", "input_format")
NOTHING: Mapping[str, Any] = {}


def remembered(job: Job, facts: Mapping[str, Any]) -> Job:
    """Return a job with what decoding its result needs and the provider does not store."""
    return replace(job, decode={**job.decode, **facts}) if facts and facts != job.decode else job


def slim(job: Job, key: str) -> Job:
    """Return a job without most of its memory: what the cloud sent; texts that most jobs have in common are shared."""
    texts: dict[str, Any] = {name: intern(text) for name in SHARED if type(text := getattr(job, name)) is str}
    if job.dedup_key == key:
        texts["dedup_key"] = key
    return replace(job, raw=None, decode=job.decode or NOTHING, **texts)


class Changes(BatchResult["Job"]):
    """Jobs of lists, of which only those with another status than before are kept.

    The others are freed page by page: ten thousand at once would block the event loop, and are memory for nothing.
    """

    __slots__ = ("_before", "_unseen")

    def __init__(self, before: Mapping[str, Job]) -> None:
        super().__init__(is_same=self._is_same)
        self._before = before
        self._unseen = set(before)

    def add(self, items: Mapping[str, Job]) -> None:
        """Note the jobs of a page."""
        self._unseen.difference_update(items)
        for id, job in items.items():
            # The other fields of a listed job are read when they are used, which is slow.
            if job.raw_status != self._before[id].raw_status:
                self.items[id] = job

    def add_same(self, ids: Iterable[str]) -> None:
        """Note the jobs of a page that have the same status as before."""
        self._unseen.difference_update(ids)

    def _is_same(self, id: str, state: object) -> bool:
        job = self._before.get(id)
        return job is None or job.raw_status == state

    def lacks(self, id: str) -> bool:
        """Return whether no list had a job."""
        return id in self._unseen


class ManyJobs:
    """The jobs of one client, refreshed together."""

    def __init__(self, adapter: Adapter[Any]) -> None:
        self._adapter = adapter
        self._own_sessions = adapter.context.own_sessions

    async def refresh(self, jobs: Sequence[Job], *, return_errors: bool) -> list[Job | AnyQPUError]:
        """Return jobs as they are now, in their order; those that have ended as they are.

        Raises:
            AnyQPUError: The first error of a single job, without `return_errors`; an error of the lists.
        """
        polled: dict[str, Job] = {}
        for number, job in enumerate(jobs, 1):
            if not job.status.is_terminal:
                polled[job.id] = job
            if not number % AT_ONCE:
                # Thousands at once would block the event loop.
                await anyio.lowlevel.checkpoint()
        current = BatchResult["Job"]()
        errors = await self._poll(polled, current)
        if errors and not return_errors:
            raise next(iter(errors.values()))
        refreshed: list[Job | AnyQPUError] = []
        for number, job in enumerate(jobs, 1):
            latest = remembered(current.items.get(job.id) or job, job.decode)
            refreshed.append(errors.get(job.id) or await self._own_sessions.saw(latest))
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()
        return refreshed

    async def changes(self, jobs: Mapping[str, Job]) -> tuple[dict[str, Job], dict[str, AnyQPUError]]:
        """Return those of some jobs that have another status now, and the errors of single jobs, by their identifiers.

        Raises:
            AnyQPUError: An error of the lists.
        """
        changes = Changes(jobs)
        await anyio.lowlevel.checkpoint()
        errors = await self._poll(jobs, changes)
        changed = {id: remembered(job, jobs[id].decode) for id, job in changes.items.items()}
        if self._own_sessions.has_jobs:
            for number, (id, job) in enumerate(jobs.items(), 1):
                if id not in errors:
                    await self._own_sessions.saw(changed.get(id) or job)
                if not number % AT_ONCE:
                    await anyio.lowlevel.checkpoint()
        return changed, errors

    async def _poll(self, jobs: Mapping[str, Job], current: BatchResult[Job]) -> dict[str, AnyQPUError]:
        """Add jobs as they are now to a result; return the errors of single jobs."""
        await self._list(jobs, current)
        errors: dict[str, AnyQPUError] = {}
        rest = iter([id for id in jobs if current.lacks(id)])

        async def refresh() -> None:
            for id in rest:
                try:
                    current.add({id: await self._adapter.refresh(jobs[id])})
                except AnyQPUError as error:
                    errors[id] = error

        async with anyio.create_task_group() as group:
            for _ in range(min(AT_ONCE, length_hint(rest))):
                group.start_soon(refresh)
        return errors

    async def _list(self, jobs: Mapping[str, Job], current: BatchResult[Job]) -> None:
        """Add those of the jobs that lists show, where that takes fewer requests than to poll each."""
        if len(jobs) < 2 or self._adapter.list_cost(jobs) >= len(jobs):
            return
        await anyio.lowlevel.checkpoint()
        try:
            await self._adapter.list_many(jobs, current)
        except AnyQPUError as error:
            if error.retryable:
                raise
            # Some credentials may read their jobs but not list them.
            logger.info("listing failed (%s): polling one by one", type(error).__name__)
