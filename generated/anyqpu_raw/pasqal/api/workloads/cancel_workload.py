"""Cancel Workload

Cancel workload by workload_id.
Args: workload (GetWorkloadByIdAndPerformAccessCheck): A dependency that fetches a workload based on the
provided workload_id, contingent upon the validation of the specified access_check. Returns: The requested
workload.
Raises: WorkloadNotFound(Http status code 404) if workload_id not found or the user is not member of the
workload's project. WorkloadWriteAccessRequired(http status code 403) if the the user if not the owner the
workload. WorkloadCancelInvalidStatus: The workload cannot be cancelled.

`PUT /api/v1/workloads/{workload_id}/cancel` (cancel_workload); path confirmed-SDK.
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
from ...models import error_response as _error_response, workload_with_result_response as _workload_with_result_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.workload_with_result_response import WorkloadWithResultResponse

OPERATION = OPERATIONS["cancel_workload"]


def build_request(
    workload_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "PUT",
        f"/api/v1/workloads/{path_segment('workload_id', workload_id)}/cancel",
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
