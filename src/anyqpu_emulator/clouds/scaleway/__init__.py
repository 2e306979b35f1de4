"""Scaleway Quantum as a Service: all operations of its API, and the download links that it hands out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from anyqpu_emulator.context import AppContext
from anyqpu_emulator.http import ProblemError
from anyqpu_emulator.routes import routes
from anyqpu_emulator.validation import Dialect, InvalidRequestError, Leniency

from . import errors
from .auth import Auth
from .bookings import BookingHandlers
from .catalogue import PLATFORMS, RULES
from .fields import snake
from .jobs import JobHandlers
from .models import ModelHandlers
from .platforms import PlatformHandlers
from .processes import ProcessHandlers
from .sessions import SessionHandlers
from .store import Store

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_GROUPS = (PlatformHandlers, SessionHandlers, JobHandlers, ModelHandlers, ProcessHandlers, BookingHandlers)


def _refuse(error: InvalidRequestError) -> ProblemError:
    argument = str(error.path[-1]) if error.path else error.location
    if error.kind == "required":
        return errors.invalid(argument, "required")
    reason: errors.Reason = "format" if error.kind in ("type", "json", "date-time") else "constraint"
    return errors.invalid(argument, reason, f"should be {error.expected}")


_LIST: Mapping[str, Leniency] = {"project_id": "optional"}
_DURATIONS: Mapping[str, Leniency] = {"max_idle_duration": "unchecked", "max_duration": "unchecked"}
_DIALECT = Dialect(
    refuse=_refuse,
    # As in protobuf's JSON, names come in snake_case or camelCase.
    name_of=snake,
    allow_no_body=True,
    exceptions={
        # Keys of all projects are accepted, so `project_id` only filters.
        **dict.fromkeys(("ListModels", "ListProcesses", "ListSessions"), _LIST),
        # One of the clients sends durations as numbers. A session that exists needs no platform.
        "CreateSession": {
            **_DURATIONS,
            "platform_id": "optional",
            "started_at": "any value",
            "finished_at": "any value",
        },
        "UpdateSession": _DURATIONS,
        "CreateJob": _DURATIONS,
    },
)


class ScalewayCloud:
    """The cloud under `/scaleway`: the API below `/scaleway/qaas/v1alpha1`.

    All keys see all projects; `project_id` only filters.
    """

    name = "scaleway"
    prefix = "/scaleway"
    rules = RULES

    def __init__(self, context: AppContext) -> None:
        """Begin with nothing but the catalogue."""
        self._auth = Auth(context)
        self._store = Store(context)

    def routes(self) -> list[BaseRoute]:
        """The API of the published document, and the downloads."""
        groups = [make(self._store, self._auth) for make in _GROUPS]
        return [
            *routes(self.name, groups, self._auth, _DIALECT),
            Route("/{path:path}", _missing, methods=_METHODS),
        ]

    def jobs(self) -> list[dict[str, Any]]:
        """All jobs and processes, in order of submission."""
        return self._store.overview()

    def program(self, job_id: str) -> Any:
        """Return the circuits of a job and its model, or the input of a process."""
        return self._store.program(job_id)

    def devices(self) -> list[dict[str, Any]]:
        """All platforms, by their names."""
        return [{"id": platform.name, "status": "available"} for platform in PLATFORMS.values()]

    def sessions(self) -> list[dict[str, Any]]:
        """All sessions and bookings."""
        return self._store.sessions_overview()

    def resources(self) -> list[dict[str, Any]]:
        """All models."""
        return self._store.models_overview()

    def error_response(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """In the bodies that Scaleway's products share."""
        return errors.of_status(status, message, headers).response(scope["path"])


async def _missing(request: Request) -> Response:
    """Respond where there is no route, also to another method at a known path."""
    raise errors.unknown(f"there is nothing at {request.method} {request.url.path}")
