"""Cancel a job

Cancel the job corresponding to the provided **job ID**.

`POST /qaas/v1alpha1/jobs/{job_id}/cancel` (CancelJob).

Args:
    job_id: Unique ID of the job.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    json_content,
    path_segment,
    read_response,
)
from ...models import job as _job
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.job import Job

OPERATION = OPERATIONS["cancel_job"]


def build_request(
    job_id: str,
    *,
    body: dict[str, Any] | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        f"/qaas/v1alpha1/jobs/{path_segment('job_id', job_id)}/cancel",
        headers=({"Content-Type": "application/json"} if body is not UNSET else {}),
        content=json_content(body) if body is not UNSET else None,
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_job.Job),
}


def parse_response(response: Response) -> Job:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
