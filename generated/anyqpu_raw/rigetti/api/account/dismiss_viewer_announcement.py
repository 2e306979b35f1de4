"""Dismiss Viewer Announcement

Leave an announcement out of the list from now on.

`DELETE /v1/viewer/announcements/{announcementId}` (DismissViewerAnnouncement).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    EMPTY,
    Decoder,
    Request,
    Response,
    expect_object,
    path_segment,
    read_error,
    read_response,
)
from ...models import error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error

OPERATION = OPERATIONS["dismiss_viewer_announcement"]


def build_request(
    announcement_id: int,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "DELETE",
        f"/v1/viewer/announcements/{path_segment('announcement_id', announcement_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: EMPTY,
}


def parse_response(response: Response) -> None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    401: expect_object(_error.Error),
    404: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
