"""Every operation of public_apis.core_fast.main as a method. Its arguments decide how requests are sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .._core import UNSET, Builder, Caller, LazyModules, Unset, build_plainly

if TYPE_CHECKING:
    from .._pages import PagerFactory
    from .models.batch_cancellation_response import BatchCancellationResponse
    from .models.batch_response import BatchResponse
    from .models.batch_results_links_response import BatchResultsLinksResponse
    from .models.batch_status import BatchStatus
    from .models.batch_status_info_response import BatchStatusInfoResponse
    from .models.batch_summary_page import BatchSummaryPage
    from .models.batch_with_job_ids_response import BatchWithJobIdsResponse
    from .models.batch_with_job_results_response import BatchWithJobResultsResponse
    from .models.batch_with_jobs_response import BatchWithJobsResponse
    from .models.cancel_batches_request import CancelBatchesRequest
    from .models.create_batch_request import CreateBatchRequest
    from .models.create_cudaq_job_request import CreateCudaqJobRequest
    from .models.create_device_request import CreateDeviceRequest
    from .models.create_job_request import CreateJobRequest
    from .models.create_legacy_job_request import CreateLegacyJobRequest
    from .models.create_ovh_batch_request import CreateOvhBatchRequest
    from .models.create_use_case_request import CreateUseCaseRequest
    from .models.create_workload_request import CreateWorkloadRequest
    from .models.cudaq_job_response import CudaqJobResponse
    from .models.device_page import DevicePage
    from .models.device_queue_sizes_response import DeviceQueueSizesResponse
    from .models.device_response import DeviceResponse
    from .models.device_specs_list_response import DeviceSpecsListResponse
    from .models.device_specs_map_response import DeviceSpecsMapResponse
    from .models.device_specs_response import DeviceSpecsResponse
    from .models.device_status_update import DeviceStatusUpdate
    from .models.device_type_name import DeviceTypeName
    from .models.job_cancellation_response import JobCancellationResponse
    from .models.job_counter_map_response import JobCounterMapResponse
    from .models.job_frequency_response import JobFrequencyResponse
    from .models.job_origin import JobOrigin
    from .models.job_page import JobPage
    from .models.job_response import JobResponse
    from .models.job_result_map_response import JobResultMapResponse
    from .models.job_results_link_response import JobResultsLinkResponse
    from .models.job_status import JobStatus
    from .models.job_status_info_response import JobStatusInfoResponse
    from .models.job_with_logs_response import JobWithLogsResponse
    from .models.job_with_result_page import JobWithResultPage
    from .models.job_with_result_response import JobWithResultResponse
    from .models.learner_page import LearnerPage
    from .models.legacy_batch_response import LegacyBatchResponse
    from .models.legacy_job_cancellation_response import LegacyJobCancellationResponse
    from .models.legacy_job_response import LegacyJobResponse
    from .models.package_list_response import PackageListResponse
    from .models.patch_job_request import PatchJobRequest
    from .models.post_workload_result_request import PostWorkloadResultRequest
    from .models.project_activity_list_response import ProjectActivityListResponse
    from .models.project_list_response import ProjectListResponse
    from .models.project_package import ProjectPackage
    from .models.query_results import QueryResults
    from .models.queue_priority import QueuePriority
    from .models.queued_batch_page import QueuedBatchPage
    from .models.quiz_request import QuizRequest
    from .models.report_errors_request import ReportErrorsRequest
    from .models.set_batch_status_request import SetBatchStatusRequest
    from .models.set_device_status_request import SetDeviceStatusRequest
    from .models.set_job_status_request import SetJobStatusRequest
    from .models.set_workload_status_request import SetWorkloadStatusRequest
    from .models.sort_direction import SortDirection
    from .models.update_device_specs_request import UpdateDeviceSpecsRequest
    from .models.update_devices_status_request import UpdateDevicesStatusRequest
    from .models.update_learner_progress_request import UpdateLearnerProgressRequest
    from .models.update_use_case_request import UpdateUseCaseRequest
    from .models.use_case_page import UseCasePage
    from .models.validation_status import ValidationStatus
    from .models.workload_page import WorkloadPage
    from .models.workload_with_result_link_response import WorkloadWithResultLinkResponse
    from .models.workload_with_result_response import WorkloadWithResultResponse
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

    async def get_batches_last_activity(
        self,
        *,
        project_id: Sequence[str] | None | Unset = UNSET,
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
        if TYPE_CHECKING:
            from .api.batches import get_batches_last_activity as _operation
        else:
            _operation = _modules["api.batches.get_batches_last_activity"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            project_id=project_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_batches(
        self,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        offset: int | None | Unset = UNSET,
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
        if TYPE_CHECKING:
            from .api.batches import list_batches as _operation
        else:
            _operation = _modules["api.batches.list_batches"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            order_by=order_by,
            order_by_direction=order_by_direction,
            limit=limit,
            offset=offset,
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
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_batch(
        self,
        *,
        body: CreateBatchRequest,
    ) -> BatchWithJobsResponse:
        """Create Batch

        `POST /api/v1/batches` (create_batch); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import create_batch as _operation
        else:
            _operation = _modules["api.batches.create_batch"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_batch_v1(
        self,
        batch_id: str,
    ) -> LegacyBatchResponse:
        """Get Batch V1

        `GET /api/v1/batches/{batch_id}` (get_batch_v1), deprecated; path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import get_batch_v1 as _operation
        else:
            _operation = _modules["api.batches.get_batch_v1"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def set_batch_status(
        self,
        batch_id: str,
        *,
        body: SetBatchStatusRequest,
    ) -> BatchResponse:
        """Set Batch Status

        `PUT /api/v1/batches/{batch_id}/status` (set_batch_status); path inferred.
        """
        if TYPE_CHECKING:
            from .api.batches import set_batch_status as _operation
        else:
            _operation = _modules["api.batches.set_batch_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_batch_status(
        self,
        batch_id: str,
    ) -> BatchStatusInfoResponse:
        """Get Batch Status

        The status of a batch and the counts of its jobs: what to poll.

        `GET /api/v1/batches/{batch_id}/status` (get_batch_status); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import get_batch_status as _operation
        else:
            _operation = _modules["api.batches.get_batch_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def complete_batch_v1(
        self,
        batch_id: str,
    ) -> BatchWithJobResultsResponse:
        """Complete Batch V1

        `PUT /api/v1/batches/{batch_id}/complete` (complete_batch_v1), deprecated; path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import complete_batch_v1 as _operation
        else:
            _operation = _modules["api.batches.complete_batch_v1"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_batches(
        self,
        *,
        body: CancelBatchesRequest,
    ) -> BatchCancellationResponse:
        """Cancel Batches

        Cancel a group of batches.

        `PATCH /api/v1/batches/cancel` (cancel_batches); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import cancel_batches as _operation
        else:
            _operation = _modules["api.batches.cancel_batches"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_batch_v1(
        self,
        batch_id: str,
    ) -> BatchWithJobResultsResponse:
        """Cancel Batch V1

        `PUT /api/v1/batches/{batch_id}/cancel` (cancel_batch_v1), deprecated; path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import cancel_batch_v1 as _operation
        else:
            _operation = _modules["api.batches.cancel_batch_v1"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def add_jobs_v1(
        self,
        batch_id: str,
        *,
        body: list[CreateJobRequest],
    ) -> BatchWithJobResultsResponse:
        """Add Jobs

        `POST /api/v1/batches/{batch_id}/jobs` (add_jobs_v1), deprecated; path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import add_jobs_v1 as _operation
        else:
            _operation = _modules["api.batches.add_jobs_v1"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def rebatch_jobs(
        self,
        batch_id: str,
        *,
        id: Sequence[str] | None | Unset = UNSET,
        id_starts_with: str | None | Unset = UNSET,
        batch_id_query: Sequence[str] | None | Unset = UNSET,
        project_id: Sequence[str] | None | Unset = UNSET,
        user_id: Sequence[str] | None | Unset = UNSET,
        status: Sequence[JobStatus | str] | None | Unset = UNSET,
        min_runs: int | None | Unset = UNSET,
        max_runs: int | None | Unset = UNSET,
        errors: bool | None | Unset = UNSET,
        origin: Sequence[JobOrigin | str] | None | Unset = UNSET,
        start_date: datetime | None | Unset = UNSET,
        end_date: datetime | None | Unset = UNSET,
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
        if TYPE_CHECKING:
            from .api.batches import rebatch_jobs as _operation
        else:
            _operation = _modules["api.batches.rebatch_jobs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
            id=id,
            id_starts_with=id_starts_with,
            batch_id_query=batch_id_query,
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
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_jobs_v1(
        self,
        batch_id: str,
        *,
        id: Sequence[str] | None | Unset = UNSET,
        id_starts_with: str | None | Unset = UNSET,
        batch_id_query: Sequence[str] | None | Unset = UNSET,
        project_id: Sequence[str] | None | Unset = UNSET,
        user_id: Sequence[str] | None | Unset = UNSET,
        status: Sequence[JobStatus | str] | None | Unset = UNSET,
        min_runs: int | None | Unset = UNSET,
        max_runs: int | None | Unset = UNSET,
        errors: bool | None | Unset = UNSET,
        origin: Sequence[JobOrigin | str] | None | Unset = UNSET,
        start_date: datetime | None | Unset = UNSET,
        end_date: datetime | None | Unset = UNSET,
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
        if TYPE_CHECKING:
            from .api.batches import cancel_jobs_v1 as _operation
        else:
            _operation = _modules["api.batches.cancel_jobs_v1"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
            id=id,
            id_starts_with=id_starts_with,
            batch_id_query=batch_id_query,
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
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_batch_results_links(
        self,
        batch_id: str,
        *,
        id: Sequence[str] | None | Unset = UNSET,
        start_date: datetime | None | Unset = UNSET,
        end_date: datetime | None | Unset = UNSET,
    ) -> BatchResultsLinksResponse:
        """Get Batch Results Link

        `GET /api/v1/batches/{batch_id}/results_link` (get_batch_results_links); path inferred-strong.

        Args:
            id: Filter jobs by their unique ids
            start_date: Filter jobs that started on or after this date
            end_date: Filter jobs that ended on or before this date
        """
        if TYPE_CHECKING:
            from .api.batches import get_batch_results_links as _operation
        else:
            _operation = _modules["api.batches.get_batch_results_links"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
            id=id,
            start_date=start_date,
            end_date=end_date,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_batch(
        self,
        batch_id: str,
    ) -> BatchWithJobIdsResponse:
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
        if TYPE_CHECKING:
            from .api.batches import get_batch as _operation
        else:
            _operation = _modules["api.batches.get_batch"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_jobs(
        self,
        batch_id: str,
        *,
        id: Sequence[str] | None | Unset = UNSET,
        id_starts_with: str | None | Unset = UNSET,
        batch_id_query: Sequence[str] | None | Unset = UNSET,
        project_id: Sequence[str] | None | Unset = UNSET,
        user_id: Sequence[str] | None | Unset = UNSET,
        status: Sequence[JobStatus | str] | None | Unset = UNSET,
        min_runs: int | None | Unset = UNSET,
        max_runs: int | None | Unset = UNSET,
        errors: bool | None | Unset = UNSET,
        origin: Sequence[JobOrigin | str] | None | Unset = UNSET,
        start_date: datetime | None | Unset = UNSET,
        end_date: datetime | None | Unset = UNSET,
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
        if TYPE_CHECKING:
            from .api.batches import cancel_jobs as _operation
        else:
            _operation = _modules["api.batches.cancel_jobs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
            id=id,
            id_starts_with=id_starts_with,
            batch_id_query=batch_id_query,
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
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def complete_batch(
        self,
        batch_id: str,
    ) -> BatchWithJobsResponse:
        """Complete Batch

        `PATCH /api/v2/batches/{batch_id}/complete` (complete_batch); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import complete_batch as _operation
        else:
            _operation = _modules["api.batches.complete_batch"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_batch(
        self,
        batch_id: str,
    ) -> BatchWithJobsResponse:
        """Cancel Batch

        `PATCH /api/v2/batches/{batch_id}/cancel` (cancel_batch); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import cancel_batch as _operation
        else:
            _operation = _modules["api.batches.cancel_batch"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def add_jobs(
        self,
        batch_id: str,
        *,
        body: list[CreateJobRequest],
    ) -> BatchWithJobsResponse:
        """Add Jobs

        `POST /api/v2/batches/{batch_id}/jobs` (add_jobs); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import add_jobs as _operation
        else:
            _operation = _modules["api.batches.add_jobs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_devices(
        self,
        *,
        include_legacy: bool | None | Unset = UNSET,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        offset: int | None | Unset = UNSET,
        device_type: str | None | Unset = UNSET,
    ) -> DevicePage:
        """Get All Devices

        `GET /api/v1/devices` (list_devices); path confirmed-docs.

        Args:
            order_by_direction: An enumeration.
        """
        if TYPE_CHECKING:
            from .api.devices import list_devices as _operation
        else:
            _operation = _modules["api.devices.list_devices"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            include_legacy=include_legacy,
            order_by=order_by,
            order_by_direction=order_by_direction,
            limit=limit,
            offset=offset,
            device_type=device_type,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_device(
        self,
        *,
        body: CreateDeviceRequest,
    ) -> DeviceResponse:
        """Create Device

        `POST /api/v1/devices` (create_device); path inferred-strong.
        """
        if TYPE_CHECKING:
            from .api.devices import create_device as _operation
        else:
            _operation = _modules["api.devices.create_device"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def set_device_status(
        self,
        device_id: str,
        *,
        body: SetDeviceStatusRequest,
    ) -> DeviceResponse:
        """Set Status

        `PUT /api/v1/devices/{device_id}/status` (set_device_status); path inferred.
        """
        if TYPE_CHECKING:
            from .api.devices import set_device_status as _operation
        else:
            _operation = _modules["api.devices.set_device_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            device_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_devices_status(
        self,
        *,
        body: UpdateDevicesStatusRequest,
    ) -> DeviceStatusUpdate:
        """Update Status

        `PATCH /api/v1/devices/status` (update_devices_status); path inferred.
        """
        if TYPE_CHECKING:
            from .api.devices import update_devices_status as _operation
        else:
            _operation = _modules["api.devices.update_devices_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_device_queue_size(
        self,
        dt_name: DeviceTypeName | str,
    ) -> DeviceQueueSizesResponse:
        """Get Queue Size

        `GET /api/v1/devices/{dt_name}/queue_size` (get_device_queue_size); path inferred.

        Args:
            dt_name: Enumeration of allowed and legacy device type names
        """
        if TYPE_CHECKING:
            from .api.devices import get_device_queue_size as _operation
        else:
            _operation = _modules["api.devices.get_device_queue_size"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            dt_name,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_device_specs(
        self,
        device_type: DeviceTypeName | str,
    ) -> DeviceSpecsResponse:
        """Get Device Specs By Device Type

        `GET /api/v1/devices/specs/{device_type}` (get_device_specs); path confirmed-docs.

        Args:
            device_type: Enumeration of allowed and legacy device type names
        """
        if TYPE_CHECKING:
            from .api.devices import get_device_specs as _operation
        else:
            _operation = _modules["api.devices.get_device_specs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            device_type,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_device_specs(
        self,
        device_type: DeviceTypeName | str,
        *,
        body: UpdateDeviceSpecsRequest,
    ) -> DeviceSpecsResponse:
        """Update Device Specs

        `PUT /api/v1/devices/specs/{device_type}` (update_device_specs); path inferred-strong.

        Args:
            device_type: Enumeration of allowed and legacy device type names
        """
        if TYPE_CHECKING:
            from .api.devices import update_device_specs as _operation
        else:
            _operation = _modules["api.devices.update_device_specs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            device_type,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job_device_frequency_statistics(
        self,
        *,
        project_id: str,
        scope: str,
    ) -> JobFrequencyResponse:
        """Get Total Job Device Frequency Statistics

        Return a data structure detailing how many jobs have been scheduled within a certain scope of time for a
        specific device.
        Scope of time is limited to HOUR, DAY or MONTH and it returns based on total jobs inside a project.

        `GET /api/v1/jobs/statistics/device-frequency` (get_job_device_frequency_statistics); path inferred.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job_device_frequency_statistics as _operation
        else:
            _operation = _modules["api.jobs.get_job_device_frequency_statistics"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            project_id=project_id,
            scope=scope,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def post_job_errors(
        self,
        job_id: str,
        *,
        body: ReportErrorsRequest,
    ) -> JobResponse:
        """Post Job Errors

        `POST /api/v1/jobs/{job_id}/errors` (post_job_errors); path inferred.
        """
        if TYPE_CHECKING:
            from .api.jobs import post_job_errors as _operation
        else:
            _operation = _modules["api.jobs.post_job_errors"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def set_job_status(
        self,
        job_id: str,
        *,
        body: SetJobStatusRequest,
    ) -> JobResponse:
        """Set Job Status

        `PUT /api/v1/jobs/{job_id}/status` (set_job_status); path inferred.
        """
        if TYPE_CHECKING:
            from .api.jobs import set_job_status as _operation
        else:
            _operation = _modules["api.jobs.set_job_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job_status(
        self,
        job_id: str,
    ) -> JobStatusInfoResponse:
        """Get Job Status

        The status of a job: what to poll.

        `GET /api/v1/jobs/{job_id}/status` (get_job_status); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job_status as _operation
        else:
            _operation = _modules["api.jobs.get_job_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job_v1(
        self,
        job_id: str,
    ) -> LegacyJobResponse:
        """Get Job V1

        `GET /api/v1/jobs/{job_id}` (get_job_v1), deprecated; path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job_v1 as _operation
        else:
            _operation = _modules["api.jobs.get_job_v1"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def patch_job(
        self,
        job_id: str,
        *,
        body: PatchJobRequest,
    ) -> JobResponse:
        """Patch Job

        `PATCH /api/v1/jobs/{job_id}` (patch_job); path inferred-strong.
        """
        if TYPE_CHECKING:
            from .api.jobs import patch_job as _operation
        else:
            _operation = _modules["api.jobs.patch_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_job_v1(
        self,
        job_id: str,
    ) -> JobWithResultResponse:
        """Cancel Job V1

        `PUT /api/v1/jobs/{job_id}/cancel` (cancel_job_v1), deprecated; path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.jobs import cancel_job_v1 as _operation
        else:
            _operation = _modules["api.jobs.cancel_job_v1"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_jobs_v1(
        self,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        offset: int | None | Unset = UNSET,
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
        if TYPE_CHECKING:
            from .api.jobs import list_jobs_v1 as _operation
        else:
            _operation = _modules["api.jobs.list_jobs_v1"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            order_by=order_by,
            order_by_direction=order_by_direction,
            limit=limit,
            offset=offset,
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
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_job(
        self,
        *,
        body: CreateLegacyJobRequest,
    ) -> JobWithResultResponse:
        """Create Job

        Adds one job to a batch; Add Jobs has replaced it.

        `POST /api/v1/jobs` (create_job), deprecated; path confirmed-SDK.
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
    ) -> JobWithLogsResponse:
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

    async def list_jobs(
        self,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        offset: int | None | Unset = UNSET,
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
        if TYPE_CHECKING:
            from .api.jobs import list_jobs as _operation
        else:
            _operation = _modules["api.jobs.list_jobs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            order_by=order_by,
            order_by_direction=order_by_direction,
            limit=limit,
            offset=offset,
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
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_job(
        self,
        job_id: str,
    ) -> JobResponse:
        """Cancel Job

        `PATCH /api/v2/jobs/{job_id}/cancel` (cancel_job); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.jobs import cancel_job as _operation
        else:
            _operation = _modules["api.jobs.cancel_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_or_create_learner(
        self,
        package: ProjectPackage | str,
    ) -> QueryResults:
        """Get Or Create

        Get the learner for the current user.
        Args: package: The package to get the learner for. auth_info: The auth info. Used to constrain the
        account type.
        Returns: QueryResults: The learner.

        `GET /api/v1/learners/{package}` (get_or_create_learner); path inferred.

        Args:
            package: An enumeration.
        """
        if TYPE_CHECKING:
            from .api.learners import get_or_create_learner as _operation
        else:
            _operation = _modules["api.learners.get_or_create_learner"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            package,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_learner_progress(
        self,
        package: ProjectPackage | str,
        *,
        body: UpdateLearnerProgressRequest,
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
        if TYPE_CHECKING:
            from .api.learners import update_learner_progress as _operation
        else:
            _operation = _modules["api.learners.update_learner_progress"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            package,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_learner_notebook(
        self,
        package: ProjectPackage | str,
        notebook: str,
        *,
        project_id: str | None | Unset = UNSET,
    ) -> dict[str, Any]:
        """Notebook

        Get a notebook server for the current user.
        Args: package: The package the learner is in. notebook: The specific notebook to spawn
        Returns: QueryResults

        `GET /api/v1/learners/{package}/notebook/{notebook}` (get_learner_notebook); path inferred.

        Args:
            package: An enumeration.
        """
        if TYPE_CHECKING:
            from .api.learners import get_learner_notebook as _operation
        else:
            _operation = _modules["api.learners.get_learner_notebook"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            package,
            notebook,
            project_id=project_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_project_learners(
        self,
        project_id: str,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        offset: int | None | Unset = UNSET,
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
        if TYPE_CHECKING:
            from .api.learners import list_project_learners as _operation
        else:
            _operation = _modules["api.learners.list_project_learners"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            project_id,
            order_by=order_by,
            order_by_direction=order_by_direction,
            limit=limit,
            offset=offset,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_use_case(
        self,
        *,
        body: CreateUseCaseRequest,
    ) -> QueryResults:
        """Create Use Case

        Create a use-case.
        Args: use_case: The use-case to create. user_session: The auth info used to check permissions.
        Returns: QueryResults: The created use-case.

        `POST /api/v1/use-cases` (create_use_case); path inferred.
        """
        if TYPE_CHECKING:
            from .api.use_cases import create_use_case as _operation
        else:
            _operation = _modules["api.use_cases.create_use_case"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_use_case(
        self,
        use_case_id: str,
    ) -> QueryResults:
        """Get Use Case By Id

        Get all the data of the requested use-case, including answers.
        Args: user_session: The auth info used to check permissions.
        Returns: QueryResults: The matching use-case, if found in DB and allowed for user.

        `GET /api/v1/use-cases/{use_case_id}` (get_use_case); path inferred.
        """
        if TYPE_CHECKING:
            from .api.use_cases import get_use_case as _operation
        else:
            _operation = _modules["api.use_cases.get_use_case"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            use_case_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_use_case(
        self,
        use_case_id: str,
        *,
        body: UpdateUseCaseRequest,
    ) -> QueryResults:
        """Partial Use Case Update

        Updates a use-case, possibly partially.
        Args: use_case_id: ID of the Use case to update. use_case: The use-case fields to update. credential:
        The auth info used to check permissions. credential_acl: contains the projects accessible by the user
        Returns: QueryResults: The resulting updated use case.

        `PATCH /api/v1/use-cases/{use_case_id}` (update_use_case); path inferred.
        """
        if TYPE_CHECKING:
            from .api.use_cases import update_use_case as _operation
        else:
            _operation = _modules["api.use_cases.update_use_case"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            use_case_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_my_use_cases(
        self,
        project_id: str,
        *,
        status: ValidationStatus | str | None | Unset = UNSET,
        search: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        offset: int | None | Unset = UNSET,
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
        if TYPE_CHECKING:
            from .api.use_cases import list_my_use_cases as _operation
        else:
            _operation = _modules["api.use_cases.list_my_use_cases"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            project_id,
            status=status,
            search=search,
            limit=limit,
            offset=offset,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_team_use_cases(
        self,
        project_id: str,
        *,
        status: Sequence[ValidationStatus | str] | None | Unset = UNSET,
        search: str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        offset: int | None | Unset = UNSET,
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
        if TYPE_CHECKING:
            from .api.use_cases import list_team_use_cases as _operation
        else:
            _operation = _modules["api.use_cases.list_team_use_cases"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            project_id,
            status=status,
            search=search,
            limit=limit,
            offset=offset,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_example_use_cases(
        self,
        *,
        limit: int | None | Unset = UNSET,
        offset: int | None | Unset = UNSET,
    ) -> UseCasePage:
        """Get Example Use Cases

        Get the list of example use-cases provided by Pasqal.
        Returns: QueryResults: The matching use-cases found in DB.

        `GET /api/v1/use-cases/examples` (list_example_use_cases); path inferred.
        """
        if TYPE_CHECKING:
            from .api.use_cases import list_example_use_cases as _operation
        else:
            _operation = _modules["api.use_cases.list_example_use_cases"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            limit=limit,
            offset=offset,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def review_use_case(
        self,
        use_case_id: str,
        *,
        body: dict[str, str | dict[str, Any]],
    ) -> QueryResults:
        """Review Use Case

        `POST /api/v1/use-cases/{use_case_id}/review` (review_use_case); path inferred.
        """
        if TYPE_CHECKING:
            from .api.use_cases import review_use_case as _operation
        else:
            _operation = _modules["api.use_cases.review_use_case"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            use_case_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_workload(
        self,
        *,
        body: CreateWorkloadRequest,
    ) -> WorkloadWithResultResponse:
        """Create Workload

        `POST /api/v1/workloads` (create_workload); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.workloads import create_workload as _operation
        else:
            _operation = _modules["api.workloads.create_workload"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def post_workload_result(
        self,
        workload_id: str,
        *,
        body: PostWorkloadResultRequest,
    ) -> WorkloadWithResultResponse:
        """Post Workload Result

        `POST /api/v1/workloads/{workload_id}/result` (post_workload_result); path inferred.
        """
        if TYPE_CHECKING:
            from .api.workloads import post_workload_result as _operation
        else:
            _operation = _modules["api.workloads.post_workload_result"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            workload_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def post_workload_errors(
        self,
        workload_id: str,
        *,
        body: ReportErrorsRequest,
    ) -> WorkloadWithResultResponse:
        """Post Workload Errors

        `POST /api/v1/workloads/{workload_id}/errors` (post_workload_errors); path inferred.
        """
        if TYPE_CHECKING:
            from .api.workloads import post_workload_errors as _operation
        else:
            _operation = _modules["api.workloads.post_workload_errors"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            workload_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def set_workload_status(
        self,
        workload_id: str,
        *,
        body: SetWorkloadStatusRequest,
    ) -> WorkloadWithResultLinkResponse:
        """Set Workload Status

        `PUT /api/v1/workloads/{workload_id}/status` (set_workload_status); path inferred.
        """
        if TYPE_CHECKING:
            from .api.workloads import set_workload_status as _operation
        else:
            _operation = _modules["api.workloads.set_workload_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            workload_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def cancel_workload(
        self,
        workload_id: str,
    ) -> WorkloadWithResultResponse:
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
        if TYPE_CHECKING:
            from .api.workloads import cancel_workload as _operation
        else:
            _operation = _modules["api.workloads.cancel_workload"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            workload_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_workload_v1(
        self,
        workload_id: str,
    ) -> WorkloadWithResultResponse:
        """Get Workload

        Get workload by workload_id.
        Returns: The requested workload.
        Raises: WorkloadNotFound(Http status code 404) if workload_id not found or the user is not member of the
        workload's project.

        `GET /api/v1/workloads/{workload_id}` (get_workload_v1), deprecated; path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.workloads import get_workload_v1 as _operation
        else:
            _operation = _modules["api.workloads.get_workload_v1"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            workload_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_workloads(
        self,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        offset: int | None | Unset = UNSET,
        id: Sequence[str] | None | Unset = UNSET,
        id_starts_with: str | None | Unset = UNSET,
        project_id: Sequence[str] | None | Unset = UNSET,
        status: Sequence[JobStatus | str] | None | Unset = UNSET,
        start_date: datetime | None | Unset = UNSET,
        end_date: datetime | None | Unset = UNSET,
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
        if TYPE_CHECKING:
            from .api.workloads import list_workloads as _operation
        else:
            _operation = _modules["api.workloads.list_workloads"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            order_by=order_by,
            order_by_direction=order_by_direction,
            limit=limit,
            offset=offset,
            id=id,
            id_starts_with=id_starts_with,
            project_id=project_id,
            status=status,
            start_date=start_date,
            end_date=end_date,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_workload(
        self,
        workload_id: str,
    ) -> WorkloadWithResultLinkResponse:
        """Get Workload

        Get workload by workload_id.
        Returns: The requested workload.
        Raises: WorkloadNotFound(Http status code 404) if workload_id not found or the user is not member of the
        workload's project.

        `GET /api/v2/workloads/{workload_id}` (get_workload); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.workloads import get_workload as _operation
        else:
            _operation = _modules["api.workloads.get_workload"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            workload_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_quiz(
        self,
        quiz_id: str,
        *,
        body: QuizRequest,
    ) -> QueryResults:
        """Create

        Create a quiz matching the given strapi_quiz_id and user.
        If the quiz already exists for the given user, a 400 error will be raised. In this case the user should
        use the PATCH method to updated their quiz response.
        Args: data: The quiz to create. strapi_quiz_id: The id of the quiz in strapi. user: The auth info used
        to check permissions.

        `POST /api/v1/quizzes/{quiz_id}` (create_quiz); path inferred.
        """
        if TYPE_CHECKING:
            from .api.quizzes import create_quiz as _operation
        else:
            _operation = _modules["api.quizzes.create_quiz"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            quiz_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def update_quiz(
        self,
        quiz_id: str,
        *,
        body: QuizRequest,
    ) -> QueryResults:
        """Update

        Update the quiz with the given id.
        Args: data: The quiz to update. quiz_id: The id of the quiz in public-apis. user: The auth info used to
        check permissions.

        `PATCH /api/v1/quizzes/{quiz_id}` (update_quiz); path inferred.
        """
        if TYPE_CHECKING:
            from .api.quizzes import update_quiz as _operation
        else:
            _operation = _modules["api.quizzes.update_quiz"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            quiz_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_job_results_link(
        self,
        job_id: str,
    ) -> JobResultsLinkResponse:
        """Get Job Results Link

        A link to the result of a job; null while there is none.

        `GET /api/v1/jobs/{job_id}/results_link` (get_job_results_link); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.jobs import get_job_results_link as _operation
        else:
            _operation = _modules["api.jobs.get_job_results_link"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def set_batch_tags(
        self,
        batch_id: str,
        *,
        body: list[str],
    ) -> BatchWithJobsResponse:
        """Set Batch Tags

        Replaces all tags of a batch.

        `PATCH /api/v1/batches/{batch_id}/tags` (set_batch_tags); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import set_batch_tags as _operation
        else:
            _operation = _modules["api.batches.set_batch_tags"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_device_specs(
        self,
    ) -> DeviceSpecsMapResponse:
        """Get All Device Specs

        Each device type's specification, as Pulser's JSON in a text.

        `GET /api/v1/devices/specs` (list_device_specs); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.devices import list_device_specs as _operation
        else:
            _operation = _modules["api.devices.list_device_specs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_public_device_specs(
        self,
    ) -> DeviceSpecsListResponse:
        """Get Public Device Specs

        The specifications that anyone may read.

        `GET /api/v1/devices/public-specs` (list_public_device_specs); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.devices import list_public_device_specs as _operation
        else:
            _operation = _modules["api.devices.list_public_device_specs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_device_queue(
        self,
        dt_name: DeviceTypeName | str,
        *,
        limit: int | None | Unset = UNSET,
        offset: int | None | Unset = UNSET,
    ) -> QueuedBatchPage:
        """Get Queue

        What waits in the queue of a device.

        `GET /api/v1/devices/{dt_name}/queue` (get_device_queue); path confirmed-docs.

        Args:
            dt_name: Enumeration of allowed and legacy device type names
        """
        if TYPE_CHECKING:
            from .api.devices import get_device_queue as _operation
        else:
            _operation = _modules["api.devices.get_device_queue"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            dt_name,
            limit=limit,
            offset=offset,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_devices_v2(
        self,
        *,
        device_type: Sequence[str] | None | Unset = UNSET,
        availability: Sequence[str] | None | Unset = UNSET,
        public: bool | None | Unset = UNSET,
    ) -> DevicePage:
        """Get Devices

        Devices by type and availability.

        `GET /api/v2/devices` (list_devices_v2); path confirmed-docs.

        Args:
            availability: ACTIVE, INACTIVE or RETIRED
        """
        if TYPE_CHECKING:
            from .api.devices import list_devices_v2 as _operation
        else:
            _operation = _modules["api.devices.list_devices_v2"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            device_type=device_type,
            availability=availability,
            public=public,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_packages(
        self,
    ) -> PackageListResponse:
        """Get Packages

        `GET /api/v1/packages` (list_packages); path confirmed-docs.
        """
        if TYPE_CHECKING:
            from .api.packages import list_packages as _operation
        else:
            _operation = _modules["api.packages.list_packages"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_batch_full_results(
        self,
        batch_id: str,
    ) -> JobResultMapResponse:
        """Get Batch Full Results

        Results of all jobs of a batch in one answer.

        `GET /api/v1/batches/{batch_id}/full_results` (get_batch_full_results), deprecated; path confirmed-client.
        """
        if TYPE_CHECKING:
            from .api.batches import get_batch_full_results as _operation
        else:
            _operation = _modules["api.batches.get_batch_full_results"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_batch_results(
        self,
        batch_id: str,
    ) -> JobCounterMapResponse:
        """Get Batch Results

        Counts of all jobs of a batch in one answer.

        `GET /api/v1/batches/{batch_id}/results` (get_batch_results), deprecated; path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.batches import get_batch_results as _operation
        else:
            _operation = _modules["api.batches.get_batch_results"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_cudaq_job(
        self,
        *,
        body: CreateCudaqJobRequest,
    ) -> CudaqJobResponse:
        """Create CUDA-Q Job

        `POST /api/v1/cudaq/job` (create_cudaq_job); path confirmed-client.
        """
        if TYPE_CHECKING:
            from .api.cudaq import create_cudaq_job as _operation
        else:
            _operation = _modules["api.cudaq.create_cudaq_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_cudaq_job(
        self,
        job_id: str,
    ) -> CudaqJobResponse:
        """Get CUDA-Q Job

        `GET /api/v1/cudaq/job/{job_id}` (get_cudaq_job); path confirmed-client.
        """
        if TYPE_CHECKING:
            from .api.cudaq import get_cudaq_job as _operation
        else:
            _operation = _modules["api.cudaq.get_cudaq_job"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def create_ovh_batch(
        self,
        *,
        body: CreateOvhBatchRequest,
    ) -> BatchWithJobsResponse:
        """Create OVH Batch

        `POST /api/v1/third-party-access/ovh/batches` (create_ovh_batch); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.ovh import create_ovh_batch as _operation
        else:
            _operation = _modules["api.ovh.create_ovh_batch"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            body=body,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_ovh_batch(
        self,
        batch_id: str,
    ) -> BatchWithJobIdsResponse:
        """Get OVH Batch

        `GET /api/v1/third-party-access/ovh/batches/{batch_id}` (get_ovh_batch); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.ovh import get_ovh_batch as _operation
        else:
            _operation = _modules["api.ovh.get_ovh_batch"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_ovh_batch_status(
        self,
        batch_id: str,
    ) -> BatchStatusInfoResponse:
        """Get OVH Batch Status

        `GET /api/v1/third-party-access/ovh/batches/{batch_id}/status` (get_ovh_batch_status); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.ovh import get_ovh_batch_status as _operation
        else:
            _operation = _modules["api.ovh.get_ovh_batch_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            batch_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_ovh_jobs(
        self,
        *,
        order_by: str | None | Unset = UNSET,
        order_by_direction: SortDirection | str | None | Unset = UNSET,
        limit: int | None | Unset = UNSET,
        offset: int | None | Unset = UNSET,
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
    ) -> JobPage:
        """Get OVH Jobs

        `GET /api/v1/third-party-access/ovh/jobs` (list_ovh_jobs); path confirmed-SDK.

        Args:
            order_by_direction: An enumeration.
        """
        if TYPE_CHECKING:
            from .api.ovh import list_ovh_jobs as _operation
        else:
            _operation = _modules["api.ovh.list_ovh_jobs"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            order_by=order_by,
            order_by_direction=order_by_direction,
            limit=limit,
            offset=offset,
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
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_ovh_job_results_link(
        self,
        job_id: str,
    ) -> JobResultsLinkResponse:
        """Get OVH Job Results Link

        `GET /api/v1/third-party-access/ovh/jobs/{job_id}/results_link` (get_ovh_job_results_link); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.ovh import get_ovh_job_results_link as _operation
        else:
            _operation = _modules["api.ovh.get_ovh_job_results_link"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def get_ovh_job_status(
        self,
        job_id: str,
    ) -> JobStatusInfoResponse:
        """Get OVH Job Status

        `GET /api/v1/third-party-access/ovh/jobs/{job_id}/status` (get_ovh_job_status); path confirmed-SDK.
        """
        if TYPE_CHECKING:
            from .api.ovh import get_ovh_job_status as _operation
        else:
            _operation = _modules["api.ovh.get_ovh_job_status"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            job_id,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)

    async def list_projects(
        self,
        *,
        project_status: str | None | Unset = UNSET,
    ) -> ProjectListResponse:
        """Get Projects

        The projects of the user. This route is on the account API, not below core-fast.

        `GET /api/v1/projects` (list_projects); path confirmed-SDK.

        Args:
            project_status: ACTIVE, as the SDK sends it, or another status
        """
        if TYPE_CHECKING:
            from .api.projects import list_projects as _operation
        else:
            _operation = _modules["api.projects.list_projects"]
        _request = self._build(
            _operation.OPERATION,
            _operation.build_request,
            project_status=project_status,
        )
        return await self._call(_operation.OPERATION, _request, _operation.parse_response)
