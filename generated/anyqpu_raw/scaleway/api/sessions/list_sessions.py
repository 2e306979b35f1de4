"""List all sessions

Retrieve information about all QPU sessions.

`GET /qaas/v1alpha1/sessions` (ListSessions).

Args:
    project_id: List sessions belonging to this project ID. (UUID format)
    platform_id: List sessions that have been created for this platform.
    tags: List sessions with these tags.
    page: Page number.
    page_size: Maximum number of sessions to return per page.
    order_by: Sort order of the returned sessions.
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
from ...models import list_sessions_response as _list_sessions_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.list_sessions_order_by import ListSessionsOrderBy
    from ...models.list_sessions_response import ListSessionsResponse

OPERATION = OPERATIONS["list_sessions"]


def build_request(
    *,
    project_id: str,
    platform_id: str | None | Unset = UNSET,
    tags: Sequence[str] | None | Unset = UNSET,
    page: int | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    order_by: ListSessionsOrderBy | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/qaas/v1alpha1/sessions",
        query=query_pairs(
            (
                ("platform_id", platform_id),
                ("tags", tags),
                ("page", page),
                ("page_size", page_size),
                ("order_by", order_by),
                ("project_id", project_id),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_sessions_response.ListSessionsResponse),
}


def parse_response(response: Response) -> ListSessionsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
