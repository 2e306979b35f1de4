"""Update service-execution session state

Update the state of a quantum session running within a service execution (accept or reject jobs).

`PATCH /service-executions/{serviceExecutionId}/sessions/{sessionId}` (updateServiceExecutionSessionState).

Args:
    service_execution_id: Unique service execution identifier
    session_id: Unique session identifier
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
    path_segment,
    read_response,
)
from ...models import session as _session
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.session import Session
    from ...models.session_state_update_request import SessionStateUpdateRequest

OPERATION = OPERATIONS["update_service_execution_session_state"]


def build_request(
    service_execution_id: str,
    session_id: str,
    *,
    body: SessionStateUpdateRequest,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "PATCH",
        f"/service-executions/{path_segment('service_execution_id', service_execution_id)}/sessions/{path_segment('session_id', session_id)}",
        headers=header_values((("X-OrganizationId", x_organization_id),)) | {"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_session.Session),
}


def parse_response(response: Response) -> Session:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
