"""Get Devices

Devices by type and availability.

`GET /api/v2/devices` (list_devices_v2); path confirmed-docs.

Args:
    availability: ACTIVE, INACTIVE or RETIRED
"""

from __future__ import annotations

from collections.abc import Sequence
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

OPERATION = OPERATIONS["list_devices_v2"]


def build_request(
    *,
    device_type: Sequence[str] | None | Unset = UNSET,
    availability: Sequence[str] | None | Unset = UNSET,
    public: bool | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/api/v2/devices",
        query=query_pairs(
            (
                ("device_type", device_type),
                ("availability", availability),
                ("public", public),
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
