"""Retrieve billing customer for a QCS group account.

`GET /v1/groups/{groupName}/billingCustomer` (GetGroupBillingCustomer).

Args:
    group_name: URL-encoded name of group.
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
from ...models import billing_customer as _billing_customer, error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.billing_customer import BillingCustomer
    from ...models.error import Error

OPERATION = OPERATIONS["get_group_billing_customer"]


def build_request(
    group_name: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/v1/groups/{path_segment('group_name', group_name)}/billingCustomer",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_billing_customer.BillingCustomer),
}


def parse_response(response: Response) -> BillingCustomer:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    403: expect_object(_error.Error),
    404: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
