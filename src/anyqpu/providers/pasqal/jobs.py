"""Jobs of Pasqal Cloud."""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Unpack

from anyqpu_raw.pasqal.models import CreateBatchRequest, CreateJobRequest, JobPage

from anyqpu.core.arguments import checked_several, checked_text
from anyqpu.core.changes import changed, made
from anyqpu.core.checks import check_timeout, checked_shots
from anyqpu.core.listing import LIST_SIZE
from anyqpu.core.programs.inputs import no_parameters, one_program
from anyqpu.core.reading import odd_response, read_each
from anyqpu.core.submit import new_key, within_timeout
from anyqpu.errors import (
    AnyQPUError,
    UnexpectedResponseError,
    ValidationError,
)
from anyqpu.model.batch import Batch, CancelledJobs
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.program import ProgramSource, load_program
from anyqpu.model.session import Session
from anyqpu.model.status import JobStatus
from anyqpu.paging import Pager, offset
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.filters import JobFilters
from anyqpu.providers.pasqal.outcomes import PasqalOutcomes
from anyqpu.providers.pasqal.pages import PAGE_SIZE, data_of, elements, page_end, page_total
from anyqpu.providers.pasqal.programs import checked_configuration, checked_variables, fitting_shots, sequence_text
from anyqpu.waiting import BatchResult

logger = logging.getLogger("anyqpu")

CANCELLED = frozenset({JobStatus.CANCELLING, JobStatus.CANCELLED})


