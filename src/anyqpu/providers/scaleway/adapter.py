"""The operations of Scaleway Quantum as a Service behind the common verbs."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from anyqpu_raw.scaleway import pages
from anyqpu_raw.scaleway.client import RawClient
from anyqpu_raw.scaleway.models import CreateJobBody, CreateJobBodyCircuit
from anyqpu_raw.scaleway.models import Job as RawJob

from anyqpu._lazy import LazyModule
from anyqpu.core.adapter import Adapter, Prepared, Submission
from anyqpu.core.checks import check_shots_fit, checked_shots, no_device
from anyqpu.core.keys import content_among, has_key, sent_key, tag_of
from anyqpu.core.listing import FEW_KEYS, LIST_SIZE, by_session, find_in
from anyqpu.core.memory import Memory
from anyqpu.core.programs.inputs import bound, checked_parameters, fitted
from anyqpu.core.reading import listed_jobs, read_each
from anyqpu.core.rows import raw_for_waits
from anyqpu.core.submit import find_all_among, find_among
from anyqpu.core.values import text
from anyqpu.errors import ConfigError, Hint, NotFoundError, UnexpectedResponseError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job
from anyqpu.model.program import Program, ProgramFormat, load_programs
from anyqpu.model.result import Result
from anyqpu.model.session import Session
from anyqpu.model.status import JobStatus, Technology
from anyqpu.paging import Pager, paginate
from anyqpu.providers.scaleway import mapping, perceval, pulser, states
from anyqpu.providers.scaleway.job_request import JobRequest, labelled
from anyqpu.providers.scaleway.mapping import PROCESS, is_uuid
from anyqpu.providers.scaleway.resources.applications import Applications
from anyqpu.providers.scaleway.resources.bookings import ScalewayBookings
from anyqpu.providers.scaleway.resources.models import ComputationModel, Models
from anyqpu.providers.scaleway.resources.processes import Processes
from anyqpu.providers.scaleway.resources.sessions import Duration, ScalewaySessions
from anyqpu.providers.scaleway.results import JobResults
from anyqpu.providers.scaleway.submit_sessions import IDLE, SubmitSessions
from anyqpu.waiting import BatchResult

if TYPE_CHECKING:
    from anyqpu.core.context import Context
    from anyqpu.model.calibration import Topology
    from anyqpu.model.native import NativeForm
    from anyqpu.providers.scaleway import lattices
else:
    lattices = LazyModule("anyqpu.providers.scaleway.lattices")

PHOTONIC = {ProgramFormat.PERCEVAL, ProgramFormat.PERCEVAL_JSON}
# Programs for which `parameters` are the platform's alone.
OWN_SETTINGS = {*PHOTONIC, ProgramFormat.PULSER_JSON}
# Those of a gate-model platform, as Scaleway's own packages send them; other names are parameters of the program.
PLATFORM_SETTINGS = {"options"}


@dataclass(frozen=True, slots=True)
class SubmitOptions:
    """What `submit` takes at Scaleway besides the common arguments."""

    model: str | ComputationModel | None = None
    max_duration: Duration | None = None


class ScalewayAdapter(Adapter[RawClient]):
    """Platforms, sessions, bookings, jobs and processes of one client.

    Attributes:
        platforms: Platform of each session that was seen: a job does not say on which platform it is. A session does,
            and never changes it.
        booked: Session and platform of each booking, as far as sessions were seen that say so; they never change.
    """

    kinds = frozenset({"job", PROCESS})

    def __init__(self, context: Context[RawClient]) -> None:
        super().__init__(context)
        self.platforms: Memory[str | None] = Memory(context.clock)
        self.booked: Memory[tuple[str, str | None]] = Memory(context.clock)
        self.submits = SubmitSessions(self)
        self.models = Models(self)
        self.applications = Applications(self.raw)
        self.processes = Processes(self, self.applications)
        self.results = JobResults(self, self.models)
        # The document does not say how statuses are sorted. By their names, this begins with waiting and running jobs.
        self._orders = ["status_desc", "status_asc"]

    @cached_property
    def sessions(self) -> ScalewaySessions:
        """Sessions on platforms."""
        return ScalewaySessions(self)

    @cached_property
    def reservations(self) -> ScalewayBookings:
        """Bookings of platforms."""
        return ScalewayBookings(self, self.sessions)

    def project(self) -> str:
        """Return the project that requests name; raise `ConfigError` if none is set."""
        project = self.context.settings.get_value("project_id")
        if project is None:
            raise ConfigError(
                "Scaleway needs a project",
                provider="scaleway",
                hint=Hint(
                    "Give project_id= to connect, or set SCW_DEFAULT_PROJECT_ID",
                    "Set SCW_DEFAULT_PROJECT_ID, or project_id in a profile",
                ),
            )
        return project

    async def check_credentials(self) -> str:
        """List one session of the project, or one platform without a project (ListSessions, ListPlatforms)."""
        if self.context.settings.get_value("project_id") is None:
            await self.devices(page_size=1).first()
            return "its platforms (jobs need a project_id, which is missing)"
        await self.sessions.list(page_size=1).first()
        return "the project's sessions"

    # Platforms

    def devices(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Device]:
        """List platforms, with prices as exact `Money` and the rules for booking them (ListPlatforms)."""
        return paginate(
            self.raw.list_platforms,
            pages.LIST_PLATFORMS,
            to_items=lambda platforms: read_each("scaleway", platforms, mapping.device_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    async def device(self, id: str) -> Device:
        """Return a platform by its identifier or its name, such as `EMU-AER-16C-128M` (GetPlatform, ListPlatforms)."""
        if not id:
            problem = "a device is a text such as 'EMU-AER-16C-128M'"
            raise ValidationError(problem, provider="scaleway", fields=("device",))
        if is_uuid(id):
            return mapping.device_of(await self.raw.get_platform(id))
        devices = await self.devices().collect()
        for device in devices:
            if device.name == id:
                return device
        raise no_device(id, [device.name for device in devices], provider="scaleway", operation="ListPlatforms")

    async def target(self, device: str | Device) -> Device:
        """Return a platform to submit to; it is remembered by its identifier too, which is what sessions name."""
        target = await super().target(device)
        if target.id not in self.context.devices:
            self.context.devices.put(target.id, target)
        return target

    def idle_limit(self, device: Device) -> timedelta | None:
        """Return the idle time after which a session that `submit` opens ends; it opens one on each platform."""
        return IDLE

    async def topology(self, device: str | Device) -> Topology | None:
        """Return the traps of a platform of neutral atoms, as its metadata have them (GetPlatform); None for others."""
        platform = await self.device(device) if isinstance(device, str) else device
        return mapping.topology_of(platform.raw)

    async def native_form(self, device: Device) -> NativeForm:
        """Return the gates of a platform's metadata, with the couplings that the maker of a processor publishes."""
        return lattices.form_of(device)

    # Submits

    async def prepare(self, submission: Submission) -> Prepared:
        """Prepare the request that submits a job (CreateModel, CreateSession, GetSession, CreateJob)."""
        options: SubmitOptions = submission.options or SubmitOptions()
        program, model = submission.program, options.model
        shots = checked_shots(submission.shots, "scaleway")
        if (program is None) == (model is None):
            problem = "give a program or a model, and not both"
            raise ValidationError(problem, provider="scaleway", fields=("program", "model"))
        settings = checked_parameters(submission.parameters, "scaleway")
        _check_settings(settings)
        loaded = () if program is None else await load_programs(program)
        if loaded and not any(program.format in OWN_SETTINGS for program in loaded):
            values = {name: value for name, value in settings.items() if name not in PLATFORM_SETTINGS}
            settings = {name: value for name, value in settings.items() if name in PLATFORM_SETTINGS}
            loaded = await bound(loaded, values, provider="scaleway")
        target = await self.target(submission.device)
        check_shots_fit(shots, target, target.name)
        if loaded:
            _check_number(loaded, target)
            loaded = tuple(await fitted(loaded, target.formats, called=target.name, provider="scaleway"))
        only = loaded[0] if len(loaded) == 1 else None
        if only is not None and only.format is ProgramFormat.PULSER_JSON:
            pulser.check_variables(only.text, submission.parameters or {})
        body = CreateJobBody(
            name=submission.name or submission.key,
            session_id="",
            circuit=CreateJobBodyCircuit(),
            tags=submission.tags_to_send(),
        )
        if options.max_duration is not None:
            body.max_duration = mapping.spell(options.max_duration, "max_duration")
        photonic = only is not None and only.format in PHOTONIC
        body.parameters = _parameters(target, shots, settings, photonic=photonic)
        programs = loaded
        if model is not None:
            body.model_id = model if isinstance(model, str) else model.id
        elif photonic and only is not None:
            body.circuit.perceval_circuit = perceval.job(only, shots, settings)
            programs = ()
        return await JobRequest(self, submission, target, body, programs).prepare()

    async def find(self, key: str, since: datetime | None, session: str | None = None) -> Job | None:
        """Find the job with a key among those of the project, or of a session (ListJobs)."""
        # The tags are checked here too, in case the filter does something else.
        job = await find_among(
            self.jobs(session=session, tags=[tag_of(key)]),
            since=since,
            is_ours=lambda job: has_key(mapping.tags_of(job.raw.tags), key),
            created_at=lambda job: job.created_at,
        )
        return None if job is None else await self.job_of(job.raw)

    async def find_many(self, keys: Collection[str], since: datetime | None) -> dict[str, Job]:
        """Find the jobs with keys: a few by their tags, many in one pass over the project's jobs (ListJobs)."""
        if len(keys) <= FEW_KEYS:
            jobs = {key: await self.find(key, since) for key in keys}
            return {key: job for key, job in jobs.items() if job is not None}
        listed = await find_all_among(
            self.jobs(page_size=LIST_SIZE),
            keys,
            since=since,
            key_of=lambda job: sent_key(mapping.tags_of(job.raw.tags)),
            created_at=lambda job: job.created_at,
        )
        return {key: await self.job_of(job.raw) for key, job in listed.items()}

    def content_of(self, job: Job) -> str | None:
        """Return the digest among a job's tags."""
        return content_among(mapping.tags_of(getattr(job.raw, "tags", None)))

    def adopt(self, job: Job, submission: Submission) -> Job:
        """Return a job with the names of the atoms of its sequence, which are in its result's order."""
        program = submission.program
        return labelled(job, program if isinstance(program, Program) else None)

    # Jobs

    async def job(self, id: str) -> Job:
        """Return a job by its identifier (GetJob)."""
        return await self.job_of(await self.raw.get_job(id))

    async def job_of(self, raw: RawJob) -> Job:
        """Return the common job, with the platform of its session (GetSession, unless that is remembered)."""
        job = mapping.job_of(raw, self.context.jobs, None)
        platform = await self._platform_of(job.session_id) if job.session_id else None
        return replace(job, device_id=platform)

    async def _platform_of(self, session_id: str) -> str | None:
        """Return the platform of a session (GetSession, unless it is remembered); None where it cannot be read."""

        async def fetch() -> str | None:
            return mapping.platform_of(await self.raw.get_session(session_id))

        # A job can be used without its platform, also where its session was deleted.
        with contextlib.suppress(UnexpectedResponseError, NotFoundError):
            return await self.platforms.look_up(session_id, fetch)
        return None

    def jobs(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
        session: str | Session | None = None,
        tags: Sequence[str] = (),
    ) -> Pager[Job]:
        """List the jobs of the project or a session, newest first, perhaps only those with tags (ListJobs)."""
        return self._jobs(self.raw, "created_at_desc", page_size, resume_token, session=session, tags=tags)

    def _jobs(
        self,
        raw: RawClient,
        order: str,
        page_size: int | None,
        resume_token: str | None = None,
        *,
        session: str | Session | None,
        tags: Sequence[str] = (),
    ) -> Pager[Job]:
        filters: dict[str, Any] = {"order_by": order}
        if session is None:
            filters["project_id"] = self.project()
        else:
            filters["session_id"] = session if isinstance(session, str) else session.id
        if tags:
            filters["tags"] = [*tags]
        return paginate(
            partial(raw.list_jobs, **filters),
            pages.LIST_JOBS,
            to_items=self._listed_jobs,
            page_size=page_size,
            resume_token=resume_token,
        )

    async def _listed_jobs(self, raw: list[RawJob]) -> list[Job]:
        jobs = listed_jobs(raw, "scaleway", RawJob, self.context.jobs, self._set_fields)
        await self.context.own_sessions.saw_all(jobs)
        return jobs

    def _set_fields(self, raw: RawJob, job: Any) -> None:
        """Set the fields of a job of a list, with its platform if that is remembered."""
        mapping.set_job_fields(raw, job, self.platforms.get(text(raw.session_id)))

    async def refresh(self, job: Job) -> Job:
        """Return a job or process as it is now (GetJob, GetProcess)."""
        return _as_before(job, await (self.processes.get(job.id) if job.kind == PROCESS else self.job(job.id)))

    async def resume(self, handle: JobHandle) -> Job:
        """Return the job or process of a handle (GetJob, GetProcess)."""
        if handle.kind == PROCESS:
            return await self.processes.get(handle.id)
        job = await super().resume(handle)
        return replace(job, decode=handle.decode) if handle.decode else job

    async def list_many(self, jobs: Mapping[str, Job], listed: BatchResult[Job] | None = None) -> BatchResult[Job]:
        """List the jobs, session by session (ListJobs), and the processes (ListProcesses)."""
        listed = BatchResult[Job]() if listed is None else listed
        own, processes = _by_kind(jobs)
        raw = raw_for_waits(self.context, jobs, listed, pages.LIST_JOBS, pages.LIST_PROCESSES)
        for session, wanted in by_session(own).items():
            unfinished_first = self._jobs(raw, self._orders[0], LIST_SIZE, session=session)
            if not await find_in(unfinished_first, wanted, listed, is_final=_is_final):
                self._orders.reverse()
            left = [id for id in wanted if listed.lacks(id)]
            if session is None and len(left) > 1:
                # The list may go back for years; those that have just ended are mostly among the newest.
                await find_in(self._jobs(raw, "created_at_desc", LIST_SIZE, session=None), left, listed)
        if processes:
            pager = paginate(
                partial(raw.list_processes, project_id=self.project(), order_by="created_at_desc"),
                pages.LIST_PROCESSES,
                to_items=lambda sent: read_each("scaleway", sent, mapping.process_of, self.context.jobs),
                page_size=LIST_SIZE,
            )
            await find_in(pager, processes, listed)
        for id, job in listed.items.items():
            listed.items[id] = _as_before(jobs[id], job)
        return listed

    def list_cost(self, jobs: Mapping[str, Job]) -> float:
        """Return the requests that `list_many` takes at best."""
        own, processes = _by_kind(jobs)
        lists = [*by_session(own).values(), processes]
        return sum(math.ceil(len(wanted) / LIST_SIZE) for wanted in lists)

    async def cancel(self, job: Job) -> Job | None:
        """Cancel a job or process (CancelJob, CancelProcess)."""
        if job.kind == PROCESS:
            return await self.processes.cancel(job)
        return await self.changed(job, await self.raw.cancel_job(job.id))

    async def changed(self, job: Job, raw: RawJob | None) -> Job:
        """Return the job that a response has; fetch it after a success without a body, which the document lacks."""
        return await self.refresh(job) if raw is None else _as_before(job, await self.job_of(raw))

    async def result(self, job: Job) -> Result:
        """Return the result of a job or process (ListJobResults and the links in it, or ListProcessResults)."""
        return await (self.processes.result(job) if job.kind == PROCESS else self.results.of_job(job))


