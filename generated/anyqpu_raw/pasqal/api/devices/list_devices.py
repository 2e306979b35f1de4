"""Get All Devices

`GET /api/v1/devices` (list_devices); path confirmed-docs.

Args:
    order_by_direction: An enumeration.
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
    read_error,
    read_response,
)
from ...models import device_page as _device_page, error_response as _error_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.device_page import DevicePage
    from ...models.error_response import ErrorResponse
    from ...models.sort_direction import SortDirection

OPERATION = OPERATIONS["list_devices"]


def build_request(
    *,
    include_legacy: bool | None | Unset = UNSET,
    order_by: str | None | Unset = UNSET,
    order_by_direction: SortDirection | str | None | Unset = UNSET,
    limit: int | None | Unset = UNSET,
    offset: int | None | Unset = UNSET,
    device_type: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/api/v1/devices",
        query=query_pairs(
            (
                ("include_legacy", include_legacy),
                ("order_by", order_by),
                ("order_by_direction", order_by_direction),
                ("limit", limit),
                ("offset", offset),
                ("device_type", device_type),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_device_page.DevicePage),
}


def parse_response(response: Response) -> DevicePage:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
