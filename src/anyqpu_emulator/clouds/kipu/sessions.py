"""Sessions, also below `/service-executions`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import ProblemError, json_response
from anyqpu_emulator.routes import Handlers, handles

from .auth import Auth
from .records import Owner, SessionRecord
from .store import Store
from .submission import find_backend

DEFAULT_TTL = 8 * 3600
MAX_TTL = 2**31 - 1


class SessionHandlers(Handlers[Store, Auth]):
    """Eleven operations."""

    def _find(self, request: Request) -> SessionRecord:
        return self.store.find_session(request)

    @handles("createSession")
    async def _create(self, request: Request) -> Response:
        body = request.state.body
        backend = find_backend(body["backend_id"])
        if body["provider"] != backend.provider:
            raise ProblemError(400, f"provider of {backend.id} is {backend.provider}, not {body['provider']}")
        ttl = body.get("ttl")
        if ttl is not None and not 1 <= ttl <= MAX_TTL:
            raise ProblemError(400, f"ttl should be 1 to {MAX_TTL} seconds, not {ttl}")
        if not backend.sessions:
            raise ProblemError(422, f"backend {backend.id} does not support sessions")
        now = self.store.context.clock.monotonic()
        record = SessionRecord(
            backend=backend,
            mode=body["mode"],
            ttl=ttl or DEFAULT_TTL,
            tags=body.get("tags"),
            metadata=body.get("metadata") or {},
            sdk_provider=body.get("sdk_provider") or "CLIENT",
            owner=Owner.of(request),
            created_at=now,
            up_at=now + self.store.context.scheduler.start_delay,
        )
        self.store.add_session(record)
        return json_response(self.store.session_view(record, "OPEN"), 201)

    @handles("getSession", "getServiceExecutionSession")
    async def _get(self, request: Request) -> Response:
        return json_response(self.store.session_view(self._find(request)))

    @handles("getSessionStatus", "getServiceExecutionSessionStatus")
    async def _status(self, request: Request) -> Response:
        return json_response({"status": self.store.session_status(self._find(request))})

    @handles("getSessionJobs", "getServiceExecutionSessionJobs")
    async def _jobs(self, request: Request) -> Response:
        # The document's schema is a single job; its description, and the name, say a list.
        return json_response([self.store.job_view(job) for job in self._find(request).jobs])

    @handles("updateSessionState", "updateServiceExecutionSessionState")
    async def _update(self, request: Request) -> Response:
        record = self._find(request)
        accept: bool = request.state.body["accept_jobs"]
        if self.store.session_status(record) == "CLOSED":
            raise ProblemError(400, f"session {record.id} is CLOSED and cannot be changed")
        record.draining = not accept
        if accept:
            record.active_at = now = self.store.context.clock.monotonic()
            record.up_at = min(record.up_at, now)
        return json_response(self.store.session_view(record))

    @handles("closeSession", "closeServiceExecutionSession")
    async def _close(self, request: Request) -> Response:
        record = self._find(request)
        now = self.store.context.clock.monotonic()
        record.closed_at = record.end(now) or now
        return Response(status_code=204)
