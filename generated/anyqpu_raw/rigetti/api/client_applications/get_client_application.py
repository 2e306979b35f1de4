"""Get Client Application

Get details of a specific Rigetti system component along with its latest and minimum supported versions.

`GET /v1/clientApplications/{clientApplicationName}` (GetClientApplication).
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
from ...models import client_application as _client_application, error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.client_application import ClientApplication
    from ...models.error import Error

OPERATION = OPERATIONS["get_client_application"]


def build_request(
    client_application_name: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/v1/clientApplications/{path_segment('client_application_name', client_application_name)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_client_application.ClientApplication),
}


def parse_response(response: Response) -> ClientApplication:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    404: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
