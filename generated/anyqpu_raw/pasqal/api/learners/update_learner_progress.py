"""Update Progress For User And Package

Update the progress for the current user.
Args: package: The package to update the learner for. updated_learner: The schema containing updated progress.
Returns: QueryResults: The learner.

`PATCH /api/v1/learners/{package}` (update_learner_progress); path inferred.

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
    json_content,
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
    from ...models.update_learner_progress_request import UpdateLearnerProgressRequest

OPERATION = OPERATIONS["update_learner_progress"]


def build_request(
    package: ProjectPackage | str,
    *,
    body: UpdateLearnerProgressRequest,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "PATCH",
        f"/api/v1/learners/{path_segment('package', package)}",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
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
