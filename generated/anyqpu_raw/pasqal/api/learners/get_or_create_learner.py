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
    """The request; raises `ValueError` or `TypeError` on a parameter that cannot be sent."""
    return Request(
        "GET",
        f"/api/v1/learners/{path_segment('package', package)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_query_results.QueryResults),
}


def parse_response(response: Response) -> QueryResults:
    """The result of a success; raises `ResponseError` for a status or a body that the document does not promise."""
    return read_response(OPERATION, response, _SUCCESS)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """The body of a documented error; None where it is another one or cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
