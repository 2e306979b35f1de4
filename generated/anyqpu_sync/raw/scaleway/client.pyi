"""Types of the blocking classes of `anyqpu_raw.scaleway.client`. Written by scripts/sync."""

from collections.abc import Sequence
from typing import Any

from anyqpu_raw._values import Unset
from anyqpu_raw.scaleway.models.application import Application
from anyqpu_raw.scaleway.models.booking import Booking
from anyqpu_raw.scaleway.models.create_job_body import CreateJobBody
from anyqpu_raw.scaleway.models.create_model_body import CreateModelBody
from anyqpu_raw.scaleway.models.create_process_body import CreateProcessBody
from anyqpu_raw.scaleway.models.create_session_body import CreateSessionBody
from anyqpu_raw.scaleway.models.job import Job
from anyqpu_raw.scaleway.models.job_circuit import JobCircuit
from anyqpu_raw.scaleway.models.list_applications_application_type import ListApplicationsApplicationType
from anyqpu_raw.scaleway.models.list_applications_order_by import ListApplicationsOrderBy
from anyqpu_raw.scaleway.models.list_applications_response import ListApplicationsResponse
from anyqpu_raw.scaleway.models.list_bookings_order_by import ListBookingsOrderBy
from anyqpu_raw.scaleway.models.list_bookings_response import ListBookingsResponse
from anyqpu_raw.scaleway.models.list_job_results_order_by import ListJobResultsOrderBy
from anyqpu_raw.scaleway.models.list_job_results_response import ListJobResultsResponse
from anyqpu_raw.scaleway.models.list_jobs_order_by import ListJobsOrderBy
from anyqpu_raw.scaleway.models.list_jobs_response import ListJobsResponse
from anyqpu_raw.scaleway.models.list_models_order_by import ListModelsOrderBy
from anyqpu_raw.scaleway.models.list_models_response import ListModelsResponse
from anyqpu_raw.scaleway.models.list_platforms_order_by import ListPlatformsOrderBy
from anyqpu_raw.scaleway.models.list_platforms_platform_technology import ListPlatformsPlatformTechnology
from anyqpu_raw.scaleway.models.list_platforms_platform_type import ListPlatformsPlatformType
from anyqpu_raw.scaleway.models.list_platforms_response import ListPlatformsResponse
from anyqpu_raw.scaleway.models.list_process_results_order_by import ListProcessResultsOrderBy
from anyqpu_raw.scaleway.models.list_process_results_response import ListProcessResultsResponse
from anyqpu_raw.scaleway.models.list_processes_order_by import ListProcessesOrderBy
from anyqpu_raw.scaleway.models.list_processes_response import ListProcessesResponse
from anyqpu_raw.scaleway.models.list_session_acls_request_order_by import ListSessionAclsRequestOrderBy
from anyqpu_raw.scaleway.models.list_session_acls_response import ListSessionAclsResponse
from anyqpu_raw.scaleway.models.list_sessions_order_by import ListSessionsOrderBy
from anyqpu_raw.scaleway.models.list_sessions_response import ListSessionsResponse
from anyqpu_raw.scaleway.models.model import Model
from anyqpu_raw.scaleway.models.platform import Platform
from anyqpu_raw.scaleway.models.process import Process
from anyqpu_raw.scaleway.models.session import Session
from anyqpu_raw.scaleway.models.update_booking_body import UpdateBookingBody
from anyqpu_raw.scaleway.models.update_job_body import UpdateJobBody
from anyqpu_raw.scaleway.models.update_process_body import UpdateProcessBody
from anyqpu_raw.scaleway.models.update_session_body import UpdateSessionBody
from anyqpu_sync.raw.scaleway.pages import RawPages

