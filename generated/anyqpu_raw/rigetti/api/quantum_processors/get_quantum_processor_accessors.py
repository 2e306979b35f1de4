"""Get Quantum Processor Accessors

List the addresses at which programs for a quantum processor are accepted over gRPC.

`GET /v1/quantumProcessors/{quantumProcessorId}/accessors` (GetQuantumProcessorAccessors).
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
from ...models import (
    error as _error,
    list_quantum_processor_accessors_response as _list_quantum_processor_accessors_response,
)
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.list_quantum_processor_accessors_response import ListQuantumProcessorAccessorsResponse

OPERATION = OPERATIONS["get_quantum_processor_accessors"]


def build_request(
    quantum_processor_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/v1/quantumProcessors/{path_segment('quantum_processor_id', quantum_processor_id)}/accessors",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_quantum_processor_accessors_response.ListQuantumProcessorAccessorsResponse),
}


def parse_response(response: Response) -> ListQuantumProcessorAccessorsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    404: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
