"""Get Example Use Cases

Get the list of example use-cases provided by Pasqal.
Returns: QueryResults: The matching use-cases found in DB.

`GET /api/v1/use-cases/examples` (list_example_use_cases); path inferred.
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
    query_pairs,
    read_error,
    read_response,
)
from ...models import error_response as _error_response, use_case_page as _use_case_page
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.use_case_page import UseCasePage

OPERATION = OPERATIONS["list_example_use_cases"]


def build_request(
    *,
    limit: int | None | Unset = UNSET,
    offset: int | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/api/v1/use-cases/examples",
        query=query_pairs(
            (
                ("limit", limit),
                ("offset", offset),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_use_case_page.UseCasePage),
}


def parse_response(response: Response) -> UseCasePage:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
