"""Submit a quantum job

Submit a new quantum job for asynchronous execution on a quantum backend. A job can run standalone or, when
sessionId is provided, within an open session to share a priority slot on the backend. Execution is
asynchronous: the returned job starts non-terminal — poll getJobStatus until it reaches a terminal state
(COMPLETED, FAILED, CANCELLED, ABORTED), then retrieve measurement results via getJobResult.

`POST /jobs` (createJob).

Args:
    x_organization_id: Optional field identifying the organization to which the request belongs. If not
        provided, the request is performed in the context of the user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    header_values,
    json_content,
    read_response,
)
from ...models import job as _job
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.create_job_request import CreateJobRequest
    from ...models.job import Job

OPERATION = OPERATIONS["create_job"]


def build_request(
    *,
    body: CreateJobRequest,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/jobs",
        headers=header_values((("X-OrganizationId", x_organization_id),)) | {"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    201: expect_object(_job.Job),
}


def parse_response(response: Response) -> Job:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
