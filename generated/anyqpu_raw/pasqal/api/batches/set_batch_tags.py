"""Set Batch Tags

Replaces all tags of a batch.

`PATCH /api/v1/batches/{batch_id}/tags` (set_batch_tags); path confirmed-SDK.
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
from ...models import batch_with_jobs_response as _batch_with_jobs_response, error_response as _error_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.batch_with_jobs_response import BatchWithJobsResponse
    from ...models.error_response import ErrorResponse

OPERATION = OPERATIONS["set_batch_tags"]


def build_request(
    batch_id: str,
    *,
    body: list[str],
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "PATCH",
        f"/api/v1/batches/{path_segment('batch_id', batch_id)}/tags",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_batch_with_jobs_response.BatchWithJobsResponse),
}


def parse_response(response: Response) -> BatchWithJobsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
