"""Get Batch Full Results

Results of all jobs of a batch in one answer.

`GET /api/v1/batches/{batch_id}/full_results` (get_batch_full_results), deprecated; path confirmed-client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    path_segment,
    read_error,
    read_response,
)
from ...models import error_response as _error_response, job_result_map_response as _job_result_map_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.job_result_map_response import JobResultMapResponse

OPERATION = OPERATIONS["get_batch_full_results"]


def build_request(
    batch_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/api/v1/batches/{path_segment('batch_id', batch_id)}/full_results",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_job_result_map_response.JobResultMapResponse),
}


def parse_response(response: Response) -> JobResultMapResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
