"""List the calibrations of a backend in an interval

Newest first. Both ends are included, so that intervals that touch share the calibration on their border.
Simulators have none.

`GET /backends/{id}/calibration-history` (getBackendCalibrationHistory).

Args:
    id: Identifier of the backend.
    from_: Beginning of the interval, with a time zone.
    to: End of the interval, with a time zone.
    sort: Orders such as calibrated_at,asc.
    x_organization_id: Organization that the request is made for; without it, your own account.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
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
    query_pairs,
    read_response,
)
from ...models import page_response_calibration_response as _page_response_calibration_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.page_response_calibration_response import PageResponseCalibrationResponse

OPERATION = OPERATIONS["get_backend_calibration_history"]


def build_request(
    id: str,
    *,
    from_: datetime,
    to: datetime,
    page: int | None | Unset = UNSET,
    size: int | None | Unset = UNSET,
    sort: Sequence[str] | None | Unset = UNSET,
    x_organization_id: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/backends/{path_segment('id', id)}/calibration-history",
        query=query_pairs(
            (
                ("from", from_),
                ("to", to),
                ("page", page),
                ("size", size),
                ("sort", sort),
            )
        ),
        headers=header_values((("X-OrganizationId", x_organization_id),)),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_page_response_calibration_response.PageResponseCalibrationResponse),
}


def parse_response(response: Response) -> PageResponseCalibrationResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]
