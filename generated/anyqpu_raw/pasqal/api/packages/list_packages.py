"""Get Packages

`GET /api/v1/packages` (list_packages); path confirmed-docs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    read_error,
    read_response,
)
from ...models import error_response as _error_response, package_list_response as _package_list_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.package_list_response import PackageListResponse

OPERATION = OPERATIONS["list_packages"]


def build_request() -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/api/v1/packages",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_package_list_response.PackageListResponse),
}


def parse_response(response: Response) -> PackageListResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
