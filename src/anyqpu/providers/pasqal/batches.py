"""Batches of Pasqal Cloud: several jobs at once, in one closed or open batch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import Any, TypeVar, Unpack

from anyqpu_raw.pasqal.models import (
    BatchSummary,
    BatchSummaryPage,
    CancelBatchesRequest,
    CreateBatchRequest,
)

from anyqpu.core.arguments import checked_address, checked_flag, checked_several, shown
from anyqpu.core.changes import changed
from anyqpu.core.checks import check_timeout
from anyqpu.core.job_runner import wait_until
from anyqpu.core.listing import LIST_SIZE
from anyqpu.core.reading import read_each
from anyqpu.core.submit import new_key, within_timeout
from anyqpu.errors import AnyQPUError, ValidationError
from anyqpu.model.batch import Batch, BatchResults, CancelledBatches
from anyqpu.model.device import Device
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job, WaitOptions
from anyqpu.model.program import ProgramSource, load_program
from anyqpu.paging import Pager, offset
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.filters import BatchFilters, JobFilters
from anyqpu.providers.pasqal.jobs import CANCELLED, PasqalJobs
from anyqpu.providers.pasqal.pages import PAGE_SIZE, data_of, elements, page_end, page_total
from anyqpu.providers.pasqal.programs import PasqalJob, checked_configuration, checked_jobs, job_requests
from anyqpu.providers.pasqal.results import gathered
from anyqpu.transport.hooks import StateEvent

T = TypeVar("T")


class PasqalBatches(PasqalJobs):
    """The part of the client that deals with batches as such."""

    @within_timeout
    async def batch(
        self,
        program: ProgramSource | None = None,
        *,
        device: str | Device,
        jobs: Sequence[PasqalJob] = (),
        open: bool | None = None,
        complete: bool | None = None,
        tags: Sequence[str] = (),
        backend_configuration: str | None = None,
        webhook: str | None = None,
        timeout: float | None = None,
    ) -> Batch:
        """Submit several jobs as one batch; returns as soon as it exists (create_batch). Sent once.

        Args:
            program: The sequence of all jobs that have none of their own: a Pulser `Sequence`, or its abstract
                representation as text, object or the path of a file.
            device: Where to run them, such as `"EMU_FREE"`.
            jobs: How often each runs, and with which variables or which sequence. A closed batch needs one at least.
            open: Whether jobs can be added later; then it stays until it is closed, or idle for long.
            complete: The opposite of `open`, as Pasqal used to call it; deprecated there.
            tags: For your own use.
            backend_configuration: What Pulser's `EmulationConfig.to_abstract_repr()` gives, for emulators.
            webhook: An address at which Pasqal announces the results.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the batch where its
                response is lost.

        Raises:
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device.
            SubmissionUnknownError: The answer was lost, and the batch not found.
        """
        check_timeout(timeout, self.provider)
        is_open = self._is_open(open, complete)
        own_tags = queries.checked_tags(tags)
        if webhook is not None:
            checked_address(webhook, "webhook", self.provider)
        if backend_configuration is not None:
            checked_configuration(backend_configuration)
        jobs = checked_jobs(jobs)
        program = None if program is None else await load_program(program)
        if not jobs and not is_open:
            problem, hint = "a closed batch needs a job", "Give jobs=[PasqalJob(shots=100)], or open=True"
            raise ValidationError(problem, provider=self.provider, fields=("jobs",), hint=hint)
        target, configured = await self._target(device), backend_configuration is not None
        sequence, requests = await job_requests(program, jobs, target, configured=configured)
        key = new_key()
        body = CreateBatchRequest(
            project_id=self._project(), device_type=target.id, open_=is_open, jobs=requests, tags=[*own_tags, key]
        )
        if sequence is not None:
            body.sequence_builder = sequence
        if backend_configuration is not None:
            body.backend_configuration = backend_configuration
        if webhook is not None:
            body.webhook = webhook

        async def send() -> Batch:
            return self._batch_of(data_of(await self.raw.create_batch(body=body)))

        return await self._send_once(send, self._find_batch, key=key, timeout=timeout)

    def _is_open(self, open: bool | None, complete: bool | None) -> bool:
        for name, flag in (("open", open), ("complete", complete)):
            if flag is not None:
                checked_flag(flag, name, self.provider)
        if open is not None and complete is not None:
            raise ValidationError(
                "open and complete are opposites: give one of them",
                provider=self.provider,
                fields=("open", "complete"),
                hint="complete is deprecated: open=True for a batch that takes more jobs, else open=False",
            )
        return bool(open) if complete is None else not complete

    async def _find_batch(self, key: str, since: datetime) -> Batch | None:
        found = await self._find_session(key, since)
        return None if found is None else await self.get_batch(found.id)

    def _batch_of(self, raw: Any) -> Batch:
        """Return the common batch of a response that has the jobs in it."""
        return mapping.batch_of(raw, self, self._jobs_in(raw))

    async def get_batch(self, id: str) -> Batch:
        """Return a batch by its identifier, with its jobs (get_batch, list_jobs).

        Raises:
            NotFoundError: There is none, or you are not a member of its project.
        """
        raw = data_of(await self.raw.get_batch(queries.checked_id(id)))
        self._remember(raw)
        return mapping.batch_of(raw, self, tuple(await self._jobs_of(id)))

    async def _jobs_of(self, batch_id: str) -> list[Job]:
        """All jobs of a batch, in the order of their creation."""
        pages = self._job_pages({"batch_id": [batch_id], "order_by": "creation_order", "order_by_direction": "ASC"})
        return await pages.collect()

    async def refresh_batch(self, batch: Batch) -> Batch:
        """The batch and its jobs as they are now (get_batch, list_jobs)."""
        return await self.get_batch(queries.batch_of(batch).id)

    def batches(self, **filters: Unpack[BatchFilters]) -> Pager[Batch]:
        """The project's batches, newest first, perhaps only some (list_batches). Lists are without the jobs.

        Args:
            filters: All that are given must hold, and any of the values of one: `ids`, `id_starts_with`,
                `project_ids` (the client's own without it), `user_ids`, `device_types`, `status` (ours or Pasqal's
                words), `open`, `min_jobs`, `max_jobs`, `queue_priority`, `tag`, `start_date` and `end_date` (aware).

        Raises:
            ValidationError: A filter has no meaning; nothing was sent.
        """
        parameters: dict[str, Any] = {"project_id": [self._project()], **queries.of_batches(filters)}

        async def fetch(start: int) -> BatchSummaryPage:
            return await self.raw.list_batches(limit=PAGE_SIZE, offset=start, order_by_direction="DESC", **parameters)

        return offset(
            fetch,
            size=PAGE_SIZE,
            items=lambda page: read_each(self.provider, elements(page), mapping.batch_of, self),
            end=page_end,
            total=page_total,
            identity=lambda batch: batch.id,
        )

    async def resume_batch(self, handle: JobHandle | str) -> Batch:
        """The batch that a handle stands for, which another process may have made (get_batch, list_jobs).

        Raises:
            ValidationError: The text is not a handle of a batch here.
            NotFoundError: There is no such batch, or not for these credentials.
        """
        parsed = handle if isinstance(handle, JobHandle) else JobHandle.parse(handle)
        if (parsed.provider, parsed.kind) != (self.provider, "batch"):
            raise ValidationError(f"{shown(str(parsed))} is not a handle of a Pasqal batch", fields=("handle",))
        return await self.get_batch(parsed.id)

    # What changes a batch

    @within_timeout
    async def add_jobs(self, batch: Batch, jobs: Sequence[PasqalJob], *, timeout: float | None = None) -> Batch:
        """Add jobs to an open batch, all in one request (add_jobs). Sent once.

        A batch that comes from a list has no sequence to check them against, so it is looked at first (get_batch).

        Args:
            batch: One that is open.
            jobs: As for `batch`; those without a sequence have that of the batch.
            timeout: Seconds for the whole call; the response counts as lost then.

        Raises:
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            SubmissionUnknownError: The answer was lost; jobs carry no key, so look at the batch.
        """
        check_timeout(timeout, self.provider)
        jobs, batch = checked_jobs(jobs), queries.batch_of(batch)
        if not jobs:
            return batch
        if batch.device_id is None:
            batch = await self.refresh_batch(batch)
        target = await self._target(batch.device_id or "")
        raw = batch.raw
        if raw is None or isinstance(raw, BatchSummary):
            # Lists leave the sequence out.
            raw = data_of(await self.raw.get_batch(batch.id))
        configured = mapping.text_in(raw, "backend_configuration") is not None
        sequence = mapping.text_in(raw, "sequence_builder")
        _, requests = await job_requests(sequence, jobs, target, configured=configured)

        async def send() -> Batch:
            return self._batch_of(data_of(await self.raw.add_jobs(batch.id, body=requests)))

        hint = "Jobs carry no key: refresh() the batch to see whether they are there"
        return await self._send_without_key(send, batch.id, hint, timeout)

    async def close_batch(self, batch: Batch) -> Batch:
        """Let a batch take no more jobs; those that it has finish (complete_batch)."""
        return await self._changed_batch(self.raw.complete_batch(queries.batch_of(batch).id), batch)

    async def cancel_batch(self, batch: Batch) -> Batch:
        """Cancel a batch with all of its jobs that have not run (cancel_batch)."""
        return await self._changed_batch(self.raw.cancel_batch(queries.batch_of(batch).id), batch)

    async def _changed_batch(self, change: Awaitable[Any], batch: Batch) -> Batch:
        """Return a batch after a change; it is fetched where the response has no readable body."""

        async def fetch() -> Batch:
            return await self.get_batch(batch.id)

        return await changed(change, lambda response: self._batch_of(data_of(response)), fetch)

    async def cancel_batches(self, batches: Collection[Batch | str]) -> CancelledBatches:
        """Cancel many batches, given as such or by their identifiers (cancel_batches); `errors` has those that stay."""
        several = checked_several(batches, "batches", self.provider)
        ids = [queries.checked_id(each.id if isinstance(each, Batch) else each, "batches") for each in several]
        cancelled: list[Batch] = []
        errors: dict[str, str] = {}
        problem: AnyQPUError | None = None
        answered = False
        for start in range(0, len(ids), LIST_SIZE):
            some = ids[start : start + LIST_SIZE]
            try:
                found = await self._cancelled_batches(some)
            except AnyQPUError as error:
                # What happened to the others must not be lost with it.
                problem = problem or error
                errors |= dict.fromkeys(some, str(error))
                continue
            answered = True
            cancelled += found.batches
            errors |= found.errors
        if problem is not None and not answered:
            raise problem
        return CancelledBatches(batches=tuple(cancelled), errors=errors)

    async def _cancelled_batches(self, ids: list[str]) -> CancelledBatches:
        """Cancel batches; they are listed where the response has no readable body."""

        def read(response: Any) -> CancelledBatches:
            batches, errors = mapping.cancellation_of(data_of(response), "batches")
            return CancelledBatches(
                batches=tuple(read_each(self.provider, batches, mapping.batch_of, self)), errors=errors
            )

        async def fetch() -> CancelledBatches:
            page = await self.raw.list_batches(id=ids, limit=LIST_SIZE)
            listed = read_each(self.provider, elements(page), mapping.batch_of, self)
            ended = tuple(batch for batch in listed if batch.status in CANCELLED)
            errors = {batch.id: f"the batch is {batch.raw_status}" for batch in listed if batch.status not in CANCELLED}
            return CancelledBatches(batches=ended, errors=errors)

        return await changed(self.raw.cancel_batches(body=CancelBatchesRequest(batch_ids=ids)), read, fetch)

    @within_timeout
    async def rebatch(
        self, batch: Batch | str, *, timeout: float | None = None, **filters: Unpack[JobFilters]
    ) -> Batch:
        """Run the jobs of a closed batch again, or some of them, in a new batch (rebatch_jobs). Sent once.

        Args:
            batch: One that is closed, or its identifier.
            timeout: Seconds for the whole call; the response counts as lost then.
            filters: Which jobs; those of `jobs`, such as `status="failed"`. Without any, all of them.

        Raises:
            ValidationError: A filter has no meaning, or the batch is open.
            SubmissionUnknownError: The answer was lost; the new batch carries no key, so look at the batch's children.
        """
        check_timeout(timeout, self.provider)
        id = queries.checked_id(batch.id if isinstance(batch, Batch) else batch, "batch")
        parameters = queries.of_jobs(filters)

        async def send() -> Batch:
            return self._batch_of(data_of(await self.raw.rebatch_jobs(id, **parameters)))

        hint = "The new batch carries no key: get_batch(id).raw.child_ids has the batches that repeat this one"
        return await self._send_without_key(send, id, hint, timeout)

    async def _send_without_key(
        self, send: Callable[[], Awaitable[T]], near: str, hint: str, timeout: float | None
    ) -> T:
        """Send once what has no field for a key: a lost response stays lost, and `hint` says where to look."""
        return await self._send_once(send, None, key=near, timeout=timeout, hint=hint)

    async def tag_batch(self, batch: Batch, tags: Sequence[str]) -> Batch:
        """Give a batch other tags (set_batch_tags); the key under which it was submitted stays."""
        wanted, batch = queries.checked_tags(tags), queries.batch_of(batch)
        kept = [batch.dedup_key] if batch.dedup_key else []
        return await self._changed_batch(self.raw.set_batch_tags(batch.id, body=[*wanted, *kept]), batch)

    # Waiting

    async def wait_for_batch(
        self, batch: Batch, *, timeout: float | None = None, on_update: Callable[[Batch], object] | None = None
    ) -> Batch:
        """The batch once its jobs are over (get_batch_status, then get_batch and list_jobs); see `Batch.wait`."""

        async def look() -> Batch:
            return mapping.batch_with_status(data_of(await self.raw.get_batch_status(batch.id)), batch)

        def tell(seen: Batch) -> None:
            event = StateEvent(provider=seen.provider, id=seen.id, status=seen.status, raw_status=seen.raw_status)
            self._transport.hooks.on_state(event)
            if on_update is not None:
                on_update(seen)

        WaitOptions(timeout=timeout)
        if not queries.batch_of(batch).status.is_terminal:
            await wait_until(
                look,
                done=lambda seen: seen.is_over,
                status=lambda seen: seen.status,
                raw_status=lambda seen: seen.raw_status,
                recognized=lambda seen: seen.status_recognized,
                policy=self._poll,
                clock=self._clock,
                name=f"batch {batch.id}",
                timeout=timeout,
                on_update=tell,
                handle=batch.handle,
                provider=self.provider,
                hint=f"It goes on; its handle is {batch.handle}",
            )
        return await self.get_batch(batch.id)

    async def batch_results(self, batch: Batch | str, *, timeout: float | None = None) -> BatchResults:
        """The results of all jobs of a batch, waited for (get_batch_status, list_jobs, get_job_results_link).

        A job that failed, was cancelled or never ran is in `failures` and hides no other's result.

        Args:
            batch: A batch, or its identifier.
            timeout: Seconds after which `WaitTimeoutError` is raised; the batch goes on. None: no limit.
        """
        WaitOptions(timeout=timeout)
        began = self._clock.now()
        known = batch if isinstance(batch, Batch) else await self.get_batch(batch)
        ended = await self.wait_for_batch(known, timeout=timeout)
        left = None if timeout is None else max(0.0, timeout - (self._clock.now() - began))
        return await gathered(ended, self.result_of_job, left)

    async def batch_result_links(self, batch: Batch | str) -> tuple[dict[str, str], dict[str, str]]:
        """The links to the results of a batch, and why there are none, by job (get_batch_results_links; path inferred).

        Links expire, and let anybody read who has them. `batch_results` does without this operation.
        """
        id = queries.checked_id(batch.id if isinstance(batch, Batch) else batch, "batch")
        return mapping.links_of(data_of(await self.raw.get_batch_results_links(id)))
