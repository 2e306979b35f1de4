"""Cancel many jobs or batches of Pasqal Cloud with few requests."""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

from anyqpu_raw.pasqal.models import CancelBatchesRequest

from anyqpu.core.arguments import checked_several
from anyqpu.core.changes import changed
from anyqpu.core.listing import LIST_SIZE
from anyqpu.core.reading import read_each
from anyqpu.errors import AnyQPUError, ValidationError
from anyqpu.model.batch import Batch, CancelledBatches, CancelledJobs
from anyqpu.model.job import Job
from anyqpu.model.session import Session
from anyqpu.model.status import JobStatus
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.filters import JobFilters
from anyqpu.providers.pasqal.responses import data_of, elements

if TYPE_CHECKING:
    from anyqpu.providers.pasqal.adapter import PasqalAdapter

CANCELLED = frozenset({JobStatus.CANCELLING, JobStatus.CANCELLED})


class Cancellations:
    """Cancels many jobs or batches."""

    def __init__(self, adapter: PasqalAdapter) -> None:
        self._adapter = adapter
        self._raw = adapter.raw
        self._reader = adapter.reader

    async def jobs(
        self,
        jobs: Collection[Job | str] | None = None,
        *,
        batch: str | Batch | Session | None = None,
        **filters: Unpack[JobFilters],
    ) -> CancelledJobs:
        """Cancel many jobs that do not run yet (cancel_jobs, once for each of their batches).

        Args:
            jobs: The jobs, or their identifiers, whose batches are looked up first (list_jobs).
            batch: Instead of jobs, a batch, of which all jobs are cancelled, or those that the filters select.
            filters: Those of `client.jobs`, with `batch` only.

        Returns:
            The cancelled jobs, and why others are not, by their identifiers.

        Raises:
            ValidationError: Neither jobs nor a batch is given, or a filter has no meaning; nothing was sent.
        """
        chosen = None if jobs is None else checked_several(jobs, "jobs", "pasqal")
        if (chosen is None) == (batch is None) or (chosen is not None and filters):
            raise ValidationError(
                "give either jobs, or a batch and perhaps filters",
                provider="pasqal",
                fields=("jobs", "batch"),
                hint="Such as cancel_jobs([job, other]), or cancel_jobs(batch=batch, status='queued')",
            )
        if batch is not None:
            id = queries.checked_id(queries.id_of(batch), "batch")
            parameters = queries.of_jobs(filters)
            return await self._outcome(self._raw.cancel_jobs(id, **parameters), {"batch_id": [id], **parameters})
        groups, errors = await self._by_batch(chosen or ())
        cancelled: list[Job] = []
        failures: list[AnyQPUError] = []
        requests = 0
        for batch_id, ids in groups.items():
            for start in range(0, len(ids), LIST_SIZE):
                some = ids[start : start + LIST_SIZE]
                requests += 1
                try:
                    outcome = await self._outcome(self._raw.cancel_jobs(batch_id, id=some), {"id": some})
                except AnyQPUError as error:
                    # The outcome of the other requests must not be lost.
                    failures.append(error)
                    errors |= dict.fromkeys(some, str(error))
                else:
                    cancelled += outcome.jobs
                    errors |= outcome.errors
        if failures and len(failures) == requests:
            raise failures[0]
        return CancelledJobs(jobs=tuple(cancelled), errors=errors)

    async def _by_batch(self, jobs: Collection[Job | str]) -> tuple[dict[str, list[str]], dict[str, str]]:
        """Return the identifiers of jobs by their batches, and error messages of those that do not exist."""
        owners: dict[str, str | None] = {job.id: job.session_id for job in jobs if isinstance(job, Job)}
        owners = {id: owner for id, owner in owners.items() if owner is not None}
        unseen = [queries.checked_id(job.id if isinstance(job, Job) else job, "jobs") for job in jobs]
        unseen = [id for id in dict.fromkeys(unseen) if id not in owners]
        for start in range(0, len(unseen), LIST_SIZE):
            some = unseen[start : start + LIST_SIZE]
            for job in self._reader.listed(elements(await self._raw.list_jobs(id=some, limit=LIST_SIZE))):
                owners[job.id] = job.session_id
        groups: dict[str, list[str]] = {}
        for id, owner in owners.items():
            if owner is not None:
                groups.setdefault(owner, []).append(id)
        return groups, {id: "there is no such job" for id in unseen if owners.get(id) is None}

    async def _outcome(self, change: Awaitable[Any], jobs: Mapping[str, Any]) -> CancelledJobs:
        """Return the outcome of a cancellation; the jobs are listed where its response has no readable body."""

        def read(response: Any) -> CancelledJobs:
            cancelled, errors = mapping.cancellation_of(data_of(response), "jobs")
            return CancelledJobs(jobs=tuple(self._reader.listed(cancelled)), errors=errors)

        async def fetch() -> CancelledJobs:
            listed = await self._reader.pager(jobs).collect()
            ended = tuple(job for job in listed if job.status in CANCELLED)
            errors = {job.id: f"the job is {job.raw_status}" for job in listed if job.status not in CANCELLED}
            return CancelledJobs(jobs=ended, errors=errors)

        return await changed(change, read, fetch)

    async def batches(self, batches: Collection[Batch | str]) -> CancelledBatches:
        """Cancel many batches, or those of identifiers (cancel_batches); `errors` has those that are not cancelled."""
        several = checked_several(batches, "batches", "pasqal")
        ids = [queries.checked_id(batch.id if isinstance(batch, Batch) else batch, "batches") for batch in several]
        cancelled: list[Batch] = []
        errors: dict[str, str] = {}
        failures: list[AnyQPUError] = []
        starts = range(0, len(ids), LIST_SIZE)
        for start in starts:
            some = ids[start : start + LIST_SIZE]
            try:
                outcome = await self._outcome_of_batches(some)
            except AnyQPUError as error:
                # The outcome of the other requests must not be lost.
                failures.append(error)
                errors |= dict.fromkeys(some, str(error))
            else:
                cancelled += outcome.batches
                errors |= outcome.errors
        if failures and len(failures) == len(starts):
            raise failures[0]
        return CancelledBatches(batches=tuple(cancelled), errors=errors)

    async def _outcome_of_batches(self, ids: list[str]) -> CancelledBatches:
        """Cancel batches; they are listed where the response has no readable body."""
        batch_of = partial(mapping.batch_of, actions=self._adapter.batches)

        def read(response: Any) -> CancelledBatches:
            batches, errors = mapping.cancellation_of(data_of(response), "batches")
            return CancelledBatches(batches=tuple(read_each("pasqal", batches, batch_of)), errors=errors)

        async def fetch() -> CancelledBatches:
            page = await self._raw.list_batches(id=ids, limit=LIST_SIZE)
            listed = read_each("pasqal", elements(page), batch_of)
            ended = tuple(batch for batch in listed if batch.status in CANCELLED)
            errors = {batch.id: f"the batch is {batch.raw_status}" for batch in listed if batch.status not in CANCELLED}
            return CancelledBatches(batches=ended, errors=errors)

        return await changed(self._raw.cancel_batches(body=CancelBatchesRequest(batch_ids=ids)), read, fetch)
