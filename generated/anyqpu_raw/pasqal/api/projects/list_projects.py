"""Get Projects

The projects of the user. This route is on the account API, not below core-fast.

`GET /api/v1/projects` (list_projects); path confirmed-SDK.

Args:
    project_status: ACTIVE, as the SDK sends it, or another status
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
from ...models import error_response as _error_response, project_list_response as _project_list_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.project_list_response import ProjectListResponse

OPERATION = OPERATIONS["list_projects"]


def build_request(
    *,
    project_status: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/api/v1/projects",
        query=query_pairs((("project_status", project_status),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_project_list_response.ProjectListResponse),
}


def parse_response(response: Response) -> ProjectListResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
