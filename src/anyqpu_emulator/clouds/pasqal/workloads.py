"""Workloads: programs that the cloud runs as a whole.

They run Pasqal's own software, which the emulator does not have: a workload returns its own configuration, marked as
emulated. One of an unknown type fails.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.lifecycle import State
from anyqpu_emulator.routes import handles

from .auth import Auth
from .downloads import Downloads
from .handlers import PasqalHandlers, page
from .records import JOB_STATUS, WorkloadRecord, echo
from .responses import RefusalError, success
from .store import Store

_SORTABLE = ("created_at", "updated_at", "id", "status", "workload_type", "backend", "start_timestamp", "end_timestamp")


class WorkloadHandlers(PasqalHandlers):
    """Both versions: the first shows results, the second links to them."""

    def __init__(self, store: Store, auth: Auth, downloads: Downloads) -> None:
        """Begin with the records of the state file."""
        super().__init__(store, auth, downloads)
        self._records = store.workloads
        downloads.source(self._result)

    @handles("create_workload")
    async def _create(self, request: Request) -> Response:
        body, context = request.state.body, self.store.context
        project_id, config = body["project_id"], body["config"]
        kind, backend = body["workload_type"], body["backend"]
        job = context.begin(f"pasqal/workloads/{backend}", lambda seed: echo(kind, config))
        record = WorkloadRecord(job, project_id, request.state.user, kind, backend, config)
        self._records[job.id] = record
        return success(self._with_result(record))

    @handles("list_workloads")
    async def _list(self, request: Request) -> Response:
        query, scheduler = request.state.query, self.store.context.scheduler
        statuses = query.get("status")
        records = [record for record in self._records.values() if scheduler.is_listed(record.job)]
        for record in records:
            scheduler.poll(record.job)
        if statuses:
            records = [record for record in records if JOB_STATUS[record.job.state] in statuses]
        tests: dict[str, Callable[[WorkloadRecord, Any], bool]] = {
            "id": lambda record, ids: record.job.id in ids,
            "id__starts_with": lambda record, start: record.job.id.startswith(start.lower()),
            "project_id": lambda record, projects: record.project_id in projects,
            "start_date": lambda record, start: self.store.wall(record.job.created_at) >= start.timestamp(),
            "end_date": lambda record, end: self.store.wall(record.job.created_at) <= end.timestamp(),
        }
        for name, test in tests.items():
            if name in query:
                records = [record for record in records if test(record, query[name])]
        return page(request, records, self._view, _SORTABLE)

    @handles("get_workload_v1")
    async def _get_v1(self, request: Request) -> Response:
        return success(self._with_result(await self._find(request)))

    @handles("get_workload")
    async def _get(self, request: Request) -> Response:
        record = await self._find(request)
        result = record.job.result
        link = None if result is None else self.downloads.link(request, record.job.id)
        return success({**self._view(record), "result_link": link})

    @handles("cancel_workload")
    async def _cancel(self, request: Request) -> Response:
        record = await self._find(request)
        if record.job.state.terminal:
            status = JOB_STATUS[record.job.state]
            raise RefusalError(400, f"Workload {record.job.id} is {status} and cannot be canceled")
        self.store.context.scheduler.cancel(record.job)
        return success(self._with_result(record))

    async def _find(self, request: Request) -> WorkloadRecord:
        name = request.path_params["workload_id"]
        if name not in self._records:
            raise RefusalError(404, f"Workload {name} was not found")
        record = self._records[name]
        await self.store.context.poll(record.job)
        return record

    def _result(self, name: str) -> bytes | None:
        return self._records[name].job.result if name in self._records else None

    def _view(self, record: WorkloadRecord) -> dict[str, Any]:
        job, stamp = record.job, self.store.stamp
        failure = job.failure
        return {
            "id": job.id,
            "start_timestamp": stamp(job.started_at),
            "end_timestamp": stamp(job.ended_at),
            "created_at": stamp(job.created_at),
            "updated_at": stamp(max(job.created_at, job.started_at or 0.0, job.ended_at or 0.0)),
            "workload_type": record.workload_type,
            "backend": record.backend,
            "status": JOB_STATUS[job.state],
            "config": record.config,
            "errors": None if failure is None else [failure.message],
            "project_id": record.project_id,
            "user_id": record.user_id,
            "queue_priority": "MEDIUM",
        }

    def _with_result(self, record: WorkloadRecord) -> dict[str, Any]:
        done = record.job.state is State.COMPLETED and record.job.result is not None
        return {**self._view(record), "result": json.loads(record.job.result or b"null") if done else None}
