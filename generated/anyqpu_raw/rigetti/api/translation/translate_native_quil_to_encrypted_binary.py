"""Translate Native Quil To Encrypted Binary

Compile Rigetti-native Quil code to encrypted binary form, ready for
execution on a
Rigetti Quantum Processor.

`POST /v1/quantumProcessors/{quantumProcessorId}:translateNativeQuilToEncryptedBinary` (TranslateNativeQuilToEncryptedBinary).

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
    json_content,
    path_segment,
    read_error,
    read_response,
)
from ...models import (
    error as _error,
    translate_native_quil_to_encrypted_binary_response as _translate_native_quil_to_encrypted_binary_response,
)
from ...operations import OPERATIONS

if TYPE_CHECKING:
    from ...models.error import Error
    from ...models.translate_native_quil_to_encrypted_binary_request import TranslateNativeQuilToEncryptedBinaryRequest
    from ...models.translate_native_quil_to_encrypted_binary_response import (
        TranslateNativeQuilToEncryptedBinaryResponse,
    )

OPERATION = OPERATIONS["translate_native_quil_to_encrypted_binary"]


def build_request(
    quantum_processor_id: str,
    *,
    body: TranslateNativeQuilToEncryptedBinaryRequest,
) -> Request:
    """Return the request; raise `ParameterError` for an argument that cannot be sent."""
    return Request(
        "POST",
        f"/v1/quantumProcessors/{path_segment('quantum_processor_id', quantum_processor_id)}:translateNativeQuilToEncryptedBinary",
        headers={"Content-Type": "application/json"},
        content=json_content(body),
    )


_SUCCESS: dict[int, Decoder] = {
    200: expect_object(
        _translate_native_quil_to_encrypted_binary_response.TranslateNativeQuilToEncryptedBinaryResponse
    ),
}


def parse_response(response: Response) -> TranslateNativeQuilToEncryptedBinaryResponse:
    """Return the result of a success; raise `ResponseError` for another status or a body that does not fit."""
    return read_response(OPERATION, response, _SUCCESS, __name__)  # type: ignore[no-any-return]


_ERRORS: dict[int, Decoder] = {
    400: expect_object(_error.Error),
    404: expect_object(_error.Error),
    422: expect_object(_error.Error),
}


def parse_error(response: Response) -> Error | None:
    """Return the body of a documented error; None for another one and where it cannot be read."""
    return read_error(response, _ERRORS)  # type: ignore[no-any-return]
