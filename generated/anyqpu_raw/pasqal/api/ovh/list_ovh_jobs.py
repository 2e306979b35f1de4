"""Get OVH Jobs

`GET /api/v1/third-party-access/ovh/jobs` (list_ovh_jobs); path confirmed-SDK.

Args:
    order_by_direction: An enumeration.
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
from ...models import error_response as _error_response, job_page as _job_page
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.job_page import JobPage
    from ...models.job_status import JobStatus
    from ...models.sort_direction import SortDirection

OPERATION = OPERATIONS["list_ovh_jobs"]


def build_request(
    *,
    order_by: str | None | Unset = UNSET,
    order_by_direction: SortDirection | str | None | Unset = UNSET,
    limit: int | None | Unset = UNSET,
    offset: int | None | Unset = UNSET,
    id: Sequence[str] | None | Unset = UNSET,
    batch_id: Sequence[str] | None | Unset = UNSET,
    project_id: Sequence[str] | None | Unset = UNSET,
    user_id: Sequence[str] | None | Unset = UNSET,
    status: Sequence[JobStatus | str] | None | Unset = UNSET,
    min_runs: int | None | Unset = UNSET,
    max_runs: int | None | Unset = UNSET,
    errors: bool | None | Unset = UNSET,
    start_date: datetime | None | Unset = UNSET,
    end_date: datetime | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/api/v1/third-party-access/ovh/jobs",
        query=query_pairs(
            (
                ("order_by", order_by),
                ("order_by_direction", order_by_direction),
                ("limit", limit),
                ("offset", offset),
                ("id", id),
                ("batch_id", batch_id),
                ("project_id", project_id),
                ("user_id", user_id),
                ("status", status),
                ("min_runs", min_runs),
                ("max_runs", max_runs),
                ("errors", errors),
                ("start_date", start_date),
                ("end_date", end_date),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_job_page.JobPage),
}


def parse_response(response: Response) -> JobPage:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
