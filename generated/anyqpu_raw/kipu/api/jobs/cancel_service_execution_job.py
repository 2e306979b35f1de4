"""Cancel service-execution job

Cancel the execution of a quantum job running within a service execution.

`DELETE /service-executions/{serviceExecutionId}/jobs/{jobId}` (cancelServiceExecutionJob).

Args:
    service_execution_id: Unique service execution identifier
    job_id: Unique job identifier
    x_organization_id: Optional field identifying the organization to which the request belongs. If not
        provided, the request is performed in the context of the user.
"""

from __future__ import annotations

from ...._core import (
    EMPTY,
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    header_values,
    path_segment,
    read_response,
)
from ...operations import OPERATIONS

OPERATION = OPERATIONS["cancel_service_execution_job"]


def build_request(
    service_execution_id: str,
    job_id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "DELETE",
        f"/service-executions/{path_segment('service_execution_id', service_execution_id)}/jobs/{path_segment('job_id', job_id)}",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    204: EMPTY,
}


def parse_response(response: Response) -> None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
