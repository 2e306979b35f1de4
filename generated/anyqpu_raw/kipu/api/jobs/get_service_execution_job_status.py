"""Get service-execution job status

Get the status of a quantum job running within a service execution.

`GET /service-executions/{serviceExecutionId}/jobs/{jobId}/status` (getServiceExecutionJobStatus).

Args:
    service_execution_id: Unique service execution identifier
    job_id: Unique job identifier
    x_organization_id: Optional field identifying the organization to which the request belongs. If not
        provided, the request is performed in the context of the user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    header_values,
    path_segment,
    read_response,
)
from ...models import job_status_response as _job_status_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.job_status_response import JobStatusResponse

OPERATION = OPERATIONS["get_service_execution_job_status"]


def build_request(
    service_execution_id: str,
    job_id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/service-executions/{path_segment('service_execution_id', service_execution_id)}/jobs/{path_segment('job_id', job_id)}/status",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_job_status_response.JobStatusResponse),
}


def parse_response(response: Response) -> JobStatusResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
