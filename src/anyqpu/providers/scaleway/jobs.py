"""Jobs of Scaleway Quantum as a Service."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import anyio
from anyqpu_raw.scaleway.models import CreateJobBody, CreateJobBodyCircuit, ListJobsResponse, UpdateJobBody
from anyqpu_raw.scaleway.models import Job as RawJob

from anyqpu.core.checks import check_shots_fit, check_timeout, checked_shots
from anyqpu.core.listing import LIST_SIZE, by_session, find_in
from anyqpu.core.programs.inputs import bound, checked_parameters, fitted
from anyqpu.core.reading import listed_jobs, page_of
from anyqpu.core.sessions import CLEANUP_SECONDS
from anyqpu.core.submit import find_among, new_key, time_to_prepare, within_timeout
from anyqpu.core.values import given, text
from anyqpu.errors import AnyQPUError, NotFoundError, SubmissionUnknownError, UnexpectedResponseError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job, JobActions
from anyqpu.model.program import Program, ProgramFormat, ProgramSource, load_programs
from anyqpu.model.result import Result
from anyqpu.model.session import Session
from anyqpu.model.status import Technology
from anyqpu.paging import Pager, numbered
from anyqpu.providers.scaleway import mapping, perceval, pulser
from anyqpu.providers.scaleway.mapping import PROCESS
from anyqpu.providers.scaleway.models import ComputationModel
from anyqpu.providers.scaleway.platforms import PAGE_SIZE, retagged
from anyqpu.providers.scaleway.processes import ScalewayProcesses
from anyqpu.providers.scaleway.results import ScalewayResults
from anyqpu.providers.scaleway.sessions import Duration, ScalewaySessions
from anyqpu.transport import exchange
from anyqpu.waiting import BatchResult

# A session that was opened for one job ends by itself soon after it.
IDLE = timedelta(minutes=5)
PHOTONIC = {ProgramFormat.PERCEVAL, ProgramFormat.PERCEVAL_JSON}
# Programs for which `parameters` are the platform's alone.
OWN_SETTINGS = {*PHOTONIC, ProgramFormat.PULSER_JSON}
# Those of a gate-model platform, as Scaleway's own packages send them; other names are parameters of the program.
PLATFORM_SETTINGS = {"options"}


class ScalewayJobs(ScalewaySessions, ScalewayResults, ScalewayProcesses):
    """The part of the client that deals with jobs, of which processes are a kind."""

    @within_timeout
    async def submit(
        self,
        program: ProgramSource | Sequence[ProgramSource] | None = None,
        *,
        device: str | Device,
        shots: int | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
        session: str | Session | None = None,
        timeout: float | None = None,
        model: str | ComputationModel | None = None,
        parameters: Mapping[str, Any] | None = None,
        max_duration: Duration | None = None,
    ) -> Job:
        """Submit a program; returns as soon as the job exists (CreateModel, CreateJob). It is sent once.

        Args:
            program: OpenQASM, or what the platform takes natively (Cirq's, Pulser's or Perceval's): its text or
                object, or the path of a file. A language that the platform does not take (`device.formats`) is
                converted where that is exact (extra `convert`). Gate-model platforms take a list of several, at most
                `device.max_circuits`, as one job; `result.items` is in its order.
            device: The platform, by its name, such as `"EMU-AER-16C-128M"`, or its identifier.
            shots: How often to run it, or each of several, at most the device's `shots_max`.
            name: For your own use; Scaleway requires one, so one is made up if it is None.
            tags: For your own use.
            session: A session on this device, or its identifier. Without it one is opened for this job, which ends
                by itself after five idle minutes; a platform with a price per hour costs until then. It is
                terminated at once if there will be no job.
            timeout: Seconds for the whole call, including the wait for a session to take jobs. The last quarter, at
                most 5 s, is kept for finding the job where its response is lost.
            model: A model to run instead of a program, or its identifier: what `create_model` gave, or the
                `raw.model_id` of an earlier job.
            parameters: For a gate-model program, values of the parameters that it declares, such as `{"theta": 0.3}`
                for `input float[64] theta;` in OpenQASM 3, and the platform's `{"options": {...}}`. Otherwise what
                the platform takes besides, such as `{"variables": {...}}` for a sequence of Pulser's, or
                `{"input_state": "|1,0,1>"}` for a circuit of Perceval's.
            max_duration: Seconds, or a `timedelta`, that the job may run.

        Raises:
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device, session or model.
            WaitTimeoutError: The session did not start in time; no job was submitted.
            ConflictError: The session has ended; no job was submitted.
            SubmissionUnknownError: The job may exist, but was not found.
        """
        check_timeout(timeout, self.provider)
        shots = checked_shots(shots, self.provider)
        if (program is None) == (model is None):
            raise ValidationError(
                "give a program or a model, and not both", provider=self.provider, fields=("program", "model")
            )
        settings = checked_parameters(parameters, self.provider)
        self._check_settings(settings)
        loaded = () if program is None else await load_programs(program)
        if loaded and not any(each.format in OWN_SETTINGS for each in loaded):
            values = {name: value for name, value in settings.items() if name not in PLATFORM_SETTINGS}
            settings = {name: value for name, value in settings.items() if name in PLATFORM_SETTINGS}
            loaded = await bound(loaded, values, provider=self.provider)
        target = await self._target(device)
        check_shots_fit(shots, target, target.name)
        if loaded:
            self._check_number(loaded, target)
            loaded = tuple(await fitted(loaded, target.formats, called=target.name, provider=self.provider))
        only = loaded[0] if len(loaded) == 1 else None
        if only is not None and only.format is ProgramFormat.PULSER_JSON:
            pulser.check_variables(only.text, parameters or {})
        key = new_key()
        body = CreateJobBody(name=name or key, session_id="", circuit=CreateJobBodyCircuit(), tags=retagged(tags, key))
        if max_duration is not None:
            body.max_duration = mapping.spell(max_duration, "max_duration")
        photonic = only is not None and only.format in PHOTONIC
        body.parameters = self._parameters(target, shots, settings, photonic=photonic)
        held = None if session is None else await self._held(session, target)
        if model is not None:
            body.model_id = model if isinstance(model, str) else model.id
        elif photonic and only is not None:
            body.circuit.perceval_circuit = perceval.job(only, shots, settings)
        elif loaded:
            body.model_id = (await self._upload(list(loaded), target)).id
        opened = None
        if held is None:
            # Pulser's sequence is that of the session, for all its jobs; others have no need of one.
            usual = given(body.model_id) if target.technology is Technology.NEUTRAL_ATOM else None
            held = opened = await self.open_session(target, name=name, max_idle=IDLE, deduplication_id=key, model=usual)
        body.session_id = held.id
        async with self._ended_on_failure(opened):
            if not held.accepts_jobs:
                await self.wait_for_session(held, timeout=time_to_prepare())
            job = await self._submit_once(body, key, timeout)
        atoms = pulser.atoms_of(only.text) if only and only.format is ProgramFormat.PULSER_JSON else None
        return replace(job, decode={"bit_labels": list(atoms)}) if atoms else job

    def _parameters(self, target: Device, shots: int, more: Mapping[str, Any], *, photonic: bool) -> str:
        """A job's parameters as the packages for the platform send them; photonic jobs have theirs in themselves."""
        fields: dict[str, Any] = {"shots": shots, "options": {"memory": False}}
        if target.technology is Technology.NEUTRAL_ATOM:
            fields = {"runs": shots}
        try:
            whole = json.dumps({**fields, **more}, allow_nan=False)
            return json.dumps({"shots": shots}) if photonic else whole
        except (TypeError, ValueError) as error:
            raise ValidationError(
                f"the parameters cannot be written as JSON: {error}", provider=self.provider, fields=("parameters",)
            ) from error

    def _check_settings(self, settings: Mapping[str, object]) -> None:
        """Raise `ValidationError` for what `submit` has an argument of its own for."""
        taken = sorted({"shots", "runs"} & settings.keys())
        if taken:
            raise ValidationError(f"{taken[0]} is given by shots=", provider=self.provider, fields=("parameters",))

    def _check_number(self, programs: Sequence[Program], target: Device) -> None:
        """Raise `ValidationError` for more programs than a job on the platform has."""
        alone = target.technology in {Technology.NEUTRAL_ATOM, Technology.PHOTONIC}
        alone = alone or any(program.format in OWN_SETTINGS for program in programs)
        most = 1 if alone else target.max_circuits
        if most and len(programs) > most:
            takes = "one program" if most == 1 else f"at most {most} programs"
            raise ValidationError(
                f"{target.name} takes {takes} in each job, not {len(programs)}",
                provider=self.provider,
                fields=("program",),
                hint="Submit them one by one" if most == 1 else "Submit them in several jobs",
            )

    async def _held(self, session: str | Session, target: Device) -> Session:
        held = await self.get_session(session if isinstance(session, str) else session.id)
        if held.device_id not in {None, target.id}:
            raise ValidationError(
                f"session {held.id} is not on {target.name}", provider=self.provider, fields=("session", "device")
            )
        self._platforms.put(held.id, target.id)
        return held

    @contextlib.asynccontextmanager
    async def _ended_on_failure(self, session: Session | None) -> AsyncGenerator[None]:
        """A session that was opened for one job does not go on, and cost, without it."""
        try:
            yield
        except SubmissionUnknownError:
            # The job may be in it.
            raise
        except BaseException:
            if session is not None:
                with anyio.move_on_after(CLEANUP_SECONDS, shield=True), contextlib.suppress(AnyQPUError):
                    await self.close_session(session)
            raise

    async def _submit_once(self, body: CreateJobBody, key: str, timeout: float | None) -> Job:
        async def send() -> Job:
            return await self._job_of(await self.raw.create_job(body=body))

        async def find(key: str, since: datetime) -> Job | None:
            # The tags are checked here too, in case the filter does something else.
            found = await find_among(
                self.jobs(session=body.session_id, tags=[key]),
                since=since,
                is_ours=lambda job: key in mapping.tags_of(job.raw.tags),
                created_at=lambda job: job.created_at,
            )
            return None if found is None else await self._job_of(found.raw)

        return await self._send_once(send, find, key=key, timeout=timeout)

    async def job(self, id: str) -> Job:
        """A job by its identifier (GetJob); raises `NotFoundError` if there is none."""
        return await self._job_of(await self.raw.get_job(id))

    async def _job_of(self, raw: RawJob) -> Job:
        job = mapping.job_of(raw, self, None)
        platform = await self._platform_of(job.session_id) if job.session_id else None
        return replace(job, device_id=platform)

    async def _platform_of(self, session_id: str) -> str | None:
        """Return the platform of a session (GetSession, unless it is remembered); None where it cannot be read."""

        async def ask() -> str | None:
            return mapping.platform_of(await self.raw.get_session(session_id))

        # A job can be used without its platform, also where its session was deleted.
        with contextlib.suppress(UnexpectedResponseError, NotFoundError):
            return await self._platforms.look_up(session_id, ask)
        return None

    async def refresh_job(self, job: Job) -> Job:
        """The job, or process, as it is now (GetJob or GetProcess)."""
        return _as_before(job, await (self.get_process(job.id) if job.kind == PROCESS else self.job(job.id)))

    async def _resume(self, handle: JobHandle) -> Job:
        if handle.kind == PROCESS:
            return await self.get_process(handle.id)
        job = await super()._resume(handle)
        return replace(job, decode=handle.decode) if handle.decode else job

    def jobs(
        self, *, session: str | Session | None = None, tags: Sequence[str] = (), page_size: int = PAGE_SIZE
    ) -> Pager[Job]:
        """The jobs of a session, or of the whole project, newest first, perhaps only those with tags (ListJobs).

        `device_id` is None where a job's session has not been seen by this client, since Scaleway says it only there.
        """
        where: dict[str, Any] = (
            {"project_id": self._project()}
            if session is None
            else {"session_id": session if isinstance(session, str) else session.id}
        )
        if tags:
            where["tags"] = list(tags)

        async def fetch(number: int) -> ListJobsResponse:
            options: dict[str, Any] = {"page": number, "page_size": page_size, "order_by": "created_at_desc"}
            return page_of(self.provider, await self.raw.list_jobs(**options, **where), "jobs")

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda page: listed_jobs(page.jobs, self.provider, RawJob, self, self._read),
            total=lambda page: given(page.total_count),
            identity=lambda job: job.id,
        )

    def _read(self, raw: RawJob, actions: JobActions) -> Job:
        """A job of a list; its platform if its session was asked for before."""
        return mapping.job_of(raw, actions, self._platforms.get(text(raw.session_id)))

    def session_jobs(self, session: Session) -> Pager[Job]:
        """The jobs of a session (ListJobs)."""
        return self.jobs(session=session)

    async def update_job(self, job: Job, *, name: str | None = None, tags: Sequence[str] | None = None) -> Job:
        """Change a job's name or tags; what is None stays as it is (UpdateJob, or UpdateProcess)."""
        if job.kind == PROCESS:
            return await self.update_process(job, name=name, tags=tags)
        body = UpdateJobBody()
        if name is not None:
            body.name = name
        if tags is not None:
            body.tags = retagged(tags, job.dedup_key)
        return await self._changed(job, await self.raw.update_job(job.id, body=body))

    async def cancel_job(self, job: Job) -> Job:
        """Ask for a job, or process, to be cancelled (CancelJob, CancelProcess); the job as it is then."""
        if job.kind == PROCESS:
            return await self.cancel_process(job)
        return await self._changed(job, await self.raw.cancel_job(job.id))

    async def _changed(self, job: Job, raw: RawJob | None) -> Job:
        """The job as a response has it; a success without a body, which the document does not list, has none."""
        return await self.refresh_job(job) if raw is None else _as_before(job, await self._job_of(raw))

    async def _send_cancel(self, job: Job) -> None:
        if job.kind == PROCESS:
            await self.raw.cancel_process(job.id)
        else:
            await self.raw.cancel_job(job.id)

    async def delete_job(self, job: Job) -> None:
        """Delete a job, or process, with its results (DeleteJob, DeleteProcess)."""
        if job.kind == PROCESS:
            await self.delete_process(job)
        else:
            await self.raw.delete_job(job.id)

    async def job_programs(self, job: Job) -> tuple[Program, ...]:
        """What a job runs: the circuit that it was sent with, or its model's (GetJobCircuit, GetModel and its link).

        Raises:
            ResultDecodeError: Its form is none that is known here.
        """
        circuit = await self.raw.get_job_circuit(job.id)
        details = exchange.details(self.provider)
        if perceval_job := text(circuit.perceval_circuit):
            return (Program(perceval_job, ProgramFormat.PERCEVAL_JSON),)
        if packed := text(circuit.qiskit_circuit):
            return await self._programs_in(packed, "the circuit", details)
        raw = await self.raw.get_job(job.id) if job.raw is None else job.raw
        model = text(getattr(raw, "model_id", None))
        return await self.model_programs(model) if model else ()

    async def _result_of(self, job: Job) -> Result:
        """What a job or process gave (ListJobResults and the links in it, or ListProcessResults)."""
        return await (self._result_of_process(job) if job.kind == PROCESS else self._result_of_job(job))

    async def _list_waiting(self, jobs: Mapping[str, Job]) -> BatchResult[Job]:
        """The jobs as lists have them, session by session (ListJobs), and the processes (ListProcesses)."""
        listed = BatchResult[Job]()
        own, processes = _by_kind(jobs)
        for session, wanted in by_session(own).items():
            await find_in(self.jobs(session=session, page_size=LIST_SIZE), wanted, listed)
        if processes:
            await find_in(self.processes(page_size=LIST_SIZE), processes, listed)
        found = {id: _as_before(jobs[id], job) for id, job in listed.found.items()}
        return BatchResult(found, listed.requests)

    def _list_cost(self, jobs: Mapping[str, Job]) -> float:
        own, processes = _by_kind(jobs)
        lists = [*by_session(own).values(), processes]
        return sum(math.ceil(len(wanted) / LIST_SIZE) for wanted in lists)


def _by_kind(jobs: Mapping[str, Job]) -> tuple[dict[str, Job], list[str]]:
    """The jobs proper, and the identifiers of the processes."""
    own = {id: job for id, job in jobs.items() if job.kind != PROCESS}
    return own, [id for id in jobs if id not in own]


def _as_before(before: Job, now: Job) -> Job:
    """The job as it is now, with what only its submitter knew."""
    return replace(now, decode=before.decode) if before.decode else now
