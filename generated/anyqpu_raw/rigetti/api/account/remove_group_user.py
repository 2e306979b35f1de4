"""Remove user from a group.

Remove a user from a group. Note, group membership may take several minutes to update within our identity
provider. After removing a user from a group, please allow up to 60 minutes for changes to be reflected.

`POST /v1/groups:removeUser` (RemoveGroupUser).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    EMPTY,
    Decoder,
    Request,
    Response,
    expect_object,
    json_content,
    read_error,
    read_response,
)
from ...models import error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.remove_group_user_request import RemoveGroupUserRequest

OPERATION = OPERATIONS["remove_group_user"]


def build_request(
    *,
    body: RemoveGroupUserRequest,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/v1/groups:removeUser",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    204: EMPTY,
}


def parse_response(response: Response) -> None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    404: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
