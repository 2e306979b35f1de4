"""Update booking information

Update booking information of the provided **booking ID**.

`PATCH /qaas/v1alpha1/bookings/{booking_id}` (UpdateBooking).

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
    json_content,
    path_segment,
    read_response,
)
from ...models import booking as _booking
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.booking import Booking
    from ...models.update_booking_body import UpdateBookingBody

OPERATION = OPERATIONS["update_booking"]


def build_request(
    booking_id: str,
    *,
    body: UpdateBookingBody,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "PATCH",
        f"/qaas/v1alpha1/bookings/{path_segment('booking_id', booking_id)}",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_booking.Booking),
}


def parse_response(response: Response) -> Booking:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
