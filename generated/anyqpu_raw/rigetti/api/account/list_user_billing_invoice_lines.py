"""Retrieve billing invoice lines for a QCS user account's invoice.

`GET /v1/users/{userId}/billingInvoices/{billingInvoiceId}/lines` (ListUserBillingInvoiceLines).

Args:
    user_id: URL-encoded QCS id of user. May be found as `idpId` in the `AuthGetUser` API call.
    billing_invoice_id: URL-encoded billing invoice id.
    page_token: An opaque token that can be appended to a request query to retrieve the next page of results.
        Empty if there are no more results to retrieve.
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
    path_segment,
    query_pairs,
    read_error,
    read_response,
)
from ...models import (
    error as _error,
    list_account_billing_invoice_lines_response as _list_account_billing_invoice_lines_response,
)
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.list_account_billing_invoice_lines_response import ListAccountBillingInvoiceLinesResponse

OPERATION = OPERATIONS["list_user_billing_invoice_lines"]


def build_request(
    user_id: str,
    billing_invoice_id: str,
    *,
    page_token: str | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/v1/users/{path_segment('user_id', user_id)}/billingInvoices/{path_segment('billing_invoice_id', billing_invoice_id)}/lines",
        query=query_pairs(
            (
                ("pageToken", page_token),
                ("pageSize", page_size),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_account_billing_invoice_lines_response.ListAccountBillingInvoiceLinesResponse),
}


def parse_response(response: Response) -> ListAccountBillingInvoiceLinesResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    403: expect_object(_error.Error),
    404: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
