"""Get backend calibration

Get the calibration of a specific backend.

`GET /backends/{id}/calibration` (getBackendCalibration).

Args:
    id: Unique backend identifier
    effective_at: Return the calibration that was effective at this instant instead of the latest one. Expected
        as an ISO-8601 timestamp in UTC (e.g. 2026-04-17T12:34:56Z). Omit to retrieve the most recent
        calibration. Returns 204 if no calibration exists at or before the given instant.
    x_organization_id: Optional field identifying the organization to which the request belongs. If not
        provided, the request is performed in the context of the user.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ...._core import (
    EMPTY,
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    header_values,
    path_segment,
    query_pairs,
    read_response,
)
from ...models import calibration_response as _calibration_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.calibration_response import CalibrationResponse

OPERATION = OPERATIONS["get_backend_calibration"]


def build_request(
    id: str,
    *,
    effective_at: datetime | None | Unset = UNSET,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/backends/{path_segment('id', id)}/calibration",
        query=query_pairs((("effectiveAt", effective_at),)),
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_calibration_response.CalibrationResponse),
    204: EMPTY,
}


def parse_response(response: Response) -> CalibrationResponse | None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
