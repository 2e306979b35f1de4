"""Kipu Quantum Hub (formerly PLANQK): all operations of its Quantum Workload API, and its token endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from anyqpu_emulator.context import AppContext
from anyqpu_emulator.http import ProblemError
from anyqpu_emulator.routes import routes
from anyqpu_emulator.validation import Dialect, InvalidRequestError

from .auth import Auth
from .backends import BackendHandlers
from .catalogue import BACKENDS, RULES
from .jobs import JobHandlers
from .sessions import SessionHandlers
from .store import Store
from .workloads import WorkloadHandlers

TOKEN_PATH = "/realms/planqk/protocol/openid-connect/token"  # noqa: S105 - a path


def _refuse(error: InvalidRequestError) -> ProblemError:
    if error.kind == "required":
        return ProblemError(400, f"{error.name} is missing")
    return ProblemError(400, str(error))


_DIALECT = Dialect(
    refuse=_refuse,
    ignore_case=True,
    drop_repetitions=True,
    exceptions={
        # Shots and inputs depend on the backend, formats are spelled in several ways, and `qasm` stands for `input`.
        "createJob": {"shots": "any value", "input": "unchecked", "input_format": "any value"},
        # Without a provider, the error names the one that works.
        "getLeastBusyBackend": {"provider": "optional"},
        "getBackendCalibration": {"effectiveAt": "any value"},
        # These need a zone, which a time that was read no longer shows.
        "getBackendCalibrationHistory": {"from": "any value", "to": "any value"},
    },
)


class KipuCloud:
    """The cloud under `/kipu`: the API below `/kipu/quantum`, the token endpoint below `/kipu/realms`."""

    name = "kipu"
    prefix = "/kipu"
    rules = RULES

    def __init__(self, context: AppContext) -> None:
        """Begin with no jobs and no sessions."""
        self._auth = Auth(context)
        self._store = Store(context)

    def routes(self) -> list[BaseRoute]:
        """The API of the published document, and the token endpoint."""
        groups = [
            make(self._store, self._auth) for make in (BackendHandlers, JobHandlers, SessionHandlers, WorkloadHandlers)
        ]
        # The list of backends is public; it checks a token if there is one.
        api = routes(self.name, groups, self._auth, _DIALECT, public=("getBackends",))
        return [*api, Route(TOKEN_PATH, self._auth.token, methods=["POST"])]

    def jobs(self) -> list[dict[str, Any]]:
        """All jobs, of all organisations, in order of submission."""
        return self._store.overview()

    def program(self, job_id: str) -> Any:
        """Return the input of a job."""
        return self._store.program(job_id)

    def devices(self) -> list[dict[str, Any]]:
        """All backends."""
        return [{"id": backend.id, "status": backend.status} for backend in BACKENDS.values()]

    def sessions(self) -> list[dict[str, Any]]:
        """All sessions, of all organisations."""
        return self._store.sessions_overview()

    def resources(self) -> list[dict[str, Any]]:
        """Nothing besides jobs and sessions."""
        return []

    def error_response(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """A problem of RFC 7807."""
        return ProblemError(status, message, headers=headers).response(scope["path"])
