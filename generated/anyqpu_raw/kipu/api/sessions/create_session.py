"""Create a session

Create a new quantum session that groups related quantum jobs on a shared backend. Sessions reserve backend
resources so subsequent jobs in the session run with reduced queue latency. Prefer a session when submitting
multiple related jobs to the same backend; otherwise submit standalone jobs via createJob. The session remains
open until explicitly closed (closeSession) or its ttl expires. Returns 422 if the selected backend does not
support sessions.

`POST /sessions` (createSession).

Args:
    x_organization_id: Optional field identifying the organization to which the request belongs. If not
        provided, the request is performed in the context of the user.
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
    header_values,
    json_content,
    read_response,
)
from ...models import session as _session
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.create_session_request import CreateSessionRequest
    from ...models.session import Session

OPERATION = OPERATIONS["create_session"]


def build_request(
    *,
    body: CreateSessionRequest,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        "/sessions",
        headers=header_values((("X-OrganizationId", x_organization_id),)) | {"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    201: expect_object(_session.Session),
}


def parse_response(response: Response) -> Session:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
