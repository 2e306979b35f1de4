"""Download job input

Get the input.json of a quantum job.

`GET /jobs/{id}/input` (getJobInput).

Args:
    id: Unique job identifier
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

OPERATION = OPERATIONS["get_job_input"]


def build_request(
    id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """The request; raises `ValueError` or `TypeError` on a parameter that cannot be sent."""
    return Request(
        "GET",
        f"/jobs/{path_segment('id', id)}/input",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: json_body,
}


def parse_response(response: Response) -> dict[str, Any]:
    """The result of a success; raises `ResponseError` for a status or a body that the document does not promise."""
    return read_response(OPERATION, response, _SUCCESS)  # type: ignore[no-any-return]
