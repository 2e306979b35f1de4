"""Error responses of the emulator itself, in the form of the request's cloud."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from starlette.responses import Response
from starlette.types import Scope

from . import operations
from .http import ProblemError
from .oauth import oauth_error


class ErrorFormat(Protocol):
    """A cloud that makes error responses in its own form."""

    def error_response(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """Return an error in this cloud's form."""
        ...


class ErrorResponses:
    """Error responses for all clouds, such as that to a body that is too large."""

    def __init__(self, cloud: Callable[[str], ErrorFormat]) -> None:
        """`cloud` finds one by its name."""
        self._cloud = cloud

    def response(self, scope: Scope, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
        """Return the error in OAuth's form at a token endpoint, in the cloud's below its prefix, else as RFC 7807."""
        path, sent_headers = scope["path"], headers or {}
        name = operations.cloud_of(path)
        if name is None:
            return ProblemError(status, message, headers=sent_headers).response(path)
        operation = operations.find(scope["method"], path)
        if operation is not None and operation.name == "token":
            error = "invalid_request" if status < 429 else "temporarily_unavailable"
            return oauth_error(status, error, message, sent_headers)
        return self._cloud(name).error_response(scope, status, message, sent_headers)
