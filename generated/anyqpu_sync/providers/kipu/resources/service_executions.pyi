"""Types of the blocking classes of `anyqpu.providers.kipu.resources.service_executions`. Written by scripts/sync."""

from os import PathLike
from typing import Any

from anyqpu_sync.model.job import Job
from anyqpu_sync.paging.pager import Pager

from anyqpu.model.calibration import Calibration, Workload
from anyqpu.model.result import Result
from anyqpu.model.session import Session, SessionStatus
from anyqpu.providers.kipu.records import SubmittedProgram

class ServiceExecution:
    """A run of a service. Its jobs may belong to others, so their requests name the run.

    Attributes:
        id: The run's identifier.
    """
    def workloads(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Workload]:
        """List jobs and sessions of the run (getServiceExecutionWorkloads)."""
        ...
    def job(self, id: str) -> Job:
        """Return a job of the run (getServiceExecutionJob)."""
        ...
    def refresh(self, job: Job) -> Job:
        """Return a job of the run with its present status (getServiceExecutionJobStatus)."""
        ...
    def cancel_job(self, job: Job) -> None:
        """Cancel a job of the run (cancelServiceExecutionJob)."""
        ...
    def job_input(self, job: Job) -> Any:
        """Return what a job of the run was given, in the backend's form (getServiceExecutionJobInput)."""
        ...
    def job_programs(self, job: Job) -> tuple[SubmittedProgram, ...]:
        """Return the programs of a job of the run in OpenQASM (getServiceExecutionNormalizedJobInput).

        Raises:
            ValidationError: The programs cannot be written in OpenQASM (422).
            NotFoundError: The job does not exist, or the server is older than the operation.
        """
        ...
    def normalized_result(self, job: Job) -> Result | None:
        """Return the result of a job of the run in the form of all backends (getServiceExecutionNormalizedJobResult).

        None where the result has no such form, such as that of photons.

        Raises:
            ResultDecodeError: The result has another form than expected.
            NotFoundError: The job has no result, or not yet, or the server is older than the operation.
        """
        ...
    def calibration_of_job(self, job: Job) -> Calibration | None:
        """Return the calibration that a job of the run ran with (getServiceExecutionJobCalibration); or None."""
        ...
    def download_result(self, job: Job, to: str | PathLike[str] | None = None, *, limit: int = ...) -> bytes | None:
        """Download the result of a job of the run, to a file or returned (getServiceExecutionJobResultStream).

        Raises:
            ResponseTooLargeError: It has more than `limit` bytes.
            NotFoundError: There is no result, or not yet.
        """
        ...
    def session(self, session_id: str) -> Session:
        """Return a session of the run (getServiceExecutionSession)."""
        ...
    def session_status(self, session_id: str) -> SessionStatus:
        """Return the status of a session of the run (getServiceExecutionSessionStatus)."""
        ...
    def session_jobs(self, session_id: str) -> list[Job]:
        """Return the jobs of a session of the run (getServiceExecutionSessionJobs)."""
        ...
    def accept_jobs(self, session_id: str, accept: bool) -> Session:
        """Let a session of the run drain, or take jobs again (updateServiceExecutionSessionState)."""
        ...
    def close_session(self, session_id: str) -> None:
        """End a session of the run; jobs that it has finish (closeServiceExecutionSession)."""
        ...
    id: str
