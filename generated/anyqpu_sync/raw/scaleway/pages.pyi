"""Types of the blocking classes of `anyqpu_raw.scaleway.pages`. Written by scripts/sync."""

from collections.abc import Sequence

from anyqpu_raw._values import Unset
from anyqpu_raw.scaleway.models.application import Application
from anyqpu_raw.scaleway.models.booking import Booking
from anyqpu_raw.scaleway.models.job import Job
from anyqpu_raw.scaleway.models.job_result import JobResult
from anyqpu_raw.scaleway.models.list_applications_application_type import ListApplicationsApplicationType
from anyqpu_raw.scaleway.models.list_applications_order_by import ListApplicationsOrderBy
from anyqpu_raw.scaleway.models.list_bookings_order_by import ListBookingsOrderBy
from anyqpu_raw.scaleway.models.list_job_results_order_by import ListJobResultsOrderBy
from anyqpu_raw.scaleway.models.list_jobs_order_by import ListJobsOrderBy
from anyqpu_raw.scaleway.models.list_models_order_by import ListModelsOrderBy
from anyqpu_raw.scaleway.models.list_platforms_order_by import ListPlatformsOrderBy
from anyqpu_raw.scaleway.models.list_platforms_platform_technology import ListPlatformsPlatformTechnology
from anyqpu_raw.scaleway.models.list_platforms_platform_type import ListPlatformsPlatformType
from anyqpu_raw.scaleway.models.list_process_results_order_by import ListProcessResultsOrderBy
from anyqpu_raw.scaleway.models.list_processes_order_by import ListProcessesOrderBy
from anyqpu_raw.scaleway.models.list_session_acls_request_order_by import ListSessionAclsRequestOrderBy
from anyqpu_raw.scaleway.models.list_sessions_order_by import ListSessionsOrderBy
from anyqpu_raw.scaleway.models.model import Model
from anyqpu_raw.scaleway.models.platform import Platform
from anyqpu_raw.scaleway.models.process import Process
from anyqpu_raw.scaleway.models.process_result import ProcessResult
from anyqpu_raw.scaleway.models.session import Session
from anyqpu_raw.scaleway.models.session_access import SessionAccess
from anyqpu_sync.raw._pages import RawPager

class RawPages:
    """One method per list operation. It sends nothing yet and returns a pager of the items, as the cloud sends them."""
    def list_applications(
        self,
        *,
        name: str | None | Unset = ...,
        application_type: ListApplicationsApplicationType | str | None | Unset = ...,
        order_by: ListApplicationsOrderBy | str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Application]:
        """List all available applications

        Retrieve information about all applications.

        `GET /qaas/v1alpha1/applications` (ListApplications).

        Args:
            name: List applications with this name.
            application_type: List applications with this type.
            order_by: Sort order of the returned applications.
        """
        ...
    def list_bookings(
        self,
        *,
        project_id: str | None | Unset = ...,
        platform_id: str | None | Unset = ...,
        order_by: ListBookingsOrderBy | str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Booking]:
        """List all bookings according the filter

        Retrieve information about all bookings of the provided **project ID** or ** platform ID**.

        `GET /qaas/v1alpha1/bookings` (ListBookings).

        Args:
            project_id: List bookings belonging to this project ID. (UUID format)
            platform_id: List bookings attached to this platform ID.
            order_by: Sort order of the returned results.
        """
        ...
    def list_jobs(
        self,
        *,
        tags: Sequence[str] | None | Unset = ...,
        order_by: ListJobsOrderBy | str | None | Unset = ...,
        session_id: str | None | Unset = ...,
        project_id: str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Job]:
        """List all jobs within a project or session

        Retrieve information about all jobs within a given session.

        `GET /qaas/v1alpha1/jobs` (ListJobs).

        Args:
            tags: List jobs with these tags.
            order_by: Sort order of the returned jobs.
            session_id: List jobs of this session. Give this or project_id, not both.
            project_id: List jobs of this Project. Give this or session_id, not both.
        """
        ...
    def list_job_results(
        self,
        job_id: str,
        *,
        order_by: ListJobResultsOrderBy | str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[JobResult]:
        """List all results of a job

        Retrieve all intermediate and final results of a job.

        `GET /qaas/v1alpha1/jobs/{job_id}/results` (ListJobResults).

        Args:
            job_id: ID of the job.
            order_by: Sort order of the returned results.
        """
        ...
    def list_models(
        self,
        *,
        project_id: str,
        order_by: ListModelsOrderBy | str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Model]:
        """List all models attached to the **project ID**

        Retrieve information about all models of the provided **project ID**.

        `GET /qaas/v1alpha1/models` (ListModels).

        Args:
            project_id: List models belonging to this project ID.
            order_by: Sort order of the returned results.
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
        order_by: ListPlatformsOrderBy | str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Platform]:
        """List all available platforms

        Retrieve information about all platforms.

        `GET /qaas/v1alpha1/platforms` (ListPlatforms).

        Args:
            provider_name: List platforms with this provider name.
            backend_name: List platforms with this backend name.
            name: List platforms with this name.
            platform_type: List platforms with this type.
            platform_technology: List platforms with this technology.
            order_by: Sort order of the returned platforms.
        """
        ...
    def list_processes(
        self,
        *,
        project_id: str,
        application_id: str | None | Unset = ...,
        tags: Sequence[str] | None | Unset = ...,
        order_by: ListProcessesOrderBy | str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Process]:
        """List all processes

        Retrieve information about all processes.

        `GET /qaas/v1alpha1/processes` (ListProcesses).

        Args:
            project_id: List processes belonging to this project ID. (UUID format)
            application_id: List processes that have been created for this application.
            tags: List processes with these tags.
            order_by: Sort order of the returned processes.
        """
        ...
    def list_process_results(
        self,
        process_id: str,
        *,
        order_by: ListProcessResultsOrderBy | str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[ProcessResult]:
        """List all results of a process

        Retrieve all intermediate and final result of a process.

        `GET /qaas/v1alpha1/processes/{process_id}/results` (ListProcessResults).

        Args:
            process_id: ID of the process.
            order_by: Sort order of the returned results.
        """
        ...
    def list_sessions(
        self,
        *,
        project_id: str,
        platform_id: str | None | Unset = ...,
        tags: Sequence[str] | None | Unset = ...,
        order_by: ListSessionsOrderBy | str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Session]:
        """List all sessions

        Retrieve information about all QPU sessions.

        `GET /qaas/v1alpha1/sessions` (ListSessions).

        Args:
            project_id: List sessions belonging to this project ID. (UUID format)
            platform_id: List sessions that have been created for this platform.
            tags: List sessions with these tags.
            order_by: Sort order of the returned sessions.
        """
        ...
    def list_session_acls(
        self,
        session_id: str,
        *,
        order_by: ListSessionAclsRequestOrderBy | str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[SessionAccess]:
        """ListSessionAcls

        `GET /qaas/v1alpha1/sessions/{session_id}/acls` (ListSessionAcls).
        """
        ...
