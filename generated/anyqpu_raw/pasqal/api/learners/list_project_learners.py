"""Get For Project

Get the learners for the given project and package.
Args: package: The package to get the learners for. project: The project to get the learners for.
ordering_param: The ordering parameters. paginated_params: The pagination parameters.
Returns: QueryResults: The learners.

`GET /api/v1/learners/project/{project_id}` (list_project_learners); path inferred.

Args:
    order_by_direction: An enumeration.
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
    path_segment,
    query_pairs,
    read_error,
    read_response,
)
from ...models import error_response as _error_response, learner_page as _learner_page
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.learner_page import LearnerPage
    from ...models.sort_direction import SortDirection

OPERATION = OPERATIONS["list_project_learners"]


def build_request(
    project_id: str,
    *,
    order_by: str | None | Unset = UNSET,
    order_by_direction: SortDirection | str | None | Unset = UNSET,
    limit: int | None | Unset = UNSET,
    offset: int | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/api/v1/learners/project/{path_segment('project_id', project_id)}",
        query=query_pairs(
            (
                ("order_by", order_by),
                ("order_by_direction", order_by_direction),
                ("limit", limit),
                ("offset", offset),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_learner_page.LearnerPage),
}


def parse_response(response: Response) -> LearnerPage:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
