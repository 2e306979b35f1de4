"""List all processes

Retrieve information about all processes.

`GET /qaas/v1alpha1/processes` (ListProcesses).

Args:
    project_id: List processes belonging to this project ID. (UUID format)
    application_id: List processes that have been created for this application.
    tags: List processes with these tags.
    page: Page number.
    page_size: Maximum number of processes to return per page.
    order_by: Sort order of the returned processes.
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
from ...models import list_processes_response as _list_processes_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.list_processes_order_by import ListProcessesOrderBy
    from ...models.list_processes_response import ListProcessesResponse

OPERATION = OPERATIONS["list_processes"]


def build_request(
    *,
    project_id: str,
    application_id: str | None | Unset = UNSET,
    tags: Sequence[str] | None | Unset = UNSET,
    page: int | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    order_by: ListProcessesOrderBy | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/qaas/v1alpha1/processes",
        query=query_pairs(
            (
                ("application_id", application_id),
                ("tags", tags),
                ("page", page),
                ("page_size", page_size),
                ("order_by", order_by),
                ("project_id", project_id),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_processes_response.ListProcessesResponse),
}


def parse_response(response: Response) -> ListProcessesResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
