"""Get All Device Specs

Each device type's specification, as Pulser's JSON in a text.

`GET /api/v1/devices/specs` (list_device_specs); path confirmed-SDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    read_error,
    read_response,
)
from ...models import device_specs_map_response as _device_specs_map_response, error_response as _error_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.device_specs_map_response import DeviceSpecsMapResponse
    from ...models.error_response import ErrorResponse

OPERATION = OPERATIONS["list_device_specs"]


def build_request() -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/api/v1/devices/specs",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_device_specs_map_response.DeviceSpecsMapResponse),
}


def parse_response(response: Response) -> DeviceSpecsMapResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
