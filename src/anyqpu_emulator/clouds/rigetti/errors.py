"""Errors in QCS's own form, and the layer that gives every response below the prefix this form."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from anyqpu_emulator.http import ProblemError, json_response

_CODES = {
    400: "bad_request",
    401: "unauthorized",
    402: "insufficient_payment",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "reservation_unavailable",
    413: "payload_too_large",
    415: "unsupported_media_type",
    422: "invalid_input",
    429: "too_many_requests",
    500: "internal_error",
    501: "not_implemented",
    503: "unavailable",
}
_SLASHES = re.compile(r"/{2,}")
# Ids that the outermost layer repeats in its header.
_SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")


class QcsError(ProblemError):
    """An error response: `Error` of the published document."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str | None = None,
        where: str | None = None,
        path: tuple[str, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """`where` (header, query, path, body) and `path` say what of the request is wrong."""
        super().__init__(status, message, headers=headers)
        self.code = code or _CODES.get(status, "error")
        self.where = where
        self.path = path

    def with_id(self, request_id: str) -> Response:
        """Return the response."""
        body: dict[str, Any] = {"code": self.code, "message": self.detail, "requestId": request_id}
        if self.where is not None:
            body["validationErrors"] = [{"in": self.where, "message": self.detail, "path": list(self.path)}]
        return json_response(body, self.status, headers=self.headers)


def invalid(message: str, where: str, *path: str) -> QcsError:
    """Return a 422 for one part of the request."""
    return QcsError(422, message, where=where, path=path)


class Boundary:
    """Joins doubled slashes, which the cloud's own clients send, and words the errors of the router."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the cloud's router."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        joined: Scope = {**scope, "path": _SLASHES.sub("/", scope["path"])}
        try:
            await self._app(joined, receive, send)
        except HTTPException as error:
            await error_response(error, joined)(scope, receive, send)


def error_response(error: HTTPException | ProblemError, scope: Scope) -> Response:
    """Return the response to an error, with the request id of the client if there is one."""
    sent_id = Headers(scope=scope).get("x-request-id", "")
    request_id = sent_id if _SANE_REQUEST_ID.fullmatch(sent_id) else str(uuid.uuid4())
    return _qcs_error(error, scope).with_id(request_id)


def _qcs_error(error: HTTPException | ProblemError, scope: Scope) -> QcsError:
    if isinstance(error, QcsError):
        return error
    if isinstance(error, ProblemError):
        # QCS calls what the shared reader of bodies refuses invalid input.
        if error.status == 400:
            return invalid(error.detail, "body")
        return QcsError(error.status, error.detail, headers=error.headers)
    message = error.detail
    if error.status_code in (404, 405):
        message = f"there is no {scope['method']} {scope['path']}"
    return QcsError(error.status_code, message, headers=error.headers)
