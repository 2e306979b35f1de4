"""Jobs and sessions of a run of a Kipu service."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from anyqpu_raw.kipu import models, pages

from anyqpu._lazy import LazyModule
from anyqpu.paging import Pager, paginate
from anyqpu.transport import exchange

if TYPE_CHECKING:
    from anyqpu_raw.kipu.api.jobs import get_service_execution_job_result_stream
    from anyqpu_raw.kipu.client import RawClient

    from anyqpu.core import reading
    from anyqpu.core.context import Context
    from anyqpu.model.calibration import Calibration, Workload
    from anyqpu.model.job import Job
    from anyqpu.model.result import Result
    from anyqpu.model.session import Session, SessionStatus
    from anyqpu.providers.kipu import mapping, normalized
    from anyqpu.providers.kipu.records import SubmittedProgram
    from anyqpu.transport import downloads
else:
    get_service_execution_job_result_stream = LazyModule(
        "anyqpu_raw.kipu.api.jobs.get_service_execution_job_result_stream"
    )
    mapping = LazyModule("anyqpu.providers.kipu.mapping")
    normalized = LazyModule("anyqpu.providers.kipu.normalized")
    reading = LazyModule("anyqpu.core.reading")
    downloads = LazyModule("anyqpu.transport.downloads")

DOWNLOAD_LIMIT = 4 * 2**30


class ServiceExecution:
    """A run of a service. Its jobs may belong to others, so their requests name the run.

    Attributes:
        id: The run's identifier.
    """

    def __init__(self, id: str, context: Context[RawClient]) -> None:
        self.id = id
        self._raw = context.raw
        self._transport = context.transport
        self._actions = context.jobs

    def __repr__(self) -> str:
        return f"ServiceExecution({self.id!r})"

    def workloads(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Workload]:
        """List jobs and sessions of the run (getServiceExecutionWorkloads)."""
        return paginate(
            partial(self._raw.get_service_execution_workloads, self.id),
            pages.GET_SERVICE_EXECUTION_WORKLOADS,
            to_items=lambda entries: reading.read_each("kipu", entries, mapping.workload_of),
            page_size=page_size,
            resume_token=resume_token,
        )

    async def job(self, id: str) -> Job:
        """Return a job of the run (getServiceExecutionJob)."""
        return mapping.job_of(await self._raw.get_service_execution_job(self.id, id), self._actions)

    async def refresh(self, job: Job) -> Job:
        """Return a job of the run with its present status (getServiceExecutionJobStatus)."""
        status = await self._raw.get_service_execution_job_status(self.id, job.id)
        return replace(job, **mapping.status_fields(mapping.status_in(status)))

    async def cancel_job(self, job: Job) -> None:
        """Cancel a job of the run (cancelServiceExecutionJob)."""
        await self._raw.cancel_service_execution_job(self.id, job.id)

    async def job_input(self, job: Job) -> Any:
        """Return what a job of the run was given, in the backend's form (getServiceExecutionJobInput)."""
        return await self._raw.get_service_execution_job_input(self.id, job.id)

    async def job_programs(self, job: Job) -> tuple[SubmittedProgram, ...]:
        """Return the programs of a job of the run in OpenQASM (getServiceExecutionNormalizedJobInput).

        Raises:
            ValidationError: The programs cannot be written in OpenQASM (422).
            NotFoundError: The job does not exist, or the server is older than the operation.
        """
        return normalized.programs(await self._raw.get_service_execution_normalized_job_input(self.id, job.id))

    async def normalized_result(self, job: Job) -> Result | None:
        """Return the result of a job of the run in the form of all backends (getServiceExecutionNormalizedJobResult).

        None where the result has no such form, such as that of photons.

        Raises:
            ResultDecodeError: The result has another form than expected.
            NotFoundError: The job has no result, or not yet, or the server is older than the operation.
        """
        raw = await self._raw.get_service_execution_normalized_job_result(self.id, job.id)
        return None if raw is None else await normalized.result(job, raw, details=exchange.details("kipu"))

    async def calibration_of_job(self, job: Job) -> Calibration | None:
        """Return the calibration that a job of the run ran with (getServiceExecutionJobCalibration); or None."""
        calibration = await self._raw.get_service_execution_job_calibration(self.id, job.id)
        return None if calibration is None else mapping.calibration_of(calibration, "job")

    async def download_result(
        self, job: Job, to: str | os.PathLike[str] | None = None, *, limit: int = DOWNLOAD_LIMIT
    ) -> bytes | None:
        """Download the result of a job of the run, to a file or returned (getServiceExecutionJobResultStream).

        Raises:
            ResponseTooLargeError: It has more than `limit` bytes.
            NotFoundError: There is no result, or not yet.
        """
        operation = get_service_execution_job_result_stream
        return await downloads.download(self._transport, operation, self.id, job.id, to=to, limit=limit)

    async def session(self, session_id: str) -> Session:
        """Return a session of the run (getServiceExecutionSession)."""
        return mapping.session_of(await self._raw.get_service_execution_session(self.id, session_id))

    async def session_status(self, session_id: str) -> SessionStatus:
        """Return the status of a session of the run (getServiceExecutionSessionStatus)."""
        response = await self._raw.get_service_execution_session_status(self.id, session_id)
        return mapping.session_status_of(mapping.status_in(response))

    async def session_jobs(self, session_id: str) -> list[Job]:
        """Return the jobs of a session of the run (getServiceExecutionSessionJobs)."""
        jobs = await self._raw.get_service_execution_session_jobs(self.id, session_id)
        return reading.read_each("kipu", jobs, mapping.job_of, self._actions)

    async def accept_jobs(self, session_id: str, accept: bool) -> Session:
        """Let a session of the run drain, or take jobs again (updateServiceExecutionSessionState)."""
        body = models.SessionStateUpdateRequest(accept_jobs=accept)
        return mapping.session_of(
            await self._raw.update_service_execution_session_state(self.id, session_id, body=body)
        )

    async def close_session(self, session_id: str) -> None:
        """End a session of the run; jobs that it has finish (closeServiceExecutionSession)."""
        await self._raw.close_service_execution_session(self.id, session_id)
