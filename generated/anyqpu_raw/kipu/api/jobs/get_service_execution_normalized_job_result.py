"""Get the result of a job of a service execution in the form that all backends share

As getNormalizedJobResult.

`GET /service-executions/{serviceExecutionId}/jobs/{jobId}/result/normalized` (getServiceExecutionNormalizedJobResult).

Args:
    service_execution_id: Identifier of the run of a service.
    job_id: Identifier of the job.
    x_organization_id: Organization that the request is made for; without it, your own account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    EMPTY,
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
from ...models import normalized_job_result as _normalized_job_result
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.normalized_job_result import NormalizedJobResult

OPERATION = OPERATIONS["get_service_execution_normalized_job_result"]


def build_request(
    service_execution_id: str,
    job_id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/service-executions/{path_segment('service_execution_id', service_execution_id)}/jobs/{path_segment('job_id', job_id)}/result/normalized",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_normalized_job_result.NormalizedJobResult),
    204: EMPTY,
}


def parse_response(response: Response) -> NormalizedJobResult | None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
