"""Delete a job

Delete the job corresponding to the provided **job ID**.

`DELETE /qaas/v1alpha1/jobs/{job_id}` (DeleteJob).

Args:
    job_id: Unique ID of the job.
"""

from __future__ import annotations

from ...._core import (
    EMPTY,
    Decoder,
    Request,
    Response,
    path_segment,
    read_response,
)
from ...operations import OPERATIONS

OPERATION = OPERATIONS["delete_job"]


def build_request(
    job_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "DELETE",
        f"/qaas/v1alpha1/jobs/{path_segment('job_id', job_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    204: EMPTY,
}


def parse_response(response: Response) -> None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
