"""Find Available Reservations

List currently available reservations on the requested Rigetti quantum computer.

`GET /v1/reservations:findAvailable` (FindAvailableReservations).

Args:
    duration: Formatted as specified for golang https://golang.org/pkg/time/#ParseDuration.
    page_token: An opaque token that can be appended to a request query to retrieve the next page of results.
        Empty if there are no more results to retrieve.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ...._core import (
    UNSET,
    Decoder,
    Request,
    Response,
    Unset,
    expect_object,
    query_pairs,
    read_error,
    read_response,
)
from ...models import error as _error, find_available_reservations_response as _find_available_reservations_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.find_available_reservations_response import FindAvailableReservationsResponse

OPERATION = OPERATIONS["find_available_reservations"]


def build_request(
    *,
    quantum_processor_id: str,
    start_time_from: datetime,
    duration: str,
    page_size: int | None | Unset = UNSET,
    page_token: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/v1/reservations:findAvailable",
        query=query_pairs(
            (
                ("pageSize", page_size),
                ("pageToken", page_token),
                ("quantumProcessorId", quantum_processor_id),
                ("startTimeFrom", start_time_from),
                ("duration", duration),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_find_available_reservations_response.FindAvailableReservationsResponse),
}


def parse_response(response: Response) -> FindAvailableReservationsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    401: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
