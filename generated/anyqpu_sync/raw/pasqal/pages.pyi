"""Types of the blocking classes of `anyqpu_raw.pasqal.pages`. Written by scripts/sync."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from anyqpu_raw._values import Unset
from anyqpu_raw.pasqal.models.batch_status import BatchStatus
from anyqpu_raw.pasqal.models.batch_summary import BatchSummary
from anyqpu_raw.pasqal.models.device import Device
from anyqpu_raw.pasqal.models.device_specs import DeviceSpecs
from anyqpu_raw.pasqal.models.device_type_name import DeviceTypeName
from anyqpu_raw.pasqal.models.job import Job
from anyqpu_raw.pasqal.models.job_origin import JobOrigin
from anyqpu_raw.pasqal.models.job_status import JobStatus
from anyqpu_raw.pasqal.models.job_with_result import JobWithResult
from anyqpu_raw.pasqal.models.learner import Learner
from anyqpu_raw.pasqal.models.package import Package
from anyqpu_raw.pasqal.models.project import Project
from anyqpu_raw.pasqal.models.project_activity import ProjectActivity
from anyqpu_raw.pasqal.models.queue_priority import QueuePriority
from anyqpu_raw.pasqal.models.sort_direction import SortDirection
from anyqpu_raw.pasqal.models.use_case import UseCase
from anyqpu_raw.pasqal.models.validation_status import ValidationStatus
from anyqpu_raw.pasqal.models.workload import Workload
from anyqpu_sync.raw._pages import RawPager

class RawPages:
    """One method per list operation. It sends nothing yet and returns a pager of the items, as the cloud sends them."""
    def get_batches_last_activity(self, *, project_id: Sequence[str] | None | Unset = ...) -> RawPager[ProjectActivity]:
        """Get Last Activity Date

        Retrieve last_activity_date by projects.
        Args: AuthenticatedComputeSuperuser: The authentication dependency, ensuring the user is authenticated
        and has the necessary permissions.
        project_id: Project ID as parameter query. Supports multiple IDs with
        &. (/batches/last_activity?project_id=id1&project_id=id2)
        Returns: A non-paginated response containing latest activity date by projects.

        `GET /api/v1/batches/last_activity` (get_batches_last_activity); path inferred-strong.
        """
        ...
    def list_batches(
        self,
        *,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        id: Sequence[str] | None | Unset = ...,
        id_starts_with: str | None | Unset = ...,
        project_id: Sequence[str] | None | Unset = ...,
        user_id: Sequence[str] | None | Unset = ...,
        device_type: Sequence[str] | None | Unset = ...,
        status: Sequence[BatchStatus | str] | None | Unset = ...,
        complete: bool | None | Unset = ...,
        open_: bool | None | Unset = ...,
        min_jobs: int | None | Unset = ...,
        max_jobs: int | None | Unset = ...,
        start_date: datetime | None | Unset = ...,
        end_date: datetime | None | Unset = ...,
        queue_priority: Sequence[QueuePriority | str] | None | Unset = ...,
        tag: str | None | Unset = ...,
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
        ...
    def list_devices(
        self,
        *,
        include_legacy: bool | None | Unset = ...,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        device_type: str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Device]:
        """Get All Devices

        `GET /api/v1/devices` (list_devices); path confirmed-docs.

        Args:
            order_by_direction: An enumeration.
        """
        ...
    def list_jobs_v1(
        self,
        *,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        id: Sequence[str] | None | Unset = ...,
        id_starts_with: str | None | Unset = ...,
        batch_id: Sequence[str] | None | Unset = ...,
        project_id: Sequence[str] | None | Unset = ...,
        user_id: Sequence[str] | None | Unset = ...,
        status: Sequence[JobStatus | str] | None | Unset = ...,
        min_runs: int | None | Unset = ...,
        max_runs: int | None | Unset = ...,
        errors: bool | None | Unset = ...,
        origin: Sequence[JobOrigin | str] | None | Unset = ...,
        start_date: datetime | None | Unset = ...,
        end_date: datetime | None | Unset = ...,
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
        ...
    def list_jobs(
        self,
        *,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        id: Sequence[str] | None | Unset = ...,
        id_starts_with: str | None | Unset = ...,
        batch_id: Sequence[str] | None | Unset = ...,
        project_id: Sequence[str] | None | Unset = ...,
        user_id: Sequence[str] | None | Unset = ...,
        status: Sequence[JobStatus | str] | None | Unset = ...,
        min_runs: int | None | Unset = ...,
        max_runs: int | None | Unset = ...,
        errors: bool | None | Unset = ...,
        origin: Sequence[JobOrigin | str] | None | Unset = ...,
        start_date: datetime | None | Unset = ...,
        end_date: datetime | None | Unset = ...,
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
        ...
    def list_project_learners(
        self,
        project_id: str,
        *,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
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
        ...
    def list_my_use_cases(
        self,
        project_id: str,
        *,
        status: ValidationStatus | str | None | Unset = ...,
        search: str | None | Unset = ...,
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
        ...
    def list_team_use_cases(
        self,
        project_id: str,
        *,
        status: Sequence[ValidationStatus | str] | None | Unset = ...,
        search: str | None | Unset = ...,
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
        ...
    def list_example_use_cases(
        self, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[UseCase]:
        """Get Example Use Cases

        Get the list of example use-cases provided by Pasqal.
        Returns: QueryResults: The matching use-cases found in DB.

        `GET /api/v1/use-cases/examples` (list_example_use_cases); path inferred.
        """
        ...
    def list_workloads(
        self,
        *,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        id: Sequence[str] | None | Unset = ...,
        id_starts_with: str | None | Unset = ...,
        project_id: Sequence[str] | None | Unset = ...,
        status: Sequence[JobStatus | str] | None | Unset = ...,
        start_date: datetime | None | Unset = ...,
        end_date: datetime | None | Unset = ...,
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
        ...
    def list_public_device_specs(self) -> RawPager[DeviceSpecs]:
        """Get Public Device Specs

        The specifications that anyone may read.

        `GET /api/v1/devices/public-specs` (list_public_device_specs); path confirmed-SDK.
        """
        ...
    def get_device_queue(
        self, dt_name: DeviceTypeName | str, *, page_size: int | None = None, resume_token: str | None = None
    ) -> RawPager[dict[str, Any]]:
        """Get Queue

        What waits in the queue of a device.

        `GET /api/v1/devices/{dt_name}/queue` (get_device_queue); path confirmed-docs.

        Args:
            dt_name: Enumeration of allowed and legacy device type names
        """
        ...
    def list_devices_v2(
        self,
        *,
        device_type: Sequence[str] | None | Unset = ...,
        availability: Sequence[str] | None | Unset = ...,
        public: bool | None | Unset = ...,
    ) -> RawPager[Device]:
        """Get Devices

        Devices by type and availability.

        `GET /api/v2/devices` (list_devices_v2); path confirmed-docs.

        Args:
            availability: ACTIVE, INACTIVE or RETIRED
        """
        ...
    def list_packages(self) -> RawPager[Package]:
        """Get Packages

        `GET /api/v1/packages` (list_packages); path confirmed-docs.
        """
        ...
    def list_ovh_jobs(
        self,
        *,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        id: Sequence[str] | None | Unset = ...,
        batch_id: Sequence[str] | None | Unset = ...,
        project_id: Sequence[str] | None | Unset = ...,
        user_id: Sequence[str] | None | Unset = ...,
        status: Sequence[JobStatus | str] | None | Unset = ...,
        min_runs: int | None | Unset = ...,
        max_runs: int | None | Unset = ...,
        errors: bool | None | Unset = ...,
        start_date: datetime | None | Unset = ...,
        end_date: datetime | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Job]:
        """Get OVH Jobs

        `GET /api/v1/third-party-access/ovh/jobs` (list_ovh_jobs); path confirmed-SDK.

        Args:
            order_by_direction: An enumeration.
        """
        ...
    def list_projects(self, *, project_status: str | None | Unset = ...) -> RawPager[Project]:
        """Get Projects

        The projects of the user. This route is on the account API, not below core-fast.

        `GET /api/v1/projects` (list_projects); path confirmed-SDK.

        Args:
            project_status: ACTIVE, as the SDK sends it, or another status
        """
        ...
