"""The list operations of public_apis.core_fast.main: how each is divided into pages, and a pager of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from .._core import UNSET, Unset
from .._pages import PagerFactory, Pages, RawPager
from .operations import OPERATIONS

if TYPE_CHECKING:
    from .client import RawClient
    from .models.batch_status import BatchStatus
    from .models.batch_summary import BatchSummary
    from .models.batch_summary_page import BatchSummaryPage
    from .models.device import Device
    from .models.device_page import DevicePage
    from .models.device_specs import DeviceSpecs
    from .models.device_specs_list_response import DeviceSpecsListResponse
    from .models.device_type_name import DeviceTypeName
    from .models.job import Job
    from .models.job_origin import JobOrigin
    from .models.job_page import JobPage
    from .models.job_status import JobStatus
    from .models.job_with_result import JobWithResult
    from .models.job_with_result_page import JobWithResultPage
    from .models.learner import Learner
    from .models.learner_page import LearnerPage
    from .models.package import Package
    from .models.package_list_response import PackageListResponse
    from .models.project import Project
    from .models.project_activity import ProjectActivity
    from .models.project_activity_list_response import ProjectActivityListResponse
    from .models.project_list_response import ProjectListResponse
    from .models.queue_priority import QueuePriority
    from .models.queued_batch_page import QueuedBatchPage
    from .models.sort_direction import SortDirection
    from .models.use_case import UseCase
    from .models.use_case_page import UseCasePage
    from .models.validation_status import ValidationStatus
    from .models.workload import Workload
    from .models.workload_page import WorkloadPage

GET_BATCHES_LAST_ACTIVITY: Final[Pages[ProjectActivityListResponse, ProjectActivity]] = Pages(
    api="pasqal",
    operation=OPERATIONS["get_batches_last_activity"],
    style="single",
    items=("data",),
    identity=("project_id",),
)
LIST_BATCHES: Final[Pages[BatchSummaryPage, BatchSummary]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_batches"],
    style="offset",
    position="offset",
    size="limit",
    default_size=100,
    max_size=100,
    end=("pagination", "end"),
    items=("data",),
    total=("pagination", "total"),
    identity=("id",),
)
LIST_DEVICES: Final[Pages[DevicePage, Device]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_devices"],
    style="offset",
    position="offset",
    size="limit",
    default_size=100,
    max_size=100,
    end=("pagination", "end"),
    items=("data",),
    total=("pagination", "total"),
    identity=("id",),
)
LIST_JOBS_V1: Final[Pages[JobWithResultPage, JobWithResult]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_jobs_v1"],
    style="offset",
    position="offset",
    size="limit",
    default_size=100,
    max_size=100,
    end=("pagination", "end"),
    items=("data",),
    total=("pagination", "total"),
    identity=("id",),
)
LIST_JOBS: Final[Pages[JobPage, Job]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_jobs"],
    style="offset",
    position="offset",
    size="limit",
    default_size=100,
    max_size=100,
    end=("pagination", "end"),
    items=("data",),
    total=("pagination", "total"),
    identity=("id",),
)
LIST_PROJECT_LEARNERS: Final[Pages[LearnerPage, Learner]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_project_learners"],
    style="offset",
    position="offset",
    size="limit",
    default_size=100,
    max_size=100,
    end=("pagination", "end"),
    items=("data",),
    total=("pagination", "total"),
    identity=("id",),
)
LIST_MY_USE_CASES: Final[Pages[UseCasePage, UseCase]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_my_use_cases"],
    style="offset",
    position="offset",
    size="limit",
    default_size=100,
    max_size=100,
    end=("pagination", "end"),
    items=("data",),
    total=("pagination", "total"),
    identity=("id",),
)
LIST_TEAM_USE_CASES: Final[Pages[UseCasePage, UseCase]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_team_use_cases"],
    style="offset",
    position="offset",
    size="limit",
    default_size=100,
    max_size=100,
    end=("pagination", "end"),
    items=("data",),
    total=("pagination", "total"),
    identity=("id",),
)
LIST_EXAMPLE_USE_CASES: Final[Pages[UseCasePage, UseCase]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_example_use_cases"],
    style="offset",
    position="offset",
    size="limit",
    default_size=100,
    max_size=100,
    end=("pagination", "end"),
    items=("data",),
    total=("pagination", "total"),
    identity=("id",),
)
LIST_WORKLOADS: Final[Pages[WorkloadPage, Workload]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_workloads"],
    style="offset",
    position="offset",
    size="limit",
    default_size=100,
    max_size=100,
    end=("pagination", "end"),
    items=("data",),
    total=("pagination", "total"),
    identity=("id",),
)
LIST_PUBLIC_DEVICE_SPECS: Final[Pages[DeviceSpecsListResponse, DeviceSpecs]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_public_device_specs"],
    style="single",
    items=("data",),
    identity=("device_type",),
)
GET_DEVICE_QUEUE: Final[Pages[QueuedBatchPage, dict[str, Any]]] = Pages(
    api="pasqal",
    operation=OPERATIONS["get_device_queue"],
    style="offset",
    position="offset",
    size="limit",
    default_size=100,
    max_size=100,
    end=("pagination", "end"),
    items=("data",),
    total=("pagination", "total"),
    identity=("id",),
)
LIST_DEVICES_V2: Final[Pages[DevicePage, Device]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_devices_v2"],
    style="single",
    items=("data",),
    identity=("id",),
)
LIST_PACKAGES: Final[Pages[PackageListResponse, Package]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_packages"],
    style="single",
    items=("data",),
    identity=("value",),
)
LIST_OVH_JOBS: Final[Pages[JobPage, Job]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_ovh_jobs"],
    style="offset",
    position="offset",
    size="limit",
    default_size=100,
    max_size=100,
    end=("pagination", "end"),
    items=("data",),
    total=("pagination", "total"),
    identity=("id",),
)
LIST_PROJECTS: Final[Pages[ProjectListResponse, Project]] = Pages(
    api="pasqal",
    operation=OPERATIONS["list_projects"],
    style="single",
    items=("data",),
    identity=("id",),
)


class RawPages:
    """One method per list operation. It sends nothing yet and returns a pager of the items, as the cloud sends them."""

    __slots__ = ("_pager", "_raw")

    def __init__(self, raw: RawClient, pager: PagerFactory) -> None:
        self._raw = raw
        self._pager = pager

    def get_batches_last_activity(
        self,
        *,
        project_id: Sequence[str] | None | Unset = UNSET,
    ) -> RawPager[ProjectActivity]:
        """Get Last Activity Date

        Retrieve last_activity_date by projects.
        Args: AuthenticatedComputeSuperuser: The authentication dependency, ensuring the user is authenticated
        and has the necessary permissions.
        project_id: Project ID as parameter query. Supports multiple IDs with
        &. (/batches/last_activity?project_id=id1&project_id=id2)
        Returns: A non-paginated response containing latest activity date by projects.

        `GET /api/v1/batches/last_activity` (get_batches_last_activity); path inferred-strong.
        """
        fetch = partial(
            self._raw.get_batches_last_activity,
            project_id=project_id,
        )
        return self._pager(fetch, GET_BATCHES_LAST_ACTIVITY)

    def list_batches(
        self,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        id: Sequence[str] | None | Unset = UNSET,
        id_starts_with: str | None | Unset = UNSET,
        project_id: Sequence[str] | None | Unset = UNSET,
        user_id: Sequence[str] | None | Unset = UNSET,
        device_type: Sequence[str] | None | Unset = UNSET,
        status: Sequence[BatchStatus | str] | None | Unset = UNSET,
        complete: bool | None | Unset = UNSET,
        open_: bool | None | Unset = UNSET,
        min_jobs: int | None | Unset = UNSET,
        max_jobs: int | None | Unset = UNSET,
        start_date: datetime | None | Unset = UNSET,
        end_date: datetime | None | Unset = UNSET,
        queue_priority: Sequence[QueuePriority | str] | None | Unset = UNSET,
        tag: str | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[BatchSummary]:
        """Get All Batches

        `GET /api/v1/batches` (list_batches); path confirmed-SDK.

        Args:
            order_by_direction: An enumeration.
            id: Unique id for the batch
            id_starts_with: First characters of the batch id
            project_id: Owner project of the batch
            user_id: Owner user of the batch
            device_type: Device type enum
            status: Batch status type enum
            complete: Flag indicating whether the batch is waiting for extra jobs to be pushed
            open_: Flag indicating whether the batch is waiting for extra jobs to be pushed
            min_jobs: Minimum number of jobs in the batch
            max_jobs: Maximum number of jobs in the batch
            start_date: Time when the emulator or QPU indicated a batch was started
            end_date: Time when the emulator or QPU indicated a batch finished, failed or was cancelled
            queue_priority: Priority of the batch in the queue.
            tag: One tag of the batch
        """
        fetch = partial(
            self._raw.list_batches,
            order_by=order_by,
            order_by_direction=order_by_direction,
            id=id,
            id_starts_with=id_starts_with,
            project_id=project_id,
            user_id=user_id,
            device_type=device_type,
            status=status,
            complete=complete,
            open_=open_,
            min_jobs=min_jobs,
            max_jobs=max_jobs,
            start_date=start_date,
            end_date=end_date,
            queue_priority=queue_priority,
            tag=tag,
        )
        return self._pager(fetch, LIST_BATCHES, page_size=page_size, resume_token=resume_token)

    def list_devices(
        self,
        *,
        include_legacy: bool | None | Unset = UNSET,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        device_type: str | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Device]:
        """Get All Devices

        `GET /api/v1/devices` (list_devices); path confirmed-docs.

        Args:
            order_by_direction: An enumeration.
        """
        fetch = partial(
            self._raw.list_devices,
            include_legacy=include_legacy,
            order_by=order_by,
            order_by_direction=order_by_direction,
            device_type=device_type,
        )
        return self._pager(fetch, LIST_DEVICES, page_size=page_size, resume_token=resume_token)

    def list_jobs_v1(
        self,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        id: Sequence[str] | None | Unset = UNSET,
        id_starts_with: str | None | Unset = UNSET,
        batch_id: Sequence[str] | None | Unset = UNSET,
        project_id: Sequence[str] | None | Unset = UNSET,
        user_id: Sequence[str] | None | Unset = UNSET,
        status: Sequence[JobStatus | str] | None | Unset = UNSET,
        min_runs: int | None | Unset = UNSET,
        max_runs: int | None | Unset = UNSET,
        errors: bool | None | Unset = UNSET,
        origin: Sequence[JobOrigin | str] | None | Unset = UNSET,
        start_date: datetime | None | Unset = UNSET,
        end_date: datetime | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[JobWithResult]:
        """Get All Jobs

        `GET /api/v1/jobs` (list_jobs_v1), deprecated; path confirmed-fixture.

        Args:
            order_by_direction: An enumeration.
            id: Unique id for the job
            id_starts_with: First characters of the job id
            batch_id: Owner batch of the job
            project_id: Owner project of the job
            user_id: Owner user of the job
            status: Job status type enum
            min_runs: Minimum number of times the pulser sequence is repeated
            max_runs: Maximum number of times the pulser sequence is repeated
            errors: Whether errors werer returned when executing the job
            origin: Origin of the job
            start_date: Time when the emulator or QPU indicated a job was started
            end_date: Time when the emulator or QPU indicated a job finished, failed or was cancelled
        """
        fetch = partial(
            self._raw.list_jobs_v1,
            order_by=order_by,
            order_by_direction=order_by_direction,
            id=id,
            id_starts_with=id_starts_with,
            batch_id=batch_id,
            project_id=project_id,
            user_id=user_id,
            status=status,
            min_runs=min_runs,
            max_runs=max_runs,
            errors=errors,
            origin=origin,
            start_date=start_date,
            end_date=end_date,
        )
        return self._pager(fetch, LIST_JOBS_V1, page_size=page_size, resume_token=resume_token)

    def list_jobs(
        self,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        id: Sequence[str] | None | Unset = UNSET,
        id_starts_with: str | None | Unset = UNSET,
        batch_id: Sequence[str] | None | Unset = UNSET,
        project_id: Sequence[str] | None | Unset = UNSET,
        user_id: Sequence[str] | None | Unset = UNSET,
        status: Sequence[JobStatus | str] | None | Unset = UNSET,
        min_runs: int | None | Unset = UNSET,
        max_runs: int | None | Unset = UNSET,
        errors: bool | None | Unset = UNSET,
        origin: Sequence[JobOrigin | str] | None | Unset = UNSET,
        start_date: datetime | None | Unset = UNSET,
        end_date: datetime | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Job]:
        """Get Jobs

        Retrieve jobs. Args: AuthenticatedComputeUser: The authentication dependency, ensuring the user is
        authenticated and has the necessary permissions User: Logged user information. Ordering_params: The
        ordering parameters Paginated_params: The pagination parameters Filter_params: The filter parameters
        Returns: PaginatedResponse[ProducedPartialJobResponse]: A paginated response containing the list of the
        requested jobs, excluding the job result attribute

        `GET /api/v2/jobs` (list_jobs); path confirmed-SDK.

        Args:
            order_by: A field of the job, such as created_at; creation_order is the order within the batch.
            order_by_direction: An enumeration.
            id: Unique id for the job
            id_starts_with: First characters of the job id
            batch_id: Owner batch of the job
            project_id: Owner project of the job
            user_id: Owner user of the job
            status: Job status type enum
            min_runs: Minimum number of times the pulser sequence is repeated
            max_runs: Maximum number of times the pulser sequence is repeated
            errors: Whether errors werer returned when executing the job
            origin: Origin of the job
            start_date: Time when the emulator or QPU indicated a job was started
            end_date: Time when the emulator or QPU indicated a job finished, failed or was cancelled
        """
        fetch = partial(
            self._raw.list_jobs,
            order_by=order_by,
            order_by_direction=order_by_direction,
            id=id,
            id_starts_with=id_starts_with,
            batch_id=batch_id,
            project_id=project_id,
            user_id=user_id,
            status=status,
            min_runs=min_runs,
            max_runs=max_runs,
            errors=errors,
            origin=origin,
            start_date=start_date,
            end_date=end_date,
        )
        return self._pager(fetch, LIST_JOBS, page_size=page_size, resume_token=resume_token)

    def list_project_learners(
        self,
        project_id: str,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Learner]:
        """Get For Project

        Get the learners for the given project and package.
        Args: package: The package to get the learners for. project: The project to get the learners for.
        ordering_param: The ordering parameters. paginated_params: The pagination parameters.
        Returns: QueryResults: The learners.

        `GET /api/v1/learners/project/{project_id}` (list_project_learners); path inferred.

        Args:
            order_by_direction: An enumeration.
        """
        fetch = partial(
            self._raw.list_project_learners,
            project_id,
            order_by=order_by,
            order_by_direction=order_by_direction,
        )
        return self._pager(fetch, LIST_PROJECT_LEARNERS, page_size=page_size, resume_token=resume_token)

    def list_my_use_cases(
        self,
        project_id: str,
        *,
        status: ValidationStatus | str | None | Unset = UNSET,
        search: str | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[UseCase]:
        """Get My Use Cases

        Get the list of use-cases created by the logged user in the given project.
        Args: project_id: the project (=team) for which to retrieve use-cases. credential: The auth info used to
        check permissions. paginated_params: arguments provided by the client to control pagination. status: If
        provided, return only use-cases having that status search: If provided, return only use-cases containing
        that term
        Returns: QueryResults: The matching use-cases found in DB.

        `GET /api/v1/use-cases/my/{project_id}` (list_my_use_cases); path inferred.

        Args:
            status: An enumeration.
        """
        fetch = partial(
            self._raw.list_my_use_cases,
            project_id,
            status=status,
            search=search,
        )
        return self._pager(fetch, LIST_MY_USE_CASES, page_size=page_size, resume_token=resume_token)

    def list_team_use_cases(
        self,
        project_id: str,
        *,
        status: Sequence[ValidationStatus | str] | None | Unset = UNSET,
        search: str | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[UseCase]:
        """Get Team Use Cases

        Get the list of validated use-cases created by other project (team) members of the logged user.
        Args: project_id: the project (=team) for which to retrieve use-cases. credential: The auth info used to
        check permissions. credential_acl: contains the projects accessible by the user paginated_params:
        arguments provided by the client to control pagination. status: can be used by a super-user to filter by
        status; regular users only see APPROVED use-cases. search: If provided, return only use-cases containing
        that term
        Returns: QueryResults: The matching use-cases found in DB.

        `GET /api/v1/use-cases/team/{project_id}` (list_team_use_cases); path inferred.
        """
        fetch = partial(
            self._raw.list_team_use_cases,
            project_id,
            status=status,
            search=search,
        )
        return self._pager(fetch, LIST_TEAM_USE_CASES, page_size=page_size, resume_token=resume_token)

    def list_example_use_cases(
        self,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[UseCase]:
        """Get Example Use Cases

        Get the list of example use-cases provided by Pasqal.
        Returns: QueryResults: The matching use-cases found in DB.

        `GET /api/v1/use-cases/examples` (list_example_use_cases); path inferred.
        """
        fetch = partial(
            self._raw.list_example_use_cases,
        )
        return self._pager(fetch, LIST_EXAMPLE_USE_CASES, page_size=page_size, resume_token=resume_token)

    def list_workloads(
        self,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        id: Sequence[str] | None | Unset = UNSET,
        id_starts_with: str | None | Unset = UNSET,
        project_id: Sequence[str] | None | Unset = UNSET,
        status: Sequence[JobStatus | str] | None | Unset = UNSET,
        start_date: datetime | None | Unset = UNSET,
        end_date: datetime | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Workload]:
        """Get Workloads

        Get list of workloads matching a set of optional filters.
        Args: user: the data of the user requesting the workloads ordering_params: ordering params for the list
        results paginated_params: pagination params for the list results filter_params: the filter params for
        the list results
        Returns: The requested workloads

        `GET /api/v2/workloads` (list_workloads); path confirmed-docs.

        Args:
            order_by_direction: An enumeration.
            id: Unique id for the workload
            id_starts_with: First characters of the workload id
            project_id: Owner project of the workload
            status: Job status type enum
            start_date: Time when the emulator or QPU indicated workload was started
            end_date: Time when the emulator or QPU indicated workload finished, failed or was cancelled
        """
        fetch = partial(
            self._raw.list_workloads,
            order_by=order_by,
            order_by_direction=order_by_direction,
            id=id,
            id_starts_with=id_starts_with,
            project_id=project_id,
            status=status,
            start_date=start_date,
            end_date=end_date,
        )
        return self._pager(fetch, LIST_WORKLOADS, page_size=page_size, resume_token=resume_token)

    def list_public_device_specs(
        self,
    ) -> RawPager[DeviceSpecs]:
        """Get Public Device Specs

        The specifications that anyone may read.

        `GET /api/v1/devices/public-specs` (list_public_device_specs); path confirmed-SDK.
        """
        fetch = partial(
            self._raw.list_public_device_specs,
        )
        return self._pager(fetch, LIST_PUBLIC_DEVICE_SPECS)

    def get_device_queue(
        self,
        dt_name: DeviceTypeName | str,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[dict[str, Any]]:
        """Get Queue

        What waits in the queue of a device.

        `GET /api/v1/devices/{dt_name}/queue` (get_device_queue); path confirmed-docs.

        Args:
            dt_name: Enumeration of allowed and legacy device type names
        """
        fetch = partial(
            self._raw.get_device_queue,
            dt_name,
        )
        return self._pager(fetch, GET_DEVICE_QUEUE, page_size=page_size, resume_token=resume_token)

    def list_devices_v2(
        self,
        *,
        device_type: Sequence[str] | None | Unset = UNSET,
        availability: Sequence[str] | None | Unset = UNSET,
        public: bool | None | Unset = UNSET,
    ) -> RawPager[Device]:
        """Get Devices

        Devices by type and availability.

        `GET /api/v2/devices` (list_devices_v2); path confirmed-docs.

        Args:
            availability: ACTIVE, INACTIVE or RETIRED
        """
        fetch = partial(
            self._raw.list_devices_v2,
            device_type=device_type,
            availability=availability,
            public=public,
        )
        return self._pager(fetch, LIST_DEVICES_V2)

    def list_packages(
        self,
    ) -> RawPager[Package]:
        """Get Packages

        `GET /api/v1/packages` (list_packages); path confirmed-docs.
        """
        fetch = partial(
            self._raw.list_packages,
        )
        return self._pager(fetch, LIST_PACKAGES)

    def list_ovh_jobs(
        self,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        id: Sequence[str] | None | Unset = UNSET,
        batch_id: Sequence[str] | None | Unset = UNSET,
        project_id: Sequence[str] | None | Unset = UNSET,
        user_id: Sequence[str] | None | Unset = UNSET,
        status: Sequence[JobStatus | str] | None | Unset = UNSET,
        min_runs: int | None | Unset = UNSET,
        max_runs: int | None | Unset = UNSET,
        errors: bool | None | Unset = UNSET,
        start_date: datetime | None | Unset = UNSET,
        end_date: datetime | None | Unset = UNSET,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Job]:
        """Get OVH Jobs

        `GET /api/v1/third-party-access/ovh/jobs` (list_ovh_jobs); path confirmed-SDK.

        Args:
            order_by_direction: An enumeration.
        """
        fetch = partial(
            self._raw.list_ovh_jobs,
            order_by=order_by,
            order_by_direction=order_by_direction,
            id=id,
            batch_id=batch_id,
            project_id=project_id,
            user_id=user_id,
            status=status,
            min_runs=min_runs,
            max_runs=max_runs,
            errors=errors,
            start_date=start_date,
            end_date=end_date,
        )
        return self._pager(fetch, LIST_OVH_JOBS, page_size=page_size, resume_token=resume_token)

    def list_projects(
        self,
        *,
        project_status: str | None | Unset = UNSET,
    ) -> RawPager[Project]:
        """Get Projects

        The projects of the user. This route is on the account API, not below core-fast.

        `GET /api/v1/projects` (list_projects); path confirmed-SDK.

        Args:
            project_status: ACTIVE, as the SDK sends it, or another status
        """
        fetch = partial(
            self._raw.list_projects,
            project_status=project_status,
        )
        return self._pager(fetch, LIST_PROJECTS)
