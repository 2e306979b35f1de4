"""Get Default Endpoint

Retrieve the endpoint set as "default" for the given Quantum Processor.
If no endpoint is set as the default, return "not found."

`GET /v1/quantumProcessors/{quantumProcessorId}/endpoints:getDefault` (GetDefaultEndpoint).

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
from ...models import endpoint as _endpoint, error as _error
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.endpoint import Endpoint
    from ...models.error import Error

OPERATION = OPERATIONS["get_default_endpoint"]


def build_request(
    quantum_processor_id: str,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        f"/v1/quantumProcessors/{path_segment('quantum_processor_id', quantum_processor_id)}/endpoints:getDefault",
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_endpoint.Endpoint),
}


def parse_response(response: Response) -> Endpoint:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    404: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
