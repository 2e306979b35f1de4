"""Rigetti Quantum Cloud Services: all operations of the published document, and the issuer of its tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Router
from starlette.types import Scope

from anyqpu_emulator import operations
from anyqpu_emulator.context import AppContext
from anyqpu_emulator.grpc_wire import error_of_status
from anyqpu_emulator.http import ProblemError
from anyqpu_emulator.routes import routes
from anyqpu_emulator.validation import Dialect, InvalidRequestError

from .accounts import AccountHandlers
from .auth import Auth
from .catalogue import PROCESSORS, RULES
from .engagements import EngagementHandlers
from .errors import Boundary, QcsError, error_response, invalid
from .executions import Executions
from .general import GeneralHandlers
from .grpc import GrpcHandlers
from .processors import ProcessorHandlers
from .reservations import ReservationHandlers
from .store import Store
from .tokens import ISSUER_PATH, Issuer
from .translation import TranslationHandlers
from .viewer import ViewerHandlers


def _refuse(error: InvalidRequestError) -> ProblemError:
    message = f"{error.name} is missing" if error.kind == "required" else str(error)
    return invalid(message, error.location, *map(str, error.path))


def _respond(error: ProblemError, request: Request) -> Response:
    return error_response(error, request.scope)


_DIALECT = Dialect(
    refuse=_refuse,
    # A route passes what is raised inside it to the application, which does not know QCS's errors.
    respond=_respond,
    strict_times=True,
)


class RigettiCloud:
    """The cloud under `/rigetti`: the API below `/rigetti/v1`, the issuer below `/rigetti/oauth2/default`.

    Its gRPC port has the services, whose paths it puts below the same prefix.
    """

    name = "rigetti"
    prefix = "/rigetti"
    rules = RULES

    def __init__(self, context: AppContext) -> None:
        """Begin with default endpoints and no reservations."""
        self._auth = Auth(context)
        self._store = Store(context)
        self._executions = Executions(context)
        self._issuer = Issuer(context, self._auth)
        self._grpc = GrpcHandlers(self._store, self._auth, self._executions)

    def routes(self) -> list[BaseRoute]:
        """One mount, in which errors have QCS's own form."""
        store, auth = self._store, self._auth
        groups = (
            GeneralHandlers(store, auth),
            ProcessorHandlers(store, auth),
            ReservationHandlers(store, auth),
            TranslationHandlers(store, auth),
            EngagementHandlers(store, auth, self._executions),
            AccountHandlers(store, auth),
            ViewerHandlers(store, auth),
        )
        api = routes(self.name, groups, auth, _DIALECT)
        return [
            Mount(
                "", app=Boundary(Router([*self._issuer.routes(), *self._grpc.routes(), *api], redirect_slashes=False))
            )
        ]

    def access_token(self, url: str) -> str:
        """A token that is good for a day; `url` is this cloud's address."""
        return self._issuer.access_token(f"{url}{ISSUER_PATH}")

    def jobs(self) -> list[dict[str, Any]]:
        """All that was executed, in order of submission."""
        return self._executions.overview()

    def program(self, job_id: str) -> Any:
        """Return the translated Quil of an execution."""
        return self._executions.quil(job_id)

    def devices(self) -> list[dict[str, Any]]:
        """All processors."""
        return [{"id": processor, "status": "online"} for processor in PROCESSORS]

    def sessions(self) -> list[dict[str, Any]]:
        """All reservations."""
        return self._store.reservations_overview()

    def resources(self) -> list[dict[str, Any]]:
        """Return the endpoints that clients created; the default ones are part of the catalogue."""
        return self._store.endpoints_overview()

    def error_response(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """Return an error in QCS's own form, or gRPC's."""
        operation = operations.find(scope["method"], scope["path"])
        if operation is not None and operation.is_grpc:
            return error_of_status(status, message).response(headers)
        return error_response(QcsError(status, message, headers=headers), scope)
