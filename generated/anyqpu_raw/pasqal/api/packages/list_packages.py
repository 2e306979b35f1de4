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
    """The request; raises `ValueError` or `TypeError` on a parameter that cannot be sent."""
    return Request(
        "GET",
        "/api/v1/packages",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_package_list_response.PackageListResponse),
}


def parse_response(response: Response) -> PackageListResponse:
    """The result of a success; raises `ResponseError` for a status or a body that the document does not promise."""
    return read_response(OPERATION, response, _SUCCESS)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """The body of a documented error; None where it is another one or cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
