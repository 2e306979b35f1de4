"""Models of public_apis.core_fast.main; each is imported when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .backend_name import BackendName as BackendName
    from .batch import Batch as Batch
    from .batch_cancellation import BatchCancellation as BatchCancellation
    from .batch_cancellation_response import BatchCancellationResponse as BatchCancellationResponse
    from .batch_response import BatchResponse as BatchResponse
    from .batch_results_links import BatchResultsLinks as BatchResultsLinks
    from .batch_results_links_response import BatchResultsLinksResponse as BatchResultsLinksResponse
    from .batch_status import BatchStatus as BatchStatus
    from .batch_status_info import BatchStatusInfo as BatchStatusInfo
    from .batch_status_info_response import BatchStatusInfoResponse as BatchStatusInfoResponse
    from .batch_summary import BatchSummary as BatchSummary
    from .batch_summary_page import BatchSummaryPage as BatchSummaryPage
    from .batch_with_job_ids import BatchWithJobIds as BatchWithJobIds
    from .batch_with_job_ids_response import BatchWithJobIdsResponse as BatchWithJobIdsResponse
    from .batch_with_job_results import BatchWithJobResults as BatchWithJobResults
    from .batch_with_job_results_response import BatchWithJobResultsResponse as BatchWithJobResultsResponse
    from .batch_with_jobs import BatchWithJobs as BatchWithJobs
    from .batch_with_jobs_response import BatchWithJobsResponse as BatchWithJobsResponse
    from .cancel_batches_request import CancelBatchesRequest as CancelBatchesRequest
    from .create_batch_request import CreateBatchRequest as CreateBatchRequest
    from .create_cudaq_job_request import CreateCudaqJobRequest as CreateCudaqJobRequest
    from .create_device_request import CreateDeviceRequest as CreateDeviceRequest
    from .create_job_request import CreateJobRequest as CreateJobRequest
    from .create_legacy_job_request import CreateLegacyJobRequest as CreateLegacyJobRequest
    from .create_ovh_batch_request import CreateOvhBatchRequest as CreateOvhBatchRequest
    from .create_use_case_request import CreateUseCaseRequest as CreateUseCaseRequest
    from .create_workload_request import CreateWorkloadRequest as CreateWorkloadRequest
    from .cudaq_job import CudaqJob as CudaqJob
    from .cudaq_job_response import CudaqJobResponse as CudaqJobResponse
    from .device import Device as Device
    from .device_page import DevicePage as DevicePage
    from .device_queue_size import DeviceQueueSize as DeviceQueueSize
    from .device_queue_sizes import DeviceQueueSizes as DeviceQueueSizes
    from .device_queue_sizes_response import DeviceQueueSizesResponse as DeviceQueueSizesResponse
    from .device_response import DeviceResponse as DeviceResponse
    from .device_specs import DeviceSpecs as DeviceSpecs
    from .device_specs_list_response import DeviceSpecsListResponse as DeviceSpecsListResponse
    from .device_specs_map_response import DeviceSpecsMapResponse as DeviceSpecsMapResponse
    from .device_specs_response import DeviceSpecsResponse as DeviceSpecsResponse
    from .device_status import DeviceStatus as DeviceStatus
    from .device_status_update import DeviceStatusUpdate as DeviceStatusUpdate
    from .device_type_name import DeviceTypeName as DeviceTypeName
    from .error_response import ErrorResponse as ErrorResponse
    from .job import Job as Job
    from .job_cancellation import JobCancellation as JobCancellation
    from .job_cancellation_response import JobCancellationResponse as JobCancellationResponse
    from .job_counter_map_response import JobCounterMapResponse as JobCounterMapResponse
    from .job_frequency import JobFrequency as JobFrequency
    from .job_frequency_count import JobFrequencyCount as JobFrequencyCount
    from .job_frequency_response import JobFrequencyResponse as JobFrequencyResponse
    from .job_origin import JobOrigin as JobOrigin
    from .job_page import JobPage as JobPage
    from .job_response import JobResponse as JobResponse
    from .job_result import JobResult as JobResult
    from .job_result_map_response import JobResultMapResponse as JobResultMapResponse
    from .job_results_link import JobResultsLink as JobResultsLink
    from .job_results_link_response import JobResultsLinkResponse as JobResultsLinkResponse
    from .job_status import JobStatus as JobStatus
    from .job_status_info import JobStatusInfo as JobStatusInfo
    from .job_status_info_response import JobStatusInfoResponse as JobStatusInfoResponse
    from .job_with_logs import JobWithLogs as JobWithLogs
    from .job_with_logs_response import JobWithLogsResponse as JobWithLogsResponse
    from .job_with_result import JobWithResult as JobWithResult
    from .job_with_result_page import JobWithResultPage as JobWithResultPage
    from .job_with_result_response import JobWithResultResponse as JobWithResultResponse
    from .learner import Learner as Learner
    from .learner_page import LearnerPage as LearnerPage
    from .learner_progress import LearnerProgress as LearnerProgress
    from .legacy_batch import LegacyBatch as LegacyBatch
    from .legacy_batch_response import LegacyBatchResponse as LegacyBatchResponse
    from .legacy_job import LegacyJob as LegacyJob
    from .legacy_job_cancellation import LegacyJobCancellation as LegacyJobCancellation
    from .legacy_job_cancellation_response import LegacyJobCancellationResponse as LegacyJobCancellationResponse
    from .legacy_job_response import LegacyJobResponse as LegacyJobResponse
    from .package import Package as Package
    from .package_list_response import PackageListResponse as PackageListResponse
    from .pagination import Pagination as Pagination
    from .patch_job_request import PatchJobRequest as PatchJobRequest
    from .post_workload_result_request import PostWorkloadResultRequest as PostWorkloadResultRequest
    from .project import Project as Project
    from .project_activity import ProjectActivity as ProjectActivity
    from .project_activity_list_response import ProjectActivityListResponse as ProjectActivityListResponse
    from .project_contact import ProjectContact as ProjectContact
    from .project_list_response import ProjectListResponse as ProjectListResponse
    from .project_package import ProjectPackage as ProjectPackage
    from .query_results import QueryResults as QueryResults
    from .queue_priority import QueuePriority as QueuePriority
    from .queued_batch_page import QueuedBatchPage as QueuedBatchPage
    from .quiz_request import QuizRequest as QuizRequest
    from .report_errors_request import ReportErrorsRequest as ReportErrorsRequest
    from .results_type import ResultsType as ResultsType
    from .set_batch_status_request import SetBatchStatusRequest as SetBatchStatusRequest
    from .set_device_status_request import SetDeviceStatusRequest as SetDeviceStatusRequest
    from .set_job_status_request import SetJobStatusRequest as SetJobStatusRequest
    from .set_workload_status_request import SetWorkloadStatusRequest as SetWorkloadStatusRequest
    from .sort_direction import SortDirection as SortDirection
    from .update_device_specs_request import UpdateDeviceSpecsRequest as UpdateDeviceSpecsRequest
    from .update_devices_status_request import UpdateDevicesStatusRequest as UpdateDevicesStatusRequest
    from .update_learner_progress_request import UpdateLearnerProgressRequest as UpdateLearnerProgressRequest
    from .update_use_case_request import UpdateUseCaseRequest as UpdateUseCaseRequest
    from .use_case import UseCase as UseCase
    from .use_case_page import UseCasePage as UseCasePage
    from .validation_status import ValidationStatus as ValidationStatus
    from .workload import Workload as Workload
    from .workload_page import WorkloadPage as WorkloadPage
    from .workload_type import WorkloadType as WorkloadType
    from .workload_with_result import WorkloadWithResult as WorkloadWithResult
    from .workload_with_result_link import WorkloadWithResultLink as WorkloadWithResultLink
    from .workload_with_result_link_response import WorkloadWithResultLinkResponse as WorkloadWithResultLinkResponse
    from .workload_with_result_response import WorkloadWithResultResponse as WorkloadWithResultResponse

_MODULES = {
    "BackendName": ".backend_name",
    "Batch": ".batch",
    "BatchCancellation": ".batch_cancellation",
    "BatchCancellationResponse": ".batch_cancellation_response",
    "BatchResponse": ".batch_response",
    "BatchResultsLinks": ".batch_results_links",
    "BatchResultsLinksResponse": ".batch_results_links_response",
    "BatchStatus": ".batch_status",
    "BatchStatusInfo": ".batch_status_info",
    "BatchStatusInfoResponse": ".batch_status_info_response",
    "BatchSummary": ".batch_summary",
    "BatchSummaryPage": ".batch_summary_page",
    "BatchWithJobIds": ".batch_with_job_ids",
    "BatchWithJobIdsResponse": ".batch_with_job_ids_response",
    "BatchWithJobResults": ".batch_with_job_results",
    "BatchWithJobResultsResponse": ".batch_with_job_results_response",
    "BatchWithJobs": ".batch_with_jobs",
    "BatchWithJobsResponse": ".batch_with_jobs_response",
    "CancelBatchesRequest": ".cancel_batches_request",
    "CreateBatchRequest": ".create_batch_request",
    "CreateCudaqJobRequest": ".create_cudaq_job_request",
    "CreateDeviceRequest": ".create_device_request",
    "CreateJobRequest": ".create_job_request",
    "CreateLegacyJobRequest": ".create_legacy_job_request",
    "CreateOvhBatchRequest": ".create_ovh_batch_request",
    "CreateUseCaseRequest": ".create_use_case_request",
    "CreateWorkloadRequest": ".create_workload_request",
    "CudaqJob": ".cudaq_job",
    "CudaqJobResponse": ".cudaq_job_response",
    "Device": ".device",
    "DevicePage": ".device_page",
    "DeviceQueueSize": ".device_queue_size",
    "DeviceQueueSizes": ".device_queue_sizes",
    "DeviceQueueSizesResponse": ".device_queue_sizes_response",
    "DeviceResponse": ".device_response",
    "DeviceSpecs": ".device_specs",
    "DeviceSpecsListResponse": ".device_specs_list_response",
    "DeviceSpecsMapResponse": ".device_specs_map_response",
    "DeviceSpecsResponse": ".device_specs_response",
    "DeviceStatus": ".device_status",
    "DeviceStatusUpdate": ".device_status_update",
    "DeviceTypeName": ".device_type_name",
    "ErrorResponse": ".error_response",
    "Job": ".job",
    "JobCancellation": ".job_cancellation",
    "JobCancellationResponse": ".job_cancellation_response",
    "JobCounterMapResponse": ".job_counter_map_response",
    "JobFrequency": ".job_frequency",
    "JobFrequencyCount": ".job_frequency_count",
    "JobFrequencyResponse": ".job_frequency_response",
    "JobOrigin": ".job_origin",
    "JobPage": ".job_page",
    "JobResponse": ".job_response",
    "JobResult": ".job_result",
    "JobResultMapResponse": ".job_result_map_response",
    "JobResultsLink": ".job_results_link",
    "JobResultsLinkResponse": ".job_results_link_response",
    "JobStatus": ".job_status",
    "JobStatusInfo": ".job_status_info",
    "JobStatusInfoResponse": ".job_status_info_response",
    "JobWithLogs": ".job_with_logs",
    "JobWithLogsResponse": ".job_with_logs_response",
    "JobWithResult": ".job_with_result",
    "JobWithResultPage": ".job_with_result_page",
    "JobWithResultResponse": ".job_with_result_response",
    "Learner": ".learner",
    "LearnerPage": ".learner_page",
    "LearnerProgress": ".learner_progress",
    "LegacyBatch": ".legacy_batch",
    "LegacyBatchResponse": ".legacy_batch_response",
    "LegacyJob": ".legacy_job",
    "LegacyJobCancellation": ".legacy_job_cancellation",
    "LegacyJobCancellationResponse": ".legacy_job_cancellation_response",
    "LegacyJobResponse": ".legacy_job_response",
    "Package": ".package",
    "PackageListResponse": ".package_list_response",
    "Pagination": ".pagination",
    "PatchJobRequest": ".patch_job_request",
    "PostWorkloadResultRequest": ".post_workload_result_request",
    "Project": ".project",
    "ProjectActivity": ".project_activity",
    "ProjectActivityListResponse": ".project_activity_list_response",
    "ProjectContact": ".project_contact",
    "ProjectListResponse": ".project_list_response",
    "ProjectPackage": ".project_package",
    "QueryResults": ".query_results",
    "QueuePriority": ".queue_priority",
    "QueuedBatchPage": ".queued_batch_page",
    "QuizRequest": ".quiz_request",
    "ReportErrorsRequest": ".report_errors_request",
    "ResultsType": ".results_type",
    "SetBatchStatusRequest": ".set_batch_status_request",
    "SetDeviceStatusRequest": ".set_device_status_request",
    "SetJobStatusRequest": ".set_job_status_request",
    "SetWorkloadStatusRequest": ".set_workload_status_request",
    "SortDirection": ".sort_direction",
    "UpdateDeviceSpecsRequest": ".update_device_specs_request",
    "UpdateDevicesStatusRequest": ".update_devices_status_request",
    "UpdateLearnerProgressRequest": ".update_learner_progress_request",
    "UpdateUseCaseRequest": ".update_use_case_request",
    "UseCase": ".use_case",
    "UseCasePage": ".use_case_page",
    "ValidationStatus": ".validation_status",
    "Workload": ".workload",
    "WorkloadPage": ".workload_page",
    "WorkloadType": ".workload_type",
    "WorkloadWithResult": ".workload_with_result",
    "WorkloadWithResultLink": ".workload_with_result_link",
    "WorkloadWithResultLinkResponse": ".workload_with_result_link_response",
    "WorkloadWithResultResponse": ".workload_with_result_response",
}

__all__ = [  # noqa: PLE0604
    "BackendName",
    "Batch",
    "BatchCancellation",
    "BatchCancellationResponse",
    "BatchResponse",
    "BatchResultsLinks",
    "BatchResultsLinksResponse",
    "BatchStatus",
    "BatchStatusInfo",
    "BatchStatusInfoResponse",
    "BatchSummary",
    "BatchSummaryPage",
    "BatchWithJobIds",
    "BatchWithJobIdsResponse",
    "BatchWithJobResults",
    "BatchWithJobResultsResponse",
    "BatchWithJobs",
    "BatchWithJobsResponse",
    "CancelBatchesRequest",
    "CreateBatchRequest",
    "CreateCudaqJobRequest",
    "CreateDeviceRequest",
    "CreateJobRequest",
    "CreateLegacyJobRequest",
    "CreateOvhBatchRequest",
    "CreateUseCaseRequest",
    "CreateWorkloadRequest",
    "CudaqJob",
    "CudaqJobResponse",
    "Device",
    "DevicePage",
    "DeviceQueueSize",
    "DeviceQueueSizes",
    "DeviceQueueSizesResponse",
    "DeviceResponse",
    "DeviceSpecs",
    "DeviceSpecsListResponse",
    "DeviceSpecsMapResponse",
    "DeviceSpecsResponse",
    "DeviceStatus",
    "DeviceStatusUpdate",
    "DeviceTypeName",
    "ErrorResponse",
    "Job",
    "JobCancellation",
    "JobCancellationResponse",
    "JobCounterMapResponse",
    "JobFrequency",
    "JobFrequencyCount",
    "JobFrequencyResponse",
    "JobOrigin",
    "JobPage",
    "JobResponse",
    "JobResult",
    "JobResultMapResponse",
    "JobResultsLink",
    "JobResultsLinkResponse",
    "JobStatus",
    "JobStatusInfo",
    "JobStatusInfoResponse",
    "JobWithLogs",
    "JobWithLogsResponse",
    "JobWithResult",
    "JobWithResultPage",
    "JobWithResultResponse",
    "Learner",
    "LearnerPage",
    "LearnerProgress",
    "LegacyBatch",
    "LegacyBatchResponse",
    "LegacyJob",
    "LegacyJobCancellation",
    "LegacyJobCancellationResponse",
    "LegacyJobResponse",
    "Package",
    "PackageListResponse",
    "Pagination",
    "PatchJobRequest",
    "PostWorkloadResultRequest",
    "Project",
    "ProjectActivity",
    "ProjectActivityListResponse",
    "ProjectContact",
    "ProjectListResponse",
    "ProjectPackage",
    "QueryResults",
    "QueuedBatchPage",
    "QueuePriority",
    "QuizRequest",
    "ReportErrorsRequest",
    "ResultsType",
    "SetBatchStatusRequest",
    "SetDeviceStatusRequest",
    "SetJobStatusRequest",
    "SetWorkloadStatusRequest",
    "SortDirection",
    "UpdateDeviceSpecsRequest",
    "UpdateDevicesStatusRequest",
    "UpdateLearnerProgressRequest",
    "UpdateUseCaseRequest",
    "UseCase",
    "UseCasePage",
    "ValidationStatus",
    "Workload",
    "WorkloadPage",
    "WorkloadType",
    "WorkloadWithResult",
    "WorkloadWithResultLink",
    "WorkloadWithResultLinkResponse",
    "WorkloadWithResultResponse",
]


# Type checkers would take any name for a model.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES[name], __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULES])
