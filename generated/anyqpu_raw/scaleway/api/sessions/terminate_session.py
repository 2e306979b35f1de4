"""Terminate an existing session

Terminate a session by its unique ID and cancel all its attached jobs and bookings.

`POST /qaas/v1alpha1/sessions/{session_id}/terminate` (TerminateSession).

Args:
    session_id: Unique ID of the session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    json_content,
    path_segment,
    read_response,
)
from ...models import session as _session
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.session import Session

OPERATION = OPERATIONS["terminate_session"]


def build_request(
    session_id: str,
    *,
    body: dict[str, Any] | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        f"/qaas/v1alpha1/sessions/{path_segment('session_id', session_id)}/terminate",
        headers=({"Content-Type": "application/json"} if body is not UNSET else {}),
        content=json_content(body) if body is not UNSET else None,
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_session.Session),
}


def parse_response(response: Response) -> Session:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
