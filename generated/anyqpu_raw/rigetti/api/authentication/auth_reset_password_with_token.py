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
    """The request; raises `ValueError` or `TypeError` on a parameter that cannot be sent."""
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
    """The result of a success; raises `ResponseError` for a status or a body that the document does not promise."""
    return read_response(OPERATION, response, _SUCCESS)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    404: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """The body of a documented error; None where it is another one or cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
