"""Put Viewer User Onboarding Completed

Set whether the user of the token has been shown around.

`PUT /v1/viewer/onboardingCompleted` (PutViewerUserOnboardingCompleted).
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
    json_content,
    read_error,
    read_response,
)
from ...models import error as _error, viewer_user_onboarding_completed as _viewer_user_onboarding_completed
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.viewer_user_onboarding_completed import ViewerUserOnboardingCompleted

OPERATION = OPERATIONS["put_viewer_user_onboarding_completed"]


def build_request(
    *,
    body: ViewerUserOnboardingCompleted | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "PUT",
        "/v1/viewer/onboardingCompleted",
        headers=({"Content-Type": "application/json"} if body is not UNSET else {}),
        content=json_content(body) if body is not UNSET else None,
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_viewer_user_onboarding_completed.ViewerUserOnboardingCompleted),
}


def parse_response(response: Response) -> ViewerUserOnboardingCompleted:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    401: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
