"""Get User Event Billing Price

Return the price of a kind of event for a user.

`POST /v1/users/{userId}/eventBillingPrices:get` (GetUserEventBillingPrice).
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
    read_error,
    read_response,
)
from ...models import error as _error, event_billing_price_rate as _event_billing_price_rate
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.event_billing_price_rate import EventBillingPriceRate
    from ...models.get_account_event_billing_price_request import GetAccountEventBillingPriceRequest

OPERATION = OPERATIONS["get_user_event_billing_price"]


def build_request(
    user_id: str,
    *,
    body: GetAccountEventBillingPriceRequest,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        f"/v1/users/{path_segment('user_id', user_id)}/eventBillingPrices:get",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_event_billing_price_rate.EventBillingPriceRate),
}


def parse_response(response: Response) -> EventBillingPriceRate:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    403: expect_object(_error.Error),
    404: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
