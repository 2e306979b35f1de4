"""Workloads: programs that the cloud runs as a whole.

What they compute is Pasqal's own software, which an emulator does not have: a workload runs and comes back with
what it was given, marked as such; one of a type that the cloud does not know fails.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.lifecycle import State

from . import fields
from .answers import RefusalError, invalid, success
from .auth import Gatekeeper
from .downloads import Downloads
from .fields import Query, identifier
from .filters import JOB_WORDS
from .records import JOB_STATUS, WorkloadRecord, echo
from .room import Room, page, read_object
from .store import Store

_SORTABLE = ("created_at", "updated_at", "id", "status", "workload_type", "backend", "start_timestamp", "end_timestamp")
_WORKLOAD_V1 = "/api/v1/workloads/{workload_id}"


class WorkloadRoutes(Room):
    """Both versions: the first shows results, the second links to them."""

    def __init__(self, store: Store, gate: Gatekeeper, downloads: Downloads) -> None:
        """Begin with those of an earlier emulator."""
        super().__init__(store, gate, downloads)
        self._records = store.workloads
        downloads.source(self._result)

    def routes(self) -> list[BaseRoute]:
        """Five operations."""
        return [
            self.guarded("POST", "/api/v1/workloads", self._create),
            self.guarded("GET", "/api/v2/workloads", self._list),
            self.guarded("GET", _WORKLOAD_V1, self._get_v1),
            self.guarded("GET", "/api/v2/workloads/{workload_id}", self._get),
            self.guarded("PUT", f"{_WORKLOAD_V1}/cancel", self._cancel),
        ]

    async def _create(self, request: Request) -> Response:
        body, house = await read_object(request), self.store.house
        project_id = fields.identifier_in(body, "project_id")
        for key in ("workload_type", "backend", "config"):
            fields.required(body, key)
        kind, backend = fields.text(body, "workload_type") or "", fields.text(body, "backend") or ""
        config = fields.mapping(body, "config") or {}
        job = house.begin(f"pasqal/workloads/{backend}", lambda seed: echo(kind, config))
        record = WorkloadRecord(job, project_id, request.state.user, kind, backend, config)
        self._records[job.id] = record
        return success(self._with_result(record))

    async def _list(self, request: Request) -> Response:
        query = Query(request.query_params)
        ids, projects, statuses = (
            query.identifiers("id"),
            query.identifiers("project_id"),
            query.words("status", JOB_WORDS),
        )
        starts_with = (query.one("id__starts_with") or "").lower()
        start, end = query.moment("start_date"), query.moment("end_date")
        found: list[WorkloadRecord] = []
        for record in self._records.values():
            status = JOB_STATUS[self.store.house.scheduler.look(record.job)]
            created = self.store.wall(record.job.created_at)
            if (
                self.store.house.scheduler.is_listed(record.job)
                and (not ids or record.job.id in ids)
                and record.job.id.startswith(starts_with)
                and (not projects or record.project_id in projects)
                and (not statuses or status in statuses)
                and (start is None or created >= start)
                and (end is None or created <= end)
            ):
                found.append(record)
        return page(query, found, self._view, _SORTABLE)

    async def _get_v1(self, request: Request) -> Response:
        return success(self._with_result(await self._find(request)))

    async def _get(self, request: Request) -> Response:
        record = await self._find(request)
        result = record.job.result
        link = None if result is None else self.downloads.link(request, record.job.id)
        return success({**self._view(record), "result_link": link})

    async def _cancel(self, request: Request) -> Response:
        record = await self._find(request)
        if record.job.state.terminal:
            status = JOB_STATUS[record.job.state]
            raise RefusalError(400, f"Workload {record.job.id} is {status} and cannot be canceled")
        self.store.house.scheduler.cancel(record.job)
        return success(self._with_result(record))

    async def _find(self, request: Request) -> WorkloadRecord:
        given = request.path_params["workload_id"]
        name = identifier(given)
        if name is None:
            raise invalid(("path", "workload_id"), "value is not a valid uuid", "type_error.uuid")
        if name not in self._records:
            raise RefusalError(404, f"Workload {given} was not found")
        record = self._records[name]
        await self.store.house.look(record.job)
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
