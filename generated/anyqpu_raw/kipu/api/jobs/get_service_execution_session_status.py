"""Get service-execution session status

Get the status of a quantum session running within a service execution.

`GET /service-executions/{serviceExecutionId}/sessions/{sessionId}/status` (getServiceExecutionSessionStatus).

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
    path_segment,
    read_response,
)
from ...models import session_status_response as _session_status_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.session_status_response import SessionStatusResponse

OPERATION = OPERATIONS["get_service_execution_session_status"]


def build_request(
    service_execution_id: str,
    session_id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/service-executions/{path_segment('service_execution_id', service_execution_id)}/sessions/{path_segment('session_id', session_id)}/status",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_session_status_response.SessionStatusResponse),
}


def parse_response(response: Response) -> SessionStatusResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
