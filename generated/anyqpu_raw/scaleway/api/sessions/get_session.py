"""Get session information

Retrieve information about the provided **session ID**, such as name and status.

`GET /qaas/v1alpha1/sessions/{session_id}` (GetSession).

Args:
    session_id: Unique ID of the session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    path_segment,
    read_response,
)
from ...models import session as _session
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.session import Session

OPERATION = OPERATIONS["get_session"]


def build_request(
    session_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/qaas/v1alpha1/sessions/{path_segment('session_id', session_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_session.Session),
}


def parse_response(response: Response) -> Session:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