class PasqalJobs(PasqalOutcomes):
    """The part of the client that deals with jobs."""

    @within_timeout
    async def submit(
        self,
        program: ProgramSource | Sequence[ProgramSource],
        *,
        device: str | Device,
        shots: int | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
        session: str | Session | None = None,
        timeout: float | None = None,
        variables: Mapping[str, Any] | None = None,
        backend_configuration: str | None = None,
        parameters: None = None,
    ) -> Job:
        """Submit a sequence; returns as soon as the job exists (create_batch or, in a session, add_jobs). Sent once.

        Args:
            program: A Pulser `Sequence`, or its abstract representation as text, object or the path of a file. One in
                each job; `batch` takes several jobs.
            device: Where to run it, such as `"EMU_FREE"`.
            shots: How often to run it ("runs"), at most the device's `shots_max`. May be left out where
                `backend_configuration` says it.
            name: For your own use. Pasqal has no names for jobs, so it becomes the first tag.
            tags: For your own use; they are those of the batch, so not for a job in a session.
            session: An open batch, or its identifier. Without it the job gets a closed batch of its own.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the job where its
                response is lost.
            variables: Values of the sequence's variables, by name. `qubits` maps the atoms of a mappable register to
                traps of its layout, such as `{"qubits": {"q0": 3, "q1": 8}, "omega": 6.0}`.
            backend_configuration: What Pulser's `EmulationConfig.to_abstract_repr()` gives, for emulators.
            parameters: Pulser calls them `variables`.

        Raises:
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device or session.
            SubmissionUnknownError: The answer was lost, and the job not found. Jobs in a session cannot be looked for.
        """
        check_timeout(timeout, self.provider)
        program = one_program(program, self.provider, hint="Submit several as one batch: client.batch(...)")
        no_parameters(parameters, self.provider, hint="Give the values of a sequence's variables as variables={...}")
        own_tags = queries.checked_tags(tags)
        if name is not None:
            own_tags = [checked_text(name, "name", "my job", self.provider), *own_tags]
        if backend_configuration is not None:
            checked_configuration(backend_configuration)
        if shots is not None:
            checked_shots(shots, self.provider)
        tagged, configured = own_tags, backend_configuration is not None
        if session is not None and (tagged or configured):
            problem = "name, tags and backend_configuration belong to the batch: give tags and the latter to session()"
            raise ValidationError(problem, provider=self.provider, fields=("name", "tags", "backend_configuration"))
        if session is not None and variables:
            problem = "a job of a session has a sequence of its own, and so no variables"
            hint = "Build the sequence with its values: sequence.build(...)"
            raise ValidationError(problem, provider=self.provider, fields=("variables",), hint=hint)
        batch_id = None if session is None else queries.checked_id(_id_of(session), "session")
        loaded = await load_program(program)
        values = None if session is not None else checked_variables(variables, loaded.text)
        target = await self._target(device)
        sequence = await sequence_text(loaded, target)
        job = CreateJobRequest(runs=fitting_shots(shots, target, configured=configured))
        if batch_id is not None:
            job.sequence = sequence
            return await self._add(job, batch_id, timeout)
        if values is not None:
            job.variables = values
        key = new_key()
        body = CreateBatchRequest(
            project_id=self._project(),
            device_type=target.id,
            sequence_builder=sequence,
            open_=False,
            jobs=[job],
            tags=[*tagged, key],
        )
        if backend_configuration is not None:
            body.backend_configuration = backend_configuration

        async def send() -> Job:
            jobs = self._jobs_in(data_of(await self.raw.create_batch(body=body)))
            if len(jobs) != 1:
                # It was created all the same: look for it.
                raise odd_response(self.provider, f"a batch of {len(jobs)} jobs instead of one")
            return jobs[0]

        return await self._send_once(send, self._find, key=key, timeout=timeout)

    async def _add(self, job: CreateJobRequest, batch_id: str, timeout: float | None) -> Job:
        async def send() -> Job:
            jobs = self._jobs_in(data_of(await self.raw.add_jobs(batch_id, body=[job])))
            newest = max(jobs, key=mapping.creation_order, default=None)
            if newest is None:
                raise odd_response(self.provider, "a batch without jobs")
            return newest

        hint = f"Jobs of a batch carry no key: jobs(batch={batch_id!r}) lists those that it has"
        return await self._send_once(send, None, key=batch_id, timeout=timeout, hint=hint)

    async def _find(self, key: str, since: datetime) -> Job | None:
        """The job of the batch with a key (list_batches, list_jobs)."""
        batch = await self._find_session(key, since)
        if batch is None:
            return None
        page = await self.raw.list_jobs(batch_id=[batch.id], limit=PAGE_SIZE)
        jobs = read_each(self.provider, elements(page), mapping.job_of, self, self._facts(batch.id))
        return jobs[0] if jobs else None

    def _jobs_in(self, batch: Any) -> tuple[Job, ...]:
        """Return the jobs of a batch as it was sent."""
        return mapping.jobs_in_order(getattr(batch, "jobs", None), self, self._remember(batch))

    # Looking

    async def job(self, id: str) -> Job:
        """Return a job by its identifier (get_job; get_batch for its device and tags).

        Raises:
            NotFoundError: There is none, or you are not a member of its project.
        """
        return await self._job_of(data_of(await self.raw.get_job(queries.checked_id(id))))

    async def job_status(self, job: Job) -> Job:
        """The job with the status that it has now; smaller than all of it, which may carry a sequence (get_job_status).

        Times, errors and progress stay what they were: `job.refresh()` has them.
        """
        return mapping.job_with_status(data_of(await self.raw.get_job_status(queries.job_id(job))), job)

    async def _job_of(self, raw: Any) -> Job:
        """Return the job that was sent, with what its batch adds; without it where the batch cannot be read."""
        job = mapping.job_of(raw, self, mapping.UNSEEN)
        batch = job.session_id
        if batch is None:
            return job
        facts = self._facts(batch)
        if facts is mapping.UNSEEN and queries.is_id(batch):
            try:
                facts = await self._batch_facts(batch)
            except UnexpectedResponseError as error:
                logger.warning("batch %s of job %s cannot be read: %s", batch, job.id, error.message)
        return mapping.job_of(raw, self, facts)

    async def _batch_facts(self, batch_id: str) -> mapping.BatchFacts:
        """Return what a batch adds to its jobs (get_batch, unless it is remembered)."""

        async def ask() -> mapping.BatchFacts:
            return mapping.facts_of(data_of(await self.raw.get_batch(batch_id)))

        return await self._batches.look_up(batch_id, ask)

    def jobs(
        self,
        *,
        session: str | Session | None = None,
        batch: str | Batch | None = None,
        **filters: Unpack[JobFilters],
    ) -> Pager[Job]:
        """The project's jobs, newest first, perhaps only some (list_jobs).

        `device_id` and `tags` are those of the batch, and empty where this client has not seen it.

        Args:
            session: Only those of an open batch.
            batch: Only those of a batch, which is the same.
            filters: All that are given must hold, and any of the values of one: `ids`, `id_starts_with`,
                `project_ids` (the client's own without it), `user_ids`, `status` (ours or Pasqal's words), `min_runs`
                and `max_runs` (shots), `with_errors`, `origin`, `start_date` and `end_date` (aware).

        Raises:
            ValidationError: A filter has no meaning; nothing was sent.
        """
        parameters: dict[str, Any] = {
            "project_id": [self._project()],
            "order_by_direction": "DESC",
            **queries.of_jobs(filters),
        }
        wanted = [queries.checked_id(_id_of(each), "batch") for each in (session, batch) if each is not None]
        if wanted:
            parameters["batch_id"] = wanted
        return self._job_pages(parameters)

    def _job_pages(self, parameters: Mapping[str, Any]) -> Pager[Job]:
        async def fetch(start: int) -> JobPage:
            return await self.raw.list_jobs(limit=PAGE_SIZE, offset=start, **parameters)

        return offset(
            fetch,
            size=PAGE_SIZE,
            items=lambda page: self._listed_jobs(elements(page)),
            end=page_end,
            total=page_total,
            identity=lambda job: job.id,
        )

    def _listed_jobs(self, sent: Any) -> list[Job]:
        """Return the jobs of a list; those that cannot be read are left out."""

        def job_of(raw: Any) -> Job:
            return mapping.job_of(raw, self, self._facts(mapping.batch_id_of(raw)))

        return read_each(self.provider, sent, job_of)

    def session_jobs(self, session: Session) -> Pager[Job]:
        """The jobs of a batch (list_jobs)."""
        return self.jobs(session=session)

    async def _poll_job(self, job: Job) -> Job:
        seen = await self.job_status(job)
        return await self.refresh_job(job) if seen.status.is_terminal else seen

    async def _list_waiting(self, jobs: Mapping[str, Job]) -> BatchResult[Job]:
        """The jobs by their identifiers, so many at once as the cloud lists (list_jobs)."""
        listed = BatchResult[Job]()
        ids = list(jobs)
        for start in range(0, len(ids), LIST_SIZE):
            some = ids[start : start + LIST_SIZE]
            listed.requests += 1
            for job in self._listed_jobs(elements(await self.raw.list_jobs(id=some, limit=LIST_SIZE))):
                if job.id in jobs:
                    listed.found[job.id] = self._as_listed(job, jobs[job.id])
        return listed

    def _as_listed(self, job: Job, before: Job) -> Job:
        """Return a job of a list; what its batch adds is what was known before, rather than one more request."""
        if job.session_id in self._batches:
            return job
        return replace(job, device_id=before.device_id, tags=before.tags, dedup_key=before.dedup_key)

    def _list_cost(self, jobs: Mapping[str, Job]) -> float:
        return math.ceil(len(jobs) / LIST_SIZE)

    # Cancelling

    async def cancel_job(self, job: Job) -> Job:
        """Cancel a job that does not run yet (cancel_job); the job as it is then."""
        queries.job_id(job)
        await self._send_cancel(job)
        return await self.refresh_job(job)

    async def _send_cancel(self, job: Job) -> None:
        await made(self.raw.cancel_job(job.id))

    async def cancel_jobs(
        self,
        jobs: Collection[Job | str] | None = None,
        *,
        batch: str | Batch | Session | None = None,
        **filters: Unpack[JobFilters],
    ) -> CancelledJobs:
        """Cancel many jobs that do not run yet (cancel_jobs, once for each of their batches).

        Args:
            jobs: Which ones, as such or by their identifiers; of identifiers the batches are looked up first.
            batch: Or those of a batch, all or as the filters say.
            filters: Those of `jobs`, with `batch` only.

        Returns:
            Those that are cancelled, and why others are not, by their identifiers.

        Raises:
            ValidationError: It is not said which, or a filter has no meaning; nothing was sent.
        """
        listed = None if jobs is None else checked_several(jobs, "jobs", self.provider)
        if (listed is None) == (batch is None) or (listed is not None and filters):
            raise ValidationError(
                "say which jobs to cancel: either jobs, or a batch and perhaps filters",
                provider=self.provider,
                fields=("jobs", "batch"),
                hint="Such as cancel_jobs([job, other]), or cancel_jobs(batch=batch, status='queued')",
            )
        if batch is not None:
            id = queries.checked_id(_id_of(batch), "batch")
            parameters = queries.of_jobs(filters)
            return await self._cancelled(self.raw.cancel_jobs(id, **parameters), {"batch_id": [id], **parameters})
        groups, errors = await self._by_batch(listed or ())
        cancelled: list[Job] = []
        problem: AnyQPUError | None = None
        answered = False
        for id, ids in groups.items():
            for start in range(0, len(ids), LIST_SIZE):
                some = ids[start : start + LIST_SIZE]
                try:
                    found = await self._cancelled(self.raw.cancel_jobs(id, id=some), {"id": some})
                except AnyQPUError as error:
                    # What happened to the others must not be lost with it.
                    problem = problem or error
                    errors |= dict.fromkeys(some, str(error))
                else:
                    answered = True
                    cancelled += found.jobs
                    errors |= found.errors
        if problem is not None and not answered:
            raise problem
        return CancelledJobs(jobs=tuple(cancelled), errors=errors)

    async def _by_batch(self, jobs: Collection[Job | str]) -> tuple[dict[str, list[str]], dict[str, str]]:
        """The identifiers of jobs by their batches, and those that there are not."""
        owners: dict[str, str | None] = {each.id: each.session_id for each in jobs if isinstance(each, Job)}
        owners = {id: owner for id, owner in owners.items() if owner is not None}
        unseen = [queries.checked_id(each.id if isinstance(each, Job) else each, "jobs") for each in jobs]
        unseen = [id for id in dict.fromkeys(unseen) if id not in owners]
        for start in range(0, len(unseen), LIST_SIZE):
            some = unseen[start : start + LIST_SIZE]
            for job in self._listed_jobs(elements(await self.raw.list_jobs(id=some, limit=LIST_SIZE))):
                owners[job.id] = job.session_id
        groups: dict[str, list[str]] = {}
        for id, owner in owners.items():
            if owner is not None:
                groups.setdefault(owner, []).append(id)
        return groups, {id: "there is no such job" for id in unseen if owners.get(id) is None}

    async def _cancelled(self, change: Awaitable[Any], jobs: Mapping[str, Any]) -> CancelledJobs:
        """Return what a cancellation did; the jobs are listed where its response has no readable body."""

        def read(response: Any) -> CancelledJobs:
            cancelled, errors = mapping.cancellation_of(data_of(response), "jobs")
            return CancelledJobs(jobs=tuple(self._listed_jobs(cancelled)), errors=errors)

        async def fetch() -> CancelledJobs:
            listed = await self._job_pages(jobs).collect()
            ended = tuple(job for job in listed if job.status in CANCELLED)
            errors = {job.id: f"the job is {job.raw_status}" for job in listed if job.status not in CANCELLED}
            return CancelledJobs(jobs=ended, errors=errors)

        return await changed(change, read, fetch)


def _id_of(thing: str | Batch | Session) -> str:
    return thing.id if isinstance(thing, Batch | Session) else thing
