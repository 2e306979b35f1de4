"""Read Pasqal's error responses.

The service wraps everything in `{status, message, code, data}`, with the reason in `data.description`: a text, or a
list of `{loc, msg, type}`. Its API document promises FastAPI's `{detail: […]}` instead, which is read too; so is the
form of the token endpoint, `{error, error_description}`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

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

# The part of the request that a location begins with; it does not help readers.
PLACES = frozenset({"body", "query", "path", "header", "cookie"})


def read_failure(status: int, headers: Mapping[str, str], body: Any) -> FailureDetails:
    """Return the details of an error response, in any of its forms."""
    fields = mapping_of(body)
    oauth = oauth_failure(fields)
    if oauth is not None:
        return oauth
    # `data` may itself be the reason, or missing.
    data = fields.get("data")
    reason = mapping_of(data).get("description")
    if reason is None:
        reason = fields.get("detail", data)
    problems = [_problem(mapping_of(problem)) for problem in list_of(reason)]
    problems = [(name, text) for name, text in problems if text]
    described = text_of(reason) if isinstance(reason, str) else None
    heading = _heading(status, fields)
    said = [described] if described and described != heading else []
    said += [f"{name}: {text}" if name else text for name, text in problems]
    return FailureDetails(
        listed(heading, said) or text_of(fields.get("message")) or plain_text(headers, body),
        # As text or as a number.
        text_of(fields.get("code")),
        fields=tuple(dict.fromkeys(name for name, _ in problems if name)),
    )


def _heading(status: int, fields: Mapping[str, Any]) -> str | None:
    """Return the message, unless it is only the status in words or one of success."""
    message = first_text(fields, "message")
    empty = {"ok", "error", "fail", "failure"}
    with contextlib.suppress(ValueError):
        empty.add(HTTPStatus(status).phrase.lower())
        # Renamed by RFC 9110: its name depends on the version of Python here, and on that of the cloud.
        empty |= {"unprocessable entity", "unprocessable content"} if status == 422 else set()
    return message if message and message.lower().rstrip(".") not in empty else None


def _problem(problem: Mapping[str, Any]) -> tuple[str, str]:
    """Return the location of a problem, such as `jobs.0.runs`, and its description."""
    where = problem.get("loc")
    parts = [text for part in (list_of(where) or [where]) if (text := text_of(part)) is not None]
    if len(parts) > 1 and parts[0] in PLACES:
        del parts[0]
    why = first_text(problem, "msg", "message", "type")
    return ".".join(parts), why or ("is not valid" if parts else "")
