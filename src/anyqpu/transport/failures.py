"""From a response that is no success to the error that says so.

Here is what all clouds share: classes by status, hints, waiting times, and what of a body may be shown. What one
cloud's bodies mean is in its `providers/<cloud>/errors.py`, as a `FailureReader`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import takewhile
from typing import Any, cast

from anyqpu import errors
from anyqpu.transport.http import HttpResponse

BODY_LIMIT = 4096
# A longer body is no error document; reading it would only hold the event loop.
PARSE_LIMIT = 65536
MESSAGE_LIMIT = 1000
DEPTH_LIMIT = 40

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


@dataclass(frozen=True, slots=True)
class FailureDetails:
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


FailureReader = Callable[[int, Mapping[str, str], Any], FailureDetails]
"""Status, headers (lower-case names) and body (JSON value, text, or None) in; what they mean out. Never raises."""


def error_of(
    response: HttpResponse,
    *,
    provider: str,
    operation: str,
    read: FailureReader | None = None,
    secrets: Collection[str] = (),
) -> errors.APIError:
    """The error for a status that is no success. Any body will do: JSON, HTML, cut off, or none at all.

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
        line = "".join(each if each.isprintable() else " " for each in line)
        return _cut(_hide(" ".join(line.split()), secrets), MESSAGE_LIMIT) or None

    code = said.code or common.code
    kind = said.kind or kind_of(status)
    details: dict[str, Any] = {}
    if issubclass(kind, errors.ValidationError):
        details["fields"] = tuple(shown(name) or "" for name in said.fields[:100])
    error = kind(
        shown(said.message or common.message) or f"the server answered {status}",
        provider=provider,
        operation=operation,
        status_code=status,
        code=shown(code) if code != str(status) else None,
        request_id=shown(request_id_of(headers) or said.request_id or common.request_id),
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


def request_id_of(headers: Mapping[str, str]) -> str | None:
    """The identifier to quote to the cloud's support, from any of the headers in use for it."""
    return next((headers[name] for name in REQUEST_ID_HEADERS if headers.get(name)), None)


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
        # Resource servers often answer 401 without a body and give the reason here (RFC 6750).
        said = re.search(r'error_description="([^"]{1,300})"', headers.get("www-authenticate", ""))
        message = said[1] if said else None
    code = first_text(fields, *CODE_KEYS) or first_text(inner, *CODE_KEYS)
    return FailureDetails(message, code, request_id=first_text(fields, *REQUEST_ID_KEYS))


# Bodies: read, shown, kept


def read_body(content: bytes) -> Any:
    """What an error may keep of a body: JSON where it is that and short, otherwise text; None if it is empty.

    Credentials and the queries of links are replaced; at most 4 KiB are left.
    """
    return _kept(content, _parsed(content), ())


def _parsed(content: bytes) -> Any:
    if not content or content.isspace():
        return None
    if len(content) <= PARSE_LIMIT:
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            pass
    # Twice what is kept, so that a credential across the end of that is still seen whole.
    return content[: 2 * BODY_LIMIT].decode("utf-8", "replace")


def _kept(content: bytes, body: Any, secrets: Collection[str]) -> Any:
    redaction = _Redaction(secrets)
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


HIDDEN = "***"
_WORDS = "token|secret|passw|passphrase|pwd|authorization|apikey|accesskey|privatekey|credential|cookie|signature"
_CREDENTIAL = re.compile(rf"{_WORDS}|^auth$|^jwt$|^bearer$")
# They hold no credential, although they sound like it.
_HARMLESS = frozenset({"tokentype", "nextpagetoken", "pagetoken"})
# A field error says which field, and some repeat what was in it (pydantic's `input`, Spring's `rejectedValue`).
_NAMING = ("loc", "path", "field", "name", "argument_name", "key", "header", "property")
_ECHOES = frozenset({"value", "input", "rejectedvalue", "invalidvalue", "actual", "ctx"})

# Each pattern reads a text once, however it is made: all of this runs in the event loop.
_LINK = re.compile(r"""(\b[a-zA-Z][a-zA-Z0-9+.-]{0,15}:(?:\\?/){2})([^\s"'<>]*)""")
# "Basic authentication" and "bearer token" are words; what looks like one of those in their place is not redacted.
_BEARER = re.compile(r"(?i:\b(bearer)\s+)(?!(?i:auth\w*|tokens?|schemes?|credentials?|realm)\b)[\w.~+/=-]{4,}")
_BASIC = re.compile(r"\b([Bb]asic)\s+(?=\S*[\d=]|\S*[a-z][A-Z])(?!realm=)[\w+/=-]{6,}")
_JWT = re.compile(r"(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]*){1,4}")
_KEY = r"(?:token|secret|passw\w{0,4}|authorization|api[_-]?key|credential|cookie|signature)[\w.-]{0,20}"
_QUOTED = re.compile(
    rf"""({_KEY}\\?["']\s{{0,5}}:\s{{0,5}})(?:"(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s,}}\]]+)""", re.IGNORECASE
)
_ASSIGNED = re.compile(rf"""({_KEY}=)[^\s&;,"'<>]+""", re.IGNORECASE)
# `token: expired` is a sentence; `token: 4f1c0ffee0123456` is a token.
_STATED = re.compile(rf"({_KEY}:\s{{0,3}})(?=[^\s\d]{{0,80}}\d)[\w.~+/=-]{{12,}}", re.IGNORECASE)


def redact_text(text: str) -> str:
    """A text without credentials, as far as they can be told, and without the queries of links (which may sign)."""
    # A JSON text may hold half a character, which no terminal or file takes.
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = _LINK.sub(_plain_link, text)
    text = _BEARER.sub(rf"\1 {HIDDEN}", text)
    text = _BASIC.sub(rf"\1 {HIDDEN}", text)
    text = _JWT.sub(HIDDEN, text)
    text = _QUOTED.sub(rf'\1"{HIDDEN}"', text)
    text = _ASSIGNED.sub(rf"\1{HIDDEN}", text)
    return _STATED.sub(rf"\1{HIDDEN}", text)


def _plain_link(link: re.Match[str]) -> str:
    address, *query = re.split(r"[?#]", link[2], maxsplit=1)
    host, slash, path = address.partition("/")
    if "@" in host:
        host = f"{HIDDEN}@{host.rpartition('@')[2]}"
    return f"{link[1]}{host}{slash}{path}{'?…' if query else ''}"


def _is_credential(name: str) -> bool:
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return plain not in _HARMLESS and _CREDENTIAL.search(plain) is not None


class _Redaction:
    """Makes a JSON value fit to be shown. Stops soon after the limit: what is cut off need not be read."""

    def __init__(self, secrets: Collection[str]) -> None:
        self._secrets = secrets
        self._left = 2 * BODY_LIMIT

    def text(self, text: str) -> str:
        """As `redact_text`, and without the secrets that are known."""
        text = text[: max(0, self._left)]
        self._left -= len(text) + 1
        return _hide(redact_text(text), self._secrets)

    def value(self, value: Any, depth: int = 0) -> Any:
        """Without credentials: neither under a key that names one nor beside a text that does."""
        if isinstance(value, str):
            return self.text(value)
        self._left -= 1
        if not isinstance(value, (dict, list)):
            return value
        if depth >= DEPTH_LIMIT:
            return "…"
        if isinstance(value, list):
            items = takewhile(lambda _: self._left > 0, cast("list[Any]", value))
            return [self.value(each, depth + 1) for each in items]
        fields = cast("dict[str, Any]", value)
        echoes = any(_is_credential(name) for key in _NAMING for name in _texts_in(fields.get(key)))
        kept: dict[str, Any] = {}
        for key, each in takewhile(lambda _: self._left > 0, fields.items()):
            hidden = _is_credential(key) or (echoes and key.lower().replace("_", "") in _ECHOES)
            kept[self.text(key)] = HIDDEN if hidden and each is not None else self.value(each, depth + 1)
        return kept


def _texts_in(value: Any) -> list[str]:
    return [each for each in (list_of(value)[:20] or [value]) if isinstance(each, str)]


def _hide(text: str, secrets: Collection[str]) -> str:
    # The longest first: one may begin like another. A very short one would hide ordinary words.
    for secret in sorted((each for each in secrets if len(each) >= 4), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


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
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return seconds_until(moment)


def seconds_until(moment: datetime) -> float:
    """Seconds from now, 0 if it has passed. A time without zone is UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


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
    """The value as a finite number, also from text; None if it is none."""
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
