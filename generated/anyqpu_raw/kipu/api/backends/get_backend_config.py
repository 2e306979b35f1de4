"""Get backend configuration

Get the configuration of a specific backend.

`GET /backends/{id}/config` (getBackendConfig).

Args:
    id: Unique backend identifier
    x_organization_id: Optional field identifying the organization to which the request belongs. If not
        provided, the request is performed in the context of the user.
"""

from __future__ import annotations

from typing import Any

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    header_values,
    json_body,
    path_segment,
    read_response,
)
from ...operations import OPERATIONS

OPERATION = OPERATIONS["get_backend_config"]


def build_request(
    id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/backends/{path_segment('id', id)}/config",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: json_body,
}


def parse_response(response: Response) -> dict[str, Any]:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
