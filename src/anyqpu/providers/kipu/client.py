"""The client of Kipu Quantum Hub."""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, cast

from anyqpu_raw.kipu import models
from anyqpu_raw.kipu.client import RawClient

from anyqpu._lazy import LazyModule
from anyqpu.core.checks import check_shots_fit, check_timeout, checked_shots, no_device
from anyqpu.core.jobs import LIST_SIZE, by_session, find_in
from anyqpu.core.submit import find_among, has_key, new_key, within_timeout
from anyqpu.core.values import given
from anyqpu.errors import (
    JobError,
    NotFoundError,
    NotReadyError,
    PermissionDeniedError,
    UnexpectedResponseError,
    ValidationError,
)
from anyqpu.model.capabilities import Capabilities
from anyqpu.paging import Pager, numbered, single
from anyqpu.providers.kipu.service_executions import DOWNLOAD_LIMIT, ServiceExecution
from anyqpu.providers.kipu.sessions import NEWEST, PAGE_SIZE, KipuSessions
from anyqpu.transport import exchange
from anyqpu.waiting import BatchResult

if TYPE_CHECKING:
    from anyqpu_raw.kipu.api.jobs import get_job_result_stream

    from anyqpu.core import reading
    from anyqpu.core.programs import inputs
    from anyqpu.model import program as loading
    from anyqpu.model.calibration import Calibration, Topology
    from anyqpu.model.device import Device
    from anyqpu.model.job import Job
    from anyqpu.model.program import ProgramSource
    from anyqpu.model.result import Result
    from anyqpu.model.session import Session
    from anyqpu.providers.kipu import ionq, mapping, programs, results, several
    from anyqpu.transport import downloads
else:
    get_job_result_stream = LazyModule("anyqpu_raw.kipu.api.jobs.get_job_result_stream")
    loading = LazyModule("anyqpu.model.program")
    inputs = LazyModule("anyqpu.core.programs.inputs")
    reading = LazyModule("anyqpu.core.reading")
    ionq, mapping, programs, results, several = (
        LazyModule(f"anyqpu.providers.kipu.{name}") for name in ("ionq", "mapping", "programs", "results", "several")
    )
    downloads = LazyModule("anyqpu.transport.downloads")

EXACT_MODES = {"statevector", "amplitudes"}


