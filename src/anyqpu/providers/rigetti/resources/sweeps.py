"""Sweeps: one translation of a program, executed once for each set of memory values, as a batch. Over gRPC only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, cast

import anyio

from anyqpu.core import budget
from anyqpu.core.adapter import Submission
from anyqpu.core.arguments import is_text, shown
from anyqpu.core.checks import checked_submission, naming
from anyqpu.core.keyed import KeyedSubmits
from anyqpu.core.keys import content_of
from anyqpu.core.origins import checked_handle
from anyqpu.core.results.batches import gathered
from anyqpu.errors import AnyQPUError, UnsupportedOperationError, ValidationError
from anyqpu.model.batch import Batch, BatchResults, CancelledJobs
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job, WaitOptions
from anyqpu.model.status import JobStatus
from anyqpu.providers.rigetti.arguments import PROVIDER
from anyqpu.transport.events import StateEvent
from anyqpu.waiting import AT_ONCE, Phase, Subject, poll_until

if TYPE_CHECKING:
    from anyqpu.providers.rigetti.adapter import PatchValues, RigettiAdapter, SubmitOptions

# Executions of one request; each takes some hundred bytes and has an identifier of its own.
MOST_EXECUTIONS = 10_000
HINT = "Submit again with other patch_values"


class Sweeps:
    """The batches of one client, and what they call when they are waited for."""

    def __init__(self, adapter: RigettiAdapter) -> None:
        self._adapter = adapter
        self._context = adapter.context
        self._keyed: KeyedSubmits[Batch] = KeyedSubmits(adapter.context)

    @property
    def profile(self) -> str | None:
        """The profile of the configuration file that the client uses."""
        return self._context.settings.profile

    @property
    def account(self) -> Mapping[str, str]:
        """The settings that say whose batches these are."""
        return self._context.account

    @property
    def base_url(self) -> str | None:
        """The address of the provider's API, where it is not the usual one."""
        return self._context.base_url

    # Submits

    async def submit(self, submission: Submission) -> Batch:
        """Translate a program once and execute it for each of several `patch_values`; all are queued, or none."""
        submission = checked_submission(submission, PROVIDER)
        options = cast("SubmitOptions", submission.options)
        patches = _checked(options.patch_values, submission)
        if options.execution == "zeromq":
            raise UnsupportedOperationError(
                "several patch_values are executed over gRPC only", provider=PROVIDER, hint="Submit them one by one"
            )
        options = replace(options, patch_values=None, execution="grpc")
        try:
            with naming(PROVIDER):
                return await self._submit(replace(submission, options=options), options, patches)
        except AnyQPUError as error:
            error.key = submission.key
            raise

    async def _submit(self, submission: Submission, options: SubmitOptions, patches: Sequence[PatchValues]) -> Batch:
        adapter = self._adapter
        program = await adapter.checked_program(submission, options)
        await budget.check_job(
            adapter,
            submission.device,
            max_cost=submission.max_cost,
            shots=submission.shots or 0,
            circuits=len(patches),
            name="a sweep",
        )
        device = await adapter.target(submission.device)

        async def submit() -> Batch:
            gateway = await adapter.gateways.get(device.id, options.endpoint)
            translated = await adapter.over_grpc.translate(submission, program, device, gateway, patches)

            async def send() -> Batch:
                ids = await adapter.over_grpc.execute(submission, device.id, gateway, translated)
                jobs = tuple(adapter.over_grpc.job_of(id, submission, translated.facts) for id in ids)
                return self._batch_of(jobs, translated.facts)

            return await self._context.send_once(
                send, None, key=submission.key, timeout=submission.timeout, before_send=submission.before_send
            )

        if submission.own_key is None:
            return await submit()
        content = content_of([program], shots=submission.shots, parameters=list(patches), options=options)

        async def differences(batch: Batch) -> list[str]:
            is_elsewhere = batch.device_id != device.id
            return [f"it runs on {batch.device_id}, not on {device.id}"] if is_elsewhere else []

        return await self._keyed.submit(submission.key, content, find=None, send=submit, differences=differences)

    def _batch_of(self, jobs: tuple[Job, ...], facts: Mapping[str, Any]) -> Batch:
        first = jobs[0]
        status = _status_of(jobs)
        return Batch(
            provider=PROVIDER,
            id=first.id,
            device_id=first.device_id,
            status=status,
            raw_status=status.value,
            open=False,
            jobs=jobs,
            jobs_count=len(jobs),
            counts_per_status=Counter(job.status for job in jobs),
            created_at=first.created_at,
            ended_at=max((job.ended_at for job in jobs if job.ended_at), default=None) if status.is_terminal else None,
            tags=first.tags,
            dedup_key=first.dedup_key,
            decode={**facts, "jobs": [job.id for job in jobs]},
            _actions=self,
        )

    async def resume(self, handle: JobHandle | str) -> Batch:
        """Return the batch of a handle, which another process may have submitted, as it is now.

        Raises:
            ValidationError: The text is not the handle of a batch at Rigetti.
            NotFoundError: Rigetti does not know its jobs any more.
        """
        parsed = checked_handle(handle, self._context)
        facts = dict(parsed.decode)
        ids: Any = facts.pop("jobs", None)
        if (
            parsed.kind != "batch"
            or not isinstance(ids, list)
            or not ids
            or not all(map(is_text, cast("list[Any]", ids)))
        ):
            problem = f"invalid handle of a Rigetti batch: {shown(str(parsed))}"
            raise ValidationError(problem, provider=PROVIDER, fields=("handle",))
        jobs = (
            self._adapter.over_grpc.attach(replace(parsed, id=id, kind="job", decode=facts))
            for id in cast("list[str]", ids)
        )
        return await self.refresh(self._batch_of(tuple(jobs), facts))

    # Waits

    async def refresh(self, batch: Batch) -> Batch:
        """Return a batch and its jobs as they are now (GetControllerJobStatus)."""
        current = {job.id: job for job in batch.jobs}
        limiter = anyio.Semaphore(AT_ONCE)
        failures: list[AnyQPUError] = []
        async with anyio.create_task_group() as group:

            async def poll(job: Job) -> None:
                async with limiter:
                    try:
                        current[job.id] = await self._adapter.over_grpc.poll(job)
                    except AnyQPUError as error:
                        failures.append(error)
                        group.cancel_scope.cancel()

            for job in batch.jobs:
                if not job.status.is_terminal:
                    group.start_soon(poll, job)
        if failures:
            raise failures[0]
        facts = {name: value for name, value in batch.decode.items() if name != "jobs"}
        return self._batch_of(tuple(current.values()), facts)

    async def wait(
        self, batch: Batch, *, timeout: float | None = None, on_update: Callable[[Batch], object] | None = None
    ) -> Batch:
        """Wait until the jobs of a batch have ended (GetControllerJobStatus); see `Batch.wait`."""
        WaitOptions(timeout=timeout)
        last = batch

        async def fetch() -> Batch:
            nonlocal last
            last = await self.refresh(last)
            return last

        def notify(seen: Batch) -> None:
            event = StateEvent(provider=PROVIDER, id=seen.id, status=seen.status, raw_status=seen.raw_status)
            self._context.transport.hooks.on_state(event)
            if on_update is not None:
                on_update(seen)

        hint = f"the batch is still running; resume it with its handle {batch.handle}"
        subject: Subject[Batch] = Subject(
            name=f"batch {batch.id}",
            state=lambda seen: (seen.raw_status, *sorted(seen.counts_per_status.items())),
            phase=lambda seen: Phase.DONE if seen.is_over else Phase.QUEUED,
            status=lambda seen: seen.status,
            details=lambda seen: {"handle": batch.handle, "provider": PROVIDER, "hint": hint},
            estimate=self._estimate,
        )
        if batch.is_over:
            return batch
        return await poll_until(
            fetch, subject, policy=self._context.poll, clock=self._context.clock, timeout=timeout, on_update=notify
        )

    def _estimate(self, batch: Batch) -> tuple[float, float] | None:
        """Return when the next of its jobs is expected to end."""
        estimates = [
            estimate
            for job in batch.jobs
            if not job.status.is_terminal and (estimate := self._adapter.over_grpc.estimate(job)) is not None
        ]
        return min(estimates, default=None)

    async def results(self, batch: Batch, *, timeout: float | None = None) -> BatchResults:
        """Return the results of all jobs of a batch, waited for (GetControllerJobResults)."""
        WaitOptions(timeout=timeout)
        clock = self._context.clock
        began = clock.now()
        ended = await self.wait(batch, timeout=timeout)
        left = None if timeout is None else max(0.0, timeout - (clock.now() - began))
        return await gathered(ended, self._context.jobs.result_of_job, left)

    async def cancel(self, batch: Batch) -> Batch:
        """Cancel the jobs of a batch that have not begun (CancelControllerJobs)."""
        jobs = [job for job in batch.jobs if not job.status.is_terminal]
        if not jobs:
            return batch
        await self._adapter.over_grpc.cancel(jobs)
        return await self.refresh(batch)

    # What batches have elsewhere

    @property
    def cancel_jobs(self) -> Callable[..., Awaitable[CancelledJobs]]:
        """Not at Rigetti."""
        return partial(_unsupported, "filters of jobs", "Cancel them one by one: job.cancel()")

    @property
    def rebatch(self) -> Callable[..., Awaitable[Batch]]:
        """Not at Rigetti."""
        return partial(_unsupported, "way to repeat a batch", HINT)

    async def add(self, batch: Batch, jobs: Sequence[Any], *, timeout: float | None = None) -> Batch:
        """Not at Rigetti."""
        _refuse("open batches", HINT)

    async def close(self, batch: Batch) -> Batch:
        """Return the batch, which is closed."""
        return batch

    async def set_tags(self, batch: Batch, tags: Sequence[str]) -> Batch:
        """Not at Rigetti."""
        _refuse("tags", "Keep them beside the batch's handle")


