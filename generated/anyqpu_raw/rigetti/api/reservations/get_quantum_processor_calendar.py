"""Get Quantum Processor Calendar

Return when a quantum processor is maintained.

`GET /v1/calendars/{quantumProcessorId}` (GetQuantumProcessorCalendar).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...._core import (
    Decoder,
    Request,
    Response,
    expect_object,
    path_segment,
    read_error,
    read_response,
)
from ...models import error as _error, quantum_processor_calendar as _quantum_processor_calendar
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.quantum_processor_calendar import QuantumProcessorCalendar

OPERATION = OPERATIONS["get_quantum_processor_calendar"]


def build_request(
    quantum_processor_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/v1/calendars/{path_segment('quantum_processor_id', quantum_processor_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_quantum_processor_calendar.QuantumProcessorCalendar),
}


def parse_response(response: Response) -> QuantumProcessorCalendar:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    403: expect_object(_error.Error),
    404: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
