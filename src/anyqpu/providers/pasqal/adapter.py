"""The operations of Pasqal Cloud behind the common verbs."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Unpack

from anyqpu_raw.pasqal import pages
from anyqpu_raw.pasqal.client import RawClient
from anyqpu_raw.pasqal.models import CreateBatchRequest, CreateJobRequest

from anyqpu.core.adapter import Adapter, Prepared, Recovery, Submission
from anyqpu.core.arguments import checked_flag, checked_texts
from anyqpu.core.changes import made
from anyqpu.core.checks import checked_shots, no_device
from anyqpu.core.keys import content_among
from anyqpu.core.listing import FEW_KEYS, LIST_SIZE, take
from anyqpu.core.programs.inputs import no_parameters, one_program
from anyqpu.core.reading import odd_response, read_each
from anyqpu.core.rows import raw_for_waits
from anyqpu.errors import ConfigError, Hint, NotFoundError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job
from anyqpu.model.program import load_program
from anyqpu.model.result import Result
from anyqpu.paging import Pager, paginate
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.filters import JobFilters
from anyqpu.providers.pasqal.mapping import WORKLOAD
from anyqpu.providers.pasqal.programs import checked_configuration, checked_variables, fitting_shots, sequence_text
from anyqpu.providers.pasqal.reader import JobReader
from anyqpu.providers.pasqal.resources.batches import Batches
from anyqpu.providers.pasqal.resources.cancellations import Cancellations
from anyqpu.providers.pasqal.resources.devices import Queues, Specifications
from anyqpu.providers.pasqal.resources.outcomes import Outcomes
from anyqpu.providers.pasqal.resources.projects import Projects
from anyqpu.providers.pasqal.resources.sessions import PasqalSessions
from anyqpu.providers.pasqal.resources.workloads import Workloads
from anyqpu.providers.pasqal.responses import data_of, elements
from anyqpu.waiting import BatchResult

if TYPE_CHECKING:
    from anyqpu.core.context import Context
    from anyqpu.model.batch import Batch
    from anyqpu.model.calibration import Topology
    from anyqpu.model.session import Session

AVAILABILITIES = ("ACTIVE", "INACTIVE", "RETIRED")
PROJECT_HINT = Hint("Give project_id= to connect", "Set PASQAL_PROJECT_ID, or project_id in a profile")


@dataclass(frozen=True, slots=True)
class SubmitOptions:
    """What `submit` takes at Pasqal besides the common arguments."""

    variables: Mapping[str, Any] | None = None
    backend_configuration: str | None = None


class PasqalAdapter(Adapter[RawClient]):
    """Devices, batches, jobs and workloads of one client."""

    kinds = frozenset({"job", WORKLOAD})

    def __init__(self, context: Context[RawClient]) -> None:
        super().__init__(context)
        self.reader = JobReader(context)
        self.specifications = Specifications(self.raw)
        self.queues = Queues(self.raw)
        self.projects = Projects(self)
        self.workloads = Workloads(self)
        self.cancellations = Cancellations(self)
        self.batches = Batches(self)
        self.outcomes = Outcomes(self)

    @cached_property
    def sessions(self) -> PasqalSessions:
        """Open batches as sessions."""
        return PasqalSessions(self)

    def project(self) -> str:
        """Return the project that requests name; raise `ConfigError` if none is set."""
        project = self.context.settings.get_value("project_id")
        if project is None:
            raise ConfigError("Pasqal needs a project", provider="pasqal", hint=PROJECT_HINT)
        return queries.checked_id(project, "project_id")

    async def check_credentials(self) -> str:
        """List one project (list_projects); some operations need no credentials."""
        await self.projects.list().first()
        return "your projects"

    # Devices

    def devices(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
        device_types: Collection[str] | None = None,
        availability: Collection[str] | None = None,
        public: bool | None = None,
    ) -> Pager[Device]:
        """List all devices (list_devices), or only some (list_devices_v2)."""
        filters: dict[str, Any] = {}
        if device_types is not None:
            types = [device_types] if isinstance(device_types, str) else device_types
            filters["device_type"] = checked_texts(types, "device_types", "pasqal")
        if availability is not None:
            filters["availability"] = _checked_availability(availability)
        if public is not None:
            filters["public"] = checked_flag(public, "public", "pasqal")
        return paginate(
            partial(self.raw.list_devices_v2, **filters) if filters else self.raw.list_devices,
            pages.LIST_DEVICES_V2 if filters else pages.LIST_DEVICES,
            to_items=lambda devices: read_each("pasqal", devices, mapping.device_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    async def device(self, id: str) -> Device:
        """Return a device by its type, such as `EMU_FREE` (list_devices, get_device_specs, get_device_queue)."""
        device, specs = await self._listed(id), await self.specifications.text(id)
        return mapping.device_of(device.raw, specs, await self.queues.waiting_jobs(id))

    async def look_up(self, id: str) -> Device:
        """Return a device without its queue, which does not matter for a submit (list_devices, get_device_specs)."""
        device = await self._listed(id)
        return mapping.device_of(device.raw, await self.specifications.text(id))

    async def _listed(self, id: str) -> Device:
        """Return a device as it is listed; raise `NotFoundError` with the nearest name for an unknown one."""
        name = queries.checked_device(id)
        devices = {device.id: device async for device in self.devices()}
        if name not in devices:
            raise no_device(name, devices, provider="pasqal", operation="list_devices")
        return devices[name]

    async def topology(self, device: str | Device) -> Topology | None:
        """Return the traps of a device's first layout, with their places in micrometres (get_device_specs).

        None for a device without layouts, where a register may place atoms anywhere.
        """
        from anyqpu.core.programs.pulser_layouts import topology_in

        try:
            return topology_in(await self.specifications.get(device))
        except NotFoundError:
            await self._listed(queries.checked_device(device))
            raise

    # Submits

    async def prepare(self, submission: Submission) -> Prepared:
        """Prepare the request that submits a job (create_batch or, in a session, add_jobs)."""
        options: SubmitOptions = submission.options or SubmitOptions()
        variables, configuration = options.variables, options.backend_configuration
        hint = Hint("Submit several as one batch: client.batch(...)", "Submit them one by one")
        program = one_program(submission.program, "pasqal", hint=hint)
        values_hint = Hint(
            "Give the values of a sequence's variables as variables={...}",
            "Give the values of a sequence's variables as --option variables.NAME=VALUE",
        )
        no_parameters(submission.parameters, "pasqal", hint=values_hint)
        tags = queries.checked_tags(submission.tags)
        if submission.name is not None:
            tags = [submission.name, *tags]
        configured = configuration is not None
        if configuration is not None:
            checked_configuration(configuration)
        else:
            checked_shots(submission.shots, "pasqal")
        batch_id = None
        if submission.session is not None:
            _check_options_in_session(tags, configured, variables)
            batch_id = queries.checked_id(queries.id_of(submission.session), "session")
        loaded = await load_program(program)
        values = None if batch_id is not None else checked_variables(variables, loaded.text)
        target = await self.target(submission.device)
        sequence = await sequence_text(loaded, target)
        job = CreateJobRequest(runs=fitting_shots(submission.shots, target, configured=configured))
        if batch_id is not None:
            job.sequence = sequence
            return self._addition(job, batch_id, submission.key)
        if values is not None:
            job.variables = values
        body = CreateBatchRequest(
            project_id=self.project(),
            device_type=target.id,
            sequence_builder=sequence,
            open_=False,
            jobs=[job],
            tags=submission.tags_to_send(tags),
        )
        if configuration is not None:
            body.backend_configuration = configuration

        async def send() -> Job:
            jobs = self.reader.in_batch(data_of(await self.raw.create_batch(body=body)))
            if len(jobs) != 1:
                # It was created all the same, and is searched for.
                raise odd_response("pasqal", f"a batch of {len(jobs)} jobs instead of one")
            return jobs[0]

        return Prepared(send=send, find=self.find)

    def _addition(self, job: CreateJobRequest, batch_id: str, key: str) -> Prepared:
        """Prepare the request that adds a job to a session."""

        async def send() -> Job:
            jobs = self.reader.in_batch(data_of(await self.raw.add_jobs(batch_id, body=[job])))
            newest = max(jobs, key=mapping.creation_order, default=None)
            if newest is None:
                raise odd_response("pasqal", "a batch without jobs")
            return replace(newest, dedup_key=key)

        hint = Hint(
            f"Jobs of a batch carry no key: jobs(batch={batch_id!r}) lists those that it has",
            "Jobs of a batch carry no key: see whether `anyqpu jobs pasqal` lists it",
        )
        return Prepared(send=send, hint=hint)

    async def find(self, key: str, since: datetime | None) -> Job | None:
        """Find the job of the batch with a key, the first one of several (list_batches, list_jobs)."""
        batch = await self.sessions.find(key, since)
        if batch is None:
            return None
        self.reader.remember(batch.raw)
        jobs = self.reader.listed(elements(await self.raw.list_jobs(batch_id=[batch.id], limit=LIST_SIZE)))
        return min(jobs, key=mapping.creation_order, default=None)

    async def recovery(self, device: str, options: Mapping[str, Any]) -> Recovery:
        """Return that the key of a job can be found, unless it was added to an open batch, whose tags are fixed."""
        return "unknown" if options.get("session") is not None else "find"

    async def find_many(self, keys: Collection[str], since: datetime | None) -> dict[str, Job]:
        """Find the jobs of the batches with keys: a few by their tags, many in one pass (list_batches, list_jobs)."""
        if len(keys) <= FEW_KEYS:
            jobs = {key: await self.find(key, since) for key in keys}
            return {key: job for key, job in jobs.items() if job is not None}
        batches = await self.sessions.find_many(keys, since)
        for batch in batches.values():
            self.reader.remember(batch.raw)
        ids = [batch.id for batch in batches.values()]
        first: dict[str, Job] = {}
        for start in range(0, len(ids), LIST_SIZE):
            parameters = {"project_id": [self.project()], "batch_id": ids[start : start + LIST_SIZE]}
            async for job in self.reader.pager(parameters, page_size=LIST_SIZE):
                if job.session_id is not None:
                    first[job.session_id] = min(first.get(job.session_id, job), job, key=mapping.creation_order)
        return {key: first[batch.id] for key, batch in batches.items() if batch.id in first}

    def content_of(self, job: Job) -> str | None:
        """Return the digest among the tags of a job's batch."""
        return content_among(self.reader.facts(job.session_id).tags)

    # Jobs

    async def job(self, id: str) -> Job:
        """Return a job by its identifier (get_job; get_batch for its device and tags)."""
        return await self.reader.read(data_of(await self.raw.get_job(queries.checked_id(id))))

    async def job_status(self, job: Job) -> Job:
        """Return a job with its present status, in a response without the job's sequence (get_job_status).

        Times, errors and progress stay as they were: `job.refresh()` has them.
        """
        return mapping.job_with_status(data_of(await self.raw.get_job_status(queries.job_id(job))), job)

    def jobs(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
        session: str | Session | None = None,
        batch: str | Batch | None = None,
        **filters: Unpack[JobFilters],
    ) -> Pager[Job]:
        """List the project's jobs, newest first, perhaps only some (list_jobs)."""
        parameters = {"project_id": [self.project()], "order_by_direction": "DESC", **queries.of_jobs(filters)}
        owners = [queries.checked_id(queries.id_of(owner), "batch") for owner in (session, batch) if owner is not None]
        if owners:
            parameters["batch_id"] = owners
        return self.reader.pager(parameters, page_size=page_size, resume_token=resume_token)

    async def refresh(self, job: Job) -> Job:
        """Return a job or workload as it is now (get_job, get_workload)."""
        id = queries.job_id(job)
        return await (self.workloads.get(id) if job.kind == WORKLOAD else self._current(job))

    async def _current(self, job: Job) -> Job:
        """Return a job as it is now, with its key: that of a job in a session is known here only (get_job)."""
        current = await self.job(job.id)
        return replace(current, dedup_key=job.dedup_key) if job.dedup_key else current

    async def poll(self, job: Job) -> Job:
        """Return a job with its status alone until it has ended (get_job_status); a workload whole (get_workload)."""
        if job.kind == WORKLOAD:
            return await self.refresh(job)
        current = await self.job_status(job)
        return await self.refresh(job) if current.status.is_terminal else current

    async def list_many(self, jobs: Mapping[str, Job], listed: BatchResult[Job] | None = None) -> BatchResult[Job]:
        """List jobs and workloads by their identifiers, as many at once as possible (list_jobs, list_workloads)."""
        plain, workloads = _by_kind(jobs)
        listed = BatchResult[Job]() if listed is None else listed
        raw = raw_for_waits(self.context, jobs, listed, pages.LIST_JOBS, pages.LIST_WORKLOADS)
        for start in range(0, len(plain), LIST_SIZE):
            ids = plain[start : start + LIST_SIZE]
            current = self.reader.listed(elements(await raw.list_jobs(id=ids, limit=LIST_SIZE)))
            take(current, jobs, listed)
            listed.requests += 1
        for start in range(0, len(workloads), LIST_SIZE):
            page = await raw.list_workloads(id=workloads[start : start + LIST_SIZE], limit=LIST_SIZE)
            current = read_each("pasqal", elements(page), mapping.workload_of, self.context.jobs)
            take(current, jobs, listed)
            listed.requests += 1
        for id, job in listed.items.items():
            if job.kind != WORKLOAD:
                listed.items[id] = self._as_before(job, jobs[id])
        return listed

    def _as_before(self, job: Job, before: Job) -> Job:
        """Return a job of a list; the facts of its batch are those known before, rather than one more request."""
        if self.reader.knows(job.session_id):
            return replace(job, dedup_key=before.dedup_key) if before.dedup_key else job
        return replace(job, device_id=before.device_id, tags=before.tags, dedup_key=before.dedup_key)

    def list_cost(self, jobs: Mapping[str, Job]) -> float:
        """Return the requests that `list_many` takes."""
        return sum(math.ceil(len(ids) / LIST_SIZE) for ids in _by_kind(jobs))

    async def cancel(self, job: Job) -> None:
        """Cancel a job that does not run yet (cancel_job), or a workload (cancel_workload)."""
        await made(self.raw.cancel_workload(job.id) if job.kind == WORKLOAD else self.raw.cancel_job(job.id))

    async def result(self, job: Job) -> Result:
        """Return the result of a completed job (get_job_results_link) or workload (get_workload), behind its link."""
        return await self.outcomes.result(job)

    async def resume(self, handle: JobHandle) -> Job:
        """Return the job or workload of a handle (get_job, get_batch, get_workload)."""
        if handle.kind == WORKLOAD:
            return await self.workloads.get(handle.id)
        job = await super().resume(handle)
        return replace(job, dedup_key=handle.dedup_key) if handle.dedup_key else job

    def check_kind(self, handle: JobHandle) -> None:
        """Raise `ValidationError` for a handle of another kind than a job or workload."""
        if handle.kind == "batch":
            hint = Hint("Use client.resume_batch(handle)", f"`anyqpu sessions show pasqal:{handle.id}` shows it")
            self.refuse_handle(f"{handle} is the handle of a batch", hint)
        super().check_kind(handle)


