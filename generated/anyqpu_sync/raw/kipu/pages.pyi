"""Types of the blocking classes of `anyqpu_raw.kipu.pages`. Written by scripts/sync."""

from collections.abc import Sequence
from datetime import datetime

from anyqpu_raw._values import Unset
from anyqpu_raw.kipu.models.backend import Backend
from anyqpu_raw.kipu.models.calibration_response import CalibrationResponse
from anyqpu_raw.kipu.models.job import Job
from anyqpu_raw.kipu.models.runtime_minutes_allowance import RuntimeMinutesAllowance
from anyqpu_raw.kipu.models.workload_response import WorkloadResponse
from anyqpu_sync.raw._pages import RawPager

class RawPages:
    """One method per list operation. It sends nothing yet and returns a pager of the items, as the cloud sends them."""
    def search_jobs(
        self,
        *,
        sort: Sequence[str] | None | Unset = ...,
        service_execution_id: str | None | Unset = ...,
        x_organization_id: str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[Job]:
        """List jobs

        Get quantum jobs with pagination.

        `GET /jobs` (searchJobs).

        Args:
            sort: Sorting criteria in the format: property,(asc|desc). Default sort order is ascending. Multiple
                sort criteria are supported.
            service_execution_id: Unique service execution identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        ...
    def get_workloads(
        self,
        *,
        sort: Sequence[str] | None | Unset = ...,
        type_: str | None | Unset = ...,
        status: Sequence[str] | None | Unset = ...,
        provider: Sequence[str] | None | Unset = ...,
        backend_id: Sequence[str] | None | Unset = ...,
        tag: Sequence[str] | None | Unset = ...,
        origin: str | None | Unset = ...,
        service_execution_id: str | None | Unset = ...,
        x_organization_id: str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[WorkloadResponse]:
        """List workloads

        Get quantum workloads (jobs and sessions) with pagination.

        `GET /workloads` (getWorkloads).

        Args:
            sort: Sorting criteria in the format: property,(asc|desc). Default sort order is ascending. Multiple
                sort criteria are supported.
            type_: JOB or SESSION.
            status: States of jobs and sessions; any of them.
            provider: Clouds through which backends are reached; any of them.
            backend_id: Identifiers of backends; any of them.
            tag: Tags; any of them.
            origin: STANDALONE for what you submitted yourself, SERVICE_EXECUTION for what runs of services did.
            service_execution_id: A run of a service.
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        ...
    def get_session_jobs(self, id: str, *, x_organization_id: str | None | Unset = ...) -> RawPager[Job]:
        """List session jobs

        Get all quantum jobs belonging to a session.

        `GET /sessions/{id}/jobs` (getSessionJobs).

        Args:
            id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        ...
    def get_service_execution_workloads(
        self,
        service_execution_id: str,
        *,
        sort: Sequence[str] | None | Unset = ...,
        x_organization_id: str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[WorkloadResponse]:
        """List service-execution workloads

        Get quantum workloads (jobs and sessions) running within a specific service execution with pagination.

        `GET /service-executions/{serviceExecutionId}/workloads` (getServiceExecutionWorkloads).

        Args:
            service_execution_id: Unique service execution identifier
            sort: Sorting criteria in the format: property,(asc|desc). Default sort order is ascending. Multiple
                sort criteria are supported.
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        ...
    def get_service_execution_session_jobs(
        self, service_execution_id: str, session_id: str, *, x_organization_id: str | None | Unset = ...
    ) -> RawPager[Job]:
        """List service-execution session jobs

        Get all jobs belonging to a quantum session running within a service execution.

        `GET /service-executions/{serviceExecutionId}/sessions/{sessionId}/jobs` (getServiceExecutionSessionJobs).

        Args:
            service_execution_id: Unique service execution identifier
            session_id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        ...
    def get_backends(
        self,
        *,
        provider: str | None | Unset = ...,
        only_planqk_sdk: bool | None | Unset = ...,
        x_organization_id: str | None | Unset = ...,
    ) -> RawPager[Backend]:
        """List backends (public)

        Get the list of backends based on the provided filters. This endpoint is publicly accessible;
        authenticated callers receive full operational details, unauthenticated callers receive a reduced view.

        `GET /backends` (getBackends).

        Args:
            provider: Filter backends by quantum hardware provider. Accepts one of: AZURE, AWS, IBM, QRYD,
                QUDORA, QUANDELA, IQM (case-insensitive; hyphens are normalized to underscores). Omit to return
                backends from all providers.
            only_planqk_sdk: When true, return only backends that are usable via the qhub-quantum SDK (excludes
                backends that require direct-only access). Defaults to false — all backends are returned.
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        ...
    def get_runtime_minutes(self, *, x_organization_id: str | None | Unset = ...) -> RawPager[RuntimeMinutesAllowance]:
        """List machine time that was paid in advance

        The provider is asked for it at each request; 502 where it does not answer.

        `GET /runtime-minutes` (getRuntimeMinutes).

        Args:
            x_organization_id: Organization that the request is made for; without it, your own account.
        """
        ...
    def get_backend_calibration_history(
        self,
        id: str,
        *,
        from_: datetime,
        to: datetime,
        sort: Sequence[str] | None | Unset = ...,
        x_organization_id: str | None | Unset = ...,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> RawPager[CalibrationResponse]:
        """List the calibrations of a backend in an interval

        Newest first. Both ends are included, so that intervals that touch share the calibration on their
        border. Simulators have none.

        `GET /backends/{id}/calibration-history` (getBackendCalibrationHistory).

        Args:
            id: Identifier of the backend.
            from_: Beginning of the interval, with a time zone.
            to: End of the interval, with a time zone.
            sort: Orders such as calibrated_at,asc.
            x_organization_id: Organization that the request is made for; without it, your own account.
        """
        ...