class RawClient:
    """One method per operation, by its operationId in snake_case; it returns what the API document promises."""
    @property
    def pages(self) -> RawPages:
        """A pager of each list operation."""
        ...
    def list_applications(
        self,
        *,
        name: str | None | Unset = ...,
        application_type: ListApplicationsApplicationType | str | None | Unset = ...,
        page: int | None | Unset = ...,
        page_size: int | None | Unset = ...,
        order_by: ListApplicationsOrderBy | str | None | Unset = ...,
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
        ...
    def get_application(self, application_id: str) -> Application:
        """Get application information

        Retrieve information about the provided **application ID**, such as name, type and compatible platforms.

        `GET /qaas/v1alpha1/applications/{application_id}` (GetApplication).

        Args:
            application_id: Unique ID of the application.
        """
        ...
    def list_bookings(
        self,
        *,
        project_id: str | None | Unset = ...,
        platform_id: str | None | Unset = ...,
        page: int | None | Unset = ...,
        page_size: int | None | Unset = ...,
        order_by: ListBookingsOrderBy | str | None | Unset = ...,
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
        ...
    def get_booking(self, booking_id: str) -> Booking:
        """Get booking information

        Retrieve information about the provided **booking ID**, such as description, status and progress
        message.

        `GET /qaas/v1alpha1/bookings/{booking_id}` (GetBooking).

        Args:
            booking_id: Unique ID of the booking.
        """
        ...
    def update_booking(self, booking_id: str, *, body: UpdateBookingBody) -> Booking:
        """Update booking information

        Update booking information of the provided **booking ID**.

        `PATCH /qaas/v1alpha1/bookings/{booking_id}` (UpdateBooking).

        Args:
            booking_id: Unique ID of the booking.
        """
        ...
    def list_jobs(
        self,
        *,
        tags: Sequence[str] | None | Unset = ...,
        page: int | None | Unset = ...,
        page_size: int | None | Unset = ...,
        order_by: ListJobsOrderBy | str | None | Unset = ...,
        session_id: str | None | Unset = ...,
        project_id: str | None | Unset = ...,
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
        ...
    def create_job(self, *, body: CreateJobBody) -> Job:
        """Create a job

        Create a job to be executed inside a QPU session.

        `POST /qaas/v1alpha1/jobs` (CreateJob).
        """
        ...
    def get_job(self, job_id: str) -> Job:
        """Get job information

        Retrieve information about the provided **job ID**, mainly used to get the current status.

        `GET /qaas/v1alpha1/jobs/{job_id}` (GetJob).

        Args:
            job_id: Unique ID of the job you want to get.
        """
        ...
    def update_job(self, job_id: str, *, body: UpdateJobBody) -> Job:
        """Update job information

        Update job information about the provided **job ID**.

        `PATCH /qaas/v1alpha1/jobs/{job_id}` (UpdateJob).

        Args:
            job_id: Unique ID of the job.
        """
        ...
    def delete_job(self, job_id: str) -> None:
        """Delete a job

        Delete the job corresponding to the provided **job ID**.

        `DELETE /qaas/v1alpha1/jobs/{job_id}` (DeleteJob).

        Args:
            job_id: Unique ID of the job.
        """
        ...
    def cancel_job(self, job_id: str, *, body: dict[str, Any] | Unset = ...) -> Job:
        """Cancel a job

        Cancel the job corresponding to the provided **job ID**.

        `POST /qaas/v1alpha1/jobs/{job_id}/cancel` (CancelJob).

        Args:
            job_id: Unique ID of the job.
        """
        ...
    def get_job_circuit(self, job_id: str) -> JobCircuit:
        """Get a job circuit

        Retrieve the circuit of the provided **job ID**.

        `GET /qaas/v1alpha1/jobs/{job_id}/circuit` (GetJobCircuit).

        Args:
            job_id: Unique ID of the job.
        """
        ...
    def list_job_results(
        self,
        job_id: str,
        *,
        page: int | None | Unset = ...,
        page_size: int | None | Unset = ...,
        order_by: ListJobResultsOrderBy | str | None | Unset = ...,
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
        ...
    def list_models(
        self,
        *,
        project_id: str,
        page: int | None | Unset = ...,
        page_size: int | None | Unset = ...,
        order_by: ListModelsOrderBy | str | None | Unset = ...,
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
        ...
    def create_model(self, *, body: CreateModelBody) -> Model:
        """Create a new model

        Create and register a new model that can be executed through next jobs. A model can also be assigned to
        a Session.

        `POST /qaas/v1alpha1/models` (CreateModel).
        """
        ...
    def get_model(self, model_id: str) -> Model:
        """Get model information

        Retrieve information about of the provided **model ID**.

        `GET /qaas/v1alpha1/models/{model_id}` (GetModel).

        Args:
            model_id: Unique ID of the model.
        """
        ...
    def list_platforms(
        self,
        *,
        provider_name: str | None | Unset = ...,
        backend_name: str | None | Unset = ...,
        name: str | None | Unset = ...,
        platform_type: ListPlatformsPlatformType | str | None | Unset = ...,
        platform_technology: ListPlatformsPlatformTechnology | str | None | Unset = ...,
        page: int | None | Unset = ...,
        page_size: int | None | Unset = ...,
        order_by: ListPlatformsOrderBy | str | None | Unset = ...,
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
        ...
    def get_platform(self, platform_id: str) -> Platform:
        """Get platform information

        Retrieve information about the provided **platform ID**, such as provider name, technology, and type.

        `GET /qaas/v1alpha1/platforms/{platform_id}` (GetPlatform).

        Args:
            platform_id: Unique ID of the platform.
        """
        ...
    def list_processes(
        self,
        *,
        project_id: str,
        application_id: str | None | Unset = ...,
        tags: Sequence[str] | None | Unset = ...,
        page: int | None | Unset = ...,
        page_size: int | None | Unset = ...,
        order_by: ListProcessesOrderBy | str | None | Unset = ...,
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
        ...
    def create_process(self, *, body: CreateProcessBody) -> Process:
        """Create a process

        Create a new process for the specified application on a specified platform.

        `POST /qaas/v1alpha1/processes` (CreateProcess).
        """
        ...
    def get_process(self, process_id: str) -> Process:
        """Get process information

        Retrieve information about the provided **process ID**, such as name, status and progress.

        `GET /qaas/v1alpha1/processes/{process_id}` (GetProcess).

        Args:
            process_id: Unique ID of the process.
        """
        ...
    def update_process(self, process_id: str, *, body: UpdateProcessBody) -> Process:
        """Update process information

        Update process information of the provided **process ID**.

        `PATCH /qaas/v1alpha1/processes/{process_id}` (UpdateProcess).

        Args:
            process_id: Unique ID of the process.
        """
        ...
    def delete_process(self, process_id: str) -> None:
        """Delete an existing process

        Delete a process by its unique ID and delete all its data.

        `DELETE /qaas/v1alpha1/processes/{process_id}` (DeleteProcess).

        Args:
            process_id: Unique ID of the process.
        """
        ...
    def cancel_process(self, process_id: str, *, body: dict[str, Any] | Unset = ...) -> Process:
        """Cancel a running process

        Cancel a process by its unique ID. Intermediate results are still available.

        `POST /qaas/v1alpha1/processes/{process_id}/cancel` (CancelProcess).

        Args:
            process_id: Unique ID of the process.
        """
        ...
    def list_process_results(
        self,
        process_id: str,
        *,
        page: int | None | Unset = ...,
        page_size: int | None | Unset = ...,
        order_by: ListProcessResultsOrderBy | str | None | Unset = ...,
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
        ...
    def list_sessions(
        self,
        *,
        project_id: str,
        platform_id: str | None | Unset = ...,
        tags: Sequence[str] | None | Unset = ...,
        page: int | None | Unset = ...,
        page_size: int | None | Unset = ...,
        order_by: ListSessionsOrderBy | str | None | Unset = ...,
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
        ...
    def create_session(self, *, body: CreateSessionBody) -> Session:
        """Create a session

        Create a new QPU session for the specified platform. Once ready, jobs can be sent to this session.

        `POST /qaas/v1alpha1/sessions` (CreateSession).
        """
        ...
    def get_session(self, session_id: str) -> Session:
        """Get session information

        Retrieve information about the provided **session ID**, such as name and status.

        `GET /qaas/v1alpha1/sessions/{session_id}` (GetSession).

        Args:
            session_id: Unique ID of the session.
        """
        ...
    def update_session(self, session_id: str, *, body: UpdateSessionBody) -> Session:
        """Update session information

        Update session information of the provided **session ID**.

        `PATCH /qaas/v1alpha1/sessions/{session_id}` (UpdateSession).

        Args:
            session_id: Unique ID of the session.
        """
        ...
    def delete_session(self, session_id: str) -> None:
        """Delete an existing session

        Delete a session by its unique ID and delete all its attached jobs and bookings.

        `DELETE /qaas/v1alpha1/sessions/{session_id}` (DeleteSession).

        Args:
            session_id: Unique ID of the session.
        """
        ...
    def list_session_acls(
        self,
        session_id: str,
        *,
        page: int | None | Unset = ...,
        page_size: int | None | Unset = ...,
        order_by: ListSessionAclsRequestOrderBy | str | None | Unset = ...,
    ) -> ListSessionAclsResponse:
        """ListSessionAcls

        `GET /qaas/v1alpha1/sessions/{session_id}/acls` (ListSessionAcls).
        """
        ...
    def terminate_session(self, session_id: str, *, body: dict[str, Any] | Unset = ...) -> Session:
        """Terminate an existing session

        Terminate a session by its unique ID and cancel all its attached jobs and bookings.

        `POST /qaas/v1alpha1/sessions/{session_id}/terminate` (TerminateSession).

        Args:
            session_id: Unique ID of the session.
        """
        ...
