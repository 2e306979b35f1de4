"""Create a job

Create a job to be executed inside a QPU session.

`POST /qaas/v1alpha1/jobs` (CreateJob).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    json_content,
    read_response,
)
from ...models import job as _job
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.create_job_body import CreateJobBody
    from ...models.job import Job

OPERATION = OPERATIONS["create_job"]


def build_request(
    *,
    body: CreateJobBody,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/qaas/v1alpha1/jobs",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_job.Job),
}


def parse_response(response: Response) -> Job:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
