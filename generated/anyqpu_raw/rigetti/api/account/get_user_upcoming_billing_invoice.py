"""Retrieve upcoming invoice for QCS user billing customer.

`GET /v1/users/{userId}/billingInvoices:getUpcoming` (GetUserUpcomingBillingInvoice).

Args:
    user_id: The user's QCS id. May be found as `idpId` in the `AuthGetUser` API call.
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
from ...models import billing_upcoming_invoice as _billing_upcoming_invoice, error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.billing_upcoming_invoice import BillingUpcomingInvoice
    from ...models.error import Error

OPERATION = OPERATIONS["get_user_upcoming_billing_invoice"]


def build_request(
    user_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/v1/users/{path_segment('user_id', user_id)}/billingInvoices:getUpcoming",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_billing_upcoming_invoice.BillingUpcomingInvoice),
}


def parse_response(response: Response) -> BillingUpcomingInvoice:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    403: expect_object(_error.Error),
    404: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
