"""Reset Password With Token

Complete the forgot password flow, resetting the new password in exchange for an emailed token.

`POST /v1/auth:resetPasswordWithToken` (AuthResetPasswordWithToken).
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
    from ...models.auth_reset_password_with_token_request import AuthResetPasswordWithTokenRequest
    from ...models.error import Error

OPERATION = OPERATIONS["auth_reset_password_with_token"]


def build_request(
    *,
    body: AuthResetPasswordWithTokenRequest,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/v1/auth:resetPasswordWithToken",
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
