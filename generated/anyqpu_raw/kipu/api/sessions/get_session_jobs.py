"""List session jobs

Get all quantum jobs belonging to a session.

`GET /sessions/{id}/jobs` (getSessionJobs).

Args:
    id: Unique session identifier
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
    decode_model,
    expect_list,
    header_values,
    path_segment,
    read_response,
)
from ...models import job as _job
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.job import Job

OPERATION = OPERATIONS["get_session_jobs"]


def build_request(
    id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/sessions/{path_segment('id', id)}/jobs",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_list(lambda item: decode_model(item, _job.Job), or_page=True),
}


def parse_response(response: Response) -> list[Job]:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
