"""Get job calibration

Get the calibration for a specific job during its execution.

`GET /jobs/{id}/calibration` (getJobCalibration).

Args:
    id: Unique job identifier
    x_organization_id: Optional field identifying the organization to which the request belongs. If not
        provided, the request is performed in the context of the user.
"""

from __future__ import annotations

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
    read_response,
)
from ...models import calibration_response as _calibration_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.calibration_response import CalibrationResponse

OPERATION = OPERATIONS["get_job_calibration"]


def build_request(
    id: str,
    *,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/jobs/{path_segment('id', id)}/calibration",
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_calibration_response.CalibrationResponse),
    204: EMPTY,
}


def parse_response(response: Response) -> CalibrationResponse | None:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
