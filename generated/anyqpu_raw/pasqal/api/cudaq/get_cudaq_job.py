"""Get CUDA-Q Job

`GET /api/v1/cudaq/job/{job_id}` (get_cudaq_job); path confirmed-client.
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
from ...models import cudaq_job_response as _cudaq_job_response, error_response as _error_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.cudaq_job_response import CudaqJobResponse
    from ...models.error_response import ErrorResponse

OPERATION = OPERATIONS["get_cudaq_job"]


def build_request(
    job_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/api/v1/cudaq/job/{path_segment('job_id', job_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_cudaq_job_response.CudaqJobResponse),
}


def parse_response(response: Response) -> CudaqJobResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
