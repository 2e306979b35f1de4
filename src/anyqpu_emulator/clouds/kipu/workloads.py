"""Workloads: jobs and sessions in one list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import ProblemError
from anyqpu_emulator.routes import Handlers, handles

from .auth import Auth
from .catalogue import BACKENDS
from .paging import page
from .records import JobRecord, SessionRecord
from .store import Store

_KEYS = (
    "id",
    "type",
    "backend_id",
    "provider",
    "status",
    "created_at",
    "started_at",
    "ended_at",
    "sdk_provider",
    "name",
    "tags",
    "usage_time_millis",
    "usage_time_state",
    "service_execution_id",
    "mode",
    "job_count",
)
_STATUSES = {
    *("UNKNOWN", "PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLING", "CANCELLED", "ABORTED", "DETACHED"),
    *("OPEN", "ACTIVE", "INACTIVE", "DRAINING", "CLOSED"),
}
# The words of each filter; none where any text will do.
_FILTERS: dict[str, set[str]] = {
    "type": {"JOB", "SESSION"},
    "status": _STATUSES,
    "provider": {backend.provider for backend in BACKENDS.values()} | {"QRYD", "AQT"},
    "backendId": set(),
    "tag": set(),
    "origin": {"STANDALONE", "SERVICE_EXECUTION"},
    "serviceExecutionId": set(),
}


class WorkloadHandlers(Handlers[Store, Auth]):
    """Two operations."""

    @handles("getWorkloads", "getServiceExecutionWorkloads")
    async def _list(self, request: Request) -> Response:
        execution = request.path_params.get("serviceExecutionId")
        execution = execution.lower() if execution else None
        records: list[JobRecord | SessionRecord] = [
            *self.store.jobs_of(request, execution),
            *self.store.sessions_of(request, execution),
        ]
        filters = _filters(request)
        if filters:
            records = [record for record in records if self._passes(record, filters)]
        records.sort(key=_created, reverse=True)
        return page(request, records, self._view, _KEYS)

    def _passes(self, record: JobRecord | SessionRecord, filters: Mapping[str, set[str]]) -> bool:
        view = self._view(record)
        execution = view.get("service_execution_id", "")
        own = {
            "type": {view["type"]},
            "status": {view["status"]},
            "provider": {view["provider"]},
            "backendId": {view["backend_id"].upper()},
            "tag": {tag.upper() for tag in view.get("tags", ())},
            "origin": {"SERVICE_EXECUTION" if execution else "STANDALONE"},
            "serviceExecutionId": {execution.upper()},
        }
        return all(own[name] & wanted for name, wanted in filters.items())

    def _view(self, record: JobRecord | SessionRecord) -> dict[str, Any]:
        if isinstance(record, JobRecord):
            view = {**self.store.job_view(record), "type": "JOB"}
        else:
            view = {**self.store.session_view(record), "type": "SESSION", "job_count": len(record.jobs)}
            view["mode"] = record.mode.upper()
            if "closed_at" in view:
                view["ended_at"] = view["closed_at"]
        if record.owner.service_execution_id is not None:
            view["service_execution_id"] = record.owner.service_execution_id
        return {key: view[key] for key in _KEYS if key in view}


def _filters(request: Request) -> dict[str, set[str]]:
    """Return the words that each filter lets pass, in capitals; any may be repeated. Raises a 400 for unknown words."""
    if request.state.operation != "getWorkloads":
        return {}
    sent = {name: {text.upper() for text in request.query_params.getlist(name) if text} for name in _FILTERS}
    for name, words in _FILTERS.items():
        if words and (unknown := sent[name] - words):
            raise ProblemError(400, f"{name} should be one of {', '.join(sorted(words))}, not {min(unknown)!r}")
    return {name: words for name, words in sent.items() if words}


def _created(record: JobRecord | SessionRecord) -> float:
    return record.job.created_at if isinstance(record, JobRecord) else record.created_at
