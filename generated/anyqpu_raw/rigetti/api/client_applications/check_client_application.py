"""Check Client Application

Check the requested client application version against the latest and minimum version.

`POST /v1/clientApplications:check` (CheckClientApplication).
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
from ...models import check_client_application_response as _check_client_application_response, error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.check_client_application_request import CheckClientApplicationRequest
    from ...models.check_client_application_response import CheckClientApplicationResponse
    from ...models.error import Error

OPERATION = OPERATIONS["check_client_application"]


def build_request(
    *,
    body: CheckClientApplicationRequest,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/v1/clientApplications:check",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_check_client_application_response.CheckClientApplicationResponse),
}


def parse_response(response: Response) -> CheckClientApplicationResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    404: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
