"""Get Device Specs By Device Type

`GET /api/v1/devices/specs/{device_type}` (get_device_specs); path confirmed-docs.

Args:
    device_type: Enumeration of allowed and legacy device type names
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
from ...models import device_specs_response as _device_specs_response, error_response as _error_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.device_specs_response import DeviceSpecsResponse
    from ...models.device_type_name import DeviceTypeName
    from ...models.error_response import ErrorResponse

OPERATION = OPERATIONS["get_device_specs"]


def build_request(
    device_type: DeviceTypeName | str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/api/v1/devices/specs/{path_segment('device_type', device_type)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_device_specs_response.DeviceSpecsResponse),
}


def parse_response(response: Response) -> DeviceSpecsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
