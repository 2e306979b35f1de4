"""Notebook

Get a notebook server for the current user.
Args: package: The package the learner is in. notebook: The specific notebook to spawn
Returns: QueryResults

`GET /api/v1/learners/{package}/notebook/{notebook}` (get_learner_notebook); path inferred.

Args:
    package: An enumeration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    json_body,
    path_segment,
    query_pairs,
    read_error,
    read_response,
)
from ...models import error_response as _error_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.project_package import ProjectPackage

OPERATION = OPERATIONS["get_learner_notebook"]


def build_request(
    package: ProjectPackage | str,
    notebook: str,
    *,
    project_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/api/v1/learners/{path_segment('package', package)}/notebook/{path_segment('notebook', notebook)}",
        query=query_pairs((("project_id", project_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: json_body,
}


def parse_response(response: Response) -> dict[str, Any]:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
