"""List Viewer Announcements

List the announcements for the user of the token.

`GET /v1/viewer/announcements` (ListViewerAnnouncements).

Args:
    page_token: An opaque token that can be appended to a request query to retrieve the next page of results.
        Empty if there are no more results to retrieve.
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
from ...models import announcements_response as _announcements_response, error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.announcements_response import AnnouncementsResponse
    from ...models.error import Error

OPERATION = OPERATIONS["list_viewer_announcements"]


def build_request(
    *,
    page_size: int | None | Unset = UNSET,
    page_token: str | None | Unset = UNSET,
    include_dismissed: bool | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/v1/viewer/announcements",
        query=query_pairs(
            (
                ("pageSize", page_size),
                ("pageToken", page_token),
                ("includeDismissed", include_dismissed),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_announcements_response.AnnouncementsResponse),
}


def parse_response(response: Response) -> AnnouncementsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    401: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
