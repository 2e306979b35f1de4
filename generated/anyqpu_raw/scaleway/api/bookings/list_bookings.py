"""List all bookings according the filter

Retrieve information about all bookings of the provided **project ID** or ** platform ID**.

`GET /qaas/v1alpha1/bookings` (ListBookings).

Args:
    project_id: List bookings belonging to this project ID. (UUID format)
    platform_id: List bookings attached to this platform ID.
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
    query_pairs,
    read_response,
)
from ...models import list_bookings_response as _list_bookings_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.list_bookings_order_by import ListBookingsOrderBy
    from ...models.list_bookings_response import ListBookingsResponse

OPERATION = OPERATIONS["list_bookings"]


def build_request(
    *,
    project_id: str | None | Unset = UNSET,
    platform_id: str | None | Unset = UNSET,
    page: int | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    order_by: ListBookingsOrderBy | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/qaas/v1alpha1/bookings",
        query=query_pairs(
            (
                ("project_id", project_id),
                ("platform_id", platform_id),
                ("page", page),
                ("page_size", page_size),
                ("order_by", order_by),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_bookings_response.ListBookingsResponse),
}


def parse_response(response: Response) -> ListBookingsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
