"""Get booking information

Retrieve information about the provided **booking ID**, such as description, status and progress message.

`GET /qaas/v1alpha1/bookings/{booking_id}` (GetBooking).

Args:
    booking_id: Unique ID of the booking.
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
from ...models import booking as _booking
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.booking import Booking

OPERATION = OPERATIONS["get_booking"]


def build_request(
    booking_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/qaas/v1alpha1/bookings/{path_segment('booking_id', booking_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_booking.Booking),
}


def parse_response(response: Response) -> Booking:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
