"""List all results of a job

Retrieve all intermediate and final results of a job.

`GET /qaas/v1alpha1/jobs/{job_id}/results` (ListJobResults).

Args:
    job_id: ID of the job.
    page: Page number.
    page_size: Maximum number of results to return per page.
    order_by: Sort order of the returned results.
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
    path_segment,
    query_pairs,
    read_response,
)
from ...models import list_job_results_response as _list_job_results_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.list_job_results_order_by import ListJobResultsOrderBy
    from ...models.list_job_results_response import ListJobResultsResponse

OPERATION = OPERATIONS["list_job_results"]


def build_request(
    job_id: str,
    *,
    page: int | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    order_by: ListJobResultsOrderBy | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/qaas/v1alpha1/jobs/{path_segment('job_id', job_id)}/results",
        query=query_pairs(
            (
                ("page", page),
                ("page_size", page_size),
                ("order_by", order_by),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_job_results_response.ListJobResultsResponse),
}


def parse_response(response: Response) -> ListJobResultsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
