"""Delete an existing session

Delete a session by its unique ID and delete all its attached jobs and bookings.

`DELETE /qaas/v1alpha1/sessions/{session_id}` (DeleteSession).

Args:
    session_id: Unique ID of the session.
"""

from __future__ import annotations

from ...._core import (
    EMPTY,
    Decoder,
    Request,
    Response,
    path_segment,
    read_response,
)
from ...operations import OPERATIONS

OPERATION = OPERATIONS["delete_session"]


def build_request(
    session_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "DELETE",
        f"/qaas/v1alpha1/sessions/{path_segment('session_id', session_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    204: EMPTY,
}


def parse_response(response: Response) -> None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
