"""Retrieve the health status of the API

`GET /` (GetHealth).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    read_response,
)
from ...models import health as _health
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.health import Health

OPERATION = OPERATIONS["get_health"]


def build_request() -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_health.Health),
}


def parse_response(response: Response) -> Health:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
