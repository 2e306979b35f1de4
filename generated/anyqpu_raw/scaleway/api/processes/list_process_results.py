"""List all results of a process

Retrieve all intermediate and final result of a process.

`GET /qaas/v1alpha1/processes/{process_id}/results` (ListProcessResults).

Args:
    process_id: ID of the process.
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
from ...models import list_process_results_response as _list_process_results_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.list_process_results_order_by import ListProcessResultsOrderBy
    from ...models.list_process_results_response import ListProcessResultsResponse

OPERATION = OPERATIONS["list_process_results"]


def build_request(
    process_id: str,
    *,
    page: int | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    order_by: ListProcessResultsOrderBy | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/qaas/v1alpha1/processes/{path_segment('process_id', process_id)}/results",
        query=query_pairs(
            (
                ("page", page),
                ("page_size", page_size),
                ("order_by", order_by),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_process_results_response.ListProcessResultsResponse),
}


def parse_response(response: Response) -> ListProcessResultsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