async def _unsupported(lacking: str, hint: str, *arguments: Any, **options: Any) -> NoReturn:
    _refuse(lacking, hint)


def _refuse(lacking: str, hint: str) -> NoReturn:
    raise UnsupportedOperationError(f"Rigetti has no {lacking}", provider=PROVIDER, hint=hint)


def _checked(patches: object, submission: Submission) -> list[PatchValues]:
    """Return the sets of memory values; raise `ValidationError` for what cannot be."""
    several = list(cast("Sequence[Any]", patches))
    problem = None
    if not 1 <= len(several) <= MOST_EXECUTIONS:
        problem = f"a list of patch_values has 1 to {MOST_EXECUTIONS} entries, not {len(several)}"
    elif wrong := [patch for patch in several if not isinstance(patch, Mapping)]:
        problem = f"patch_values are numbers by region of memory, not {shown(wrong[0])}"
    elif submission.transpile is not False:
        problem = "a program with several patch_values is not transpiled: submit what native_programs returns for it"
    if problem is not None:
        raise ValidationError(problem, provider=PROVIDER, fields=("patch_values",))
    return several


def _status_of(jobs: Sequence[Job]) -> JobStatus:
    """Return the status of a batch: how its jobs are, and once they have all ended, the best end of one."""
    statuses = {job.status for job in jobs}
    if all(status.is_terminal for status in statuses):
        ends = (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED)
        return next((end for end in ends if end in statuses), JobStatus.FAILED)
    begun = any(status is JobStatus.RUNNING or status.is_terminal for status in statuses)
    return JobStatus.RUNNING if begun else JobStatus.QUEUED
