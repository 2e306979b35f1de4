"""Get OVH Job Status

`GET /api/v1/third-party-access/ovh/jobs/{job_id}/status` (get_ovh_job_status); path confirmed-SDK.
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
from ...models import error_response as _error_response, job_status_info_response as _job_status_info_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.job_status_info_response import JobStatusInfoResponse

OPERATION = OPERATIONS["get_ovh_job_status"]


def build_request(
    job_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/api/v1/third-party-access/ovh/jobs/{path_segment('job_id', job_id)}/status",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_job_status_info_response.JobStatusInfoResponse),
}


def parse_response(response: Response) -> JobStatusInfoResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
