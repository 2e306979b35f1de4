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
    """The request; raises `ValueError` or `TypeError` on a parameter that cannot be sent."""
    return Request(
        "DELETE",
        f"/qaas/v1alpha1/jobs/{path_segment('job_id', job_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    204: EMPTY,
}


def parse_response(response: Response) -> None:
    """The result of a success; raises `ResponseError` for a status or a body that the document does not promise."""
    return read_response(OPERATION, response, _SUCCESS)  # type: ignore[no-any-return]
