"""Get platform information

Retrieve information about the provided **platform ID**, such as provider name, technology, and type.

`GET /qaas/v1alpha1/platforms/{platform_id}` (GetPlatform).

Args:
    platform_id: Unique ID of the platform.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    path_segment,
    read_response,
)
from ...models import platform as _platform
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.platform import Platform

OPERATION = OPERATIONS["get_platform"]


def build_request(
    platform_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/qaas/v1alpha1/platforms/{path_segment('platform_id', platform_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_platform.Platform),
}


def parse_response(response: Response) -> Platform:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
