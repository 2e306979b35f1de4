"""Sessions, and their twins below `/service-executions`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.http import ProblemError, json_response, read_object
from anyqpu_emulator.rooms import Handler

from . import fields
from .catalogue import PROVIDERS
from .jobs import EXECUTION
from .records import Owner, SessionRecord
from .room import Room
from .submission import SDKS, find_backend

DEFAULT_TTL = 8 * 3600
MAX_TTL = 2**31 - 1


class SessionRoutes(Room):
    """Open, drain, reopen, close."""

    def routes(self) -> list[BaseRoute]:
        """Ten operations."""
        for_both: list[tuple[str, str, Handler]] = [
            ("DELETE", "", self._close),
            ("PATCH", "", self._update),
            ("GET", "/status", self._status),
            ("GET", "/jobs", self._jobs),
        ]
        return [
            self.guarded("POST", "/sessions", self._create),
            self.guarded("GET", "/sessions/{id}", self._get),
            *(self.guarded(method, f"/sessions/{{id}}{tail}", handler) for method, tail, handler in for_both),
            *(
                self.guarded(method, f"{EXECUTION}/sessions/{{id}}{tail}", handler)
                for method, tail, handler in for_both
            ),
        ]

    def _find(self, request: Request) -> SessionRecord:
        return self.store.session(request.path_params["id"], request)

    async def _create(self, request: Request) -> Response:
        body = await read_object(request)
        for key in ("backend_id", "mode", "provider"):
            fields.required(body, key)
        backend = find_backend(fields.text(body, "backend_id") or "")
        mode = fields.choice(body, "mode", ("batch", "dedicated"), "batch")
        provider = fields.choice(body, "provider", PROVIDERS, backend.provider)
        if provider != backend.provider:
            raise ProblemError(400, f"provider of {backend.id} is {backend.provider}, not {provider}")
        ttl = fields.integer(body, "ttl")
        if ttl is not None and not 1 <= ttl <= MAX_TTL:
            raise ProblemError(400, f"ttl should be 1 to {MAX_TTL} seconds, not {ttl}")
        tags, metadata = fields.tags(body), fields.mapping(body, "metadata")
        sdk = fields.choice(body, "sdk_provider", SDKS, "CLIENT")
        if not backend.sessions:
            raise ProblemError(422, f"backend {backend.id} does not support sessions")
        now = self.store.house.clock.monotonic()
        record = SessionRecord(
            backend=backend,
            mode=mode,
            ttl=ttl or DEFAULT_TTL,
            tags=tags,
            metadata=metadata,
            sdk_provider=sdk,
            owner=Owner.of(request),
            created_at=now,
            up_at=now + self.store.house.scheduler.start_delay,
        )
        self.store.add_session(record)
        return json_response(self.store.session_view(record, "OPEN"), 201)

    async def _get(self, request: Request) -> Response:
        return json_response(self.store.session_view(self._find(request)))

    async def _status(self, request: Request) -> Response:
        return json_response({"status": self.store.session_status(self._find(request))})

    async def _jobs(self, request: Request) -> Response:
        # The document's schema is a single job; its description, and the name, say a list.
        return json_response([self.store.job_view(job) for job in self._find(request).jobs])

    async def _update(self, request: Request) -> Response:
        record = self._find(request)
        accept = fields.required(await read_object(request), "accept_jobs")
        if not isinstance(accept, bool):
            raise ProblemError(400, "accept_jobs should be true or false")
        if self.store.session_status(record) == "CLOSED":
            raise ProblemError(400, f"session {record.id} is CLOSED and cannot be changed")
        record.draining = not accept
        if accept:
            record.active_at = now = self.store.house.clock.monotonic()
            record.up_at = min(record.up_at, now)
        return json_response(self.store.session_view(record))

    async def _close(self, request: Request) -> Response:
        record = self._find(request)
        now = self.store.house.clock.monotonic()
        record.closed_at = record.end(now) or now
        return Response(status_code=204)
