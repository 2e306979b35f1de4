"""List service-execution workloads

Get quantum workloads (jobs and sessions) running within a specific service execution with pagination.

`GET /service-executions/{serviceExecutionId}/workloads` (getServiceExecutionWorkloads).

Args:
    service_execution_id: Unique service execution identifier
    page: Zero-based page index (0..N)
    size: The size of the page to be returned
    sort: Sorting criteria in the format: property,(asc|desc). Default sort order is ascending. Multiple sort
        criteria are supported.
    x_organization_id: Optional field identifying the organization to which the request belongs. If not
        provided, the request is performed in the context of the user.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    query_pairs,
    read_response,
)
from ...models import page_response_workload_response as _page_response_workload_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.page_response_workload_response import PageResponseWorkloadResponse

OPERATION = OPERATIONS["get_service_execution_workloads"]


def build_request(
    service_execution_id: str,
    *,
    page: int | None | Unset = UNSET,
    size: int | None | Unset = UNSET,
    sort: Sequence[str] | None | Unset = UNSET,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/service-executions/{path_segment('service_execution_id', service_execution_id)}/workloads",
        query=query_pairs(
            (
                ("page", page),
                ("size", size),
                ("sort", sort),
            )
        ),
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_page_response_workload_response.PageResponseWorkloadResponse),
}


def parse_response(response: Response) -> PageResponseWorkloadResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
