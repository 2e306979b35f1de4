"""Get job information

Retrieve information about the provided **job ID**, mainly used to get the current status.

`GET /qaas/v1alpha1/jobs/{job_id}` (GetJob).

Args:
    job_id: Unique ID of the job you want to get.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    path_segment,
    read_response,
)
from ...models import job as _job
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.job import Job

OPERATION = OPERATIONS["get_job"]


def build_request(
    job_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/qaas/v1alpha1/jobs/{path_segment('job_id', job_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_job.Job),
}


def parse_response(response: Response) -> Job:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
