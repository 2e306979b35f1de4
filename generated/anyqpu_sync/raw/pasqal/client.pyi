"""Types of the blocking classes of `anyqpu_raw.pasqal.client`. Written by scripts/sync."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from anyqpu_raw._values import Unset
from anyqpu_raw.pasqal.models.batch_cancellation_response import BatchCancellationResponse
from anyqpu_raw.pasqal.models.batch_response import BatchResponse
from anyqpu_raw.pasqal.models.batch_results_links_response import BatchResultsLinksResponse
from anyqpu_raw.pasqal.models.batch_status import BatchStatus
from anyqpu_raw.pasqal.models.batch_status_info_response import BatchStatusInfoResponse
from anyqpu_raw.pasqal.models.batch_summary_page import BatchSummaryPage
from anyqpu_raw.pasqal.models.batch_with_job_ids_response import BatchWithJobIdsResponse
from anyqpu_raw.pasqal.models.batch_with_job_results_response import BatchWithJobResultsResponse
from anyqpu_raw.pasqal.models.batch_with_jobs_response import BatchWithJobsResponse
from anyqpu_raw.pasqal.models.cancel_batches_request import CancelBatchesRequest
from anyqpu_raw.pasqal.models.create_batch_request import CreateBatchRequest
from anyqpu_raw.pasqal.models.create_cudaq_job_request import CreateCudaqJobRequest
from anyqpu_raw.pasqal.models.create_device_request import CreateDeviceRequest
from anyqpu_raw.pasqal.models.create_job_request import CreateJobRequest
from anyqpu_raw.pasqal.models.create_legacy_job_request import CreateLegacyJobRequest
from anyqpu_raw.pasqal.models.create_ovh_batch_request import CreateOvhBatchRequest
from anyqpu_raw.pasqal.models.create_use_case_request import CreateUseCaseRequest
from anyqpu_raw.pasqal.models.create_workload_request import CreateWorkloadRequest
from anyqpu_raw.pasqal.models.cudaq_job_response import CudaqJobResponse
from anyqpu_raw.pasqal.models.device_page import DevicePage
from anyqpu_raw.pasqal.models.device_queue_sizes_response import DeviceQueueSizesResponse
from anyqpu_raw.pasqal.models.device_response import DeviceResponse
from anyqpu_raw.pasqal.models.device_specs_list_response import DeviceSpecsListResponse
from anyqpu_raw.pasqal.models.device_specs_map_response import DeviceSpecsMapResponse
from anyqpu_raw.pasqal.models.device_specs_response import DeviceSpecsResponse
from anyqpu_raw.pasqal.models.device_status_update import DeviceStatusUpdate
from anyqpu_raw.pasqal.models.device_type_name import DeviceTypeName
from anyqpu_raw.pasqal.models.job_cancellation_response import JobCancellationResponse
from anyqpu_raw.pasqal.models.job_counter_map_response import JobCounterMapResponse
from anyqpu_raw.pasqal.models.job_frequency_response import JobFrequencyResponse
from anyqpu_raw.pasqal.models.job_origin import JobOrigin
from anyqpu_raw.pasqal.models.job_page import JobPage
from anyqpu_raw.pasqal.models.job_response import JobResponse
from anyqpu_raw.pasqal.models.job_result_map_response import JobResultMapResponse
from anyqpu_raw.pasqal.models.job_results_link_response import JobResultsLinkResponse
from anyqpu_raw.pasqal.models.job_status import JobStatus
from anyqpu_raw.pasqal.models.job_status_info_response import JobStatusInfoResponse
from anyqpu_raw.pasqal.models.job_with_logs_response import JobWithLogsResponse
from anyqpu_raw.pasqal.models.job_with_result_page import JobWithResultPage
from anyqpu_raw.pasqal.models.job_with_result_response import JobWithResultResponse
from anyqpu_raw.pasqal.models.learner_page import LearnerPage
from anyqpu_raw.pasqal.models.legacy_batch_response import LegacyBatchResponse
from anyqpu_raw.pasqal.models.legacy_job_cancellation_response import LegacyJobCancellationResponse
from anyqpu_raw.pasqal.models.legacy_job_response import LegacyJobResponse
from anyqpu_raw.pasqal.models.package_list_response import PackageListResponse
from anyqpu_raw.pasqal.models.patch_job_request import PatchJobRequest
from anyqpu_raw.pasqal.models.post_workload_result_request import PostWorkloadResultRequest
from anyqpu_raw.pasqal.models.project_activity_list_response import ProjectActivityListResponse
from anyqpu_raw.pasqal.models.project_list_response import ProjectListResponse
from anyqpu_raw.pasqal.models.project_package import ProjectPackage
from anyqpu_raw.pasqal.models.query_results import QueryResults
from anyqpu_raw.pasqal.models.queue_priority import QueuePriority
from anyqpu_raw.pasqal.models.queued_batch_page import QueuedBatchPage
from anyqpu_raw.pasqal.models.quiz_request import QuizRequest
from anyqpu_raw.pasqal.models.report_errors_request import ReportErrorsRequest
from anyqpu_raw.pasqal.models.set_batch_status_request import SetBatchStatusRequest
from anyqpu_raw.pasqal.models.set_device_status_request import SetDeviceStatusRequest
from anyqpu_raw.pasqal.models.set_job_status_request import SetJobStatusRequest
from anyqpu_raw.pasqal.models.set_workload_status_request import SetWorkloadStatusRequest
from anyqpu_raw.pasqal.models.sort_direction import SortDirection
from anyqpu_raw.pasqal.models.update_device_specs_request import UpdateDeviceSpecsRequest
from anyqpu_raw.pasqal.models.update_devices_status_request import UpdateDevicesStatusRequest
from anyqpu_raw.pasqal.models.update_learner_progress_request import UpdateLearnerProgressRequest
from anyqpu_raw.pasqal.models.update_use_case_request import UpdateUseCaseRequest
from anyqpu_raw.pasqal.models.use_case_page import UseCasePage
from anyqpu_raw.pasqal.models.validation_status import ValidationStatus
from anyqpu_raw.pasqal.models.workload_page import WorkloadPage
from anyqpu_raw.pasqal.models.workload_with_result_link_response import WorkloadWithResultLinkResponse
from anyqpu_raw.pasqal.models.workload_with_result_response import WorkloadWithResultResponse
from anyqpu_sync.raw.pasqal.pages import RawPages

class RawClient:
    """One method per operation, by its operationId in snake_case; it returns what the API document promises."""
    @property
    def pages(self) -> RawPages:
        """A pager of each list operation."""
        ...
    def get_batches_last_activity(
        self, *, project_id: Sequence[str] | None | Unset = ...
    ) -> ProjectActivityListResponse:
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
        limit: int | None | Unset = ...,
        offset: int | None | Unset = ...,
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
    ) -> BatchSummaryPage:
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
    def create_batch(self, *, body: CreateBatchRequest) -> BatchWithJobsResponse:
        """Create Batch

        `POST /api/v1/batches` (create_batch); path confirmed-SDK.
        """
        ...
    def get_batch_v1(self, batch_id: str) -> LegacyBatchResponse:
        """Get Batch V1

        `GET /api/v1/batches/{batch_id}` (get_batch_v1), deprecated; path confirmed-SDK.
        """
        ...
    def set_batch_status(self, batch_id: str, *, body: SetBatchStatusRequest) -> BatchResponse:
        """Set Batch Status

        `PUT /api/v1/batches/{batch_id}/status` (set_batch_status); path inferred.
        """
        ...
    def get_batch_status(self, batch_id: str) -> BatchStatusInfoResponse:
        """Get Batch Status

        The status of a batch and the counts of its jobs: what to poll.

        `GET /api/v1/batches/{batch_id}/status` (get_batch_status); path confirmed-SDK.
        """
        ...
    def complete_batch_v1(self, batch_id: str) -> BatchWithJobResultsResponse:
        """Complete Batch V1

        `PUT /api/v1/batches/{batch_id}/complete` (complete_batch_v1), deprecated; path confirmed-SDK.
        """
        ...
    def cancel_batches(self, *, body: CancelBatchesRequest) -> BatchCancellationResponse:
        """Cancel Batches

        Cancel a group of batches.

        `PATCH /api/v1/batches/cancel` (cancel_batches); path confirmed-SDK.
        """
        ...
    def cancel_batch_v1(self, batch_id: str) -> BatchWithJobResultsResponse:
        """Cancel Batch V1

        `PUT /api/v1/batches/{batch_id}/cancel` (cancel_batch_v1), deprecated; path confirmed-SDK.
        """
        ...
    def add_jobs_v1(self, batch_id: str, *, body: list[CreateJobRequest]) -> BatchWithJobResultsResponse:
        """Add Jobs

        `POST /api/v1/batches/{batch_id}/jobs` (add_jobs_v1), deprecated; path confirmed-SDK.
        """
        ...
    def rebatch_jobs(
        self,
        batch_id: str,
        *,
        id: Sequence[str] | None | Unset = ...,
        id_starts_with: str | None | Unset = ...,
        batch_id_query: Sequence[str] | None | Unset = ...,
        project_id: Sequence[str] | None | Unset = ...,
        user_id: Sequence[str] | None | Unset = ...,
        status: Sequence[JobStatus | str] | None | Unset = ...,
        min_runs: int | None | Unset = ...,
        max_runs: int | None | Unset = ...,
        errors: bool | None | Unset = ...,
        origin: Sequence[JobOrigin | str] | None | Unset = ...,
        start_date: datetime | None | Unset = ...,
        end_date: datetime | None | Unset = ...,
    ) -> BatchWithJobsResponse:
        """Rebatch Jobs

        `POST /api/v1/batches/{batch_id}/rebatch` (rebatch_jobs); path confirmed-SDK.

        Args:
            id: Unique id for the job
            id_starts_with: First characters of the job id
            batch_id_query: Owner batch of the job
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
    def cancel_jobs_v1(
        self,
        batch_id: str,
        *,
        id: Sequence[str] | None | Unset = ...,
        id_starts_with: str | None | Unset = ...,
        batch_id_query: Sequence[str] | None | Unset = ...,
        project_id: Sequence[str] | None | Unset = ...,
        user_id: Sequence[str] | None | Unset = ...,
        status: Sequence[JobStatus | str] | None | Unset = ...,
        min_runs: int | None | Unset = ...,
        max_runs: int | None | Unset = ...,
        errors: bool | None | Unset = ...,
        origin: Sequence[JobOrigin | str] | None | Unset = ...,
        start_date: datetime | None | Unset = ...,
        end_date: datetime | None | Unset = ...,
    ) -> LegacyJobCancellationResponse:
        """Cancel Jobs

        `PUT /api/v1/batches/{batch_id}/cancel/jobs` (cancel_jobs_v1), deprecated; path confirmed-SDK.

        Args:
            id: Unique id for the job
            id_starts_with: First characters of the job id
            batch_id_query: Owner batch of the job
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
    def get_batch_results_links(
        self,
        batch_id: str,
        *,
        id: Sequence[str] | None | Unset = ...,
        start_date: datetime | None | Unset = ...,
        end_date: datetime | None | Unset = ...,
    ) -> BatchResultsLinksResponse:
        """Get Batch Results Link

        `GET /api/v1/batches/{batch_id}/results_link` (get_batch_results_links); path inferred-strong.

        Args:
            id: Filter jobs by their unique ids
            start_date: Filter jobs that started on or after this date
            end_date: Filter jobs that ended on or before this date
        """
        ...
    def get_batch(self, batch_id: str) -> BatchWithJobIdsResponse:
        """Get Batch

        Get batch by batch_id.
        Args: AuthenticatedComputeAny: The authentication dependency, ensuring the user is authenticated and has
        the necessary permissions user (GetUserInfoWithProjects): A dependency that will fetch the user
        information. batch_id(UUID): requested batch id
        Returns: The requested Batch.
        Raises: BatchNotFound(Http status code 404) if batch_id not found or the user is not member of the
        batch's project.

        `GET /api/v2/batches/{batch_id}` (get_batch); path confirmed-SDK.
        """
        ...
    def cancel_jobs(
        self,
        batch_id: str,
        *,
        id: Sequence[str] | None | Unset = ...,
        id_starts_with: str | None | Unset = ...,
        batch_id_query: Sequence[str] | None | Unset = ...,
        project_id: Sequence[str] | None | Unset = ...,
        user_id: Sequence[str] | None | Unset = ...,
        status: Sequence[JobStatus | str] | None | Unset = ...,
        min_runs: int | None | Unset = ...,
        max_runs: int | None | Unset = ...,
        errors: bool | None | Unset = ...,
        origin: Sequence[JobOrigin | str] | None | Unset = ...,
        start_date: datetime | None | Unset = ...,
        end_date: datetime | None | Unset = ...,
    ) -> JobCancellationResponse:
        """Cancel Jobs

        `PATCH /api/v2/batches/{batch_id}/cancel/jobs` (cancel_jobs); path confirmed-SDK.

        Args:
            id: Unique id for the job
            id_starts_with: First characters of the job id
            batch_id_query: Owner batch of the job
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
    def complete_batch(self, batch_id: str) -> BatchWithJobsResponse:
        """Complete Batch

        `PATCH /api/v2/batches/{batch_id}/complete` (complete_batch); path confirmed-SDK.
        """
        ...
    def cancel_batch(self, batch_id: str) -> BatchWithJobsResponse:
        """Cancel Batch

        `PATCH /api/v2/batches/{batch_id}/cancel` (cancel_batch); path confirmed-SDK.
        """
        ...
    def add_jobs(self, batch_id: str, *, body: list[CreateJobRequest]) -> BatchWithJobsResponse:
        """Add Jobs

        `POST /api/v2/batches/{batch_id}/jobs` (add_jobs); path confirmed-SDK.
        """
        ...
    def list_devices(
        self,
        *,
        include_legacy: bool | None | Unset = ...,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        limit: int | None | Unset = ...,
        offset: int | None | Unset = ...,
        device_type: str | None | Unset = ...,
    ) -> DevicePage:
        """Get All Devices

        `GET /api/v1/devices` (list_devices); path confirmed-docs.

        Args:
            order_by_direction: An enumeration.
        """
        ...
    def create_device(self, *, body: CreateDeviceRequest) -> DeviceResponse:
        """Create Device

        `POST /api/v1/devices` (create_device); path inferred-strong.
        """
        ...
    def set_device_status(self, device_id: str, *, body: SetDeviceStatusRequest) -> DeviceResponse:
        """Set Status

        `PUT /api/v1/devices/{device_id}/status` (set_device_status); path inferred.
        """
        ...
    def update_devices_status(self, *, body: UpdateDevicesStatusRequest) -> DeviceStatusUpdate:
        """Update Status

        `PATCH /api/v1/devices/status` (update_devices_status); path inferred.
        """
        ...
    def get_device_queue_size(self, dt_name: DeviceTypeName | str) -> DeviceQueueSizesResponse:
        """Get Queue Size

        `GET /api/v1/devices/{dt_name}/queue_size` (get_device_queue_size); path inferred.

        Args:
            dt_name: Enumeration of allowed and legacy device type names
        """
        ...
    def get_device_specs(self, device_type: DeviceTypeName | str) -> DeviceSpecsResponse:
        """Get Device Specs By Device Type

        `GET /api/v1/devices/specs/{device_type}` (get_device_specs); path confirmed-docs.

        Args:
            device_type: Enumeration of allowed and legacy device type names
        """
        ...
    def update_device_specs(
        self, device_type: DeviceTypeName | str, *, body: UpdateDeviceSpecsRequest
    ) -> DeviceSpecsResponse:
        """Update Device Specs

        `PUT /api/v1/devices/specs/{device_type}` (update_device_specs); path inferred-strong.

        Args:
            device_type: Enumeration of allowed and legacy device type names
        """
        ...
    def get_job_device_frequency_statistics(self, *, project_id: str, scope: str) -> JobFrequencyResponse:
        """Get Total Job Device Frequency Statistics

        Return a data structure detailing how many jobs have been scheduled within a certain scope of time for a
        specific device.
        Scope of time is limited to HOUR, DAY or MONTH and it returns based on total jobs inside a project.

        `GET /api/v1/jobs/statistics/device-frequency` (get_job_device_frequency_statistics); path inferred.
        """
        ...
    def post_job_errors(self, job_id: str, *, body: ReportErrorsRequest) -> JobResponse:
        """Post Job Errors

        `POST /api/v1/jobs/{job_id}/errors` (post_job_errors); path inferred.
        """
        ...
    def set_job_status(self, job_id: str, *, body: SetJobStatusRequest) -> JobResponse:
        """Set Job Status

        `PUT /api/v1/jobs/{job_id}/status` (set_job_status); path inferred.
        """
        ...
    def get_job_status(self, job_id: str) -> JobStatusInfoResponse:
        """Get Job Status

        The status of a job: what to poll.

        `GET /api/v1/jobs/{job_id}/status` (get_job_status); path confirmed-SDK.
        """
        ...
    def get_job_v1(self, job_id: str) -> LegacyJobResponse:
        """Get Job V1

        `GET /api/v1/jobs/{job_id}` (get_job_v1), deprecated; path confirmed-SDK.
        """
        ...
    def patch_job(self, job_id: str, *, body: PatchJobRequest) -> JobResponse:
        """Patch Job

        `PATCH /api/v1/jobs/{job_id}` (patch_job); path inferred-strong.
        """
        ...
    def cancel_job_v1(self, job_id: str) -> JobWithResultResponse:
        """Cancel Job V1

        `PUT /api/v1/jobs/{job_id}/cancel` (cancel_job_v1), deprecated; path confirmed-SDK.
        """
        ...
    def list_jobs_v1(
        self,
        *,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        limit: int | None | Unset = ...,
        offset: int | None | Unset = ...,
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
    ) -> JobWithResultPage:
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
    def create_job(self, *, body: CreateLegacyJobRequest) -> JobWithResultResponse:
        """Create Job

        Adds one job to a batch; Add Jobs has replaced it.

        `POST /api/v1/jobs` (create_job), deprecated; path confirmed-SDK.
        """
        ...
    def get_job(self, job_id: str) -> JobWithLogsResponse:
        """Get Job

        Retrieve a job by its ID.
        Args: AuthenticatedComputeAny: The authentication dependency, ensuring the user is authenticated and has
        the necessary permissions
        job: GetJobByIdAndPerformAccessCheck access the job by its ID and perform
        access checks. The 'deferred_fields' parameter is specified to exclude the
        'result' attribute from being loaded from the database.
        Returns: NonPaginatedResponse[ProducedFullJobResponse]: A non-paginated response containing the details
        of the job, excluding the result attribute

        `GET /api/v2/jobs/{job_id}` (get_job); path confirmed-SDK.
        """
        ...
    def list_jobs(
        self,
        *,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        limit: int | None | Unset = ...,
        offset: int | None | Unset = ...,
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
    ) -> JobPage:
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
    def cancel_job(self, job_id: str) -> JobResponse:
        """Cancel Job

        `PATCH /api/v2/jobs/{job_id}/cancel` (cancel_job); path confirmed-SDK.
        """
        ...
    def get_or_create_learner(self, package: ProjectPackage | str) -> QueryResults:
        """Get Or Create

        Get the learner for the current user.
        Args: package: The package to get the learner for. auth_info: The auth info. Used to constrain the
        account type.
        Returns: QueryResults: The learner.

        `GET /api/v1/learners/{package}` (get_or_create_learner); path inferred.

        Args:
            package: An enumeration.
        """
        ...
    def update_learner_progress(
        self, package: ProjectPackage | str, *, body: UpdateLearnerProgressRequest
    ) -> QueryResults:
        """Update Progress For User And Package

        Update the progress for the current user.
        Args: package: The package to update the learner for. updated_learner: The schema containing updated
        progress.
        Returns: QueryResults: The learner.

        `PATCH /api/v1/learners/{package}` (update_learner_progress); path inferred.

        Args:
            package: An enumeration.
        """
        ...
    def get_learner_notebook(
        self, package: ProjectPackage | str, notebook: str, *, project_id: str | None | Unset = ...
    ) -> dict[str, Any]:
        """Notebook

        Get a notebook server for the current user.
        Args: package: The package the learner is in. notebook: The specific notebook to spawn
        Returns: QueryResults

        `GET /api/v1/learners/{package}/notebook/{notebook}` (get_learner_notebook); path inferred.

        Args:
            package: An enumeration.
        """
        ...
    def list_project_learners(
        self,
        project_id: str,
        *,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        limit: int | None | Unset = ...,
        offset: int | None | Unset = ...,
    ) -> LearnerPage:
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
    def create_use_case(self, *, body: CreateUseCaseRequest) -> QueryResults:
        """Create Use Case

        Create a use-case.
        Args: use_case: The use-case to create. user_session: The auth info used to check permissions.
        Returns: QueryResults: The created use-case.

        `POST /api/v1/use-cases` (create_use_case); path inferred.
        """
        ...
    def get_use_case(self, use_case_id: str) -> QueryResults:
        """Get Use Case By Id

        Get all the data of the requested use-case, including answers.
        Args: user_session: The auth info used to check permissions.
        Returns: QueryResults: The matching use-case, if found in DB and allowed for user.

        `GET /api/v1/use-cases/{use_case_id}` (get_use_case); path inferred.
        """
        ...
    def update_use_case(self, use_case_id: str, *, body: UpdateUseCaseRequest) -> QueryResults:
        """Partial Use Case Update

        Updates a use-case, possibly partially.
        Args: use_case_id: ID of the Use case to update. use_case: The use-case fields to update. credential:
        The auth info used to check permissions. credential_acl: contains the projects accessible by the user
        Returns: QueryResults: The resulting updated use case.

        `PATCH /api/v1/use-cases/{use_case_id}` (update_use_case); path inferred.
        """
        ...
    def list_my_use_cases(
        self,
        project_id: str,
        *,
        status: ValidationStatus | str | None | Unset = ...,
        search: str | None | Unset = ...,
        limit: int | None | Unset = ...,
        offset: int | None | Unset = ...,
    ) -> UseCasePage:
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
        limit: int | None | Unset = ...,
        offset: int | None | Unset = ...,
    ) -> UseCasePage:
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
        self, *, limit: int | None | Unset = ..., offset: int | None | Unset = ...
    ) -> UseCasePage:
        """Get Example Use Cases

        Get the list of example use-cases provided by Pasqal.
        Returns: QueryResults: The matching use-cases found in DB.

        `GET /api/v1/use-cases/examples` (list_example_use_cases); path inferred.
        """
        ...
    def review_use_case(self, use_case_id: str, *, body: dict[str, str | dict[str, Any]]) -> QueryResults:
        """Review Use Case

        `POST /api/v1/use-cases/{use_case_id}/review` (review_use_case); path inferred.
        """
        ...
    def create_workload(self, *, body: CreateWorkloadRequest) -> WorkloadWithResultResponse:
        """Create Workload

        `POST /api/v1/workloads` (create_workload); path confirmed-SDK.
        """
        ...
    def post_workload_result(self, workload_id: str, *, body: PostWorkloadResultRequest) -> WorkloadWithResultResponse:
        """Post Workload Result

        `POST /api/v1/workloads/{workload_id}/result` (post_workload_result); path inferred.
        """
        ...
    def post_workload_errors(self, workload_id: str, *, body: ReportErrorsRequest) -> WorkloadWithResultResponse:
        """Post Workload Errors

        `POST /api/v1/workloads/{workload_id}/errors` (post_workload_errors); path inferred.
        """
        ...
    def set_workload_status(
        self, workload_id: str, *, body: SetWorkloadStatusRequest
    ) -> WorkloadWithResultLinkResponse:
        """Set Workload Status

        `PUT /api/v1/workloads/{workload_id}/status` (set_workload_status); path inferred.
        """
        ...
    def cancel_workload(self, workload_id: str) -> WorkloadWithResultResponse:
        """Cancel Workload

        Cancel workload by workload_id.
        Args: workload (GetWorkloadByIdAndPerformAccessCheck): A dependency that fetches a workload based on the
        provided workload_id, contingent upon the validation of the specified access_check. Returns: The
        requested workload.
        Raises: WorkloadNotFound(Http status code 404) if workload_id not found or the user is not member of the
        workload's project. WorkloadWriteAccessRequired(http status code 403) if the the user if not the owner
        the workload. WorkloadCancelInvalidStatus: The workload cannot be cancelled.

        `PUT /api/v1/workloads/{workload_id}/cancel` (cancel_workload); path confirmed-SDK.
        """
        ...
    def get_workload_v1(self, workload_id: str) -> WorkloadWithResultResponse:
        """Get Workload

        Get workload by workload_id.
        Returns: The requested workload.
        Raises: WorkloadNotFound(Http status code 404) if workload_id not found or the user is not member of the
        workload's project.

        `GET /api/v1/workloads/{workload_id}` (get_workload_v1), deprecated; path confirmed-SDK.
        """
        ...
    def list_workloads(
        self,
        *,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        limit: int | None | Unset = ...,
        offset: int | None | Unset = ...,
        id: Sequence[str] | None | Unset = ...,
        id_starts_with: str | None | Unset = ...,
        project_id: Sequence[str] | None | Unset = ...,
        status: Sequence[JobStatus | str] | None | Unset = ...,
        start_date: datetime | None | Unset = ...,
        end_date: datetime | None | Unset = ...,
    ) -> WorkloadPage:
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
    def get_workload(self, workload_id: str) -> WorkloadWithResultLinkResponse:
        """Get Workload

        Get workload by workload_id.
        Returns: The requested workload.
        Raises: WorkloadNotFound(Http status code 404) if workload_id not found or the user is not member of the
        workload's project.

        `GET /api/v2/workloads/{workload_id}` (get_workload); path confirmed-SDK.
        """
        ...
    def create_quiz(self, quiz_id: str, *, body: QuizRequest) -> QueryResults:
        """Create

        Create a quiz matching the given strapi_quiz_id and user.
        If the quiz already exists for the given user, a 400 error will be raised. In this case the user should
        use the PATCH method to updated their quiz response.
        Args: data: The quiz to create. strapi_quiz_id: The id of the quiz in strapi. user: The auth info used
        to check permissions.

        `POST /api/v1/quizzes/{quiz_id}` (create_quiz); path inferred.
        """
        ...
    def update_quiz(self, quiz_id: str, *, body: QuizRequest) -> QueryResults:
        """Update

        Update the quiz with the given id.
        Args: data: The quiz to update. quiz_id: The id of the quiz in public-apis. user: The auth info used to
        check permissions.

        `PATCH /api/v1/quizzes/{quiz_id}` (update_quiz); path inferred.
        """
        ...
    def get_job_results_link(self, job_id: str) -> JobResultsLinkResponse:
        """Get Job Results Link

        A link to the result of a job; null while there is none.

        `GET /api/v1/jobs/{job_id}/results_link` (get_job_results_link); path confirmed-SDK.
        """
        ...
    def set_batch_tags(self, batch_id: str, *, body: list[str]) -> BatchWithJobsResponse:
        """Set Batch Tags

        Replaces all tags of a batch.

        `PATCH /api/v1/batches/{batch_id}/tags` (set_batch_tags); path confirmed-SDK.
        """
        ...
    def list_device_specs(self) -> DeviceSpecsMapResponse:
        """Get All Device Specs

        Each device type's specification, as Pulser's JSON in a text.

        `GET /api/v1/devices/specs` (list_device_specs); path confirmed-SDK.
        """
        ...
    def list_public_device_specs(self) -> DeviceSpecsListResponse:
        """Get Public Device Specs

        The specifications that anyone may read.

        `GET /api/v1/devices/public-specs` (list_public_device_specs); path confirmed-SDK.
        """
        ...
    def get_device_queue(
        self, dt_name: DeviceTypeName | str, *, limit: int | None | Unset = ..., offset: int | None | Unset = ...
    ) -> QueuedBatchPage:
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
    ) -> DevicePage:
        """Get Devices

        Devices by type and availability.

        `GET /api/v2/devices` (list_devices_v2); path confirmed-docs.

        Args:
            availability: ACTIVE, INACTIVE or RETIRED
        """
        ...
    def list_packages(self) -> PackageListResponse:
        """Get Packages

        `GET /api/v1/packages` (list_packages); path confirmed-docs.
        """
        ...
    def get_batch_full_results(self, batch_id: str) -> JobResultMapResponse:
        """Get Batch Full Results

        Results of all jobs of a batch in one answer.

        `GET /api/v1/batches/{batch_id}/full_results` (get_batch_full_results), deprecated; path confirmed-client.
        """
        ...
    def get_batch_results(self, batch_id: str) -> JobCounterMapResponse:
        """Get Batch Results

        Counts of all jobs of a batch in one answer.

        `GET /api/v1/batches/{batch_id}/results` (get_batch_results), deprecated; path confirmed-SDK.
        """
        ...
    def create_cudaq_job(self, *, body: CreateCudaqJobRequest) -> CudaqJobResponse:
        """Create CUDA-Q Job

        `POST /api/v1/cudaq/job` (create_cudaq_job); path confirmed-client.
        """
        ...
    def get_cudaq_job(self, job_id: str) -> CudaqJobResponse:
        """Get CUDA-Q Job

        `GET /api/v1/cudaq/job/{job_id}` (get_cudaq_job); path confirmed-client.
        """
        ...
    def create_ovh_batch(self, *, body: CreateOvhBatchRequest) -> BatchWithJobsResponse:
        """Create OVH Batch

        `POST /api/v1/third-party-access/ovh/batches` (create_ovh_batch); path confirmed-SDK.
        """
        ...
    def get_ovh_batch(self, batch_id: str) -> BatchWithJobIdsResponse:
        """Get OVH Batch

        `GET /api/v1/third-party-access/ovh/batches/{batch_id}` (get_ovh_batch); path confirmed-SDK.
        """
        ...
    def get_ovh_batch_status(self, batch_id: str) -> BatchStatusInfoResponse:
        """Get OVH Batch Status

        `GET /api/v1/third-party-access/ovh/batches/{batch_id}/status` (get_ovh_batch_status); path confirmed-SDK.
        """
        ...
    def list_ovh_jobs(
        self,
        *,
        order_by: str | None | Unset = ...,
        order_by_direction: SortDirection | str | None | Unset = ...,
        limit: int | None | Unset = ...,
        offset: int | None | Unset = ...,
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
    ) -> JobPage:
        """Get OVH Jobs

        `GET /api/v1/third-party-access/ovh/jobs` (list_ovh_jobs); path confirmed-SDK.

        Args:
            order_by_direction: An enumeration.
        """
        ...
    def get_ovh_job_results_link(self, job_id: str) -> JobResultsLinkResponse:
        """Get OVH Job Results Link

        `GET /api/v1/third-party-access/ovh/jobs/{job_id}/results_link` (get_ovh_job_results_link); path confirmed-SDK.
        """
        ...
    def get_ovh_job_status(self, job_id: str) -> JobStatusInfoResponse:
        """Get OVH Job Status

        `GET /api/v1/third-party-access/ovh/jobs/{job_id}/status` (get_ovh_job_status); path confirmed-SDK.
        """
        ...
    def list_projects(self, *, project_status: str | None | Unset = ...) -> ProjectListResponse:
        """Get Projects

        The projects of the user. This route is on the account API, not below core-fast.

        `GET /api/v1/projects` (list_projects); path confirmed-SDK.

        Args:
            project_status: ACTIVE, as the SDK sends it, or another status
        """
        ...
