"""Get Workloads

Get list of workloads matching a set of optional filters.
Args: user: the data of the user requesting the workloads ordering_params: ordering params for the list results
paginated_params: pagination params for the list results filter_params: the filter params for the list results
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

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    query_pairs,
    read_error,
    read_response,
)
from ...models import error_response as _error_response, workload_page as _workload_page
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.job_status import JobStatus
    from ...models.sort_direction import SortDirection
    from ...models.workload_page import WorkloadPage

OPERATION = OPERATIONS["list_workloads"]


def build_request(
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
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/api/v2/workloads",
        query=query_pairs(
            (
                ("order_by", order_by),
                ("order_by_direction", order_by_direction),
                ("limit", limit),
                ("offset", offset),
                ("id", id),
                ("id__starts_with", id_starts_with),
                ("project_id", project_id),
                ("status", status),
                ("start_date", start_date),
                ("end_date", end_date),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_workload_page.WorkloadPage),
}


def parse_response(response: Response) -> WorkloadPage:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