class KipuClient(KipuSessions):
    """Kipu Quantum Hub, which passes jobs on to the machines of many makers.

    Its operations are those of specs/kipu/final.json; `raw` has each of them.
    """

    provider: ClassVar[str] = "kipu"
    _make_raw = RawClient
    capabilities: ClassVar[Capabilities] = Capabilities(
        tags=True,
        sessions=True,
        drain=True,
        calibration=True,
        past_calibration=True,
        workloads=True,
        instead={
            "reservations": "device.availability says when a backend is up; session(mode='dedicated') has it to itself",
            "find_slots": "device.availability says when a backend is up",
            "delete": "cancel_job ends a job; Kipu keeps what it was",
            "prices": "device.pricing.model says how a backend is paid; prices are on Kipu's pages",
        },
    )

    # Devices

    def devices(self) -> Pager[Device]:
        """All backends that these credentials may use (getBackends). The listing does not say whether one is up."""

        return single(
            self.raw.get_backends, items=lambda backends: reading.read_each("kipu", backends, mapping.device_of)
        )

    async def device(self, id: str) -> Device:
        """One backend and its state (getBackend, getBackendStatus); raises `NotFoundError` and suggests names."""
        return mapping.device_of(await self._backend(id), await self.raw.get_backend_status(id))

    async def _backend(self, id: str) -> models.Backend:
        if not id:
            raise ValidationError("a device id is a text such as 'kipu.sim.qsim'", provider="kipu", fields=("device",))
        try:
            return await self.raw.get_backend(id)
        except NotFoundError as error:
            raise await self._no_device(id, error) from error

    async def _no_device(self, id: str, error: NotFoundError) -> NotFoundError:
        return no_device(
            id,
            [device.id async for device in self.devices()],
            provider="kipu",
            operation=error.operation,
            status_code=error.status_code,
            request_id=error.request_id,
            body=error.body,
        )

    async def device_config(self, device: str | Device) -> dict[str, Any]:
        """What the maker's own tools need to know of a backend, in the maker's form (getBackendConfig)."""
        found: Any = await self.raw.get_backend_config(device if isinstance(device, str) else device.id)
        if not isinstance(found, dict):
            raise reading.odd_response("kipu", "an object was expected")
        return cast("dict[str, Any]", found)

    async def least_busy(self, provider: str = "IBM", *, min_qubits: int | None = None) -> Device:
        """The backend of a maker with the shortest queue (getLeastBusyBackend); Kipu knows that of IBM only.

        Raises:
            ValidationError: Not for this maker.
            NotFoundError: There is none, or none with so many qubits.
        """
        backend = await self.raw.get_least_busy_backend(provider=provider, min_qubits=min_qubits)
        device = mapping.device_of(backend)
        with contextlib.suppress(NotFoundError):
            # A backend that the other operation does not know yet is told without its state.
            device = mapping.device_of(backend, await self.raw.get_backend_status(device.id))
        return device

    async def calibration(self, device: str | Device, *, at: datetime | None = None) -> Calibration | None:
        """The calibration of a backend, now or as it was at a time (getBackendCalibration); None if there is none."""
        id = device if isinstance(device, str) else device.id
        if at is not None and at.tzinfo is None:
            raise ValidationError("the time has no zone", hint="Such as datetime.now(timezone.utc)", fields=("at",))
        found = await self.raw.get_backend_calibration(id, effective_at=at)
        return None if found is None else mapping.calibration_of(found, "device")

    async def topology(self, device: str | Device) -> Topology | None:
        """The couplings of a backend, as its configuration has them (getBackend); see `BaseClient.topology`."""
        from anyqpu.providers.kipu.figures import topology_of

        return topology_of(await self._backend(device) if isinstance(device, str) else device.raw)

    async def calibration_of_job(self, job: Job) -> Calibration | None:
        """The calibration that a job ran with (getJobCalibration); None if there is none."""
        found = await self.raw.get_job_calibration(job.id)
        return None if found is None else mapping.calibration_of(found, "job")

    # Jobs

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
        input_params: Mapping[str, Any] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> Job:
        """Submit a program; returns as soon as the job exists (createJob). It is sent once, whatever happens.

        Args:
            program: Its text, the path of a file, or an object of the library that it was written with. A language
                that the device does not take (`device.formats`) is converted where that is exact (extra `convert`).
                The backends of IBM and IQM take a list of several as one job; `result.items` is in its order.
            device: Where to run it, such as `"kipu.sim.qsim"`.
            shots: How often to run it, or each of several; what the device takes is in its `shots_min` and
                `shots_max`. May be left out where nothing is sampled (modes `statevector` and `amplitudes` of
                `kipu.sim.qsim`).
            name: For your own use.
            tags: For your own use.
            session: A session to run it in, or its identifier.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the job where its
                response is lost.
            input_params: What the backend takes besides, such as `{"mode": "statevector"}` for `kipu.sim.qsim`.
            parameters: Values of the parameters that the program declares, such as `{"theta": 0.3}` for
                `input float[64] theta;` in OpenQASM 3, or for Qiskit's `Parameter("theta")`; of a photonic program,
                `{"input_state": "|1,0,1>"}` are the photons that enter a circuit of Perceval's.

        Raises:
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device.
        """
        check_timeout(timeout, self.provider)
        if shots is None and (input_params or {}).get("mode") in EXACT_MODES:
            shots = 1  # the document requires a number; it is not used
        shots = checked_shots(shots, self.provider)
        loaded = await loading.load_programs(program)
        several.check(device if isinstance(device, str) else device.id, len(loaded))
        if not all(each.format in programs.PHOTONIC for each in loaded):
            loaded = await inputs.bound(loaded, parameters, provider=self.provider)
        target = await self._target(device)
        check_shots_fit(shots, target, target.id)
        fitted = await inputs.fitted(loaded, target.formats, called=target.id, provider=self.provider)
        content, word = programs.payload(ionq.with_bits(several.merged(fitted)), shots, parameters or {})
        request = models.CreateJobRequest(
            backend_id=target.id,
            shots=shots,
            input_=content,
            input_format=models.InputFormat(word),
            input_params=dict(input_params or {}),
            sdk_provider=models.SdkProvider.CLIENT,
        )
        key = new_key()
        request.tags = [*tags, key]
        if name is not None:
            request.name = name
        if session is not None:
            request.session_id = session if isinstance(session, str) else session.id

        async def send() -> Job:
            return mapping.job_of(await self.raw.create_job(body=request), self)

        return await self._send_once(send, self._find, key=key, timeout=timeout)

    async def _find(self, key: str, since: datetime) -> Job | None:
        """Find the job with a key, among those made since (searchJobs)."""
        return await find_among(
            self._pages(PAGE_SIZE, sort=NEWEST),
            since=since,
            is_ours=lambda job: has_key(job.raw.tags, key),
            created_at=lambda job: job.created_at,
        )

    async def _look_up(self, id: str) -> Device:
        # Whether it is up does not matter for what it takes.
        return mapping.device_of(await self._backend(id))

    async def job(self, id: str) -> Job:
        """A job by its identifier (getJob)."""
        return mapping.job_to_read(await self.raw.get_job(id), self)

    def jobs(self, *, sort: Sequence[str] | None = None, page_size: int = PAGE_SIZE) -> Pager[Job]:
        """All jobs of the account or organization (searchJobs); pages begin at 0.

        They come in the cloud's order, which its document does not say, or by `sort`, such as `["created_at,desc"]`.
        """
        return self._pages(page_size, sort)

    def _pages(self, page_size: int, sort: Sequence[str] | None = None) -> Pager[Job]:
        async def fetch(number: int) -> models.PageResponseJob:
            return reading.page_of(
                "kipu", await self.raw.search_jobs(page=number, size=page_size, sort=sort), "content"
            )

        return numbered(
            fetch,
            first=0,
            size=page_size,
            items=lambda page: mapping.listed(page.content, self),
            total=lambda page: given(page.total_elements),
            pages=lambda page: given(page.total_pages),
            identity=lambda job: job.id,
        )

    async def job_input(self, job: Job) -> Any:
        """What a job was given, in the backend's form (getJobInput)."""
        return await self.raw.get_job_input(job.id)

    def service_execution(self, id: str) -> ServiceExecution:
        """A run of a service, through which its jobs and sessions are seen; no request yet."""
        return ServiceExecution(id, self.raw, self._transport, self)

    async def _poll_job(self, job: Job) -> Job:
        """Its status alone, which the document calls cheaper (getJobStatus); the whole job when it has ended."""
        status = await self.raw.get_job_status(job.id)
        fields = mapping.status_fields(mapping.status_in(status))
        if fields["status"].is_terminal:
            return await self.refresh_job(job)
        return replace(job, **fields)

    async def cancel_job(self, job: Job) -> Job:
        """Cancel a job (cancelJob); the job as it is then."""
        await self._send_cancel(job)
        return await self.refresh_job(job)

    async def _send_cancel(self, job: Job) -> None:
        await self.raw.cancel_job(job.id)

    async def _result_of(self, job: Job) -> Result:
        """The result of a job that is complete (getJobResult)."""
        try:
            body = await self.raw.get_job_result(job.id)
        except NotFoundError as error:
            if error.status_code != 404:
                raise
            raise NotReadyError(
                "the job is complete but its result is not there yet",
                provider="kipu",
                operation=error.operation,
                status_code=error.status_code,
                request_id=error.request_id,
                hint="Ask again in a moment",
            ) from error
        # Before the next request, which would take their place.
        details = exchange.details("kipu")
        return await results.decoded(job, body, bits=await self._bits_of(job), details=details)

    async def _bits_of(self, job: Job) -> int | None:
        """How many bits are the program's where a machine measures every qubit (getJobInput); None: all."""
        if not ionq.is_ionq(job.device_id or ""):
            return None
        try:
            return ionq.bits_in(await self.raw.get_job_input(job.id))
        except (NotFoundError, PermissionDeniedError, UnexpectedResponseError):
            # All qubits are reported rather than nothing.
            return None

    async def _list_waiting(self, jobs: Mapping[str, Job]) -> BatchResult[Job]:
        """The jobs as lists have them: of each session (getSessionJobs), the others among all (searchJobs)."""
        listed = BatchResult["Job"]()
        for session, wanted in by_session(jobs).items():
            everything = self._pages(LIST_SIZE, sort=NEWEST) if session is None else self._jobs_in(session)
            await find_in(everything, wanted, listed)
        return listed

    def _list_cost(self, jobs: Mapping[str, Job]) -> float:
        wanted = by_session(jobs)
        return len(wanted.keys() - {None}) + math.ceil(len(wanted.get(None, ())) / LIST_SIZE)

    async def download_result(
        self, job: Job, to: str | os.PathLike[str] | None = None, *, limit: int = DOWNLOAD_LIMIT
    ) -> bytes | None:
        """The result of a job as it is, piece by piece: for results too large to hold as objects (getJobResultStream).

        Args:
            job: A job that is complete, or failed.
            to: A file to write to, which is replaced; without it the bytes are returned.
            limit: Bytes after which the download is given up.

        Raises:
            ResponseTooLargeError: It has more than `limit` bytes.
            NotFoundError: There is no result, or not yet.
        """
        return await downloads.download(self._transport, get_job_result_stream, job.id, to=to, limit=limit)

    async def _failure_of(self, job: Job) -> JobError:
        """The error for a job that failed; its result says why (getJobResult)."""
        if job.raw_status == "FAILED":
            # Where the reason is missing or cannot be read, the failure itself is what matters.
            with contextlib.suppress(NotFoundError, UnexpectedResponseError):
                messages = results.failure_messages(await self.raw.get_job_result(job.id))
                job = mapping.with_reasons(job, messages)
        return await super()._failure_of(job)
