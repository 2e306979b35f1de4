"""Get Or Create

Get the learner for the current user.
Args: package: The package to get the learner for. auth_info: The auth info. Used to constrain the account type.
Returns: QueryResults: The learner.

`GET /api/v1/learners/{package}` (get_or_create_learner); path inferred.

Args:
    package: An enumeration.
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
from ...models import error_response as _error_response, query_results as _query_results
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.project_package import ProjectPackage
    from ...models.query_results import QueryResults

OPERATION = OPERATIONS["get_or_create_learner"]


def build_request(
    package: ProjectPackage | str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/api/v1/learners/{path_segment('package', package)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_query_results.QueryResults),
}


def parse_response(response: Response) -> QueryResults:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
