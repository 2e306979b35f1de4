"""Add Jobs

`POST /api/v1/batches/{batch_id}/jobs` (add_jobs_v1), deprecated; path confirmed-SDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    json_content,
    path_segment,
    read_error,
    read_response,
)
from ...models import (
    batch_with_job_results_response as _batch_with_job_results_response,
    error_response as _error_response,
)
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.batch_with_job_results_response import BatchWithJobResultsResponse
    from ...models.create_job_request import CreateJobRequest
    from ...models.error_response import ErrorResponse

OPERATION = OPERATIONS["add_jobs_v1"]


def build_request(
    batch_id: str,
    *,
    body: list[CreateJobRequest],
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        f"/api/v1/batches/{path_segment('batch_id', batch_id)}/jobs",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_batch_with_job_results_response.BatchWithJobResultsResponse),
}


def parse_response(response: Response) -> BatchWithJobResultsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
