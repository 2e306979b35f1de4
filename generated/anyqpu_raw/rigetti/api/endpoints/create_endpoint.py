"""Create Endpoint

Create an endpoint associated with your user account.

`POST /v1/endpoints` (CreateEndpoint).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    json_content,
    read_error,
    read_response,
)
from ...models import endpoint as _endpoint, error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.create_endpoint_parameters import CreateEndpointParameters
    from ...models.endpoint import Endpoint
    from ...models.error import Error

OPERATION = OPERATIONS["create_endpoint"]


def build_request(
    *,
    body: CreateEndpointParameters,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/v1/endpoints",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    201: expect_object(_endpoint.Endpoint),
}


def parse_response(response: Response) -> Endpoint:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    400: expect_object(_error.Error),
    404: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
