"""List Quantum Processors

List all QuantumProcessors available to the user.

`GET /v1/quantumProcessors` (ListQuantumProcessors).
"""

from __future__ import annotations

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
from ...models import error as _error, list_quantum_processors_response as _list_quantum_processors_response
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.list_quantum_processors_response import ListQuantumProcessorsResponse

OPERATION = OPERATIONS["list_quantum_processors"]


def build_request(
    *,
    page_size: int | None | Unset = UNSET,
    page_token: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/v1/quantumProcessors",
        query=query_pairs(
            (
                ("pageSize", page_size),
                ("pageToken", page_token),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_quantum_processors_response.ListQuantumProcessorsResponse),
}


def parse_response(response: Response) -> ListQuantumProcessorsResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
