"""Error responses, in the bodies that Scaleway's products share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from starlette.responses import Response

from anyqpu_emulator.http import ProblemError, json_response, phrase_of

Reason: TypeAlias = Literal["unknown", "required", "format", "constraint"]


class RefusalError(ProblemError):
    """An error with a body of Scaleway's own."""

    def __init__(self, status: int, body: dict[str, Any], *, headers: Mapping[str, str] | None = None) -> None:
        """`body` has at least a `type`, by which clients distinguish errors."""
        super().__init__(status, str(body.get("type", "")), headers=headers)
        self.body = body

    def response(self, path: str) -> Response:
        """Return the response; its body does not have the path."""
        return json_response(self.body, self.status, headers=self.headers)


def invalid(argument: str, reason: Reason, message: str = "") -> RefusalError:
    """Return the error for an argument that is missing or wrong; `message` is what is expected."""
    detail = {"argument_name": argument, "reason": reason}
    if message:
        detail["help_message"] = message
    return RefusalError(400, {"type": "invalid_arguments", "details": [detail]})


def denied(reason: Literal["invalid_argument", "not_found", "expired"]) -> RefusalError:
    """Return the error for missing or refused credentials."""
    return RefusalError(401, {"type": "denied_authentication", "method": "api_key", "reason": reason})


def forbidden(resource: str, action: str) -> RefusalError:
    """Return the error for an action that is not allowed."""
    details = [{"resource": resource, "action": action}]
    return RefusalError(403, {"type": "permissions_denied", "details": details})


def quota(resource: str, limit: int, current: int, project_id: str) -> RefusalError:
    """Return the error for a quota that is used up."""
    detail = {"resource": resource, "quota": limit, "current": current, "project_id": project_id}
    return RefusalError(403, {"type": "quotas_exceeded", "details": [detail]})


def not_found(resource: str, resource_id: str) -> RefusalError:
    """Return the error for an unknown resource."""
    return RefusalError(404, {"type": "not_found", "resource": resource, "resource_id": resource_id})


def unknown(message: str) -> RefusalError:
    """Return the error for an unknown path."""
    return RefusalError(404, {"type": "unknown_resource", "message": message})


def wrong_state(resource: str, resource_id: str, state: str) -> RefusalError:
    """Return the error for an operation that a resource's state does not allow."""
    body = {"type": "transient_state", "resource": resource, "resource_id": resource_id, "current_state": state}
    return RefusalError(409, body)


def taken(resource: str, resource_id: str, message: str) -> RefusalError:
    """Return the error for a conflict with an existing resource."""
    body = {"type": "already_exists", "resource": resource, "resource_id": resource_id, "help_message": message}
    return RefusalError(409, body)


def of_status(status: int, message: str, headers: Mapping[str, str]) -> RefusalError:
    """Return the error for a status."""
    bodies: dict[int, dict[str, Any]] = {
        400: {
            "type": "invalid_arguments",
            "details": [{"argument_name": "", "reason": "constraint", "help_message": message}],
        },
        401: {"type": "denied_authentication", "method": "api_key", "reason": "not_found"},
        403: {"type": "permissions_denied", "details": [{"resource": "qaas", "action": "any"}]},
        404: {"type": "not_found", "resource": "resource", "resource_id": ""},
        409: {"type": "transient_state", "resource": "resource", "resource_id": "", "current_state": "changing"},
        410: {"type": "resource_expired", "resource": "resource", "resource_id": ""},
        412: {"type": "precondition_failed", "precondition": "unknown_precondition", "help_message": message},
        429: {"type": "too_many_requests", "help_message": message},
    }
    word = phrase_of(status).lower().replace(" ", "_").replace("-", "_")
    return RefusalError(status, {"message": message, **bodies.get(status, {"type": word})}, headers=headers)
