"""The client of Kipu Quantum Hub."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, cast

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_texts, checked_time, suggests_keywords
from anyqpu.core.checks import check_device
from anyqpu.core.client import Client
from anyqpu.errors import NotFoundError, ValidationError

if TYPE_CHECKING:
    from anyqpu_raw.kipu.api.jobs import get_job_result_stream
    from anyqpu_raw.kipu.client import RawClient

    from anyqpu.core import adapter as adapters
    from anyqpu.core import budget, reading
    from anyqpu.core import sessions as blocks
    from anyqpu.core.sessions import SessionBlock
    from anyqpu.model.calibration import Calibration, Workload
    from anyqpu.model.device import Device
    from anyqpu.model.job import Job
    from anyqpu.model.money import Money
    from anyqpu.model.native import TranspileOptions
    from anyqpu.model.program import ProgramSource
    from anyqpu.model.result import Result
    from anyqpu.model.session import OnExit, Session, SessionStatus
    from anyqpu.paging import Pager
    from anyqpu.providers.kipu import adapter as kipu_adapter
    from anyqpu.providers.kipu import mapping, normalized
    from anyqpu.providers.kipu.adapter import KipuAdapter
    from anyqpu.providers.kipu.records import SubmittedProgram
    from anyqpu.providers.kipu.resources import runtime_minutes, service_executions
    from anyqpu.providers.kipu.resources.runtime_minutes import RuntimeMinutes
    from anyqpu.providers.kipu.resources.service_executions import ServiceExecution
    from anyqpu.transport import downloads, exchange
    from anyqpu.transport.send_guard import BeforeSend
else:
    get_job_result_stream = LazyModule("anyqpu_raw.kipu.api.jobs.get_job_result_stream")
    adapters = LazyModule("anyqpu.core.adapter")
    blocks, budget = LazyModule("anyqpu.core.sessions"), LazyModule("anyqpu.core.budget")
    reading = LazyModule("anyqpu.core.reading")
    kipu_adapter, mapping = LazyModule("anyqpu.providers.kipu.adapter"), LazyModule("anyqpu.providers.kipu.mapping")
    service_executions = LazyModule("anyqpu.providers.kipu.resources.service_executions")
    normalized = LazyModule("anyqpu.providers.kipu.normalized")
    runtime_minutes = LazyModule("anyqpu.providers.kipu.resources.runtime_minutes")
    downloads, exchange = LazyModule("anyqpu.transport.downloads"), LazyModule("anyqpu.transport.exchange")


class KipuClient(Client):
    """Kipu Quantum Hub, which passes jobs on to the machines of many makers.

    Its operations are those of specs/kipu/final.json; `raw` has each of them.

    Attributes:
        runtime_minutes: Machine time that was paid in advance.
    """

    raw: RawClient
    runtime_minutes: RuntimeMinutes

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Of `raw` alone: the context would import what all common verbs need.
        self.runtime_minutes = runtime_minutes.RuntimeMinutes(self.raw)

    @property
    def _kipu(self) -> KipuAdapter:
        return cast("KipuAdapter", self._adapter)

    # Backends

    async def device_config(self, device: str | Device) -> dict[str, Any]:
        """Return what the maker's own tools need to know of a backend, in the maker's form (getBackendConfig)."""
        check_device(device, "kipu")
        config: Any = await self.raw.get_backend_config(device if isinstance(device, str) else device.id)
        if not isinstance(config, dict):
            raise reading.odd_response("kipu", "an object was expected")
        return cast("dict[str, Any]", config)

    async def least_busy(self, provider: str = "IBM", *, min_qubits: int | None = None) -> Device:
        """Return the backend of a maker with the shortest queue (getLeastBusyBackend); Kipu knows that of IBM only.

        Raises:
            ValidationError: Kipu does not support it for this maker.
            NotFoundError: The maker has no backend, or none with so many qubits.
        """
        backend = await self.raw.get_least_busy_backend(provider=provider, min_qubits=min_qubits)
        device = mapping.device_of(backend)
        with contextlib.suppress(NotFoundError):
            # The other operation may not have this backend yet; it is returned without its state then.
            device = mapping.device_of(backend, await self.raw.get_backend_status(device.id))
        return device

    async def calibration(self, device: str | Device, *, at: datetime | None = None) -> Calibration | None:
        """Return the calibration of a backend, now or at a time (getBackendCalibration); None without one."""
        check_device(device, self.provider)
        if at is not None:
            checked_time(at, "at", self.provider)
        return await self._kipu.calibration(device, at=at)

    def calibration_history(
        self,
        device: str | Device,
        *,
        since: datetime,
        until: datetime | None = None,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Calibration]:
        """List the calibrations of a backend in an interval, newest first (getBackendCalibrationHistory).

        Simulators have none.

        Args:
            device: The backend, or its identifier.
            since: The beginning of the interval, which is part of it.
            until: The end of the interval, which is part of it; None: now.
            page_size: Calibrations per request; None: 50.
            resume_token: `resume_token` of a pager of the same list.

        Raises:
            NotFoundError: The backend does not exist, or the server is older than the operation.
        """
        check_device(device, self.provider)
        for name, time in (("since", since), ("until", until)):
            if time is not None:
                checked_time(time, name, self.provider)
        return self._kipu.calibration_history(
            device, since=since, until=until, page_size=page_size, resume_token=resume_token
        )

    async def calibration_of_job(self, job: Job) -> Calibration | None:
        """Return the calibration that a job ran with (getJobCalibration), or None."""
        calibration = await self.raw.get_job_calibration(job.id)
        return None if calibration is None else mapping.calibration_of(calibration, "job")

    # Jobs

    @suggests_keywords
    async def submit(
        self,
        program: ProgramSource | Sequence[ProgramSource],
        *,
        device: str | Device,
        shots: int | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
        session: str | Session | None = None,
        key: str | None = None,
        timeout: float | None = None,
        max_cost: Money | None = None,
        parameters: Mapping[str, object] | None = None,
        transpile: bool | int | TranspileOptions = False,
        before_send: BeforeSend | None = None,
        input_params: Mapping[str, Any] | None = None,
    ) -> Job:
        """Submit a program; returns as soon as the job exists (createJob). It is sent once, whatever happens.

        Args:
            program: Its text, the path of a file, or an object of the library that it was written with. A language
                that the device does not take (`device.formats`) is converted where that is exact (extra `convert`).
                The backends of IBM, IQM, Qudora and AWS take a list of several as one job, as many as
                `device.max_circuits`; `result.items` is in its order.
            device: Where to run it, such as `"kipu.sim.qsim"`.
            shots: How often to run it, or each of several; what the device takes is in its `shots_min` and
                `shots_max`. May be left out where nothing is sampled (modes `statevector` and `amplitudes` of
                `kipu.sim.qsim`).
            name: For your own use.
            tags: For your own use.
            session: A session to run it in, or its identifier.
            key: Your own idempotency key, 8 to 64 characters of `[A-Za-z0-9._-]`, which travels as a tag. If a job of
                the last seven days has it, that one is returned, and nothing is submitted (searchJobs). None: one is
                made up.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the job where its
                response is lost.
            max_cost: The most that it may cost, in place of the limit of `connect`.
            parameters: Values of the parameters that the program declares, such as `{"theta": 0.3}` for
                `input float[64] theta;` in OpenQASM 3, or for Qiskit's `Parameter("theta")`; of a photonic program,
                `{"input_state": "|1,0,1>"}` are the photons that enter a circuit of Perceval's.
            transpile: Turn OpenQASM or a Qiskit circuit into the device's native gates first, with Qiskit (extra
                `qiskit`). True, a level from 0 to 3, or `TranspileOptions`; see `native_programs`.
            before_send: Awaited once, right before the request that submits the job; what it raises stops the submit,
                and nothing is sent. Its method `check`, if it has one, is called before each write to the socket. With
                an attribute `is_first` that is true, a key of yours is not looked for first: you know that it is new.
            input_params: What the backend takes besides, such as `{"mode": "statevector"}` for `kipu.sim.qsim`.

        Raises:
            BudgetExceededError: Its lowest possible cost is above `max_cost`, or unknown; nothing was submitted.
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device.
            SubmissionUnknownError: The job may exist, but was not found.
            ConflictError: The key is already used for other content; `handle` is that of its job.
        """
        submission = adapters.Submission(
            program=program,
            device=device,
            own_key=key,
            shots=shots,
            name=name,
            tags=tags,
            session=session,
            timeout=timeout,
            max_cost=max_cost,
            before_send=before_send,
            parameters=parameters,
            transpile=transpile,
            options=kipu_adapter.SubmitOptions(input_params=input_params),
        )
        return await self._submit(submission, timeout=timeout)

    def jobs(
        self, *, page_size: int | None = None, resume_token: str | None = None, sort: Sequence[str] | None = None
    ) -> Pager[Job]:
        """List the jobs of the account or organization, newest first (searchJobs).

        Args:
            page_size: Jobs per request; None: 50.
            resume_token: `resume_token` of a pager of the same list.
            sort: Another order, such as `["created_at,asc"]`.
        """
        return self._kipu.jobs(page_size=page_size, resume_token=resume_token, sort=sort)

    async def job_input(self, job: Job) -> Any:
        """Return what a job was given, in the backend's form (getJobInput)."""
        return await self.raw.get_job_input(job.id)

    async def job_programs(self, job: Job) -> tuple[SubmittedProgram, ...]:
        """Return the programs of a job in OpenQASM, in their order (getNormalizedJobInput).

        Kipu may have translated them from the backend's form, for display; `job_input` returns that form.

        Raises:
            ValidationError: The programs cannot be written in OpenQASM (422).
            NotFoundError: The job does not exist, or the server is older than the operation.
        """
        return normalized.programs(await self.raw.get_normalized_job_input(job.id))

    async def normalized_result(self, job: Job) -> Result | None:
        """Return the result of a finished job in the form that all backends share (getNormalizedJobResult).

        `job.result()` returns more: it reads each maker's own form, and asks for this one where it does not know it.

        Returns:
            The result, bit 0 rightmost; None where it has no such form, such as that of photons. A job that failed
            has one item, with its error.

        Raises:
            ResultDecodeError: The result has another form than expected.
            NotFoundError: The job has no result, or not yet, or the server is older than the operation.
        """
        raw = await self.raw.get_normalized_job_result(job.id)
        return None if raw is None else await normalized.result(job, raw, details=exchange.details("kipu"))

    async def job_shots(self, job: Job) -> tuple[str, ...] | None:
        """Return the outcome of each shot of a finished job, in their order (getNormalizedJobMemory).

        Returns:
            Bit strings, bit 0 rightmost; None where single shots are not known, as of IonQ, IQM and a state vector.

        Raises:
            ResultDecodeError: The outcomes have another form than expected.
            NotFoundError: The job has no result, or not yet, or the server is older than the operation.
        """
        raw = await self.raw.get_normalized_job_memory(job.id)
        return None if raw is None else await normalized.memory(job, raw, details=exchange.details("kipu"))

    def service_execution(self, id: str) -> ServiceExecution:
        """Return a run of a service, through which its jobs and sessions are seen; no request yet."""
        return service_executions.ServiceExecution(id, self._context)

    async def download_result(
        self, job: Job, to: str | os.PathLike[str] | None = None, *, limit: int = 4 * 2**30
    ) -> bytes | None:
        """Download the result of a job as it is, for results too large to hold as objects (getJobResultStream).

        Args:
            job: A job that is complete, or failed.
            to: A file to write to, which is replaced; without it the bytes are returned.
            limit: Bytes after which the download is given up.

        Raises:
            ResponseTooLargeError: It has more than `limit` bytes.
            NotFoundError: There is no result, or not yet.
        """
        transport = self._context.transport
        return await downloads.download(transport, get_job_result_stream, job.id, to=to, limit=limit)

    # Sessions

    def session(
        self,
        *,
        device: str | Device,
        on_exit: OnExit = "drain",
        tags: Sequence[str] = (),
        mode: Literal["batch", "dedicated"] = "batch",
        ttl: float | timedelta | None = None,
    ) -> SessionBlock:
        """Open a session for the length of a block (createSession, updateSessionState, closeSession).

        Some backends have no sessions.

        Args:
            device: Where its jobs run.
            on_exit: Whether its jobs finish, are cancelled, or continue with the session when the block ends.
            tags: For your own use.
            mode: Whether its jobs share the backend in batches or have it to themselves.
            ttl: Seconds after which it ends by itself.
        """
        return blocks.SessionBlock(self, device, on_exit, tags=tags, mode=mode, ttl=ttl)

    async def open_session(
        self,
        device: str | Device,
        *,
        tags: Sequence[str] = (),
        mode: Literal["batch", "dedicated"] = "batch",
        ttl: float | timedelta | None = None,
    ) -> Session:
        """Open a session, which stays until it is closed or its time is over (createSession); see `session`.

        It is sent once. Where the response is lost, the session is searched for by a key among its tags.

        Raises:
            BudgetExceededError: The lowest possible cost of a session is above `max_cost` of `connect`, or unknown.
            SubmissionUnknownError: The session may be open, but was not found.
        """
        check_device(device, self.provider)
        await budget.check_session(self._kipu, device)
        return await self._kipu.sessions.open(device, tags=tags, mode=mode, ttl=ttl)

    async def session_status(self, session: Session) -> SessionStatus:
        """Return the status of a session, for less than `get_session` costs (getSessionStatus)."""
        return mapping.session_status_of(mapping.status_in(await self.raw.get_session_status(session.id)))

    async def reopen_session(self, session: Session) -> Session:
        """Let a session that drains take jobs again (updateSessionState)."""
        return await self._kipu.sessions.accept_jobs(session, accept=True)

    def workloads(
        self,
        *,
        kind: Literal["job", "session"] | None = None,
        status: Sequence[str] = (),
        cloud: Sequence[str] = (),
        device: Sequence[str] = (),
        tags: Sequence[str] = (),
        origin: Literal["own", "service_execution"] | None = None,
        service_execution: str | None = None,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Workload]:
        """List jobs and sessions in one list, newest first (getWorkloads).

        An entry is listed if it passes all filters. Servers before version 3 ignore them, except `kind`.

        Args:
            kind: Jobs or sessions only.
            status: Kipu's words for statuses, such as `["PENDING", "RUNNING"]`; any of them.
            cloud: Clouds through which backends are reached, such as `["IBM"]`; any of them.
            device: Identifiers of backends; any of them.
            tags: Tags; any of them.
            origin: What you submitted yourself, or what runs of your services did.
            service_execution: The identifier of a run of a service.
            page_size: Entries per request; None: 50.
            resume_token: `resume_token` of a pager of the same list.

        Raises:
            ValidationError: A filter is not valid.
        """
        for name, words in (("status", status), ("cloud", cloud), ("device", device), ("tags", tags)):
            checked_texts(words, name, self.provider)
        for name, word, fit in (("kind", kind, ("job", "session")), ("origin", origin, ("own", "service_execution"))):
            if word is not None and word not in fit:
                message = f"{name} is {fit[0]!r} or {fit[1]!r}, not {word!r:.80}"
                raise ValidationError(message, provider=self.provider, fields=(name,))
        return self._kipu.sessions.workloads(
            kind=kind,
            status=status,
            cloud=cloud,
            device=device,
            tags=tags,
            origin=origin,
            service_execution=service_execution,
            page_size=page_size,
            resume_token=resume_token,
        )
