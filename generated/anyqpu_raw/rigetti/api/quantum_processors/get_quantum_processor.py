"""Get Quantum Processor

Retrieve a single QuantumProcessor by ID.

`GET /v1/quantumProcessors/{quantumProcessorId}` (GetQuantumProcessor).

Args:
    quantum_processor_id: Public identifier for a quantum processor [example: Aspen-1]
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
from ...models import error as _error, quantum_processor as _quantum_processor
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.quantum_processor import QuantumProcessor

OPERATION = OPERATIONS["get_quantum_processor"]


def build_request(
    quantum_processor_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/v1/quantumProcessors/{path_segment('quantum_processor_id', quantum_processor_id)}",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_quantum_processor.QuantumProcessor),
}


def parse_response(response: Response) -> QuantumProcessor:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    404: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
