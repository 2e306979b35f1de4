"""Create Reservation

Create a new reservation.
The following precedence applies when specifying the reservation subject account
ID and type:
* request body `accountId` field, or if unset then `X-QCS-ACCOUNT-ID` header,
or if unset then requesting user's ID.
* request body `accountType` field, or if unset then `X-QCS-ACCOUNT-TYPE`
header, or if unset then "user" type.

`POST /v1/reservations` (CreateReservation).

Args:
    x_qcs_account_id: Used to specify a subject account ID for a request.
    Does not take precedence over a corresponding request body field when one
    is present.
    x_qcs_account_type: Used to specify the subject account's type for a request
    in conjunction with the X-QCS-ACCOUNT-ID header.
    Does not take precedence over a corresponding request body field when one
    is present.
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
    header_values,
    json_content,
    read_error,
    read_response,
)
from ...models import error as _error, reservation as _reservation
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.account_type import AccountType
    from ...models.create_reservation_request import CreateReservationRequest
    from ...models.error import Error
    from ...models.reservation import Reservation

OPERATION = OPERATIONS["create_reservation"]


def build_request(
    *,
    body: CreateReservationRequest,
    x_qcs_account_id: str | None | Unset = UNSET,
    x_qcs_account_type: AccountType | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/v1/reservations",
        headers=header_values(
            (
                ("X-QCS-ACCOUNT-ID", x_qcs_account_id),
                ("X-QCS-ACCOUNT-TYPE", x_qcs_account_type),
            )
        )
        | {"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    201: expect_object(_reservation.Reservation),
}


def parse_response(response: Response) -> Reservation:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    401: expect_object(_error.Error),
    402: expect_object(_error.Error),
    403: expect_object(_error.Error),
    409: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
