"""Get Reservation

Return a reservation of the user or of a group of the user.

`GET /v1/reservations/{reservationId}` (GetReservation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    path_segment,
    read_error,
    read_response,
)
from ...models import error as _error, reservation as _reservation
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.reservation import Reservation

OPERATION = OPERATIONS["get_reservation"]


def build_request(
    reservation_id: int,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/v1/reservations/{path_segment('reservation_id', reservation_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_reservation.Reservation),
}


def parse_response(response: Response) -> Reservation:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    401: expect_object(_error.Error),
    403: expect_object(_error.Error),
    404: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
