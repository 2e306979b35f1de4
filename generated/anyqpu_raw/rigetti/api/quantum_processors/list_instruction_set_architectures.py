"""List Instruction Set Architectures

List the instruction set architectures of all quantum processors.

`GET /v1/instructionSetArchitectures` (ListInstructionSetArchitectures).
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
from ...models import (
    error as _error,
    list_instruction_set_architecture_response as _list_instruction_set_architecture_response,
)
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.list_instruction_set_architecture_response import ListInstructionSetArchitectureResponse

OPERATION = OPERATIONS["list_instruction_set_architectures"]


def build_request(
    *,
    page_size: int | None | Unset = UNSET,
    page_token: str | None | Unset = UNSET,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "GET",
        "/v1/instructionSetArchitectures",
        query=query_pairs(
            (
                ("pageSize", page_size),
                ("pageToken", page_token),
            )
        ),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(_list_instruction_set_architecture_response.ListInstructionSetArchitectureResponse),
}


def parse_response(response: Response) -> ListInstructionSetArchitectureResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
