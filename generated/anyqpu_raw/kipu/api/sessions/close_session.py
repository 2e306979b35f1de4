"""Close session

Close a quantum session and release its reserved backend resources. Jobs already submitted to the session are
left to complete; no new jobs can be submitted once the session is closed. Idempotent: closing an already-closed
session has no effect. To stop accepting new jobs without aborting the session, call updateSessionState with
accept_jobs=false instead (DRAINING).

`DELETE /sessions/{id}` (closeSession).

Args:
    id: Unique session identifier
    x_organization_id: Optional field identifying the organization to which the request belongs. If not
        provided, the request is performed in the context of the user.
"""

from __future__ import annotations

from ...._core import (
    EMPTY,
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    header_values,
    path_segment,
    read_response,
)
from ...operations import OPERATIONS

OPERATION = OPERATIONS["close_session"]


def build_request(
    id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "DELETE",
        f"/sessions/{path_segment('id', id)}",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    204: EMPTY,
}


def parse_response(response: Response) -> None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
