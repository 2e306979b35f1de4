"""From a response that is no success to the error that says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast

from anyqpu import errors
from anyqpu.transport.http import HttpResponse

BODY_LIMIT = 4096

BY_STATUS: Mapping[int, type[errors.APIError]] = {
    400: errors.ValidationError,
    401: errors.AuthenticationError,
    402: errors.PaymentRequiredError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    422: errors.ValidationError,
    429: errors.RateLimitedError,
    503: errors.ServiceUnavailableError,
}

HINTS: Mapping[int, str] = {
    401: "Check the token or key: it may be wrong or expired",
    403: "The credentials are valid but lack this permission",
}

# The clouds' words for the same things: problem details, JSend, OAuth, and each one's own.
MESSAGE_KEYS = ("detail", "error_description", "message", "error_message", "title", "error")
CODE_KEYS = ("code", "type")
REQUEST_ID_HEADERS = ("x-request-id", "x-correlation-id", "x-amzn-requestid")


def error_of(response: HttpResponse, *, provider: str, operation: str) -> errors.APIError:
    """The error for a status that is no success. Any body will do: JSON, HTML, cut off, or none at all."""
    status = response.status_code
    body = read_body(response.content)
    fields: Mapping[str, Any] = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    kind = BY_STATUS.get(status, errors.ServerError if status >= 500 else errors.UnexpectedResponseError)
    request_id = next((response.headers[name] for name in REQUEST_ID_HEADERS if name in response.headers), None)
    return kind(
        _first_text(fields, MESSAGE_KEYS) or f"the server answered {status}",
        provider=provider,
        operation=operation,
        status_code=status,
        code=_first_text(fields, CODE_KEYS),
        request_id=request_id or _first_text(fields, ("requestId", "request_id")),
        retry_after=retry_after(response.headers),
        body=body,
        hint=HINTS.get(status),
    )


def read_body(content: bytes) -> Any:
    """The beginning of a body: JSON where it is that, otherwise text; None if it is empty."""
    if not content:
        return None
    if len(content) <= BODY_LIMIT:
        try:
            return json.loads(content)
        except ValueError:
            pass
    return content[:BODY_LIMIT].decode("utf-8", "replace")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from `Retry-After`, which holds seconds or a date."""
    value = headers.get("retry-after")
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _first_text(fields: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = fields.get(key)
        if isinstance(value, str) and value and value != "about:blank":
            return value
    return None
