"""Make the error for a response that is not a success.

Here is what all clouds share: classes by status, hints and waiting times; `redact` says what of a body may be shown.
What one cloud's bodies mean is in its `providers/<cloud>/errors.py`, as a `ErrorParser`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple, cast

from anyqpu import errors
from anyqpu.transport.http import HttpResponse
from anyqpu.transport.redact import Redaction, hide, redact_text
from anyqpu.transport.redact import shown as safe_line

BODY_LIMIT = 4096
# A longer body is not an error document; parsing it would only block the event loop.
PARSE_LIMIT = 65536
MESSAGE_LIMIT = 1000

BY_STATUS: Mapping[int, type[errors.APIError]] = {
    400: errors.ValidationError,
    401: errors.AuthenticationError,
    402: errors.PaymentRequiredError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    410: errors.NotFoundError,
    412: errors.ConflictError,
    413: errors.ValidationError,
    422: errors.ValidationError,
    423: errors.ConflictError,
    429: errors.RateLimitedError,
    503: errors.ServiceUnavailableError,
}

# Where the class says otherwise: a slow request may be sent again, what is not implemented will not be.
RETRYABLE: Mapping[int, bool] = {408: True, 425: True, 501: False}

HINTS: Mapping[int, str] = {
    401: "Check the token or key: it may be wrong or expired",
    402: "Add credit or a means of payment in the cloud's console",
    403: "The credentials are valid but lack this permission",
    407: "A proxy on the way asks for credentials",
    409: "Look at its state again before you repeat this",
    412: "Look at its state again before you repeat this",
    413: "Send less: a smaller program or fewer parameters",
    423: "It is locked: try again later, or ask the cloud's support",
    501: "This cloud does not offer the operation, or not in this version",
}
REDIRECT_HINT = "The base URL may be wrong"
SERVER_HINT = "The fault is on the cloud's side: try again later, and quote the request id to its support if it stays"

# The clouds' words for the same things: problem details, JSend, OAuth, and each one's own.
MESSAGE_KEYS = ("detail", "error_description", "message", "error_message", "title", "error")
CODE_KEYS = ("code", "type")
REQUEST_ID_KEYS = ("requestId", "request_id")
REQUEST_ID_HEADERS = ("x-request-id", "x-correlation-id", "x-amzn-requestid")


class FailureDetails(NamedTuple):
    """What a cloud's own error body says. What is left out is filled in from status, headers and common words.

    Attributes:
        message: In the cloud's words as far as there are any; names the fields that are wrong.
        code: The cloud's own code.
        fields: Names of the parts of the input that are wrong.
        request_id: Identifier to quote to support. One in the headers comes first.
        kind: A class that is more precise than the status alone.
        retry_after: Seconds. `Retry-After` in the headers comes first.
        hint: What to do about it, in place of the usual words for the status.
    """

    message: str | None = None
    code: str | None = None
    fields: tuple[str, ...] = ()
    request_id: str | None = None
    kind: type[errors.APIError] | None = None
    retry_after: float | None = None
    hint: str | None = None


ErrorParser = Callable[[int, Mapping[str, str], Any], FailureDetails]
"""Status, headers (lower-case names) and body (JSON value, text, or None) in; what they mean out. Never raises."""


def error_of(
    response: HttpResponse,
    *,
    provider: str,
    operation: str,
    read: ErrorParser | None = None,
    secrets: Collection[str] = (),
) -> errors.APIError:
    """Return the error for a status that is not a success. The body may be JSON, HTML, truncated or empty.

    Args:
        read: Knows this cloud's bodies; without it only the words that clouds share are understood.
        secrets: Texts that the error must not show even if the cloud repeats them, such as the token just sent.
    """
    status, headers = response.status_code, response.headers
    body = _parsed(response.content)
    said = read(status, headers, body) if read else FailureDetails()
    common = _common(headers, body)
    wait = retry_after(headers)
    wait = _usable(said.retry_after) if wait is None else wait

    def shown(text: str | None) -> str | None:
        # One line, and nothing that steers a terminal.
        line = redact_text((text or "")[: 2 * MESSAGE_LIMIT])
        line = "".join(character if character.isprintable() else " " for character in line)
        return _cut(hide(" ".join(line.split()), secrets), MESSAGE_LIMIT) or None

    code = said.code or common.code
    kind = said.kind or kind_of(status)
    details: dict[str, Any] = {}
    if issubclass(kind, errors.ValidationError):
        details["fields"] = tuple(shown(name) or "" for name in said.fields[:100])
    error = kind(
        shown(said.message or common.message) or f"the server returned status {status}",
        provider=provider,
        operation=operation,
        status_code=status,
        code=shown(code) if code != str(status) else None,
        request_id=shown(request_id_of(headers, secrets) or said.request_id or common.request_id),
        retry_after=wait,
        body=_kept(response.content, body, secrets),
        hint=shown(said.hint) or _hint(status, wait, body),
        **details,
    )
    if status in RETRYABLE:
        error.retryable = RETRYABLE[status]
    return error


def kind_of(status: int) -> type[errors.APIError]:
    """The class for a status, as long as nothing more precise is known."""
    return BY_STATUS.get(status, errors.ServerError if status >= 500 else errors.UnexpectedResponseError)


def request_id_of(headers: Mapping[str, str], secrets: Collection[str] = ()) -> str | None:
    """Return the identifier to quote to the cloud's support, from any of the headers in use for it, fit to be shown.

    `secrets`: texts that must not be shown even if the cloud repeats them.
    """
    for name in REQUEST_ID_HEADERS:
        if value := headers.get(name):
            return safe_line(value, secrets)
    return None


def may_have_been_handled(outcome: HttpResponse | errors.AnyQPUError) -> bool:
    """Whether a request may have had its effect: not if it was refused, or never left."""
    if isinstance(outcome, HttpResponse):
        return not 400 <= outcome.status_code < 500
    return not isinstance(outcome, errors.ConnectError | errors.ConfigError)


def is_uncertain(error: errors.AnyQPUError) -> bool:
    """Whether the request that failed may have had its effect all the same."""
    return (isinstance(error, errors.TransportError) and not isinstance(error, errors.ConnectError)) or isinstance(
        error, errors.ServerError
    )


def _hint(status: int, wait: float | None, body: Any) -> str | None:
    if status == 404 and not isinstance(body, dict):
        return "There may be nothing at this address at all: check the base URL"
    if status == 429:
        return f"Try again in {wait:.3g} s" if wait else "Send fewer requests, or try again later"
    if status == 503 and wait:
        return f"Try again in {wait:.3g} s"
    usual = SERVER_HINT if status >= 500 else REDIRECT_HINT if 300 <= status < 400 else None
    return HINTS.get(status, usual)


def _common(headers: Mapping[str, str], body: Any) -> FailureDetails:
    """What can be understood without knowing the cloud."""
    fields = mapping_of(body)
    inner = mapping_of(fields.get("error"))
    message = first_text(fields, *MESSAGE_KEYS) or first_text(inner, *MESSAGE_KEYS)
    if message is None:
        # Resource servers often send 401 without a body and give the reason here (RFC 6750).
        said = re.search(r'error_description="([^"]{1,300})"', headers.get("www-authenticate", ""))
        message = said[1] if said else None
    code = first_text(fields, *CODE_KEYS) or first_text(inner, *CODE_KEYS)
    return FailureDetails(message, code, request_id=first_text(fields, *REQUEST_ID_KEYS))


# Bodies: read, shown, kept


def read_body(content: bytes, secrets: Collection[str] = ()) -> Any:
    """What an error may keep of a body: JSON where it is that and short, otherwise text; None if it is empty.

    Credentials, the known `secrets` and the queries of links are replaced; at most 4 KiB are left.
    """
    return _kept(content, _parsed(content), secrets)


def _parsed(content: bytes) -> Any:
    if not content or content.isspace():
        return None
    if len(content) <= PARSE_LIMIT:
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            pass
    # Far more than what is kept, so that a credential across the end of that is still seen whole.
    return content[: 16 * BODY_LIMIT].decode("utf-8", "replace")


def _kept(content: bytes, body: Any, secrets: Collection[str]) -> Any:
    redaction = Redaction(secrets, limit=BODY_LIMIT)
    if isinstance(body, str):
        return _cut(redaction.text(body), BODY_LIMIT)
    safe = redaction.value(body)
    if len(content) <= BODY_LIMIT:
        return safe
    text = json.dumps(safe, ensure_ascii=False)
    return safe if len(text.encode()) <= BODY_LIMIT else _cut(text, BODY_LIMIT)


def _cut(text: str, limit: int) -> str:
    """At most `limit` bytes of a text."""
    return text.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore")


# Times to wait


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from `Retry-After`, which holds seconds or a date."""
    value = headers.get("retry-after")
    if value is None:
        return None
    seconds = number_of(value)
    if seconds is not None:
        return max(0.0, seconds)
    try:
        time = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return seconds_until(time)


