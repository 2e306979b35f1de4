"""Restart Endpoint

Restart an entire endpoint or a single component within an endpoint.

`POST /v1/endpoints/{endpointId}:restart` (RestartEndpoint).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    EMPTY,
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    json_content,
    path_segment,
    read_error,
    read_response,
)
from ...models import error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.restart_endpoint_request import RestartEndpointRequest

OPERATION = OPERATIONS["restart_endpoint"]


def build_request(
    endpoint_id: str,
    *,
    body: RestartEndpointRequest | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        f"/v1/endpoints/{path_segment('endpoint_id', endpoint_id)}:restart",
        headers=({"Content-Type": "application/json"} if body is not UNSET else {}),
        content=json_content(body) if body is not UNSET else None,
    )


_SUCCESS: dict[int, Decoder] = {
    200: EMPTY,
    204: EMPTY,
}


def parse_response(response: Response) -> None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    403: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
