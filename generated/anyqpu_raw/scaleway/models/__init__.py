"""Models of Quantum as a Service API; each is imported when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .application import Application as Application
    from .application_type import ApplicationType as ApplicationType
    from .booking import Booking as Booking
    from .booking_status import BookingStatus as BookingStatus
    from .create_job_body import CreateJobBody as CreateJobBody
    from .create_job_body_circuit import CreateJobBodyCircuit as CreateJobBodyCircuit
    from .create_model_body import CreateModelBody as CreateModelBody
    from .create_process_body import CreateProcessBody as CreateProcessBody
    from .create_session_body import CreateSessionBody as CreateSessionBody
    from .create_session_body_booking_demand import CreateSessionBodyBookingDemand as CreateSessionBodyBookingDemand
    from .job import Job as Job
    from .job_circuit import JobCircuit as JobCircuit
    from .job_result import JobResult as JobResult
    from .job_status import JobStatus as JobStatus
    from .list_applications_application_type import ListApplicationsApplicationType as ListApplicationsApplicationType
    from .list_applications_order_by import ListApplicationsOrderBy as ListApplicationsOrderBy
    from .list_applications_response import ListApplicationsResponse as ListApplicationsResponse
    from .list_bookings_order_by import ListBookingsOrderBy as ListBookingsOrderBy
    from .list_bookings_response import ListBookingsResponse as ListBookingsResponse
    from .list_job_results_order_by import ListJobResultsOrderBy as ListJobResultsOrderBy
    from .list_job_results_response import ListJobResultsResponse as ListJobResultsResponse
    from .list_jobs_order_by import ListJobsOrderBy as ListJobsOrderBy
    from .list_jobs_response import ListJobsResponse as ListJobsResponse
    from .list_models_order_by import ListModelsOrderBy as ListModelsOrderBy
    from .list_models_response import ListModelsResponse as ListModelsResponse
    from .list_platforms_order_by import ListPlatformsOrderBy as ListPlatformsOrderBy
    from .list_platforms_platform_technology import ListPlatformsPlatformTechnology as ListPlatformsPlatformTechnology
    from .list_platforms_platform_type import ListPlatformsPlatformType as ListPlatformsPlatformType
    from .list_platforms_response import ListPlatformsResponse as ListPlatformsResponse
    from .list_process_results_order_by import ListProcessResultsOrderBy as ListProcessResultsOrderBy
    from .list_process_results_response import ListProcessResultsResponse as ListProcessResultsResponse
    from .list_processes_order_by import ListProcessesOrderBy as ListProcessesOrderBy
    from .list_processes_response import ListProcessesResponse as ListProcessesResponse
    from .list_session_acls_request_order_by import ListSessionAclsRequestOrderBy as ListSessionAclsRequestOrderBy
    from .list_session_acls_response import ListSessionAclsResponse as ListSessionAclsResponse
    from .list_sessions_order_by import ListSessionsOrderBy as ListSessionsOrderBy
    from .list_sessions_response import ListSessionsResponse as ListSessionsResponse
    from .model import Model as Model
    from .money import Money as Money
    from .platform import Platform as Platform
    from .platform_availability import PlatformAvailability as PlatformAvailability
    from .platform_booking_requirement_type_0 import PlatformBookingRequirementType0 as PlatformBookingRequirementType0
    from .platform_hardware_type_0 import PlatformHardwareType0 as PlatformHardwareType0
    from .platform_technology import PlatformTechnology as PlatformTechnology
    from .platform_type import PlatformType as PlatformType
    from .process import Process as Process
    from .process_result import ProcessResult as ProcessResult
    from .process_status import ProcessStatus as ProcessStatus
    from .session import Session as Session
    from .session_access import SessionAccess as SessionAccess
    from .session_origin_type import SessionOriginType as SessionOriginType
    from .session_status import SessionStatus as SessionStatus
    from .update_booking_body import UpdateBookingBody as UpdateBookingBody
    from .update_job_body import UpdateJobBody as UpdateJobBody
    from .update_process_body import UpdateProcessBody as UpdateProcessBody
    from .update_session_body import UpdateSessionBody as UpdateSessionBody

_MODULES = {
    "Application": ".application",
    "ApplicationType": ".application_type",
    "Booking": ".booking",
    "BookingStatus": ".booking_status",
    "CreateJobBody": ".create_job_body",
    "CreateJobBodyCircuit": ".create_job_body_circuit",
    "CreateModelBody": ".create_model_body",
    "CreateProcessBody": ".create_process_body",
    "CreateSessionBody": ".create_session_body",
    "CreateSessionBodyBookingDemand": ".create_session_body_booking_demand",
    "Job": ".job",
    "JobCircuit": ".job_circuit",
    "JobResult": ".job_result",
    "JobStatus": ".job_status",
    "ListApplicationsApplicationType": ".list_applications_application_type",
    "ListApplicationsOrderBy": ".list_applications_order_by",
    "ListApplicationsResponse": ".list_applications_response",
    "ListBookingsOrderBy": ".list_bookings_order_by",
    "ListBookingsResponse": ".list_bookings_response",
    "ListJobResultsOrderBy": ".list_job_results_order_by",
    "ListJobResultsResponse": ".list_job_results_response",
    "ListJobsOrderBy": ".list_jobs_order_by",
    "ListJobsResponse": ".list_jobs_response",
    "ListModelsOrderBy": ".list_models_order_by",
    "ListModelsResponse": ".list_models_response",
    "ListPlatformsOrderBy": ".list_platforms_order_by",
    "ListPlatformsPlatformTechnology": ".list_platforms_platform_technology",
    "ListPlatformsPlatformType": ".list_platforms_platform_type",
    "ListPlatformsResponse": ".list_platforms_response",
    "ListProcessResultsOrderBy": ".list_process_results_order_by",
    "ListProcessResultsResponse": ".list_process_results_response",
    "ListProcessesOrderBy": ".list_processes_order_by",
    "ListProcessesResponse": ".list_processes_response",
    "ListSessionAclsRequestOrderBy": ".list_session_acls_request_order_by",
    "ListSessionAclsResponse": ".list_session_acls_response",
    "ListSessionsOrderBy": ".list_sessions_order_by",
    "ListSessionsResponse": ".list_sessions_response",
    "Model": ".model",
    "Money": ".money",
    "Platform": ".platform",
    "PlatformAvailability": ".platform_availability",
    "PlatformBookingRequirementType0": ".platform_booking_requirement_type_0",
    "PlatformHardwareType0": ".platform_hardware_type_0",
    "PlatformTechnology": ".platform_technology",
    "PlatformType": ".platform_type",
    "Process": ".process",
    "ProcessResult": ".process_result",
    "ProcessStatus": ".process_status",
    "Session": ".session",
    "SessionAccess": ".session_access",
    "SessionOriginType": ".session_origin_type",
    "SessionStatus": ".session_status",
    "UpdateBookingBody": ".update_booking_body",
    "UpdateJobBody": ".update_job_body",
    "UpdateProcessBody": ".update_process_body",
    "UpdateSessionBody": ".update_session_body",
}

__all__ = [  # noqa: PLE0604
    "Application",
    "ApplicationType",
    "Booking",
    "BookingStatus",
    "CreateJobBody",
    "CreateJobBodyCircuit",
    "CreateModelBody",
    "CreateProcessBody",
    "CreateSessionBody",
    "CreateSessionBodyBookingDemand",
    "Job",
    "JobCircuit",
    "JobResult",
    "JobStatus",
    "ListApplicationsApplicationType",
    "ListApplicationsOrderBy",
    "ListApplicationsResponse",
    "ListBookingsOrderBy",
    "ListBookingsResponse",
    "ListJobResultsOrderBy",
    "ListJobResultsResponse",
    "ListJobsOrderBy",
    "ListJobsResponse",
    "ListModelsOrderBy",
    "ListModelsResponse",
    "ListPlatformsOrderBy",
    "ListPlatformsPlatformTechnology",
    "ListPlatformsPlatformType",
    "ListPlatformsResponse",
    "ListProcessesOrderBy",
    "ListProcessesResponse",
    "ListProcessResultsOrderBy",
    "ListProcessResultsResponse",
    "ListSessionAclsRequestOrderBy",
    "ListSessionAclsResponse",
    "ListSessionsOrderBy",
    "ListSessionsResponse",
    "Model",
    "Money",
    "Platform",
    "PlatformAvailability",
    "PlatformBookingRequirementType0",
    "PlatformHardwareType0",
    "PlatformTechnology",
    "PlatformType",
    "Process",
    "ProcessResult",
    "ProcessStatus",
    "Session",
    "SessionAccess",
    "SessionOriginType",
    "SessionStatus",
    "UpdateBookingBody",
    "UpdateJobBody",
    "UpdateProcessBody",
    "UpdateSessionBody",
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