def seconds_until(time: datetime) -> float:
    """Seconds from now, 0 if it has passed. A time without zone is UTC."""
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return max(0.0, (time - datetime.now(UTC)).total_seconds())


def _usable(seconds: float | None) -> float | None:
    return max(0.0, seconds) if seconds is not None and math.isfinite(seconds) else None


# For readers: a body may have anything anywhere


def mapping_of(value: Any) -> Mapping[str, Any]:
    """The value if it is an object; otherwise an empty one."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """The value if it is a list; otherwise an empty one."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def text_of(value: Any) -> str | None:
    """The value as text if it is one, or a whole number; None for anything else and for a blank."""
    if isinstance(value, int) and not isinstance(value, bool):
        # One that is longer than any code would not even be allowed to become text.
        return str(value) if abs(value) < 10**18 else None
    return value.strip() or None if isinstance(value, str) else None


def first_text(fields: Mapping[str, Any], *keys: str) -> str | None:
    """The first of these that is a text and says something."""
    for key in keys:
        value = fields.get(key)
        if isinstance(value, str) and value.strip() and value != "about:blank":
            return value.strip()
    return None


def number_of(value: Any) -> float | None:
    """Return the value as a finite number, also from text; None if it is not one."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def listed(heading: str | None, problems: Iterable[str]) -> str | None:
    """`heading: problem; problem`, the first ten of them; None if there is nothing to say."""
    said = list(dict.fromkeys(problems))
    text = "; ".join(said[:10]) + (f"; and {len(said) - 10} more" if len(said) > 10 else "")
    return f"{heading}: {text}" if heading and text else heading or text or None


def plain_text(headers: Mapping[str, str], body: Any) -> str | None:
    """A body that is one short line of text, such as a gateway's `no healthy upstream`; None for HTML and all else."""
    kind = headers.get("content-type", "text/plain").partition(";")[0].strip().lower()
    if not isinstance(body, str) or kind != "text/plain":
        return None
    text = body.strip()
    fits = 0 < len(text) <= 200 and text.isprintable() and text[0] not in "<{[\"'" and "�" not in text
    return text if fits else None


# RFC 6749 §5.2 and RFC 6750 §3.1: the codes that are about who asks.
OAUTH_CREDENTIALS = frozenset({"invalid_grant", "invalid_client", "invalid_token", "unauthorized_client"})
OAUTH_CODES = OAUTH_CREDENTIALS | {
    "invalid_request", "invalid_scope", "unsupported_grant_type", "access_denied", "insufficient_scope",
}  # fmt: skip


def oauth_failure(body: Any) -> FailureDetails | None:
    """What a token endpoint says, `{error, error_description}`; None if this is not from one."""
    fields = mapping_of(body)
    code, description = first_text(fields, "error"), first_text(fields, "error_description")
    if code is None or (description is None and code not in OAUTH_CODES):
        return None
    # Token endpoints refuse a password or a refresh token with 400 or 403 as often as with 401.
    refused = code in OAUTH_CREDENTIALS
    return FailureDetails(
        description or code.replace("_", " "),
        code,
        kind=errors.AuthenticationError if refused else None,
        hint="Check user name, password, client id or refresh token: one is wrong or expired" if refused else None,
    )
