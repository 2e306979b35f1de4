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
    """The request; raises `ValueError` or `TypeError` on a parameter that cannot be sent."""
    return Request(
        "DELETE",
        f"/qaas/v1alpha1/sessions/{path_segment('session_id', session_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    204: EMPTY,
}


def parse_response(response: Response) -> None:
    """The result of a success; raises `ResponseError` for a status or a body that the document does not promise."""
    return read_response(OPERATION, response, _SUCCESS)  # type: ignore[no-any-return]
