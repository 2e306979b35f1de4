"""Partial Use Case Update

Updates a use-case, possibly partially.
Args: use_case_id: ID of the Use case to update. use_case: The use-case fields to update. credential: The auth
info used to check permissions. credential_acl: contains the projects accessible by the user
Returns: QueryResults: The resulting updated use case.

`PATCH /api/v1/use-cases/{use_case_id}` (update_use_case); path inferred.
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
    from ...models.query_results import QueryResults
    from ...models.update_use_case_request import UpdateUseCaseRequest

OPERATION = OPERATIONS["update_use_case"]


def build_request(
    use_case_id: str,
    *,
    body: UpdateUseCaseRequest,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "PATCH",
        f"/api/v1/use-cases/{path_segment('use_case_id', use_case_id)}",
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
