"""Health Check

Whether the API is available.

`GET /v1/healthcheck` (HealthCheck).
"""

from __future__ import annotations

from ...._core import (
    EMPTY,
    Decoder,
    Request,
    Response,
    read_response,
)
from ...operations import OPERATIONS

OPERATION = OPERATIONS["health_check"]


def build_request() -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/v1/healthcheck",
    )


_SUCCESS: dict[int, Decoder] = {
    200: EMPTY,
}


def parse_response(response: Response) -> None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
