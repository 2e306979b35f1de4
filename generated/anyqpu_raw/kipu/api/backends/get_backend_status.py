"""Get backend status

Get the status of a specific backend.

`GET /backends/{id}/status` (getBackendStatus).

Args:
    id: Unique backend identifier
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
from ...models import backend_state_info as _backend_state_info
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.backend_state_info import BackendStateInfo

OPERATION = OPERATIONS["get_backend_status"]


def build_request(
    id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/backends/{path_segment('id', id)}/status",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_backend_state_info.BackendStateInfo),
}


def parse_response(response: Response) -> BackendStateInfo:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
