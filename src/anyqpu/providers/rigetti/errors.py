"""Read Rigetti's error bodies: `{code, message, requestId, validationErrors: [{in, path, message}]}`.

The API document says that all errors have this form, and contradicts itself for 422 on some operations, where the
body is one bare `validationErrors` item. The token endpoint is another service: `{error, error_description}`, or
`{errorCode, errorSummary, errorId}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anyqpu import errors
from anyqpu.transport.failures import (
    FailureDetails,
    first_text,
    list_of,
    listed,
    mapping_of,
    oauth_failure,
    plain_text,
    text_of,
)

# Error classes by `code`, for the codes that mean more than their status does.
KINDS: Mapping[str, type[errors.APIError]] = {
    "insufficient_payment": errors.PaymentRequiredError,
    "reservation_unavailable": errors.ReservationUnavailableError,
}
HINTS: Mapping[str, str] = {
    "insufficient_payment": "Add credit or a means of payment to the Rigetti account, or name another account",
    "reservation_unavailable": "Ask which times are free (findAvailable) and take one of those",
    "invalid_password_reset_token": "Ask for a new password reset e-mail",
    "invalid_email_verification_token": "Ask for a new verification e-mail",
}


def read_failure(status: int, headers: Mapping[str, str], body: Any) -> FailureDetails:
    """Return the details of an error response of Rigetti or of its token endpoint."""
    fields = mapping_of(body)
    oauth = oauth_failure(fields)
    if oauth is not None:
        return oauth
    code = text_of(fields.get("code")) or first_text(fields, "errorCode")
    problems = [_problem(mapping_of(problem)) for problem in list_of(fields.get("validationErrors"))]
    if not problems and "in" in fields:
        problems, message = [_problem(fields)], None
    else:
        message = first_text(fields, "message", "errorSummary")
    # The code counts for client errors only.
    kind = KINDS.get(code or "") if 400 <= status < 500 else None
    return FailureDetails(
        listed(message, [f"{name}: {text}" if name else text for name, text in problems if text])
        or plain_text(headers, body),
        code,
        fields=tuple(dict.fromkeys(name for name, _ in problems if name)),
        request_id=first_text(fields, "requestId", "errorId"),
        kind=kind,
        hint=HINTS.get(code or ""),
    )


def _problem(problem: Mapping[str, Any]) -> tuple[str, str]:
    """Return which part is wrong, such as `endTime` or, without a path, `query`, and why."""
    path = problem.get("path")
    parts = [text for part in (list_of(path) or [path]) if (text := text_of(part)) is not None]
    name = ".".join(parts) or text_of(problem.get("in")) or ""
    return name, first_text(problem, "message") or ("is not valid" if name else "")
