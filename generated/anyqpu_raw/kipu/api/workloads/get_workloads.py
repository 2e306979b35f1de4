"""List workloads

Get quantum workloads (jobs and sessions) with pagination.

`GET /workloads` (getWorkloads).

Args:
    page: Zero-based page index (0..N)
    size: The size of the page to be returned
    sort: Sorting criteria in the format: property,(asc|desc). Default sort order is ascending. Multiple sort
        criteria are supported.
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
    query_pairs,
    read_response,
)
from ...models import page_response_workload_response as _page_response_workload_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.page_response_workload_response import PageResponseWorkloadResponse

OPERATION = OPERATIONS["get_workloads"]


def build_request(
    *,
    page: int | None | Unset = UNSET,
    size: int | None | Unset = UNSET,
    sort: Sequence[str] | None | Unset = UNSET,
    type_: str | None | Unset = UNSET,
    status: Sequence[str] | None | Unset = UNSET,
    provider: Sequence[str] | None | Unset = UNSET,
    backend_id: Sequence[str] | None | Unset = UNSET,
    tag: Sequence[str] | None | Unset = UNSET,
    origin: str | None | Unset = UNSET,
    service_execution_id: str | None | Unset = UNSET,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/workloads",
        query=query_pairs(
            (
                ("page", page),
                ("size", size),
                ("sort", sort),
                ("type", type_),
                ("status", status),
                ("provider", provider),
                ("backendId", backend_id),
                ("tag", tag),
                ("origin", origin),
                ("serviceExecutionId", service_execution_id),
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
