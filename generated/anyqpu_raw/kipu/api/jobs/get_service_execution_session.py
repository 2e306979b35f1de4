"""Get a session of a service execution

`GET /service-executions/{serviceExecutionId}/sessions/{sessionId}` (getServiceExecutionSession).

Args:
    service_execution_id: Identifier of the run of a service.
    session_id: Identifier of the session.
    x_organization_id: Organization that the request is made for; without it, your own account.
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
    path_segment,
    read_response,
)
from ...models import session as _session
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.session import Session

OPERATION = OPERATIONS["get_service_execution_session"]


def build_request(
    service_execution_id: str,
    session_id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/service-executions/{path_segment('service_execution_id', service_execution_id)}/sessions/{path_segment('session_id', session_id)}",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_session.Session),
}


def parse_response(response: Response) -> Session:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
