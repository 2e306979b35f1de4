"""What Scaleway's error bodies mean.

The API document has no error bodies. These are the standard errors of all Scaleway's APIs, as its own Go and
JavaScript clients read them: `{type, …}`, where each type has its own fields, most without a message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from anyqpu import errors
from anyqpu.transport.failures import (
    FailureDetails,
    first_text,
    list_of,
    listed,
    mapping_of,
    number_of,
    plain_text,
    seconds_until,
    text_of,
)

Fields = Mapping[str, Any]

ARGUMENT_REASONS = {
    "unknown": "there is no such argument",
    "required": "is required",
    "format": "has the wrong form",
    "constraint": "is not within its limits",
}
CREDENTIAL_REASONS = {
    "invalid_argument": "is malformed",
    "not_found": "is not known",
    "expired": "has expired",
}
PRECONDITIONS = {
    "resource_still_in_use": "it is still in use",
    "attribute_must_be_set": "an attribute must be set first",
}
HINTS = {
    "denied_authentication": "Check the secret key: it is the part of an API key that is a UUID",
    "permissions_denied": "Give the API key's owner a policy that allows this, in Scaleway's console under IAM",
    "quotas_exceeded": "Free some of it, or ask Scaleway for a larger quota",
    "transient_state": "Wait until it has settled, then try again",
    "already_exists": "Use the one that exists, or another name",
    "locked": "Ask Scaleway's support why it is locked",
    "out_of_stock": "Try again later, or take another platform",
}


def read_failure(status: int, headers: Mapping[str, str], body: Any) -> FailureDetails:
    """What a response of Scaleway's says: standard errors, the older form with `fields`, or a line of text."""
    fields = mapping_of(body)
    kind = first_text(fields, "type")
    describe = MESSAGES.get(kind or "")
    message = (
        (describe(fields) if describe else None)
        or first_text(fields, "message", "help_message")
        or plain_text(headers, body)
    )
    precise: type[errors.APIError] | None = None
    hint = HINTS.get(kind or "")
    if kind == "expired" and _is_credential(fields):
        # Sent with 410, like everything that no longer exists; what helps is a new one.
        precise, hint = errors.AuthenticationError, "Make a new API key in Scaleway's console"
    if kind == "already_exists" and text_of(fields.get("resource")) == "booking":
        precise, hint = errors.ReservationUnavailableError, "Ask for another time"
    return FailureDetails(
        message,
        kind,
        fields=_wrong_fields(fields),
        kind=precise,
        retry_after=_wait(headers, fields) if status == 429 else None,
        hint=hint,
    )


def _wait(headers: Mapping[str, str], fields: Fields) -> float | None:
    seconds = number_of(fields.get("reset_seconds"))
    if seconds is not None:
        return seconds
    reset_at = first_text(fields, "reset_at")
    if reset_at is not None:
        try:
            return seconds_until(datetime.fromisoformat(reset_at))
        except (ValueError, OverflowError):
            pass
    # Seconds from now, where other clouds send a unix time.
    return number_of(headers.get("x-ratelimit-reset"))


def _wrong_fields(fields: Fields) -> tuple[str, ...]:
    named = (text_of(mapping_of(detail).get("argument_name")) for detail in list_of(fields.get("details")))
    return tuple(dict.fromkeys([*(name for name in named if name), *mapping_of(fields.get("fields"))]))


# One function per type


def _thing(fields: Fields) -> str:
    resource, id = text_of(fields.get("resource")), text_of(fields.get("resource_id"))
    return " ".join(part for part in (resource, id if id != "unknown" else None) if part) or "it"


def _is_credential(fields: Fields) -> bool:
    resource = (text_of(fields.get("resource")) or "").lower()
    return any(word in resource for word in ("token", "api_key", "jwt", "secret"))


def _invalid_arguments(fields: Fields) -> str | None:
    problems: list[str] = []
    for detail in map(mapping_of, list_of(fields.get("details"))):
        name, reason = text_of(detail.get("argument_name")), text_of(detail.get("reason"))
        why = first_text(detail, "help_message") or ARGUMENT_REASONS.get(reason or "", reason) or "is not valid"
        if name:
            problems.append(f"{name}: {why}")
    return listed("invalid arguments", problems)