def _checked_availability(availability: Collection[str]) -> list[str]:
    words = [availability] if isinstance(availability, str) else availability
    words = checked_texts(words, "availability", "pasqal")
    wrong = [word for word in words if word not in AVAILABILITIES]
    if wrong:
        problem, hint = f"invalid availability {wrong[0]!r}", f"It is one of {', '.join(AVAILABILITIES)}"
        raise ValidationError(problem, provider="pasqal", fields=("availability",), hint=hint)
    return words


def _check_options_in_session(tags: list[str], configured: bool, variables: Mapping[str, Any] | None) -> None:
    """Raise `ValidationError` for options of `submit` that a job in a session cannot have."""
    if tags or configured:
        problem = "name, tags and backend_configuration belong to the batch: give tags and the latter to session()"
        raise ValidationError(problem, provider="pasqal", fields=("name", "tags", "backend_configuration"))
    if variables:
        problem = "a job of a session has a sequence of its own, and so no variables"
        hint = "Build the sequence with its values: sequence.build(...)"  # Pulser's
        raise ValidationError(problem, provider="pasqal", fields=("variables",), hint=hint)


def _by_kind(jobs: Mapping[str, Job]) -> tuple[list[str], list[str]]:
    """Return the identifiers of the jobs proper, and those of the workloads."""
    workloads = [id for id, job in jobs.items() if job.kind == WORKLOAD]
    return [id for id, job in jobs.items() if job.kind != WORKLOAD], workloads
