"""Batches of Pasqal Cloud: several jobs at once, in one closed or open batch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

from anyqpu_raw.pasqal import pages
from anyqpu_raw.pasqal.models import BatchSummary, CreateBatchRequest

from anyqpu.core import budget
from anyqpu.core.arguments import checked_address, checked_flag
from anyqpu.core.changes import changed
from anyqpu.core.checks import check_before_send, check_device, check_timeout, naming
from anyqpu.core.keyed import KeyedSubmits, Used
from anyqpu.core.keys import check_tags, checked_key, content_among, content_of, new_key, sent_tags
from anyqpu.core.origins import checked_handle
from anyqpu.core.reading import read_each
from anyqpu.core.results.batches import gathered
from anyqpu.core.submit_timeout import within_timeout
from anyqpu.errors import ValidationError
from anyqpu.model.batch import Batch, BatchResults
from anyqpu.model.device import Device
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import WaitOptions
from anyqpu.model.money import Money
from anyqpu.model.program import ProgramSource, load_program
from anyqpu.paging import Pager, paginate
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.filters import BatchFilters, JobFilters
from anyqpu.providers.pasqal.programs import PasqalJob, checked_configuration, checked_jobs, job_requests
from anyqpu.providers.pasqal.responses import data_of
from anyqpu.transport.events import StateEvent
from anyqpu.waiting import Phase, Subject, poll_until

if TYPE_CHECKING:
    from datetime import datetime

    from anyqpu.providers.pasqal.adapter import PasqalAdapter
    from anyqpu.transport.send_guard import BeforeSend


class Batches:
    """Several jobs that are submitted, run and listed as one. `client.batches()` lists them.

    Attributes:
        cancel_jobs: Cancels some of the jobs of a batch; see `client.cancel_jobs`.
    """

    provider = "pasqal"

    def __init__(self, adapter: PasqalAdapter) -> None:
        self._adapter = adapter
        self._context = adapter.context
        self._raw = adapter.raw
        self._reader = adapter.reader
        self._keyed: KeyedSubmits[Batch] = KeyedSubmits(adapter.context)
        self.cancel_jobs = adapter.cancellations.jobs

    @property
    def profile(self) -> str | None:
        """The profile of your configuration file that is in use."""
        return self._context.settings.profile

    @property
    def account(self) -> Mapping[str, str]:
        """The settings that say whose batches these are."""
        return self._context.account

    @property
    def base_url(self) -> str | None:
        """The address of Pasqal's API, where it is not the usual one."""
        return self._context.base_url

    def list(
        self, *, page_size: int | None = None, resume_token: str | None = None, **filters: Unpack[BatchFilters]
    ) -> Pager[Batch]:
        """List the project's batches without their jobs, newest first, perhaps only some (list_batches).

        Args:
            page_size: Batches per request, at most 100, which is also the default.
            resume_token: `resume_token` of a pager of the same list.
            filters: All that are given must hold, and any of the values of one: `ids`, `id_starts_with`,
                `project_ids` (the client's own without it), `user_ids`, `device_types`, `status` (ours or Pasqal's
                words), `open`, `min_jobs`, `max_jobs`, `queue_priority`, `tag`, `start_date` and `end_date` (aware).

        Raises:
            ValidationError: A filter has no meaning; nothing was sent.
        """
        parameters = {"project_id": [self._adapter.project()], **queries.of_batches(filters)}
        return paginate(
            partial(self._raw.list_batches, order_by_direction="DESC", **parameters),
            pages.LIST_BATCHES,
            to_items=lambda batches: read_each("pasqal", batches, mapping.batch_of, self),
            page_size=page_size,
            resume_token=resume_token,
        )

    __call__ = list

    async def get(self, id: str) -> Batch:
        """Return a batch by its identifier, with its jobs (get_batch, list_jobs).

        Raises:
            NotFoundError: It does not exist, or you are not a member of its project.
        """
        raw = data_of(await self._raw.get_batch(queries.checked_id(id)))
        self._reader.remember(raw)
        in_order = {"batch_id": [id], "order_by": "creation_order", "order_by_direction": "ASC"}
        return mapping.batch_of(raw, self, tuple(await self._reader.pager(in_order).collect()))

    async def resume(self, handle: JobHandle | str) -> Batch:
        """Return the batch of a handle, which another process may have submitted (get_batch, list_jobs).

        Raises:
            ValidationError: The text is not the handle of a batch at Pasqal.
            NotFoundError: There is no such batch, or not for these credentials.
        """
        parsed = checked_handle(handle, self._context)
        if parsed.kind != "batch":
            problem = f"invalid handle of a Pasqal batch: {parsed}"
            raise ValidationError(problem, provider="pasqal", fields=("handle",))
        return await self.get(parsed.id)

    # Submits

    @within_timeout
    async def create(
        self,
        program: ProgramSource | None = None,
        *,
        device: str | Device,
        jobs: Sequence[PasqalJob] = (),
        open: bool | None = None,
        complete: bool | None = None,
        tags: Sequence[str] = (),
        key: str | None = None,
        backend_configuration: str | None = None,
        webhook: str | None = None,
        timeout: float | None = None,
        max_cost: Money | None = None,
        before_send: BeforeSend | None = None,
    ) -> Batch:
        """Submit several jobs as one batch; returns as soon as it exists (create_batch). It is sent once.

        Args:
            program: The sequence of all jobs that have none of their own: a Pulser `Sequence`, or its abstract
                representation as text, object or the path of a file.
            device: Where to run them, such as `"EMU_FREE"`.
            jobs: How often to run each, and with which variables or which sequence. A closed batch needs at least one.
            open: Whether jobs can be added later; then it stays until it is closed, or has been idle for long.
            complete: The opposite of `open`, by its former name at Pasqal; deprecated there.
            tags: For your own use.
            key: Your own idempotency key, 8 to 64 characters of `[A-Za-z0-9._-]`; a batch of the project that has it
                is returned instead of another one (list_batches). None: one is made up.
            backend_configuration: What Pulser's `EmulationConfig.to_abstract_repr()` returns, for emulators.
            webhook: An address that Pasqal notifies of the results.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the batch where its
                response is lost.
            max_cost: The most that it may cost, in place of the limit of `connect`.
            before_send: Awaited once, right before the request that submits the batch; what it raises stops the submit,
                and nothing is sent. Its method `check`, if it has one, is called before each write to the socket.

        Raises:
            BudgetExceededError: Its lowest possible cost is above `max_cost`, or unknown; nothing was submitted.
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device.
            ConflictError: The key is already used for other content; `handle` is that of its batch.
            SubmissionUnknownError: The response was lost, and the batch not found.
        """
        check_timeout(timeout, "pasqal")
        check_before_send(before_send, "pasqal")
        check_device(device, "pasqal")
        is_open, own_tags = _is_open(open, complete), queries.checked_tags(tags)
        check_tags(own_tags, "pasqal")
        if key is not None:
            checked_key(key, "pasqal")
        if webhook is not None:
            checked_address(webhook, "webhook", "pasqal")
        if backend_configuration is not None:
            checked_configuration(backend_configuration)
        jobs = checked_jobs(jobs)
        program = None if program is None else await load_program(program)
        if not jobs and not is_open:
            problem, hint = "a closed batch needs a job", "Give jobs=[PasqalJob(shots=100)], or open=True"
            raise ValidationError(problem, provider="pasqal", fields=("jobs",), hint=hint)
        await self._check_cost(device, [job.shots for job in jobs], max_cost)
        target, configured = await self._adapter.target(device), backend_configuration is not None
        sequence, requests = await job_requests(program, jobs, target, configured=configured)
        content = None
        if key is not None:
            options = {"open": is_open, "configuration": backend_configuration}
            content = content_of([], parameters=[sequence, *(job.to_dict() for job in requests)], options=options)
        sent_key = key or new_key()
        body = CreateBatchRequest(
            project_id=self._adapter.project(),
            device_type=target.id,
            open_=is_open,
            jobs=requests,
            tags=sent_tags(own_tags, sent_key, content),
        )
        if sequence is not None:
            body.sequence_builder = sequence
        if backend_configuration is not None:
            body.backend_configuration = backend_configuration
        if webhook is not None:
            body.webhook = webhook

        async def send() -> Batch:
            return self._batch_of(data_of(await self._raw.create_batch(body=body)))

        async def submit() -> Batch:
            return await self._context.send_once(
                send, self._find, key=sent_key, timeout=timeout, before_send=before_send
            )

        async def find() -> Used[Batch] | None:
            batch = await self._find(sent_key, None)
            return None if batch is None else Used(content_among(mapping.tags_in(batch.raw)), batch)

        async def differences(batch: Batch) -> list[str]:
            is_elsewhere = batch.device_id not in {None, target.id}
            return [f"it runs on {batch.device_id}, not on {target.id}"] if is_elsewhere else []

        if content is None:
            return await submit()
        return await self._keyed.submit(sent_key, content, find=find, send=submit, differences=differences)

    async def _check_cost(self, device: str | Device, shots: Sequence[int | None], max_cost: Money | None) -> None:
        """Raise `BudgetExceededError` for jobs of these shots that may cost more than the limit."""
        with naming("pasqal"):
            await budget.check_job(
                self._adapter,
                device,
                max_cost=max_cost,
                circuits=len(shots),
                # Without a number the configuration of an emulator says it; one at least.
                all_shots=sum(number or 1 for number in shots),
                name="a batch",
            )

    async def _find(self, key: str, since: datetime | None) -> Batch | None:
        session = await self._adapter.sessions.find(key, since)
        return None if session is None else await self.get(session.id)

    def _batch_of(self, raw: Any) -> Batch:
        """Return the batch in a response that has its jobs."""
        return mapping.batch_of(raw, self, self._reader.in_batch(raw))

    @within_timeout
    async def add(
        self,
        batch: Batch,
        jobs: Sequence[PasqalJob],
        *,
        timeout: float | None = None,
        max_cost: Money | None = None,
    ) -> Batch:
        """Add jobs to an open batch, all in one request (add_jobs). It is sent once.

        A batch of a list has no sequence to check them with, so it is fetched first (get_batch).

        Args:
            batch: An open batch.
            jobs: As for `create`; those without a sequence have that of the batch.
            timeout: Seconds for the whole call; the response counts as lost then.
            max_cost: The most that these jobs may cost, in place of the limit of `connect`.

        Raises:
            BudgetExceededError: Their lowest possible cost is above `max_cost`, or unknown; nothing was submitted.
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            SubmissionUnknownError: The response was lost; jobs carry no key, so refresh the batch.
        """
        check_timeout(timeout, "pasqal")
        jobs, batch = checked_jobs(jobs), queries.batch_of(batch)
        if not jobs:
            return batch
        if batch.device_id is None:
            batch = await self.refresh(batch)
        await self._check_cost(batch.device_id or "", [job.shots for job in jobs], max_cost)
        target = await self._adapter.target(batch.device_id or "")
        raw = batch.raw
        if raw is None or isinstance(raw, BatchSummary):
            # Lists leave the sequence out.
            raw = data_of(await self._raw.get_batch(batch.id))
        configured = mapping.text_in(raw, "backend_configuration") is not None
        sequence = mapping.text_in(raw, "sequence_builder")
        _, requests = await job_requests(sequence, jobs, target, configured=configured)

        async def send() -> Batch:
            return self._batch_of(data_of(await self._raw.add_jobs(batch.id, body=requests)))

        hint = "Jobs carry no key: refresh() the batch to see whether they are there"
        return await self._context.send_once(send, None, key=batch.id, timeout=timeout, hint=hint)

    @within_timeout
    async def rebatch(
        self,
        batch: Batch | str,
        *,
        timeout: float | None = None,
        max_cost: Money | None = None,
        **filters: Unpack[JobFilters],
    ) -> Batch:
        """Run the jobs of a closed batch again, or some of them, in a new batch (rebatch_jobs). It is sent once.

        Args:
            batch: A closed batch, or its identifier.
            timeout: Seconds for the whole call; the response counts as lost then.
            max_cost: The most that the jobs may cost, in place of the limit of `connect`. With a limit and filters the
                batch is fetched, and the cheapest of its jobs counts, since the service chooses them.
            filters: Which jobs; those of `client.jobs`, such as `status="failed"`. Without any, all of them.

        Raises:
            BudgetExceededError: Their lowest possible cost is above `max_cost`, or unknown; nothing was submitted.
            ValidationError: A filter has no meaning, or the batch is open.
            SubmissionUnknownError: The response was lost; the new batch carries no key, but the batch names it.
        """
        check_timeout(timeout, "pasqal")
        id = queries.checked_id(queries.id_of(batch), "batch")
        parameters = queries.of_jobs(filters)
        if budget.limit_of(self._context, max_cost) is not None:
            repeated = await self.get(id)
            shots = [job.shots for job in repeated.jobs]
            shots = [min(number or 1 for number in shots)] if filters and shots else shots
            await self._check_cost(repeated.device_id or "", shots, max_cost)

        async def send() -> Batch:
            return self._batch_of(data_of(await self._raw.rebatch_jobs(id, **parameters)))

        hint = "The new batch carries no key: get_batch(id).raw.child_ids has the batches that repeat this one"
        return await self._context.send_once(send, None, key=id, timeout=timeout, hint=hint)

    # Changes

    async def close(self, batch: Batch) -> Batch:
        """Let a batch take no more jobs; those that it has finish (complete_batch)."""
        return await self._changed(self._raw.complete_batch(queries.batch_of(batch).id), batch)

    async def cancel(self, batch: Batch) -> Batch:
        """Cancel a batch with all of its jobs that have not run (cancel_batch)."""
        return await self._changed(self._raw.cancel_batch(queries.batch_of(batch).id), batch)

    async def set_tags(self, batch: Batch, tags: Sequence[str]) -> Batch:
        """Replace the tags of a batch (set_batch_tags); the key under which it was submitted stays."""
        own_tags, batch = queries.checked_tags(tags), queries.batch_of(batch)
        body = mapping.retagged(own_tags, batch.dedup_key, batch.raw)
        return await self._changed(self._raw.set_batch_tags(batch.id, body=body), batch)

    async def _changed(self, change: Awaitable[Any], batch: Batch) -> Batch:
        """Return a batch after a change; it is fetched where the response has no readable body."""
        return await changed(change, lambda response: self._batch_of(data_of(response)), partial(self.get, batch.id))

    # Waits

    async def refresh(self, batch: Batch) -> Batch:
        """Return a batch and its jobs as they are now (get_batch, list_jobs)."""
        return await self.get(queries.batch_of(batch).id)

    async def wait(
        self, batch: Batch, *, timeout: float | None = None, on_update: Callable[[Batch], object] | None = None
    ) -> Batch:
        """Wait until the jobs of a batch have ended (get_batch_status, get_batch, list_jobs); see `Batch.wait`."""
        WaitOptions(timeout=timeout)
        if not queries.batch_of(batch).status.is_terminal:
            await self._wait(batch, timeout, on_update)
        return await self.get(batch.id)

    async def _wait(self, batch: Batch, timeout: float | None, on_update: Callable[[Batch], object] | None) -> None:
        async def fetch() -> Batch:
            return mapping.batch_with_status(data_of(await self._raw.get_batch_status(batch.id)), batch)

        def notify(seen: Batch) -> None:
            event = StateEvent(provider=seen.provider, id=seen.id, status=seen.status, raw_status=seen.raw_status)
            self._context.transport.hooks.on_state(event)
            if on_update is not None:
                on_update(seen)

        hint = f"the batch is still running; resume it with its handle {batch.handle}"
        subject: Subject[Batch] = Subject(
            name=f"batch {batch.id}",
            state=lambda seen: seen.raw_status,
            phase=_phase,
            status=lambda seen: seen.status,
            details=lambda seen: {"handle": batch.handle, "provider": "pasqal", "hint": hint},
        )
        await poll_until(
            fetch,
            subject,
            policy=self._context.poll,
            clock=self._context.clock,
            timeout=timeout,
            on_update=notify,
        )

    async def results(self, batch: Batch | str, *, timeout: float | None = None) -> BatchResults:
        """Return the results of all jobs of a batch, waited for (get_batch_status, list_jobs, get_job_results_link).

        A job that failed, was cancelled or never ran is in `failures` and hides no other's result.

        Args:
            batch: A batch, or its identifier.
            timeout: Seconds after which `WaitTimeoutError` is raised; the batch keeps running. None: no limit.
        """
        WaitOptions(timeout=timeout)
        clock = self._context.clock
        began = clock.now()
        ended = await self.wait(batch if isinstance(batch, Batch) else await self.get(batch), timeout=timeout)
        left = None if timeout is None else max(0.0, timeout - (clock.now() - began))
        return await gathered(ended, self._context.jobs.result_of_job, left)

    async def result_links(self, batch: Batch | str) -> tuple[dict[str, str], dict[str, str]]:
        """Return links to a batch's results, and errors, by job identifier (get_batch_results_links; path inferred).

        Links expire; until then they need no credentials, so they are secret. `results` does without this operation.
        """
        id = queries.checked_id(queries.id_of(batch), "batch")
        return mapping.links_of(data_of(await self._raw.get_batch_results_links(id)))


def _is_open(open: bool | None, complete: bool | None) -> bool:
    for name, flag in (("open", open), ("complete", complete)):
        if flag is not None:
            checked_flag(flag, name, "pasqal")
    if open is not None and complete is not None:
        raise ValidationError(
            "open and complete are opposites: give one of them",
            provider="pasqal",
            fields=("open", "complete"),
            hint="complete is deprecated: open=True for a batch that takes more jobs, else open=False",
        )
    return bool(open) if complete is None else not complete


def _phase(batch: Batch) -> Phase:
    if batch.is_over:
        return Phase.DONE
    return Phase.QUEUED if batch.status_recognized else Phase.UNKNOWN
