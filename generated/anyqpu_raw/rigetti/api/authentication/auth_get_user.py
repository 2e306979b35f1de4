"""Get User

Retrieve the profile of the authenticated user.

`GET /v1/auth:getUser` (AuthGetUser).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    read_error,
    read_response,
)
from ...models import error as _error, user as _user
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.user import User

OPERATION = OPERATIONS["auth_get_user"]


def build_request() -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/v1/auth:getUser",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_user.User),
}


def parse_response(response: Response) -> User:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    401: expect_object(_error.Error),
    404: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
