"""How gRPC puts a message and a status into an HTTP response, and a message into a request."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from starlette.responses import Response

from .bodies import MAX_BODY

CODES = (
    *("OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS"),
    *("PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED"),
    *("INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"),
)
"""The names of statuses, by their numbers."""
_OF_HTTP = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "UNIMPLEMENTED",
    408: "DEADLINE_EXCEEDED",
    413: "RESOURCE_EXHAUSTED",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
    507: "UNAVAILABLE",
}
_TYPE = "application/grpc"
_TIMEOUT = re.compile(r"(\d{1,8})([HMSmun])")
_SECONDS = {"H": 3600.0, "M": 60.0, "S": 1.0, "m": 1e-3, "u": 1e-6, "n": 1e-9}


class GrpcError(Exception):
    """A call that ends with a status other than OK."""

    def __init__(self, code: str, message: str) -> None:
        """`code` is one of `CODES`."""
        super().__init__(message)
        self.code = code
        self.message = message

    def response(self, headers: Mapping[str, str] | None = None) -> Response:
        """Return the response, which has no body."""
        # The specification keeps printable ASCII except the percent sign.
        message = quote(self.message, safe=" !\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~")
        status = {"grpc-status": str(CODES.index(self.code)), "grpc-message": message}
        response = Response(None, 200, {**(headers or {}), **status, "content-type": _TYPE})
        del response.headers["content-length"]
        return response


def error_of_status(status: int, message: str) -> GrpcError:
    """Return the error for an HTTP status of the emulator itself."""
    return GrpcError(_OF_HTTP.get(status, "INTERNAL"), message)


def message_response(content: bytes) -> Response:
    """Return a response with a message, which is never compressed: some clients cannot read one that is."""
    framed = b"\0" + len(content).to_bytes(4, "big") + content
    return Response(framed, 200, {"content-type": _TYPE, "grpc-status": "0"})


def read_message(body: bytes, headers: Mapping[str, str]) -> bytes:
    """Return the one message of a request. Raises GrpcError."""
    if not headers.get("content-type", "").startswith(_TYPE):
        raise GrpcError("INVALID_ARGUMENT", "the request is not gRPC")
    if len(body) < 5 or len(body) != 5 + int.from_bytes(body[1:5], "big"):
        raise GrpcError("INTERNAL", "the request should have one message")
    if body[0] == 0:
        return body[5:]
    encoding = headers.get("grpc-encoding", "identity")
    if encoding not in ("gzip", "deflate"):
        raise GrpcError("UNIMPLEMENTED", f"messages compressed with {encoding[:50]!r} are not supported; gzip is")
    # With 32 added, zlib detects whether the header is that of zlib or gzip.
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        content = unpack.decompress(body[5:], MAX_BODY + 1)
    except zlib.error as error:
        raise GrpcError("INTERNAL", f"the message is not {encoding}: {error}") from None
    if len(content) > MAX_BODY:
        raise GrpcError("RESOURCE_EXHAUSTED", f"the message is longer than {MAX_BODY} bytes")
    if not unpack.eof or unpack.unused_data:
        raise GrpcError("INTERNAL", f"the {encoding} message is cut off or has an addition")
    return content


def code_of(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Return the name of the gRPC status among the headers of a response."""
    return next((CODES[int(value)] for name, value in headers if name == b"grpc-status"), None)


def timeout_of(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a client gives a call, if it says so."""
    parts = _TIMEOUT.fullmatch(headers.get("grpc-timeout", ""))
    return None if parts is None else int(parts[1]) * _SECONDS[parts[2]]
