"""List machine time that was paid in advance

The provider is asked for it at each request; 502 where it does not answer.

`GET /runtime-minutes` (getRuntimeMinutes).

Args:
    x_organization_id: Organization that the request is made for; without it, your own account.
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
    read_response,
)
from ...models import runtime_minutes_response as _runtime_minutes_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.runtime_minutes_response import RuntimeMinutesResponse

OPERATION = OPERATIONS["get_runtime_minutes"]


def build_request(
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/runtime-minutes",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_runtime_minutes_response.RuntimeMinutesResponse),
}


def parse_response(response: Response) -> RuntimeMinutesResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
