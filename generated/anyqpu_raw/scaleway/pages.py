"""The list operations of Quantum as a Service API: how each is divided into pages, and a pager of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from .._core import UNSET, Unset
from .._pages import PagerFactory, Pages, RawPager
from .operations import OPERATIONS

if TYPE_CHECKING:
    from .client import RawClient
    from .models.application import Application
    from .models.booking import Booking
    from .models.job import Job
    from .models.job_result import JobResult
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
    from .models.process_result import ProcessResult
    from .models.session import Session
    from .models.session_access import SessionAccess

LIST_APPLICATIONS: Final[Pages[ListApplicationsResponse, Application]] = Pages(
    api="scaleway",
    operation=OPERATIONS["list_applications"],
    style="numbered",
    position="page",
    size="page_size",
    first=1,
    default_size=50,
    max_size=100,
    items=("applications",),
    total=("total_count",),
    identity=("id",),
)
LIST_BOOKINGS: Final[Pages[ListBookingsResponse, Booking]] = Pages(
    api="scaleway",
    operation=OPERATIONS["list_bookings"],
    style="numbered",
    position="page",
    size="page_size",
    first=1,
    default_size=50,
    max_size=100,
    items=("bookings",),
    total=("total_count",),
    identity=("id",),
)
LIST_JOBS: Final[Pages[ListJobsResponse, Job]] = Pages(
    api="scaleway",
    operation=OPERATIONS["list_jobs"],
    style="numbered",
    position="page",
    size="page_size",
    first=1,
    default_size=50,
    max_size=100,
    items=("jobs",),
    total=("total_count",),
    identity=("id",),
)
LIST_JOB_RESULTS: Final[Pages[ListJobResultsResponse, JobResult]] = Pages(
    api="scaleway",
    operation=OPERATIONS["list_job_results"],
    style="numbered",
    position="page",
    size="page_size",
    first=1,
    default_size=50,
    max_size=100,
    items=("job_results",),
    total=("total_count",),
)
LIST_MODELS: Final[Pages[ListModelsResponse, Model]] = Pages(
    api="scaleway",
    operation=OPERATIONS["list_models"],
    style="numbered",
    position="page",
    size="page_size",
    first=1,
    default_size=50,
    max_size=100,
    items=("models",),
    total=("total_count",),
    identity=("id",),
)
LIST_PLATFORMS: Final[Pages[ListPlatformsResponse, Platform]] = Pages(
    api="scaleway",
    operation=OPERATIONS["list_platforms"],
    style="numbered",
    position="page",
    size="page_size",
    first=1,
    default_size=50,
    max_size=100,
    items=("platforms",),
    total=("total_count",),
    identity=("id",),
)
LIST_PROCESSES: Final[Pages[ListProcessesResponse, Process]] = Pages(
    api="scaleway",
    operation=OPERATIONS["list_processes"],
    style="numbered",
    position="page",
    size="page_size",
    first=1,
    default_size=50,
    max_size=100,
    items=("processes",),
    total=("total_count",),
    identity=("id",),
)
LIST_PROCESS_RESULTS: Final[Pages[ListProcessResultsResponse, ProcessResult]] = Pages(
    api="scaleway",
    operation=OPERATIONS["list_process_results"],
    style="numbered",
    position="page",
    size="page_size",
    first=1,
    default_size=50,
    max_size=100,
    items=("process_results",),
    total=("total_count",),
)
LIST_SESSIONS: Final[Pages[ListSessionsResponse, Session]] = Pages(
    api="scaleway",
    operation=OPERATIONS["list_sessions"],
    style="numbered",
    position="page",
    size="page_size",
    first=1,
    default_size=50,
    max_size=100,
    items=("sessions",),
    total=("total_count",),
    identity=("id",),
)
LIST_SESSION_ACLS: Final[Pages[ListSessionAclsResponse, SessionAccess]] = Pages(
    api="scaleway",
    operation=OPERATIONS["list_session_acls"],
    style="numbered",
    position="page",
    size="page_size",
    first=1,
    default_size=50,
    max_size=100,
    items=("acls",),
    total=("total_count",),
    identity=(),
)


class RawPages:
    """One method per list operation. It sends nothing yet and returns a pager of the items, as the cloud sends them."""

    __slots__ = ("_pager", "_raw")

    def __init__(self, raw: RawClient, pager: PagerFactory) -> None:
        self._raw = raw
        self._pager = pager

    def list_applications(
        self,
        *,
        name: str | None | Unset = UNSET,
        application_type: ListApplicationsApplicationType | str | None | Unset = UNSET,
        order_by: ListApplicationsOrderBy | str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.list_applications,
            name=name,
            application_type=application_type,
            order_by=order_by,
        )
        return self._pager(fetch, LIST_APPLICATIONS, page_size=page_size, resume_token=resume_token)

    def list_bookings(
        self,
        *,
        project_id: str | None | Unset = UNSET,
        platform_id: str | None | Unset = UNSET,
        order_by: ListBookingsOrderBy | str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.list_bookings,
            project_id=project_id,
            platform_id=platform_id,
            order_by=order_by,
        )
        return self._pager(fetch, LIST_BOOKINGS, page_size=page_size, resume_token=resume_token)

    def list_jobs(
        self,
        *,
        tags: Sequence[str] | None | Unset = UNSET,
        order_by: ListJobsOrderBy | str | None | Unset = UNSET,
        session_id: str | None | Unset = UNSET,
        project_id: str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.list_jobs,
            tags=tags,
            order_by=order_by,
            session_id=session_id,
            project_id=project_id,
        )
        return self._pager(fetch, LIST_JOBS, page_size=page_size, resume_token=resume_token)

    def list_job_results(
        self,
        job_id: str,
        *,
        order_by: ListJobResultsOrderBy | str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.list_job_results,
            job_id,
            order_by=order_by,
        )
        return self._pager(fetch, LIST_JOB_RESULTS, page_size=page_size, resume_token=resume_token)

    def list_models(
        self,
        *,
        project_id: str,
        order_by: ListModelsOrderBy | str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.list_models,
            project_id=project_id,
            order_by=order_by,
        )
        return self._pager(fetch, LIST_MODELS, page_size=page_size, resume_token=resume_token)

    def list_platforms(
        self,
        *,
        provider_name: str | None | Unset = UNSET,
        backend_name: str | None | Unset = UNSET,
        name: str | None | Unset = UNSET,
        platform_type: ListPlatformsPlatformType | str | None | Unset = UNSET,
        platform_technology: ListPlatformsPlatformTechnology | str | None | Unset = UNSET,
        order_by: ListPlatformsOrderBy | str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.list_platforms,
            provider_name=provider_name,
            backend_name=backend_name,
            name=name,
            platform_type=platform_type,
            platform_technology=platform_technology,
            order_by=order_by,
        )
        return self._pager(fetch, LIST_PLATFORMS, page_size=page_size, resume_token=resume_token)

    def list_processes(
        self,
        *,
        project_id: str,
        application_id: str | None | Unset = UNSET,
        tags: Sequence[str] | None | Unset = UNSET,
        order_by: ListProcessesOrderBy | str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.list_processes,
            project_id=project_id,
            application_id=application_id,
            tags=tags,
            order_by=order_by,
        )
        return self._pager(fetch, LIST_PROCESSES, page_size=page_size, resume_token=resume_token)

    def list_process_results(
        self,
        process_id: str,
        *,
        order_by: ListProcessResultsOrderBy | str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.list_process_results,
            process_id,
            order_by=order_by,
        )
        return self._pager(fetch, LIST_PROCESS_RESULTS, page_size=page_size, resume_token=resume_token)

    def list_sessions(
        self,
        *,
        project_id: str,
        platform_id: str | None | Unset = UNSET,
        tags: Sequence[str] | None | Unset = UNSET,
        order_by: ListSessionsOrderBy | str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.list_sessions,
            project_id=project_id,
            platform_id=platform_id,
            tags=tags,
            order_by=order_by,
        )
        return self._pager(fetch, LIST_SESSIONS, page_size=page_size, resume_token=resume_token)

    def list_session_acls(
        self,
        session_id: str,
        *,
        order_by: ListSessionAclsRequestOrderBy | str | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[SessionAccess]:
        """ListSessionAcls

        `GET /qaas/v1alpha1/sessions/{session_id}/acls` (ListSessionAcls).
        """
        fetch = partial(
            self._raw.list_session_acls,
            session_id,
            order_by=order_by,
        )
        return self._pager(fetch, LIST_SESSION_ACLS, page_size=page_size, resume_token=resume_token)
