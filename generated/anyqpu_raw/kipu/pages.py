"""The list operations of Hub Quantum Workload API: how each is divided into pages, and a pager of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from .._core import UNSET, Unset
from .._pages import PagerFactory, Pages, RawPager
from .operations import OPERATIONS

if TYPE_CHECKING:
    from .client import RawClient
    from .models.backend import Backend
    from .models.calibration_response import CalibrationResponse
    from .models.job import Job
    from .models.page_response_calibration_response import PageResponseCalibrationResponse
    from .models.page_response_job import PageResponseJob
    from .models.page_response_workload_response import PageResponseWorkloadResponse
    from .models.runtime_minutes_allowance import RuntimeMinutesAllowance
    from .models.runtime_minutes_response import RuntimeMinutesResponse
    from .models.workload_response import WorkloadResponse

SEARCH_JOBS: Final[Pages[PageResponseJob, Job]] = Pages(
    api="kipu",
    operation=OPERATIONS["search_jobs"],
    style="numbered",
    position="page",
    size="size",
    default_size=50,
    items=("content",),
    pages=("total_pages",),
    total=("total_elements",),
    identity=("id",),
)
GET_WORKLOADS: Final[Pages[PageResponseWorkloadResponse, WorkloadResponse]] = Pages(
    api="kipu",
    operation=OPERATIONS["get_workloads"],
    style="numbered",
    position="page",
    size="size",
    default_size=50,
    items=("content",),
    pages=("total_pages",),
    total=("total_elements",),
    identity=("id",),
)
GET_SESSION_JOBS: Final[Pages[list[Job], Job]] = Pages(
    api="kipu",
    operation=OPERATIONS["get_session_jobs"],
    style="single",
    identity=("id",),
)
GET_SERVICE_EXECUTION_WORKLOADS: Final[Pages[PageResponseWorkloadResponse, WorkloadResponse]] = Pages(
    api="kipu",
    operation=OPERATIONS["get_service_execution_workloads"],
    style="numbered",
    position="page",
    size="size",
    default_size=50,
    items=("content",),
    pages=("total_pages",),
    total=("total_elements",),
    identity=("id",),
)
GET_SERVICE_EXECUTION_SESSION_JOBS: Final[Pages[list[Job], Job]] = Pages(
    api="kipu",
    operation=OPERATIONS["get_service_execution_session_jobs"],
    style="single",
    identity=("id",),
)
GET_BACKENDS: Final[Pages[list[Backend], Backend]] = Pages(
    api="kipu",
    operation=OPERATIONS["get_backends"],
    style="single",
    identity=("id",),
)
GET_RUNTIME_MINUTES: Final[Pages[RuntimeMinutesResponse, RuntimeMinutesAllowance]] = Pages(
    api="kipu",
    operation=OPERATIONS["get_runtime_minutes"],
    style="single",
    items=("allowances",),
    identity=("id",),
)
GET_BACKEND_CALIBRATION_HISTORY: Final[Pages[PageResponseCalibrationResponse, CalibrationResponse]] = Pages(
    api="kipu",
    operation=OPERATIONS["get_backend_calibration_history"],
    style="numbered",
    position="page",
    size="size",
    default_size=50,
    items=("content",),
    pages=("total_pages",),
    total=("total_elements",),
    identity=("calibrated_at",),
)


class RawPages:
    """One method per list operation. It sends nothing yet and returns a pager of the items, as the cloud sends them."""

    __slots__ = ("_pager", "_raw")

    def __init__(self, raw: RawClient, pager: PagerFactory) -> None:
        self._raw = raw
        self._pager = pager

    def search_jobs(
        self,
        *,
        sort: Sequence[str] | None | Unset = UNSET,
        service_execution_id: str | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.search_jobs,
            sort=sort,
            service_execution_id=service_execution_id,
            x_organization_id=x_organization_id,
        )
        return self._pager(fetch, SEARCH_JOBS, page_size=page_size, resume_token=resume_token)

    def get_workloads(
        self,
        *,
        sort: Sequence[str] | None | Unset = UNSET,
        type_: str | None | Unset = UNSET,
        status: Sequence[str] | None | Unset = UNSET,
        provider: Sequence[str] | None | Unset = UNSET,
        backend_id: Sequence[str] | None | Unset = UNSET,
        tag: Sequence[str] | None | Unset = UNSET,
        origin: str | None | Unset = UNSET,
        service_execution_id: str | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.get_workloads,
            sort=sort,
            type_=type_,
            status=status,
            provider=provider,
            backend_id=backend_id,
            tag=tag,
            origin=origin,
            service_execution_id=service_execution_id,
            x_organization_id=x_organization_id,
        )
        return self._pager(fetch, GET_WORKLOADS, page_size=page_size, resume_token=resume_token)

    def get_session_jobs(
        self,
        id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> RawPager[Job]:
        """List session jobs

        Get all quantum jobs belonging to a session.

        `GET /sessions/{id}/jobs` (getSessionJobs).

        Args:
            id: Unique session identifier
            x_organization_id: Optional field identifying the organization to which the request belongs. If not
                provided, the request is performed in the context of the user.
        """
        fetch = partial(
            self._raw.get_session_jobs,
            id,
            x_organization_id=x_organization_id,
        )
        return self._pager(fetch, GET_SESSION_JOBS)

    def get_service_execution_workloads(
        self,
        service_execution_id: str,
        *,
        sort: Sequence[str] | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.get_service_execution_workloads,
            service_execution_id,
            sort=sort,
            x_organization_id=x_organization_id,
        )
        return self._pager(fetch, GET_SERVICE_EXECUTION_WORKLOADS, page_size=page_size, resume_token=resume_token)

    def get_service_execution_session_jobs(
        self,
        service_execution_id: str,
        session_id: str,
        *,
        x_organization_id: str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.get_service_execution_session_jobs,
            service_execution_id,
            session_id,
            x_organization_id=x_organization_id,
        )
        return self._pager(fetch, GET_SERVICE_EXECUTION_SESSION_JOBS)

    def get_backends(
        self,
        *,
        provider: str | None | Unset = UNSET,
        only_planqk_sdk: bool | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.get_backends,
            provider=provider,
            only_planqk_sdk=only_planqk_sdk,
            x_organization_id=x_organization_id,
        )
        return self._pager(fetch, GET_BACKENDS)

    def get_runtime_minutes(
        self,
        *,
        x_organization_id: str | None | Unset = UNSET,
    ) -> RawPager[RuntimeMinutesAllowance]:
        """List machine time that was paid in advance

        The provider is asked for it at each request; 502 where it does not answer.

        `GET /runtime-minutes` (getRuntimeMinutes).

        Args:
            x_organization_id: Organization that the request is made for; without it, your own account.
        """
        fetch = partial(
            self._raw.get_runtime_minutes,
            x_organization_id=x_organization_id,
        )
        return self._pager(fetch, GET_RUNTIME_MINUTES)

    def get_backend_calibration_history(
        self,
        id: str,
        *,
        from_: datetime,
        to: datetime,
        sort: Sequence[str] | None | Unset = UNSET,
        x_organization_id: str | None | Unset = UNSET,
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
        fetch = partial(
            self._raw.get_backend_calibration_history,
            id,
            from_=from_,
            to=to,
            sort=sort,
            x_organization_id=x_organization_id,
        )
        return self._pager(fetch, GET_BACKEND_CALIBRATION_HISTORY, page_size=page_size, resume_token=resume_token)
