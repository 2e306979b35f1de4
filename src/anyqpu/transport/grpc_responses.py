"""Responses of gRPC services: their message, or the error that their status stands for."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from mmap import mmap
from urllib.parse import unquote

from anyqpu.errors import (
    AnyQPUError,
    APIError,
    ConfigError,
    ConnectError,
    ProtocolError,
    ReadTimeoutError,
    ResponseTooLargeError,
    UnexpectedResponseError,
)
from anyqpu.transport.failures import HINTS, SERVER_HINT, error_of, kind_of, retry_after
from anyqpu.transport.http import HttpResponse
from anyqpu.transport.http2 import StreamResetError, StreamResponse
from anyqpu.transport.redact import shown

# Bytes that are kept of a response that is not gRPC.
MOST_KEPT = 65536
# Bytes before a message: a flag, and its length.
PREFIX = 5
MESSAGE_LIMIT = 1000
# https://grpc.github.io/grpc/core/md_doc_statuscodes.html, and the HTTP status that means the same
# (google/rpc/code.proto), by which errors have their class.
STATUSES: Mapping[int, tuple[str, int]] = {
    1: ("CANCELLED", 499),
    2: ("UNKNOWN", 500),
    3: ("INVALID_ARGUMENT", 400),
    4: ("DEADLINE_EXCEEDED", 504),
    5: ("NOT_FOUND", 404),
    6: ("ALREADY_EXISTS", 409),
    7: ("PERMISSION_DENIED", 403),
    8: ("RESOURCE_EXHAUSTED", 429),
    9: ("FAILED_PRECONDITION", 412),
    10: ("ABORTED", 409),
    11: ("OUT_OF_RANGE", 400),
    12: ("UNIMPLEMENTED", 501),
    13: ("INTERNAL", 500),
    14: ("UNAVAILABLE", 503),
    15: ("DATA_LOSS", 500),
    16: ("UNAUTHENTICATED", 401),
}
UNAVAILABLE = "UNAVAILABLE"
# RFC 9113, section 7, as gRPC understands it: too many requests.
ENHANCE_YOUR_CALM = 11


# Bytes from which a message has pages of its own.
LARGE = 2**20
if sys.platform != "win32":
    from mmap import MAP_ANONYMOUS, MAP_PRIVATE


class HiddenBuffer(bytearray):
    """A message that may hold a secret: its text form shows its length only."""

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


Received = HiddenBuffer | mmap
"""A message as it was received. Its text form shows none of it."""


@dataclass(slots=True, repr=False)
class Content:
    """A response's message as it arrives."""

    limit: int
    prefix: bytes = b""
    message: Received | None = None
    at: int = 0
    other: bytes = b""

    def receive(self, response: StreamResponse, data: bytes) -> None:
        """Take a piece of the body."""
        if response.status != 200 or not response.headers.get("content-type", "").startswith("application/grpc"):
            self.other += data[: MOST_KEPT - len(self.other)]
            return
        if self.message is None:
            missing = PREFIX - len(self.prefix)
            self.prefix, data = self.prefix + data[:missing], data[missing:]
            if len(self.prefix) < PREFIX:
                return
            size = int.from_bytes(self.prefix[1:])
            if self.prefix[0] != 0:
                raise UnexpectedResponseError("the response is compressed, which was not requested")
            if size > self.limit:
                raise ResponseTooLargeError(f"the response has {size} bytes; the limit is {self.limit}")
            self.message = HiddenBuffer(size) if size < LARGE else _pages(size)
        end = self.at + len(data)
        if end > len(self.message):
            raise UnexpectedResponseError("the response has more than one message")
        self.message[self.at : end] = data
        self.at = end

    @property
    def is_complete(self) -> bool:
        """Whether all of the message has arrived."""
        return self.message is not None and self.at == len(self.message)


def _pages(size: int) -> mmap:
    """Return memory that the system provides page by page, as it is written.

    A bytearray of 20 MB would be filled with zeros at once, for 12 ms, and one that grows is copied now and then.
    """
    return mmap(-1, size) if sys.platform == "win32" else mmap(-1, size, flags=MAP_PRIVATE | MAP_ANONYMOUS)


def outcome_of(response: StreamResponse, content: Content, secrets: Collection[str]) -> Received | AnyQPUError:
    """Return the message of a response, or the error that it stands for."""
    status = response.status
    if status != 200:
        return error_of(
            HttpResponse(status or 0, response.headers, content.other), provider="", operation="", secrets=secrets
        )
    trailers = {**response.headers, **response.trailers}
    code = trailers.get("grpc-status", "")
    if not re.fullmatch("[0-9]{1,2}", code, re.ASCII):
        if content.other:
            return UnexpectedResponseError(
                "the response is not gRPC", status_code=status, hint="The address may be that of another service"
            )
        return ProtocolError("the response ended without a status")
    if int(code) != 0:
        return _failure(int(code), trailers, secrets)
    if content.message is None or not content.is_complete:
        return ProtocolError("the response has no message, or not all of it")
    return content.message


def _failure(status: int, trailers: Mapping[str, str], secrets: Collection[str]) -> AnyQPUError:
    """Return the error for a status of gRPC."""
    name, http_status = STATUSES.get(status, ("UNKNOWN", 500))
    # Percent-encoded UTF-8; what is not is shown as it is.
    said = unquote(trailers.get("grpc-message", "")[: 8 * MESSAGE_LIMIT], errors="replace")
    message = shown(said, secrets, MESSAGE_LIMIT) or f"the server returned {name}"
    request_id = trailers.get("x-request-id")
    if name == "DEADLINE_EXCEEDED":
        return ReadTimeoutError(f"the server was too slow: {message}", code=name, request_id=request_id)
    kind: type[APIError] = kind_of(http_status) if http_status != 499 else kind_of(500)
    hint = HINTS.get(http_status, SERVER_HINT if http_status >= 500 else None)
    error = kind(
        message,
        status_code=http_status,
        code=name,
        request_id=request_id,
        retry_after=retry_after(trailers),
        hint=hint,
    )
    if http_status == 501:
        error.retryable = False
    return error


def error_of_reset(error: StreamResetError) -> AnyQPUError:
    """Return the error for a stream that the server gave up."""
    if not error.handled:
        return ConnectError("the server refused the request before it handled it")
    if error.code == ENHANCE_YOUR_CALM:
        return _failure(8, {}, ())
    return ProtocolError(
        f"the connection broke: the server reset the stream of the request (HTTP/2 error {error.code})"
    )


def is_passing(error: AnyQPUError) -> bool:
    """Whether an error may pass by itself: a connection that broke, UNAVAILABLE, or 503 with the time to wait."""
    if not isinstance(error, APIError):
        return True
    return error.code == UNAVAILABLE or (error.status_code == 503 and error.retry_after is not None)


def may_have_been_handled(outcome: Received | AnyQPUError) -> bool:
    """Whether a request may have had its effect: not if it was refused, or never left."""
    if isinstance(outcome, APIError):
        return not 400 <= (outcome.status_code or 0) < 500
    return not isinstance(outcome, ConnectError | ConfigError)
