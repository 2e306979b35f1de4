"""Errors of the emulator as a whole, each in the form of the cloud that the request is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from starlette.responses import Response
from starlette.types import Scope

from . import operations
from .http import ProblemError, json_response


class Refuses(Protocol):
    """A cloud, as far as it words errors."""

    def refusal(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """An error as this cloud words it."""
        ...


class Refusals:
    """Words an error that concerns no cloud in particular, such as a body that is too large."""

    def __init__(self, cloud: Callable[[str], Refuses]) -> None:
        """`cloud` finds one by its name."""
        self._cloud = cloud

    def response(self, scope: Scope, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
        """The error: OAuth's form at a token endpoint, the cloud's below its prefix, RFC 7807 elsewhere."""
        path, known = scope["path"], headers or {}
        name = operations.cloud_of(path)
        if name is None:
            return ProblemError(status, message, headers=known).response(path)
        operation = operations.find(scope["method"], path)
        if operation is not None and operation.name == "token":
            error = "invalid_request" if status < 429 else "temporarily_unavailable"
            return json_response({"error": error, "error_description": message}, status, headers=known)
        return self._cloud(name).refusal(scope, status, message, known)