def _parameters(target: Device, shots: int, more: Mapping[str, Any], *, photonic: bool) -> str:
    """Return a job's parameters as the packages for the platform send them; photonic jobs have theirs in themselves."""
    fields: dict[str, Any] = {"shots": shots, "options": {"memory": False}}
    if target.technology is Technology.NEUTRAL_ATOM:
        fields = {"runs": shots}
    try:
        whole = json.dumps({**fields, **more}, allow_nan=False)
    except (TypeError, ValueError) as error:
        problem = f"the parameters cannot be written as JSON: {error}"
        raise ValidationError(problem, provider="scaleway", fields=("parameters",)) from error
    return json.dumps({"shots": shots}) if photonic else whole


def _check_settings(settings: Mapping[str, object]) -> None:
    """Raise `ValidationError` for what `submit` has an argument of its own for."""
    taken = sorted({"shots", "runs"} & settings.keys())
    if taken:
        raise ValidationError(f"{taken[0]} is given by shots=", provider="scaleway", fields=("parameters",))


def _check_number(programs: Sequence[Program], target: Device) -> None:
    """Raise `ValidationError` for more programs than a job on the platform has."""
    alone = target.technology in {Technology.NEUTRAL_ATOM, Technology.PHOTONIC}
    alone = alone or any(program.format in OWN_SETTINGS for program in programs)
    most = 1 if alone else target.max_circuits
    if most and len(programs) > most:
        takes = "one program" if most == 1 else f"at most {most} programs"
        raise ValidationError(
            f"{target.name} takes {takes} in each job, not {len(programs)}",
            provider="scaleway",
            fields=("program",),
            hint="Submit them one by one" if most == 1 else "Submit them in several jobs",
        )


def _is_final(job: Job) -> bool:
    return states.JOB.get(job.raw_status, JobStatus.UNKNOWN).is_terminal


def _by_kind(jobs: Mapping[str, Job]) -> tuple[dict[str, Job], list[str]]:
    """Return the jobs proper, and the identifiers of the processes."""
    own = {id: job for id, job in jobs.items() if job.kind != PROCESS}
    return own, [id for id in jobs if id not in own]


def _as_before(before: Job, now: Job) -> Job:
    """Return the job as it is now, with what only its submitter knew."""
    return replace(now, decode=before.decode) if before.decode else now
