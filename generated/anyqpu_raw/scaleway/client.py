"""Every operation of Quantum as a Service API as a method. Its arguments decide how requests are sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._core import UNSET, Builder, Caller, LazyModules, Unset, build_plainly

if TYPE_CHECKING:
    from .._pages import PagerFactory
    from .models.application import Application
    from .models.booking import Booking
    from .models.create_job_body import CreateJobBody
    from .models.create_model_body import CreateModelBody
    from .models.create_process_body import CreateProcessBody
    from .models.create_session_body import CreateSessionBody
    from .models.job import Job
    from .models.job_circuit import JobCircuit
    from .models.list_applications_application_type import ListApplicationsApplicationType
    from .models.list_applications_order_by import ListApplicationsOrderBy
    from .models.list_applications_response import ListApplicationsResponse
    from .models.list_bookings_order_by import ListBookingsOrderBy
    from .models.list_bookings_response import ListBookingsResponse
    from .models.list_job_results_order_by import ListJobResultsOrderBy
    from .models.list_job_results_response import ListJobResultsResponse
    from .models.list_jobs_order_by import ListJobsOrderBy
    from .models.list_jobs_response import ListJobsResponse
    from .models.list_models_order_by import ListModelsOrderBy
    from .models.list_models_response import ListModelsResponse
    from .models.list_platforms_order_by import ListPlatformsOrderBy
    from .models.list_platforms_platform_technology import ListPlatformsPlatformTechnology
    from .models.list_platforms_platform_type import ListPlatformsPlatformType
    from .models.list_platforms_response import ListPlatformsResponse
    from .models.list_process_results_order_by import ListProcessResultsOrderBy
    from .models.list_process_results_response import ListProcessResultsResponse
    from .models.list_processes_order_by import ListProcessesOrderBy
    from .models.list_processes_response import ListProcessesResponse
    from .models.list_session_acls_request_order_by import ListSessionAclsRequestOrderBy
    from .models.list_session_acls_response import ListSessionAclsResponse
    from .models.list_sessions_order_by import ListSessionsOrderBy
    from .models.list_sessions_response import ListSessionsResponse
    from .models.model import Model
    from .models.platform import Platform
    from .models.process import Process
    from .models.session import Session
    from .models.update_booking_body import UpdateBookingBody
    from .models.update_job_body import UpdateJobBody
    from .models.update_process_body import UpdateProcessBody
    from .models.update_session_body import UpdateSessionBody
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

    async def list_applications(
        self,
        *,
        name: str | None | Unset = UNSET,
        application_type: ListApplicationsApplicationType | str | None | Unset = UNSET,
        page: int | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        order_by: ListApplicationsOrderBy | str | None | Unset = UNSET,
    ) -> ListApplicationsResponse:
        """List all available applications

        Retrieve information about all applications.

        `GET /qaas/v1alpha1/applications` (ListApplications).

        Args:
            name: List applications with this name.
            application_type: List applications with this type.
            page: Page number.
            page_size: Maximum number of applications a to return per page.
            order_by: Sort order of the returned applications.
        """
        if TYPE_CHECKING:
            from .api.applications import list_applications as _operation
        else:
            _operation = _modules["api.applications.list_applications"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            name=name,
            application_type=application_type,
            page=page,
            page_size=page_size,
            order_by=order_by,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_application(
        self,
        application_id: str,
    ) -> Application:
        """Get application information

        Retrieve information about the provided **application ID**, such as name, type and compatible platforms.

        `GET /qaas/v1alpha1/applications/{application_id}` (GetApplication).

        Args:
            application_id: Unique ID of the application.
        """
        if TYPE_CHECKING:
            from .api.applications import get_application as _operation
        else:
            _operation = _modules["api.applications.get_application"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            application_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_bookings(
        self,
        *,
        project_id: str | None | Unset = UNSET,
        platform_id: str | None | Unset = UNSET,
        page: int | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        order_by: ListBookingsOrderBy | str | None | Unset = UNSET,
    ) -> ListBookingsResponse:
        """List all bookings according the filter

        Retrieve information about all bookings of the provided **project ID** or ** platform ID**.

        `GET /qaas/v1alpha1/bookings` (ListBookings).

        Args:
            project_id: List bookings belonging to this project ID. (UUID format)
            platform_id: List bookings attached to this platform ID.
            page: Page number.
            page_size: Maximum number of results to return per page.
            order_by: Sort order of the returned results.
        """
        if TYPE_CHECKING:
            from .api.bookings import list_bookings as _operation
        else:
            _operation = _modules["api.bookings.list_bookings"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            project_id=project_id,
            platform_id=platform_id,
            page=page,
            page_size=page_size,
            order_by=order_by,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_booking(
        self,
        booking_id: str,
    ) -> Booking:
        """Get booking information

        Retrieve information about the provided **booking ID**, such as description, status and progress
        message.

        `GET /qaas/v1alpha1/bookings/{booking_id}` (GetBooking).

        Args:
            booking_id: Unique ID of the booking.
        """
        if TYPE_CHECKING:
            from .api.bookings import get_booking as _operation
        else:
            _operation = _modules["api.bookings.get_booking"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            booking_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_booking(
        self,
        booking_id: str,
        *,
        body: UpdateBookingBody,
    ) -> Booking:
        """Update booking information

        Update booking information of the provided **booking ID**.

        `PATCH /qaas/v1alpha1/bookings/{booking_id}` (UpdateBooking).

        Args:
            booking_id: Unique ID of the booking.
        """
        if TYPE_CHECKING:
            from .api.bookings import update_booking as _operation
        else:
            _operation = _modules["api.bookings.update_booking"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            booking_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_jobs(
        self,
        *,
        tags: Sequence[str] | None | Unset = UNSET,
        page: int | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        order_by: ListJobsOrderBy | str | None | Unset = UNSET,
        session_id: str | None | Unset = UNSET,
        project_id: str | None | Unset = UNSET,
    ) -> ListJobsResponse:
        """List all jobs within a project or session

        Retrieve information about all jobs within a given session.

        `GET /qaas/v1alpha1/jobs` (ListJobs).

        Args:
            tags: List jobs with these tags.
            page: Page number.
            page_size: Maximum number of jobs to return per page.
            order_by: Sort order of the returned jobs.
            session_id: List jobs of this session. Give this or project_id, not both.
            project_id: List jobs of this Project. Give this or session_id, not both.
        """
        if TYPE_CHECKING:
            from .api.jobs import list_jobs as _operation
        else:
            _operation = _modules["api.jobs.list_jobs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            tags=tags,
            page=page,
            page_size=page_size,
            order_by=order_by,
            session_id=session_id,
            project_id=project_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_job(
        self,
        *,
        body: CreateJobBody,
    ) -> Job:
        """Create a job

        Create a job to be executed inside a QPU session.

        `POST /qaas/v1alpha1/jobs` (CreateJob).
        """
        if TYPE_CHECKING:
            from .api.jobs import create_job as _operation
        else:
            _operation = _modules["api.jobs.create_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job(
        self,
        job_id: str,
    ) -> Job:
        """Get job information

        Retrieve information about the provided **job ID**, mainly used to get the current status.

        `GET /qaas/v1alpha1/jobs/{job_id}` (GetJob).

        Args:
            job_id: Unique ID of the job you want to get.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job as _operation
        else:
            _operation = _modules["api.jobs.get_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_job(
        self,
        job_id: str,
        *,
        body: UpdateJobBody,
    ) -> Job:
        """Update job information

        Update job information about the provided **job ID**.

        `PATCH /qaas/v1alpha1/jobs/{job_id}` (UpdateJob).

        Args:
            job_id: Unique ID of the job.
        """
        if TYPE_CHECKING:
            from .api.jobs import update_job as _operation
        else:
            _operation = _modules["api.jobs.update_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def delete_job(
        self,
        job_id: str,
    ) -> None:
        """Delete a job

        Delete the job corresponding to the provided **job ID**.

        `DELETE /qaas/v1alpha1/jobs/{job_id}` (DeleteJob).

        Args:
            job_id: Unique ID of the job.
        """
        if TYPE_CHECKING:
            from .api.jobs import delete_job as _operation
        else:
            _operation = _modules["api.jobs.delete_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_job(
        self,
        job_id: str,
        *,
        body: dict[str, Any] | Unset = UNSET,
    ) -> Job:
        """Cancel a job

        Cancel the job corresponding to the provided **job ID**.

        `POST /qaas/v1alpha1/jobs/{job_id}/cancel` (CancelJob).

        Args:
            job_id: Unique ID of the job.
        """
        if TYPE_CHECKING:
            from .api.jobs import cancel_job as _operation
        else:
            _operation = _modules["api.jobs.cancel_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job_circuit(
        self,
        job_id: str,
    ) -> JobCircuit:
        """Get a job circuit

        Retrieve the circuit of the provided **job ID**.

        `GET /qaas/v1alpha1/jobs/{job_id}/circuit` (GetJobCircuit).

        Args:
            job_id: Unique ID of the job.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job_circuit as _operation
        else:
            _operation = _modules["api.jobs.get_job_circuit"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_job_results(
        self,
        job_id: str,
        *,
        page: int | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        order_by: ListJobResultsOrderBy | str | None | Unset = UNSET,
    ) -> ListJobResultsResponse:
        """List all results of a job

        Retrieve all intermediate and final results of a job.

        `GET /qaas/v1alpha1/jobs/{job_id}/results` (ListJobResults).

        Args:
            job_id: ID of the job.
            page: Page number.
            page_size: Maximum number of results to return per page.
            order_by: Sort order of the returned results.
        """
        if TYPE_CHECKING:
            from .api.jobs import list_job_results as _operation
        else:
            _operation = _modules["api.jobs.list_job_results"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
            page=page,
            page_size=page_size,
            order_by=order_by,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_models(
        self,
        *,
        project_id: str,
        page: int | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        order_by: ListModelsOrderBy | str | None | Unset = UNSET,
    ) -> ListModelsResponse:
        """List all models attached to the **project ID**

        Retrieve information about all models of the provided **project ID**.

        `GET /qaas/v1alpha1/models` (ListModels).

        Args:
            project_id: List models belonging to this project ID.
            page: Page number.
            page_size: Maximum number of results to return per page.
            order_by: Sort order of the returned results.
        """
        if TYPE_CHECKING:
            from .api.models import list_models as _operation
        else:
            _operation = _modules["api.models.list_models"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            project_id=project_id,
            page=page,
            page_size=page_size,
            order_by=order_by,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_model(
        self,
        *,
        body: CreateModelBody,
    ) -> Model:
        """Create a new model

        Create and register a new model that can be executed through next jobs. A model can also be assigned to
        a Session.

        `POST /qaas/v1alpha1/models` (CreateModel).
        """
        if TYPE_CHECKING:
            from .api.models import create_model as _operation
        else:
            _operation = _modules["api.models.create_model"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_model(
        self,
        model_id: str,
    ) -> Model:
        """Get model information

        Retrieve information about of the provided **model ID**.

        `GET /qaas/v1alpha1/models/{model_id}` (GetModel).

        Args:
            model_id: Unique ID of the model.
        """
        if TYPE_CHECKING:
            from .api.models import get_model as _operation
        else:
            _operation = _modules["api.models.get_model"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            model_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_platforms(
        self,
        *,
        provider_name: str | None | Unset = UNSET,
        backend_name: str | None | Unset = UNSET,
        name: str | None | Unset = UNSET,
        platform_type: ListPlatformsPlatformType | str | None | Unset = UNSET,
        platform_technology: ListPlatformsPlatformTechnology | str | None | Unset = UNSET,
        page: int | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        order_by: ListPlatformsOrderBy | str | None | Unset = UNSET,
    ) -> ListPlatformsResponse:
        """List all available platforms

        Retrieve information about all platforms.

        `GET /qaas/v1alpha1/platforms` (ListPlatforms).

        Args:
            provider_name: List platforms with this provider name.
            backend_name: List platforms with this backend name.
            name: List platforms with this name.
            platform_type: List platforms with this type.
            platform_technology: List platforms with this technology.
            page: Page number.
            page_size: Maximum number of platforms to return per page.
            order_by: Sort order of the returned platforms.
        """
        if TYPE_CHECKING:
            from .api.platforms import list_platforms as _operation
        else:
            _operation = _modules["api.platforms.list_platforms"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            provider_name=provider_name,
            backend_name=backend_name,
            name=name,
            platform_type=platform_type,
            platform_technology=platform_technology,
            page=page,
            page_size=page_size,
            order_by=order_by,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_platform(
        self,
        platform_id: str,
    ) -> Platform:
        """Get platform information

        Retrieve information about the provided **platform ID**, such as provider name, technology, and type.

        `GET /qaas/v1alpha1/platforms/{platform_id}` (GetPlatform).

        Args:
            platform_id: Unique ID of the platform.
        """
        if TYPE_CHECKING:
            from .api.platforms import get_platform as _operation
        else:
            _operation = _modules["api.platforms.get_platform"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            platform_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_processes(
        self,
        *,
        project_id: str,
        application_id: str | None | Unset = UNSET,
        tags: Sequence[str] | None | Unset = UNSET,
        page: int | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        order_by: ListProcessesOrderBy | str | None | Unset = UNSET,
    ) -> ListProcessesResponse:
        """List all processes

        Retrieve information about all processes.

        `GET /qaas/v1alpha1/processes` (ListProcesses).

        Args:
            project_id: List processes belonging to this project ID. (UUID format)
            application_id: List processes that have been created for this application.
            tags: List processes with these tags.
            page: Page number.
            page_size: Maximum number of processes to return per page.
            order_by: Sort order of the returned processes.
        """
        if TYPE_CHECKING:
            from .api.processes import list_processes as _operation
        else:
            _operation = _modules["api.processes.list_processes"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            project_id=project_id,
            application_id=application_id,
            tags=tags,
            page=page,
            page_size=page_size,
            order_by=order_by,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_process(
        self,
        *,
        body: CreateProcessBody,
    ) -> Process:
        """Create a process

        Create a new process for the specified application on a specified platform.

        `POST /qaas/v1alpha1/processes` (CreateProcess).
        """
        if TYPE_CHECKING:
            from .api.processes import create_process as _operation
        else:
            _operation = _modules["api.processes.create_process"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_process(
        self,
        process_id: str,
    ) -> Process:
        """Get process information

        Retrieve information about the provided **process ID**, such as name, status and progress.

        `GET /qaas/v1alpha1/processes/{process_id}` (GetProcess).

        Args:
            process_id: Unique ID of the process.
        """
        if TYPE_CHECKING:
            from .api.processes import get_process as _operation
        else:
            _operation = _modules["api.processes.get_process"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            process_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_process(
        self,
        process_id: str,
        *,
        body: UpdateProcessBody,
    ) -> Process:
        """Update process information

        Update process information of the provided **process ID**.

        `PATCH /qaas/v1alpha1/processes/{process_id}` (UpdateProcess).

        Args:
            process_id: Unique ID of the process.
        """
        if TYPE_CHECKING:
            from .api.processes import update_process as _operation
        else:
            _operation = _modules["api.processes.update_process"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            process_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def delete_process(
        self,
        process_id: str,
    ) -> None:
        """Delete an existing process

        Delete a process by its unique ID and delete all its data.

        `DELETE /qaas/v1alpha1/processes/{process_id}` (DeleteProcess).

        Args:
            process_id: Unique ID of the process.
        """
        if TYPE_CHECKING:
            from .api.processes import delete_process as _operation
        else:
            _operation = _modules["api.processes.delete_process"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            process_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_process(
        self,
        process_id: str,
        *,
        body: dict[str, Any] | Unset = UNSET,
    ) -> Process:
        """Cancel a running process

        Cancel a process by its unique ID. Intermediate results are still available.

        `POST /qaas/v1alpha1/processes/{process_id}/cancel` (CancelProcess).

        Args:
            process_id: Unique ID of the process.
        """
        if TYPE_CHECKING:
            from .api.processes import cancel_process as _operation
        else:
            _operation = _modules["api.processes.cancel_process"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            process_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_process_results(
        self,
        process_id: str,
        *,
        page: int | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        order_by: ListProcessResultsOrderBy | str | None | Unset = UNSET,
    ) -> ListProcessResultsResponse:
        """List all results of a process

        Retrieve all intermediate and final result of a process.

        `GET /qaas/v1alpha1/processes/{process_id}/results` (ListProcessResults).

        Args:
            process_id: ID of the process.
            page: Page number.
            page_size: Maximum number of results to return per page.
            order_by: Sort order of the returned results.
        """
        if TYPE_CHECKING:
            from .api.processes import list_process_results as _operation
        else:
            _operation = _modules["api.processes.list_process_results"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            process_id,
            page=page,
            page_size=page_size,
            order_by=order_by,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_sessions(
        self,
        *,
        project_id: str,
        platform_id: str | None | Unset = UNSET,
        tags: Sequence[str] | None | Unset = UNSET,
        page: int | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        order_by: ListSessionsOrderBy | str | None | Unset = UNSET,
    ) -> ListSessionsResponse:
        """List all sessions

        Retrieve information about all QPU sessions.

        `GET /qaas/v1alpha1/sessions` (ListSessions).

        Args:
            project_id: List sessions belonging to this project ID. (UUID format)
            platform_id: List sessions that have been created for this platform.
            tags: List sessions with these tags.
            page: Page number.
            page_size: Maximum number of sessions to return per page.
            order_by: Sort order of the returned sessions.
        """
        if TYPE_CHECKING:
            from .api.sessions import list_sessions as _operation
        else:
            _operation = _modules["api.sessions.list_sessions"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            project_id=project_id,
            platform_id=platform_id,
            tags=tags,
            page=page,
            page_size=page_size,
            order_by=order_by,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_session(
        self,
        *,
        body: CreateSessionBody,
    ) -> Session:
        """Create a session

        Create a new QPU session for the specified platform. Once ready, jobs can be sent to this session.

        `POST /qaas/v1alpha1/sessions` (CreateSession).
        """
        if TYPE_CHECKING:
            from .api.sessions import create_session as _operation
        else:
            _operation = _modules["api.sessions.create_session"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_session(
        self,
        session_id: str,
    ) -> Session:
        """Get session information

        Retrieve information about the provided **session ID**, such as name and status.

        `GET /qaas/v1alpha1/sessions/{session_id}` (GetSession).

        Args:
            session_id: Unique ID of the session.
        """
        if TYPE_CHECKING:
            from .api.sessions import get_session as _operation
        else:
            _operation = _modules["api.sessions.get_session"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            session_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_session(
        self,
        session_id: str,
        *,
        body: UpdateSessionBody,
    ) -> Session:
        """Update session information

        Update session information of the provided **session ID**.

        `PATCH /qaas/v1alpha1/sessions/{session_id}` (UpdateSession).

        Args:
            session_id: Unique ID of the session.
        """
        if TYPE_CHECKING:
            from .api.sessions import update_session as _operation
        else:
            _operation = _modules["api.sessions.update_session"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            session_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def delete_session(
        self,
        session_id: str,
    ) -> None:
        """Delete an existing session

        Delete a session by its unique ID and delete all its attached jobs and bookings.

        `DELETE /qaas/v1alpha1/sessions/{session_id}` (DeleteSession).

        Args:
            session_id: Unique ID of the session.
        """
        if TYPE_CHECKING:
            from .api.sessions import delete_session as _operation
        else:
            _operation = _modules["api.sessions.delete_session"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            session_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_session_acls(
        self,
        session_id: str,
        *,
        page: int | None | Unset = UNSET,
        page_size: int | None | Unset = UNSET,
        order_by: ListSessionAclsRequestOrderBy | str | None | Unset = UNSET,
    ) -> ListSessionAclsResponse:
        """ListSessionAcls

        `GET /qaas/v1alpha1/sessions/{session_id}/acls` (ListSessionAcls).
        """
        if TYPE_CHECKING:
            from .api.sessions import list_session_acls as _operation
        else:
            _operation = _modules["api.sessions.list_session_acls"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            session_id,
            page=page,
            page_size=page_size,
            order_by=order_by,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def terminate_session(
        self,
        session_id: str,
        *,
        body: dict[str, Any] | Unset = UNSET,
    ) -> Session:
        """Terminate an existing session

        Terminate a session by its unique ID and cancel all its attached jobs and bookings.

        `POST /qaas/v1alpha1/sessions/{session_id}/terminate` (TerminateSession).

        Args:
            session_id: Unique ID of the session.
        """
        if TYPE_CHECKING:
            from .api.sessions import terminate_session as _operation
        else:
            _operation = _modules["api.sessions.terminate_session"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            session_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)
