"""Every operation of Hub Quantum Workload API as a method. Its arguments decide how requests are sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .._core import UNSET, Builder, Caller, LazyModules, Unset, build_plainly

if TYPE_CHECKING:
    from .._pages import PagerFactory
    from .models.backend import Backend
    from .models.backend_state_info import BackendStateInfo
    from .models.calibration_response import CalibrationResponse
    from .models.create_job_request import CreateJobRequest
    from .models.create_session_request import CreateSessionRequest
    from .models.job import Job
    from .models.job_status_response import JobStatusResponse
    from .models.normalized_job_input import NormalizedJobInput
    from .models.normalized_job_result import NormalizedJobResult
    from .models.normalized_memory_result import NormalizedMemoryResult
    from .models.page_response_calibration_response import PageResponseCalibrationResponse
    from .models.page_response_job import PageResponseJob
    from .models.page_response_workload_response import PageResponseWorkloadResponse
    from .models.runtime_minutes_response import RuntimeMinutesResponse
    from .models.session import Session
    from .models.session_state_update_request import SessionStateUpdateRequest
    from .models.session_status_response import SessionStatusResponse
    from .pages import RawPages

_modules = LazyModules(__package__)


class RawClient:
    """One method per operation, by its operationId in snake_case; it returns what the API document promises."""

    __slots__ = ("_build", "_call", "_pager")

    def __init__(self, call: Caller, *, build: Builder = build_plainly, pager: PagerFactory | None = None) -> None:
        """Make a client.

        Args:
            call: Sends a request and parses the response.
            build: Makes the request of an operation's arguments.
            pager: Makes a pager of a list operation, for clients with `pages`.
        """
        self._call = call
        self._build = build
        self._pager = pager

    @property
    def pages(self) -> RawPages:
        """A pager of each list operation."""
        from .._pages import no_pager
        from .pages import RawPages

        return RawPages(self, self._pager or no_pager)

    async def create_session(
        self,
        *,
        body: CreateSessionRequest,
        x_organization_id: str | None | Unset = UNSET,
    ) -> Session:
        """Create a session

        Create a new quantum session that groups related quantum jobs on a shared backend. Sessions reserve
        backend resources so subsequent jobs in the session run with reduced queue latency. Prefer a session
        when submitting multiple related jobs to the same backend; otherwise submit standalone jobs via
        createJob. The session remains open until explicitly closed (closeSession) or its ttl expires. Returns
        422 if the selected backend does not support sessions.

        `POST /sessions` (createSession).

        Args:
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.sessions import create_session as _operation
        else:
            _operation = _modules["api.sessions.create_session"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def search_jobs(
        self,
        *,
        page: int | None | Unset = UNSET,
        size: int | None | Unset = UNSET,
        sort: Sequence[str] | None | Unset = UNSET,
        service_execution_id: str | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
    ) -> PageResponseJob:
        """List jobs

        Get quantum jobs with pagination.

        `GET /jobs` (searchJobs).

        Args:
            page: Zero-based page index (0..N)
            size: The size of the page to be returned
            sort: Sorting criteria in the format: property,(asc|desc). Default sort order is ascending. Multiple
                sort criteria are supported.
            service_execution_id: Unique service execution identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import search_jobs as _operation
        else:
            _operation = _modules["api.jobs.search_jobs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            page=page,
            size=size,
            sort=sort,
            service_execution_id=service_execution_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_job(
        self,
        *,
        body: CreateJobRequest,
        x_organization_id: str | None | Unset = UNSET,
    ) -> Job:
        """Submit a quantum job

        Submit a new quantum job for asynchronous execution on a quantum backend. A job can run standalone or,
        when sessionId is provided, within an open session to share a priority slot on the backend. Execution is
        asynchronous: the returned job starts non-terminal — poll getJobStatus until it reaches a terminal state
        (COMPLETED, FAILED, CANCELLED, ABORTED), then retrieve measurement results via getJobResult.

        `POST /jobs` (createJob).

        Args:
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import create_job as _operation
        else:
            _operation = _modules["api.jobs.create_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_session(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> Session:
        """Get session

        Get a quantum session's details.

        `GET /sessions/{id}` (getSession).

        Args:
            id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.sessions import get_session as _operation
        else:
            _operation = _modules["api.sessions.get_session"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def close_session(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> None:
        """Close session

        Close a quantum session and release its reserved backend resources. Jobs already submitted to the
        session are left to complete; no new jobs can be submitted once the session is closed. Idempotent:
        closing an already-closed session has no effect. To stop accepting new jobs without aborting the
        session, call updateSessionState with accept_jobs=false instead (DRAINING).

        `DELETE /sessions/{id}` (closeSession).

        Args:
            id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.sessions import close_session as _operation
        else:
            _operation = _modules["api.sessions.close_session"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_session_state(
        self,
        id: str,
        *,
        body: SessionStateUpdateRequest,
        x_organization_id: str | None | Unset = UNSET,
    ) -> Session:
        """Update session state

        Update a quantum session's state to control job acceptance.

        `PATCH /sessions/{id}` (updateSessionState).

        Args:
            id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.sessions import update_session_state as _operation
        else:
            _operation = _modules["api.sessions.update_session_state"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            body=body,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def close_service_execution_session(
        self,
        service_execution_id: str,
        session_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> None:
        """Close service-execution session

        Close a quantum session running within a service execution.

        `DELETE /service-executions/{serviceExecutionId}/sessions/{sessionId}` (closeServiceExecutionSession).

        Args:
            service_execution_id: Unique service execution identifier
            session_id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import close_service_execution_session as _operation
        else:
            _operation = _modules["api.jobs.close_service_execution_session"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            session_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_service_execution_session_state(
        self,
        service_execution_id: str,
        session_id: str,
        *,
        body: SessionStateUpdateRequest,
        x_organization_id: str | None | Unset = UNSET,
    ) -> Session:
        """Update service-execution session state

        Update the state of a quantum session running within a service execution (accept or reject jobs).

        `PATCH /service-executions/{serviceExecutionId}/sessions/{sessionId}` (updateServiceExecutionSessionState).

        Args:
            service_execution_id: Unique service execution identifier
            session_id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import update_service_execution_session_state as _operation
        else:
            _operation = _modules["api.jobs.update_service_execution_session_state"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            session_id,
            body=body,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_service_execution_session(
        self,
        service_execution_id: str,
        session_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> Session:
        """Get a session of a service execution

        `GET /service-executions/{serviceExecutionId}/sessions/{sessionId}` (getServiceExecutionSession).

        Args:
            service_execution_id: Identifier of the run of a service.
            session_id: Identifier of the session.
            x_organization_id: Organization that the request is made for; without it, your own account.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_service_execution_session as _operation
        else:
            _operation = _modules["api.jobs.get_service_execution_session"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            session_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_workloads(
        self,
        *,
        page: int | None | Unset = UNSET,
        size: int | None | Unset = UNSET,
        sort: Sequence[str] | None | Unset = UNSET,
        type_: str | None | Unset = UNSET,
        status: Sequence[str] | None | Unset = UNSET,
        provider: Sequence[str] | None | Unset = UNSET,
        backend_id: Sequence[str] | None | Unset = UNSET,
        tag: Sequence[str] | None | Unset = UNSET,
        origin: str | None | Unset = UNSET,
        service_execution_id: str | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
    ) -> PageResponseWorkloadResponse:
        """List workloads

        Get quantum workloads (jobs and sessions) with pagination.

        `GET /workloads` (getWorkloads).

        Args:
            page: Zero-based page index (0..N)
            size: The size of the page to be returned
            sort: Sorting criteria in the format: property,(asc|desc). Default sort order is ascending. Multiple
                sort criteria are supported.
            type_: JOB or SESSION.
            status: States of jobs and sessions; any of them.
            provider: Clouds through which backends are reached; any of them.
            backend_id: Identifiers of backends; any of them.
            tag: Tags; any of them.
            origin: STANDALONE for what you submitted yourself, SERVICE_EXECUTION for what runs of services did.
            service_execution_id: A run of a service.
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.workloads import get_workloads as _operation
        else:
            _operation = _modules["api.workloads.get_workloads"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            page=page,
            size=size,
            sort=sort,
            type_=type_,
            status=status,
            provider=provider,
            backend_id=backend_id,
            tag=tag,
            origin=origin,
            service_execution_id=service_execution_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_session_status(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> SessionStatusResponse:
        """Get session status

        Get a quantum session's status.

        `GET /sessions/{id}/status` (getSessionStatus).

        Args:
            id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.sessions import get_session_status as _operation
        else:
            _operation = _modules["api.sessions.get_session_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_session_jobs(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> list[Job]:
        """List session jobs

        Get all quantum jobs belonging to a session.

        `GET /sessions/{id}/jobs` (getSessionJobs).

        Args:
            id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.sessions import get_session_jobs as _operation
        else:
            _operation = _modules["api.sessions.get_session_jobs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_service_execution_workloads(
        self,
        service_execution_id: str,
        *,
        page: int | None | Unset = UNSET,
        size: int | None | Unset = UNSET,
        sort: Sequence[str] | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
    ) -> PageResponseWorkloadResponse:
        """List service-execution workloads

        Get quantum workloads (jobs and sessions) running within a specific service execution with pagination.

        `GET /service-executions/{serviceExecutionId}/workloads` (getServiceExecutionWorkloads).

        Args:
            service_execution_id: Unique service execution identifier
            page: Zero-based page index (0..N)
            size: The size of the page to be returned
            sort: Sorting criteria in the format: property,(asc|desc). Default sort order is ascending. Multiple
                sort criteria are supported.
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_service_execution_workloads as _operation
        else:
            _operation = _modules["api.jobs.get_service_execution_workloads"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            page=page,
            size=size,
            sort=sort,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_service_execution_session_status(
        self,
        service_execution_id: str,
        session_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> SessionStatusResponse:
        """Get service-execution session status

        Get the status of a quantum session running within a service execution.

        `GET /service-executions/{serviceExecutionId}/sessions/{sessionId}/status` (getServiceExecutionSessionStatus).

        Args:
            service_execution_id: Unique service execution identifier
            session_id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_service_execution_session_status as _operation
        else:
            _operation = _modules["api.jobs.get_service_execution_session_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            session_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_service_execution_session_jobs(
        self,
        service_execution_id: str,
        session_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> list[Job]:
        """List service-execution session jobs

        Get all jobs belonging to a quantum session running within a service execution.

        `GET /service-executions/{serviceExecutionId}/sessions/{sessionId}/jobs` (getServiceExecutionSessionJobs).

        Args:
            service_execution_id: Unique service execution identifier
            session_id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_service_execution_session_jobs as _operation
        else:
            _operation = _modules["api.jobs.get_service_execution_session_jobs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            session_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_service_execution_job(
        self,
        service_execution_id: str,
        job_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> Job:
        """Get service-execution job

        Get the details of a quantum job running within a service execution.

        `GET /service-executions/{serviceExecutionId}/jobs/{jobId}` (getServiceExecutionJob).

        Args:
            service_execution_id: Unique service execution identifier
            job_id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_service_execution_job as _operation
        else:
            _operation = _modules["api.jobs.get_service_execution_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            job_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_service_execution_job(
        self,
        service_execution_id: str,
        job_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> None:
        """Cancel service-execution job

        Cancel the execution of a quantum job running within a service execution.

        `DELETE /service-executions/{serviceExecutionId}/jobs/{jobId}` (cancelServiceExecutionJob).

        Args:
            service_execution_id: Unique service execution identifier
            job_id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import cancel_service_execution_job as _operation
        else:
            _operation = _modules["api.jobs.cancel_service_execution_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            job_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_service_execution_job_status(
        self,
        service_execution_id: str,
        job_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> JobStatusResponse:
        """Get service-execution job status

        Get the status of a quantum job running within a service execution.

        `GET /service-executions/{serviceExecutionId}/jobs/{jobId}/status` (getServiceExecutionJobStatus).

        Args:
            service_execution_id: Unique service execution identifier
            job_id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_service_execution_job_status as _operation
        else:
            _operation = _modules["api.jobs.get_service_execution_job_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            job_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_service_execution_job_result_stream(
        self,
        service_execution_id: str,
        job_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> bytes:
        """Download service-execution job result

        Get the result of a quantum job running within a service execution as a JSON file.

        `GET /service-executions/{serviceExecutionId}/jobs/{jobId}/result-stream` (getServiceExecutionJobResultStream).

        Args:
            service_execution_id: Unique service execution identifier
            job_id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_service_execution_job_result_stream as _operation
        else:
            _operation = _modules["api.jobs.get_service_execution_job_result_stream"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            job_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_service_execution_job_input(
        self,
        service_execution_id: str,
        job_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> dict[str, Any]:
        """Download service-execution job input

        Get the input.json of a quantum job running within a service execution.

        `GET /service-executions/{serviceExecutionId}/jobs/{jobId}/input` (getServiceExecutionJobInput).

        Args:
            service_execution_id: Unique service execution identifier
            job_id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_service_execution_job_input as _operation
        else:
            _operation = _modules["api.jobs.get_service_execution_job_input"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            job_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_service_execution_job_calibration(
        self,
        service_execution_id: str,
        job_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> CalibrationResponse | None:
        """Get service-execution job calibration

        Get the calibration for a quantum job running within a service execution.

        `GET /service-executions/{serviceExecutionId}/jobs/{jobId}/calibration` (getServiceExecutionJobCalibration).

        Args:
            service_execution_id: Unique service execution identifier
            job_id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_service_execution_job_calibration as _operation
        else:
            _operation = _modules["api.jobs.get_service_execution_job_calibration"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            job_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> Job:
        """Get job

        Get the full details of a quantum job, including status, timestamps, backend, and session affiliation.
        Fields populated depend on the job's lifecycle stage (e.g. execution timestamps appear once the job
        starts running). Use getJobStatus when only the status is needed (lighter and cheaper to poll), and
        getJobResult once the job reaches a terminal state to retrieve measurement results.

        `GET /jobs/{id}` (getJob).

        Args:
            id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job as _operation
        else:
            _operation = _modules["api.jobs.get_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_job(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> None:
        """Cancel job

        Cancel the execution of a quantum job.

        `DELETE /jobs/{id}` (cancelJob).

        Args:
            id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import cancel_job as _operation
        else:
            _operation = _modules["api.jobs.cancel_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job_status(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> JobStatusResponse:
        """Get job status

        Get just the current lifecycle status of a quantum job. Cheaper than getJob when polling. Non-terminal
        statuses (PENDING, RUNNING, CANCELLING) indicate the job is still being processed; terminal statuses
        (COMPLETED, FAILED, CANCELLED, ABORTED) indicate the job has finished and getJobResult can be called.
        Recommended polling cadence: a few seconds for short jobs, tens of seconds for long-running jobs.

        `GET /jobs/{id}/status` (getJobStatus).

        Args:
            id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job_status as _operation
        else:
            _operation = _modules["api.jobs.get_job_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job_result(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> dict[str, Any]:
        """Get job result

        Get the measurement results of a completed quantum job as inline JSON. Only valid once the job has
        reached a terminal result state (getJobStatus returns COMPLETED or FAILED); calling this on a job that
        has not yet completed returns 404. Use getJobResultStream to download the same data as an attached JSON
        file (useful for large results).

        `GET /jobs/{id}/result` (getJobResult).

        Args:
            id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job_result as _operation
        else:
            _operation = _modules["api.jobs.get_job_result"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job_result_stream(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> bytes:
        """Download job result

        Get the result of a specific job as json file.

        `GET /jobs/{id}/result-stream` (getJobResultStream).

        Args:
            id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job_result_stream as _operation
        else:
            _operation = _modules["api.jobs.get_job_result_stream"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job_input(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> dict[str, Any]:
        """Download job input

        Get the input.json of a quantum job.

        `GET /jobs/{id}/input` (getJobInput).

        Args:
            id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job_input as _operation
        else:
            _operation = _modules["api.jobs.get_job_input"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job_calibration(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> CalibrationResponse | None:
        """Get job calibration

        Get the calibration for a specific job during its execution.

        `GET /jobs/{id}/calibration` (getJobCalibration).

        Args:
            id: Unique job identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job_calibration as _operation
        else:
            _operation = _modules["api.jobs.get_job_calibration"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_backends(
        self,
        *,
        provider: str | None | Unset = UNSET,
        only_planqk_sdk: bool | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
    ) -> list[Backend]:
        """List backends (public)

        Get the list of backends based on the provided filters. This endpoint is publicly accessible;
        authenticated callers receive full operational details, unauthenticated callers receive a reduced view.

        `GET /backends` (getBackends).

        Args:
            provider: Filter backends by quantum hardware provider. Accepts one of: AZURE, AWS, IBM, QRYD,
                QUDORA, QUANDELA, IQM (case-insensitive; hyphens are normalized to underscores). Omit to return
                backends from all providers.
            only_planqk_sdk: When true, return only backends that are usable via the qhub-quantum SDK (excludes
                backends that require direct-only access). Defaults to false — all backends are returned.
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.backends import get_backends as _operation
        else:
            _operation = _modules["api.backends.get_backends"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            provider=provider,
            only_planqk_sdk=only_planqk_sdk,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_backend(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> Backend:
        """Get backend

        Get the details of a specific backend.

        `GET /backends/{id}` (getBackend).

        Args:
            id: Unique backend identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.backends import get_backend as _operation
        else:
            _operation = _modules["api.backends.get_backend"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_backend_status(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> BackendStateInfo:
        """Get backend status

        Get the status of a specific backend.

        `GET /backends/{id}/status` (getBackendStatus).

        Args:
            id: Unique backend identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.backends import get_backend_status as _operation
        else:
            _operation = _modules["api.backends.get_backend_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_backend_config(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> dict[str, Any]:
        """Get backend configuration

        Get the configuration of a specific backend.

        `GET /backends/{id}/config` (getBackendConfig).

        Args:
            id: Unique backend identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.backends import get_backend_config as _operation
        else:
            _operation = _modules["api.backends.get_backend_config"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_backend_calibration(
        self,
        id: str,
        *,
        effective_at: datetime | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
    ) -> CalibrationResponse | None:
        """Get backend calibration

        Get the calibration of a specific backend.

        `GET /backends/{id}/calibration` (getBackendCalibration).

        Args:
            id: Unique backend identifier
            effective_at: Return the calibration that was effective at this instant instead of the latest one.
                Expected as an ISO-8601 timestamp in UTC (e.g. 2026-04-17T12:34:56Z). Omit to retrieve the most
                recent calibration. Returns 204 if no calibration exists at or before the given instant.
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.backends import get_backend_calibration as _operation
        else:
            _operation = _modules["api.backends.get_backend_calibration"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            effective_at=effective_at,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_least_busy_backend(
        self,
        *,
        provider: str,
        min_qubits: int | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
    ) -> Backend:
        """Return the least busy backend for the given provider.

        Returns the single backend with the lowest reported queue size for the requested provider. **Currently
        only IBM is supported** — other providers do not yet report per-backend queue depth and will return 400
        ("Provider X does not support least-busy backend selection"). Returns 404 if no eligible operational IBM
        backends with known queue information are available.

        `GET /backends/least-busy` (getLeastBusyBackend).

        Args:
            provider: Quantum provider. Matches the /backends provider parameter (case-insensitive, hyphens
                normalised to underscores). Only providers that report per-backend queue depth are eligible;
                currently this is IBM only — other values return 400.
            min_qubits: Optional lower bound on the backend's qubit count. Backends with fewer qubits are
                excluded from selection.
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        if TYPE_CHECKING:
            from .api.backends import get_least_busy_backend as _operation
        else:
            _operation = _modules["api.backends.get_least_busy_backend"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            provider=provider,
            min_qubits=min_qubits,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_normalized_job_result(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> NormalizedJobResult | None:
        """Get the result of a job in the form that all backends share

        Counts or probabilities of each program of a finished job, bit 0 rightmost. 204 where the result has no
        such form, as of photons and of analog programs; 404 before the job has ended.

        `GET /jobs/{id}/result/normalized` (getNormalizedJobResult).

        Args:
            id: Identifier of the job.
            x_organization_id: Organization that the request is made for; without it, your own account.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_normalized_job_result as _operation
        else:
            _operation = _modules["api.jobs.get_normalized_job_result"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_normalized_job_memory(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> NormalizedMemoryResult | None:
        """Get the outcome of each shot of a job

        Outcomes as hexadecimal numbers, in the bit order of the normalized counts. 204 where there is no
        outcome of single shots; 404 before the job has ended.

        `GET /jobs/{id}/result/normalized/memory` (getNormalizedJobMemory).

        Args:
            id: Identifier of the job.
            x_organization_id: Organization that the request is made for; without it, your own account.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_normalized_job_memory as _operation
        else:
            _operation = _modules["api.jobs.get_normalized_job_memory"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_normalized_job_input(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> NormalizedJobInput:
        """Get the programs of a job in OpenQASM

        422 where the input cannot be written in OpenQASM.

        `GET /jobs/{id}/input/normalized` (getNormalizedJobInput).

        Args:
            id: Identifier of the job.
            x_organization_id: Organization that the request is made for; without it, your own account.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_normalized_job_input as _operation
        else:
            _operation = _modules["api.jobs.get_normalized_job_input"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_service_execution_normalized_job_result(
        self,
        service_execution_id: str,
        job_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> NormalizedJobResult | None:
        """Get the result of a job of a service execution in the form that all backends share

        As getNormalizedJobResult.

        `GET /service-executions/{serviceExecutionId}/jobs/{jobId}/result/normalized` (getServiceExecutionNormalizedJobResult).

        Args:
            service_execution_id: Identifier of the run of a service.
            job_id: Identifier of the job.
            x_organization_id: Organization that the request is made for; without it, your own account.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_service_execution_normalized_job_result as _operation
        else:
            _operation = _modules["api.jobs.get_service_execution_normalized_job_result"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            job_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_service_execution_normalized_job_input(
        self,
        service_execution_id: str,
        job_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> NormalizedJobInput:
        """Get the programs of a job of a service execution in OpenQASM

        As getNormalizedJobInput.

        `GET /service-executions/{serviceExecutionId}/jobs/{jobId}/input/normalized` (getServiceExecutionNormalizedJobInput).

        Args:
            service_execution_id: Identifier of the run of a service.
            job_id: Identifier of the job.
            x_organization_id: Organization that the request is made for; without it, your own account.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_service_execution_normalized_job_input as _operation
        else:
            _operation = _modules["api.jobs.get_service_execution_normalized_job_input"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            service_execution_id,
            job_id,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_runtime_minutes(
        self,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> RuntimeMinutesResponse:
        """List machine time that was paid in advance

        The provider is asked for it at each request; 502 where it does not answer.

        `GET /runtime-minutes` (getRuntimeMinutes).

        Args:
            x_organization_id: Organization that the request is made for; without it, your own account.
        """
        if TYPE_CHECKING:
            from .api.runtime_minutes import get_runtime_minutes as _operation
        else:
            _operation = _modules["api.runtime_minutes.get_runtime_minutes"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_backend_calibration_history(
        self,
        id: str,
        *,
        from_: datetime,
        to: datetime,
        page: int | None | Unset = UNSET,
        size: int | None | Unset = UNSET,
        sort: Sequence[str] | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
    ) -> PageResponseCalibrationResponse:
        """List the calibrations of a backend in an interval

        Newest first. Both ends are included, so that intervals that touch share the calibration on their
        border. Simulators have none.

        `GET /backends/{id}/calibration-history` (getBackendCalibrationHistory).

        Args:
            id: Identifier of the backend.
            from_: Beginning of the interval, with a time zone.
            to: End of the interval, with a time zone.
            sort: Orders such as calibrated_at,asc.
            x_organization_id: Organization that the request is made for; without it, your own account.
        """
        if TYPE_CHECKING:
            from .api.backends import get_backend_calibration_history as _operation
        else:
            _operation = _modules["api.backends.get_backend_calibration_history"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            id,
            from_=from_,
            to=to,
            page=page,
            size=size,
            sort=sort,
            x_organization_id=x_organization_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)
