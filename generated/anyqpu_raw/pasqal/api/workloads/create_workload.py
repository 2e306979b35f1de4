"""Create Workload

`POST /api/v1/workloads` (create_workload); path confirmed-SDK.
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
from ...models import error_response as _error_response, workload_with_result_response as _workload_with_result_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.create_workload_request import CreateWorkloadRequest
    from ...models.error_response import ErrorResponse
    from ...models.workload_with_result_response import WorkloadWithResultResponse

OPERATION = OPERATIONS["create_workload"]


def build_request(
    *,
    body: CreateWorkloadRequest,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/api/v1/workloads",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_workload_with_result_response.WorkloadWithResultResponse),
}


def parse_response(response: Response) -> WorkloadWithResultResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
