"""The operations of Kipu Quantum Hub behind the common verbs."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from anyqpu_raw.kipu import models, pages
from anyqpu_raw.kipu.client import RawClient

from anyqpu._lazy import LazyModule
from anyqpu.core.adapter import Adapter, Prepared, Submission
from anyqpu.core.checks import check_shots_fit, checked_shots
from anyqpu.core.keys import has_key, sent_key
from anyqpu.core.listing import LIST_SIZE, by_session, find_in
from anyqpu.core.rows import raw_for_waits
from anyqpu.core.submit import find_all_among, find_among
from anyqpu.errors import (
    APIError,
    NotFoundError,
    NotReadyError,
    PermissionDeniedError,
    UnexpectedResponseError,
    ValidationError,
)
from anyqpu.paging import Pager, paginate
from anyqpu.providers.kipu.resources.sessions import NEWEST, KipuSessions
from anyqpu.transport import exchange
from anyqpu.waiting import BatchResult

if TYPE_CHECKING:
    from anyqpu.core import reading
    from anyqpu.core.programs import inputs
    from anyqpu.model import program as loading
    from anyqpu.model.calibration import Calibration, Topology
    from anyqpu.model.device import Device
    from anyqpu.model.job import Job
    from anyqpu.model.native import NativeForm
    from anyqpu.model.result import Result
    from anyqpu.providers.kipu import (
        figures,
        ibm_config,
        ionq,
        mapping,
        normalized,
        programs,
        results,
        several,
        verbatim,
    )
else:
    loading = LazyModule("anyqpu.model.program")
    inputs = LazyModule("anyqpu.core.programs.inputs")
    reading = LazyModule("anyqpu.core.reading")
    _NAMES = ("figures", "ibm_config", "ionq", "mapping", "normalized", "programs", "results", "several", "verbatim")
    figures, ibm_config, ionq, mapping, normalized, programs, results, several, verbatim = (
        LazyModule(f"anyqpu.providers.kipu.{name}") for name in _NAMES
    )

# Statuses of a server that does not have an operation.
NOT_THERE = {404, 405, 501}
# Modes of kipu.sim.qsim in which nothing is sampled.
EXACT_MODES = {"statevector", "amplitudes"}


@dataclass(frozen=True, slots=True)
class SubmitOptions:
    """What `submit` takes at Kipu besides the common arguments."""

    input_params: Mapping[str, Any] | None = None


class KipuAdapter(Adapter[RawClient]):
    """Backends, jobs and sessions of one client."""

    key_window = timedelta(days=7)

    @cached_property
    def sessions(self) -> KipuSessions:
        """Sessions on backends."""
        return KipuSessions(self)

    async def check_credentials(self) -> str:
        """List one job (searchJobs); the list of backends needs no credentials."""
        await self.jobs(page_size=1).first()
        return "its jobs"

    # Backends

    def devices(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Device]:
        """List the backends (getBackends). The list does not say whether one is up."""
        return paginate(
            self.raw.get_backends,
            pages.GET_BACKENDS,
            to_items=lambda backends: reading.read_each("kipu", backends, mapping.device_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    async def device(self, id: str) -> Device:
        """Return a backend and its state (getBackend, getBackendStatus)."""
        return mapping.device_of(await self._backend(id), await self.raw.get_backend_status(id))

    async def look_up(self, id: str) -> Device:
        """Return a backend without its state, which does not matter for a submit (getBackend)."""
        return mapping.device_of(await self._backend(id))

    async def _backend(self, id: str) -> models.Backend:
        if not id:
            raise ValidationError("a device id is a text such as 'kipu.sim.qsim'", provider="kipu", fields=("device",))
        return await self.of_device(id, self.raw.get_backend(id))

    async def calibration(self, device: str | Device, *, at: datetime | None = None) -> Calibration | None:
        """Return the calibration of a backend, now or at a time (getBackendCalibration)."""
        id = device if isinstance(device, str) else device.id
        calibration = await self.of_device(id, self.raw.get_backend_calibration(id, effective_at=at))
        return None if calibration is None else mapping.calibration_of(calibration, "device")

    def calibration_history(
        self,
        device: str | Device,
        *,
        since: datetime,
        until: datetime | None = None,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Calibration]:
        """List the calibrations of a backend in an interval (getBackendCalibrationHistory)."""
        id = device if isinstance(device, str) else device.id
        return paginate(
            partial(self.raw.get_backend_calibration_history, id, from_=since, to=until or self.context.clock.wall()),
            pages.GET_BACKEND_CALIBRATION_HISTORY,
            to_items=lambda entries: reading.read_each("kipu", entries, mapping.calibration_of, "device"),
            page_size=page_size,
            resume_token=resume_token,
        )

    async def topology(self, device: str | Device) -> Topology | None:
        """Return the couplings of a backend, as its configuration has them (getBackend)."""
        return figures.topology_of(await self._backend(device) if isinstance(device, str) else device.raw)

    async def native_form(self, device: Device) -> NativeForm:
        """Return the gates that a backend's configuration names, and the errors of its calibration, if any.

        Requests: getBackendCalibration, where the backend has one, and getBackendConfig for a backend of IBM's.
        """
        if device.raw is None:
            device = await self.look_up(device.id)
        calibration = await self.calibration(device) if device.has_calibration else None
        document = await self.raw.get_backend_config(device.id) if device.cloud == "IBM" else None
        return figures.form_of(device, calibration, ibm_config.facts_of(document))

    # Jobs

    async def prepare(self, submission: Submission) -> Prepared:
        """Prepare the request that submits a job (createJob)."""
        options: SubmitOptions = submission.options or SubmitOptions()
        shots: object = submission.shots
        if shots is None and (options.input_params or {}).get("mode") in EXACT_MODES:
            shots = 1  # the document requires a number; it is not used
        shots = checked_shots(shots, "kipu")
        device = submission.device
        loaded = await loading.load_programs(submission.program)
        several.check_early(device, len(loaded))
        if not all(program.format in programs.PHOTONIC for program in loaded):
            loaded = await inputs.bound(loaded, submission.parameters, provider="kipu")
        target = await self.target(device)
        several.check(target, len(loaded), shots)
        check_shots_fit(shots, target, target.id)
        fitted = await inputs.fitted(loaded, target.formats, called=target.id, provider="kipu")
        if len({program.format for program in fitted}) > 1:
            # A job has one language, which is that of its first program.
            fitted = await inputs.fitted(fitted, (fitted[0].format,), called=f"one job on {target.id}", provider="kipu")
        whole = several.merged(fitted)
        sent = shots
        parameters: dict[str, Any] = {}
        if isinstance(whole, list):
            # Braket takes no parameters with several programs.
            content, format = programs.texts(whole)
            sent = several.sent_shots(target.id, len(whole), shots)
        else:
            parameters = verbatim.parameters(whole)
            content, format = programs.payload(ionq.with_bits(whole), shots, submission.parameters or {})
        request = models.CreateJobRequest(
            backend_id=target.id,
            shots=sent,
            input_=content,
            input_format=models.InputFormat(format),
            input_params={**parameters, **(options.input_params or {})},
            sdk_provider=models.SdkProvider.CLIENT,
        )
        request.tags = submission.tags_to_send()
        if submission.name is not None:
            request.name = submission.name
        if submission.session is not None:
            session = submission.session
            request.session_id = session if isinstance(session, str) else session.id

        async def send() -> Job:
            return mapping.job_of(await self.raw.create_job(body=request), self.context.jobs)

        return Prepared(send=send, find=self.find)

    async def find(self, key: str, since: datetime | None) -> Job | None:
        """Find the job with a key in the list of all, which cannot be filtered by tags (searchJobs)."""
        return await find_among(
            self.jobs(page_size=LIST_SIZE),
            since=since,
            is_ours=lambda job: has_key(job.raw.tags, key),
            created_at=lambda job: job.created_at,
        )

    async def find_many(self, keys: Collection[str], since: datetime | None) -> dict[str, Job]:
        """Find the jobs with keys in one pass over the list of all (searchJobs)."""
        return await find_all_among(
            self.jobs(page_size=LIST_SIZE),
            keys,
            since=since,
            key_of=lambda job: sent_key(job.raw.tags),
            created_at=lambda job: job.created_at,
        )

    async def job(self, id: str) -> Job:
        """Return a job by its identifier (getJob)."""
        return mapping.job_to_read(await self.raw.get_job(id), self.context.jobs)

    def jobs(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
        sort: Sequence[str] | None = None,
    ) -> Pager[Job]:
        """List jobs, newest first or in another order (searchJobs)."""
        return paginate(
            partial(self.raw.search_jobs, sort=NEWEST if sort is None else sort),
            pages.SEARCH_JOBS,
            to_items=self._listed,
            page_size=page_size,
            resume_token=resume_token,
        )

    def _listed(self, jobs: Sequence[models.Job]) -> list[Job]:
        return mapping.listed(jobs, self.context.jobs)

    async def poll(self, job: Job) -> Job:
        """Return a job with its status alone, which the document calls cheaper, until it has ended (getJobStatus)."""
        status = mapping.status_in(await self.raw.get_job_status(job.id))
        fields = mapping.status_fields(status)
        if fields["status"].is_terminal:
            return await self.refresh(job)
        return replace(job, **fields)

    async def list_many(self, jobs: Mapping[str, Job], listed: BatchResult[Job] | None = None) -> BatchResult[Job]:
        """List the jobs of each session (getSessionJobs), and the others among all (searchJobs)."""
        listed = BatchResult["Job"]() if listed is None else listed
        raw = raw_for_waits(self.context, jobs, listed, pages.SEARCH_JOBS, pages.GET_SESSION_JOBS)
        for session, wanted in by_session(jobs).items():
            if session is None:
                fetch = partial(raw.search_jobs, sort=NEWEST)
                pager = paginate(fetch, pages.SEARCH_JOBS, to_items=self._listed, page_size=LIST_SIZE)
            else:
                pager = paginate(partial(raw.get_session_jobs, session), pages.GET_SESSION_JOBS, to_items=self._listed)
            await find_in(pager, wanted, listed)
        return listed

    def list_cost(self, jobs: Mapping[str, Job]) -> float:
        """Return the requests that `list_many` takes at best."""
        wanted = by_session(jobs)
        return len(wanted.keys() - {None}) + math.ceil(len(wanted.get(None, ())) / LIST_SIZE)

    async def cancel(self, job: Job) -> None:
        """Cancel a job (cancelJob)."""
        await self.raw.cancel_job(job.id)

    # Results

    async def result(self, job: Job) -> Result:
        """Return the result of a completed job (getJobResult, getNormalizedJobResult)."""
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
                hint="Fetch it again in a moment",
            ) from error
        # Before the next request, whose details would take their place.
        details = exchange.details("kipu")
        if not results.is_known(job):
            shared = await self._shared_form(job, body)
            if shared is not None:
                return shared
        return await results.decoded(job, body, bits=await self._bits_of(job), details=details)

    async def _shared_form(self, job: Job, body: Any) -> Result | None:
        """Return a result in the form of all backends (getNormalizedJobResult); None where it has none.

        Older servers lack the operation, and respond with 404 or 405.
        """
        try:
            raw = await self.raw.get_normalized_job_result(job.id)
        except APIError as error:
            if error.status_code in NOT_THERE or isinstance(error, PermissionDeniedError | UnexpectedResponseError):
                return None
            raise
        return None if raw is None else await normalized.result(job, raw, body=body, details=exchange.details("kipu"))

    async def _bits_of(self, job: Job) -> int | None:
        """Return how many bits are the program's where a machine measures every qubit (getJobInput); None: all."""
        if not ionq.is_ionq(job.device_id or ""):
            return None
        try:
            return ionq.bits_in(await self.raw.get_job_input(job.id))
        except (NotFoundError, PermissionDeniedError, UnexpectedResponseError):
            # All qubits are reported rather than nothing.
            return None

    async def failure(self, job: Job) -> Job:
        """Return a job that failed with the reasons in its result (getJobResult)."""
        if job.raw_status == "FAILED":
            # Where the reasons are missing or cannot be read, the failure itself is what matters.
            with contextlib.suppress(NotFoundError, UnexpectedResponseError):
                messages, code = results.failure_of(await self.raw.get_job_result(job.id))
                job = mapping.with_reasons(job, messages, code)
        return job
