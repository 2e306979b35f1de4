"""Create Job

Adds one job to a batch; Add Jobs has replaced it.

`POST /api/v1/jobs` (create_job), deprecated; path confirmed-SDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    json_content,
    read_error,
    read_response,
)
from ...models import error_response as _error_response, job_with_result_response as _job_with_result_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.create_legacy_job_request import CreateLegacyJobRequest
    from ...models.error_response import ErrorResponse
    from ...models.job_with_result_response import JobWithResultResponse

OPERATION = OPERATIONS["create_job"]


def build_request(
    *,
    body: CreateLegacyJobRequest,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/api/v1/jobs",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_job_with_result_response.JobWithResultResponse),
}


def parse_response(response: Response) -> JobWithResultResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
