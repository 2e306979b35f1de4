"""Get Queue Size

`GET /api/v1/devices/{dt_name}/queue_size` (get_device_queue_size); path inferred.

Args:
    dt_name: Enumeration of allowed and legacy device type names
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
from ...models import device_queue_sizes_response as _device_queue_sizes_response, error_response as _error_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.device_queue_sizes_response import DeviceQueueSizesResponse
    from ...models.device_type_name import DeviceTypeName
    from ...models.error_response import ErrorResponse

OPERATION = OPERATIONS["get_device_queue_size"]


def build_request(
    dt_name: DeviceTypeName | str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/api/v1/devices/{path_segment('dt_name', dt_name)}/queue_size",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_device_queue_sizes_response.DeviceQueueSizesResponse),
}


def parse_response(response: Response) -> DeviceQueueSizesResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
