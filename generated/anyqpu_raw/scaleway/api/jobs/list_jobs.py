"""List all jobs within a project or session

Retrieve information about all jobs within a given session.

`GET /qaas/v1alpha1/jobs` (ListJobs).

Args:
    tags: List jobs with these tags.
    page: Page number.
    page_size: Maximum number of jobs to return per page.
    order_by: Sort order of the returned jobs.
    session_id: List jobs of this session. Give this or project_id, not both.
    project_id: List jobs of this Project. Give this or session_id, not both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    query_pairs,
    read_response,
)
from ...models import list_jobs_response as _list_jobs_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.list_jobs_order_by import ListJobsOrderBy
    from ...models.list_jobs_response import ListJobsResponse

OPERATION = OPERATIONS["list_jobs"]


def build_request(
    *,
    tags: Sequence[str] | None | Unset = UNSET,
    page: int | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    order_by: ListJobsOrderBy | str | None | Unset = UNSET,
    session_id: str | None | Unset = UNSET,
    project_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/qaas/v1alpha1/jobs",
        query=query_pairs(
            (
                ("tags", tags),
                ("page", page),
                ("page_size", page_size),
                ("order_by", order_by),
                ("session_id", session_id),
                ("project_id", project_id),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_jobs_response.ListJobsResponse),
}


def parse_response(response: Response) -> ListJobsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
