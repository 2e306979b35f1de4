"""List Reservations

List existing reservations for the authenticated user,
or a target user when specifying `X-QCS-ACCOUNT-ID` and `X-QCS-ACCOUNT-TYPE`
headers.
Available filter fields include:
* `startTime` - timestamp
* `endTime` - timestamp
* `createdTime` - timestamp
* `price` - integer
* `cancelled` - boolean (deprecated, use `showDeleted` parameter)
* `quantumProcessorId` - string
Available order fields include:
* `startTime` - timestamp
* `endTime` - timestamp
* `createdTime` - timestamp
* `price` - integer

`GET /v1/reservations` (ListReservations).

Args:
    filter_: A string conforming to a *limited* set of the filtering operations
    described in [Google AIP 160](https://google.aip.dev/160).
    * Expressions are always of the form `{field} {operator} {value}` and may be grouped with `()` and joined
        with `AND` or `OR`.
    * Fields are specific to the route in question, but are typically a subset of attributes of the requested
        resource.
    * Operators are limited to `=`, `>`, `>=`, `<`, `<=`, and `!=`.
    * Values may take the following forms:
    * `true` or `false` for boolean fields
    * a number
    * a string (include surrounding `"`s),
    * a duration string (include surrounding `"`s). Valid time units are "ns", "us" (or "µs"), "ms", "s", "m",
        "h".
    * a date string (include surrounding `"`s). Should be formatted [RFC3339
        5.6](https://tools.ietf.org/html/rfc3339#section-5.6).
    For example, `startTime >= "2020-06-24T22:00:00.000Z" OR (duration >= "15m" AND endTime <
        "2020-06-24T22:00:00.000Z")`.
    order: A string conforming to order specification described in [Google
    AIP 132](https://google.aip.dev/132#ordering).
    * Fields are specific to the route in question, but are typically a subset
    of attributes of the requested resource.
    * May include a comma separated list of many fields.
    * Fields are sorted in *ascending* order unless the field is followed by `DESC`.
    For example, `quantumProcessorId, startTime DESC`.
    page_token: An opaque token that can be appended to a request query to retrieve the next page of results.
        Empty if there are no more results to retrieve.
    show_deleted: If you wish to include deleted (or cancelled) resources in your response, include
        `showDeleted=true`.
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
    query_pairs,
    read_error,
    read_response,
)
from ...models import error as _error, list_reservations_response as _list_reservations_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.account_type import AccountType
    from ...models.error import Error
    from ...models.list_reservations_response import ListReservationsResponse
    from ...models.list_reservations_show_deleted import ListReservationsShowDeleted

OPERATION = OPERATIONS["list_reservations"]


def build_request(
    *,
    filter_: str | None | Unset = UNSET,
    order: str | None | Unset = UNSET,
    page_size: int | None | Unset = UNSET,
    page_token: str | None | Unset = UNSET,
    show_deleted: ListReservationsShowDeleted | str | None | Unset = UNSET,
    x_qcs_account_id: str | None | Unset = UNSET,
    x_qcs_account_type: AccountType | str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/v1/reservations",
        query=query_pairs(
            (
                ("filter", filter_),
                ("order", order),
                ("pageSize", page_size),
                ("pageToken", page_token),
                ("showDeleted", show_deleted),
            )
        ),
        headers=header_values(
            (
                ("X-QCS-ACCOUNT-ID", x_qcs_account_id),
                ("X-QCS-ACCOUNT-TYPE", x_qcs_account_type),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_reservations_response.ListReservationsResponse),
}


def parse_response(response: Response) -> ListReservationsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    401: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
