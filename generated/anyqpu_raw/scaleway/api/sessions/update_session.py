"""Update session information

Update session information of the provided **session ID**.

`PATCH /qaas/v1alpha1/sessions/{session_id}` (UpdateSession).

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
    json_content,
    path_segment,
    read_response,
)
from ...models import session as _session
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.session import Session
    from ...models.update_session_body import UpdateSessionBody

OPERATION = OPERATIONS["update_session"]


def build_request(
    session_id: str,
    *,
    body: UpdateSessionBody,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "PATCH",
        f"/qaas/v1alpha1/sessions/{path_segment('session_id', session_id)}",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_session.Session),
}


def parse_response(response: Response) -> Session:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