def _invalid_request(fields: Fields) -> str | None:
    problems: list[str] = []
    for name, said in mapping_of(fields.get("fields")).items():
        texts = [text for reason in (list_of(said) or [said]) if (text := text_of(reason))]
        problems.append(f"{name}: {', '.join(texts) or 'is not valid'}")
    return listed(first_text(fields, "message") or ("invalid request" if problems else None), problems)


def _denied_authentication(fields: Fields) -> str:
    method, reason = text_of(fields.get("method")), text_of(fields.get("reason"))
    credential = {"api_key": "the API key", "jwt": "the JWT"}.get(method or "", method) or "the credential"
    return f"{credential} {CREDENTIAL_REASONS.get(reason or '', reason) or 'was not accepted'}"


def _permissions_denied(fields: Fields) -> str | None:
    wanted: list[str] = []
    for detail in map(mapping_of, list_of(fields.get("details"))):
        action, resource = text_of(detail.get("action")), text_of(detail.get("resource"))
        if action or resource:
            wanted.append(" ".join(part for part in (action, resource) if part))
    return listed("not allowed", wanted)


def _quotas_exceeded(fields: Fields) -> str | None:
    quotas: list[str] = []
    for detail in map(mapping_of, list_of(fields.get("details"))):
        used, quota = text_of(detail.get("current")), text_of(detail.get("quota"))
        amount = f" {used or '?'} of {quota or '?'} in use" if used or quota else ""
        owner = next(
            (f" (its {name.replace('_id', '')} is {id})" for name in ("project_id", "organization_id")
             if (id := text_of(detail.get(name)))), ""
        )  # fmt: skip
        quotas.append(f"{text_of(detail.get('resource')) or 'resource'}{amount}{owner}")
    return listed("the quota is exhausted", quotas)


def _not_found(fields: Fields) -> str:
    return f"{_thing(fields)} was not found"


def _transient_state(fields: Fields) -> str:
    return f"{_thing(fields)} is {text_of(fields.get('current_state')) or 'changing its state'}"


def _already_exists(fields: Fields) -> str:
    return first_text(fields, "help_message") or f"{_thing(fields)} exists already"


def _expired(fields: Fields) -> str:
    # The identifier of a credential is not repeated.
    thing = text_of(fields.get("resource")) or "it" if _is_credential(fields) else _thing(fields)
    since = text_of(fields.get("expired_since"))
    return f"{thing} has expired" + (f" on {since}" if since else "")


def _precondition_failed(fields: Fields) -> str:
    reason = text_of(fields.get("precondition"))
    return (
        first_text(fields, "help_message") or PRECONDITIONS.get(reason or "", reason) or "a precondition does not hold"
    )


def _locked(fields: Fields) -> str:
    return f"{_thing(fields)} is locked"


def _too_many_requests(fields: Fields) -> str:
    limit = mapping_of(fields.get("limit"))
    quota, window = text_of(limit.get("quota")), text_of(limit.get("window_seconds"))
    rate = f" ({quota} in {window} s)" if quota and window else ""
    return (first_text(fields, "help_message") or "too many requests") + rate


def _out_of_stock(fields: Fields) -> str:
    return f"{_thing(fields)} is out of stock"


MESSAGES: Mapping[str, Callable[[Fields], str | None]] = {
    "invalid_arguments": _invalid_arguments,
    "invalid_request_error": _invalid_request,
    "denied_authentication": _denied_authentication,
    "permissions_denied": _permissions_denied,
    "quotas_exceeded": _quotas_exceeded,
    "not_found": _not_found,
    "transient_state": _transient_state,
    "already_exists": _already_exists,
    "expired": _expired,
    "precondition_failed": _precondition_failed,
    "locked": _locked,
    "too_many_requests": _too_many_requests,
    "out_of_stock": _out_of_stock,
}
