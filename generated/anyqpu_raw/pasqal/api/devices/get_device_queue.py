"""Get Queue

What waits in the queue of a device.

`GET /api/v1/devices/{dt_name}/queue` (get_device_queue); path confirmed-docs.

Args:
    dt_name: Enumeration of allowed and legacy device type names
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
from ...models import error_response as _error_response, queued_batch_page as _queued_batch_page
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.device_type_name import DeviceTypeName
    from ...models.error_response import ErrorResponse
    from ...models.queued_batch_page import QueuedBatchPage

OPERATION = OPERATIONS["get_device_queue"]


def build_request(
    dt_name: DeviceTypeName | str,
    *,
    limit: int | None | Unset = UNSET,
    offset: int | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/api/v1/devices/{path_segment('dt_name', dt_name)}/queue",
        query=query_pairs(
            (
                ("limit", limit),
                ("offset", offset),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_queued_batch_page.QueuedBatchPage),
}


def parse_response(response: Response) -> QueuedBatchPage:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
