"""Get Last Activity Date

Retrieve last_activity_date by projects.
Args: AuthenticatedComputeSuperuser: The authentication dependency, ensuring the user is authenticated and has
the necessary permissions.
project_id: Project ID as parameter query. Supports multiple IDs with
&. (/batches/last_activity?project_id=id1&project_id=id2)
Returns: A non-paginated response containing latest activity date by projects.

`GET /api/v1/batches/last_activity` (get_batches_last_activity); path inferred-strong.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from ...models import (
    error_response as _error_response,
    project_activity_list_response as _project_activity_list_response,
)
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error_response import ErrorResponse
    from ...models.project_activity_list_response import ProjectActivityListResponse

OPERATION = OPERATIONS["get_batches_last_activity"]


def build_request(
    *,
    project_id: Sequence[str] | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/api/v1/batches/last_activity",
        query=query_pairs((("project_id", project_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_project_activity_list_response.ProjectActivityListResponse),
}


def parse_response(response: Response) -> ProjectActivityListResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error_response.ErrorResponse),
    0: expect_object(_error_response.ErrorResponse),
}


def parse_error(response: Response) -> ErrorResponse | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
