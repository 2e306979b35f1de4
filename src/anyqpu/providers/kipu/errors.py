"""What Kipu Quantum Hub's error bodies mean.

The API document lists statuses and no bodies. Its clients read problem details (RFC 9457: `detail`, then `title`) and,
from the years before, `error_message`; the service is built with Spring, whose default errors are read too.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from anyqpu.transport.failures import (
    FailureDetails,
    first_text,
    list_of,
    listed,
    mapping_of,
    number_of,
    oauth_failure,
    plain_text,
    text_of,
)

# 2001-09-09: a smaller number in X-RateLimit-Reset is not a time.
FIRST_UNIX_TIME = 1e9


def read_failure(status: int, headers: Mapping[str, str], body: Any) -> FailureDetails:
    """What a response of Kipu's says, in any of its forms."""
    fields = mapping_of(body)
    # The login is a Keycloak server, with the usual words of a token endpoint.
    oauth = oauth_failure(fields)
    if oauth is not None:
        return oauth
    inner = mapping_of(fields.get("error"))
    problems = _problems(fields)
    message = first_text(fields, "detail", "title", "error_message", "message") or first_text(inner, "message")
    return FailureDetails(
        listed(message, [f"{name}: {text}" for name, text in problems])
        or first_text(fields, "error")
        or plain_text(headers, body),
        text_of(fields.get("code")) or _word(fields.get("status")) or text_of(inner.get("code")),
        fields=tuple(dict.fromkeys(name for name, _ in problems)),
        retry_after=_wait(headers) if status == 429 else None,
    )


def _word(status: Any) -> str | None:
    # The older form has a word here, the newer one the number that we know.
    return status if isinstance(status, str) and not status.isdecimal() else None


def _problems(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Fields that did not pass Spring's checks. Inferred from the framework; not seen on the live service."""
    problems: list[tuple[str, str]] = []
    for key in ("errors", "violations", "invalid-params"):
        for problem in map(mapping_of, list_of(fields.get(key))):
            name = first_text(problem, "field", "name", "pointer", "propertyPath")
            if name:
                why = first_text(problem, "defaultMessage", "message", "detail", "reason") or "is not valid"
                problems.append((name, why))
    return problems


def _wait(headers: Mapping[str, str]) -> float | None:
    # A unix time, where other clouds send seconds from now.
    reset = number_of(headers.get("x-ratelimit-reset"))
    return max(0.0, reset - time.time()) if reset is not None and reset >= FIRST_UNIX_TIME else None
