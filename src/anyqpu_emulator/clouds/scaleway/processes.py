"""Processes: runs of an application, and their results."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.lifecycle import State
from anyqpu_emulator.routes import Handlers, handles

from . import errors, fields, vqe
from .auth import Auth
from .listing import Orders, Selection, listing
from .platforms import find_application, find_platform
from .records import ProcessRecord
from .store import JOB_STATUS, Store

_STATUS = {**JOB_STATUS, State.QUEUED: "starting"}
_ORDERS: Orders[ProcessRecord] = {
    "name": lambda record: record.name,
    "created_at": lambda record: record.number,
    "started_at": lambda record: record.job.started_at,
}


class ProcessHandlers(Handlers[Store, Auth]):
    """Seven operations."""

    def _find(self, request: Request) -> ProcessRecord:
        process_id: str = request.path_params["process_id"]
        process = self.store.processes.get(process_id.lower())
        if process is None:
            raise errors.not_found("process", process_id)
        return process

    @handles("ListProcesses")
    async def _list(self, request: Request) -> Response:
        is_listed = self.store.context.scheduler.is_listed
        selection = Selection(request, self.store.processes.values()).tagged(attrgetter("tags"))
        selection.where("project_id", attrgetter("project_id")).where("application_id", attrgetter("application.id"))
        records = [record for record in selection.records if is_listed(record.job)]
        orders: Orders[ProcessRecord] = {
            **_ORDERS,
            "status": lambda record: _STATUS[self.store.context.scheduler.poll(record.job)],
        }
        return listing(request, "processes", records, self._view, orders=orders)

    @handles("CreateProcess")
    async def _create(self, request: Request) -> Response:
        body = request.state.body
        project_id = fields.required(body, "project_id")
        application = find_application(fields.required(body, "application_id"))
        platform = find_platform(fields.required(body, "platform_id"))
        if platform.id not in application.platform_ids:
            message = f"{application.name} does not run on {platform.name}; compatible_platform_ids says where"
            raise errors.invalid("platform_id", "constraint", message)
        name: str = body.get("name") or ""
        tags = fields.tags(body) or []
        text = body.get("input") or application.input_template
        try:
            problem = vqe.parse(text)
        except vqe.InputError as error:
            raise errors.invalid("input", "format", str(error)) from None
        context = self.store.context
        job = context.begin(f"scaleway/processes/{project_id}", lambda seed: vqe.computation(problem, seed))
        record = ProcessRecord(
            id=job.id,
            created_at=job.created_at,
            job=job,
            application=application,
            platform=platform,
            project_id=project_id,
            name=name or f"qp-{job.id[:8]}",
            input=text,
            tags=tags,
        )
        self.store.processes[record.id] = record
        return json_response(self._view(record, State.QUEUED))

    @handles("GetProcess")
    async def _get(self, request: Request) -> Response:
        record = self._find(request)
        return json_response(self._view(record, await self.store.context.poll(record.job)))

    @handles("UpdateProcess")
    async def _update(self, request: Request) -> Response:
        record = self._find(request)
        body = request.state.body
        name, tags = body.get("name"), fields.tags(body)
        record.name = record.name if name is None else name
        record.tags = record.tags if tags is None else tags
        record.updated_at = self.store.now()
        return json_response(self._view(record))

    @handles("CancelProcess")
    async def _cancel(self, request: Request) -> Response:
        record = self._find(request)
        self.store.context.scheduler.cancel(record.job)
        return json_response(self._view(record))

    @handles("DeleteProcess")
    async def _delete(self, request: Request) -> Response:
        record = self._find(request)
        self.store.context.scheduler.cancel(record.job)
        del self.store.processes[record.id]
        return Response(status_code=204)

    @handles("ListProcessResults")
    async def _results(self, request: Request) -> Response:
        record = self._find(request)
        await self.store.context.poll(record.job)
        content = record.job.result
        created = self.store.stamp(record.job.ended_at)
        texts = [] if content is None else [content.decode()]

        def view(text: str) -> dict[str, Any]:
            return {"process_id": record.id, "result": text, "created_at": created}

        orders: Orders[str] = {"created_at": lambda text: created}
        return listing(request, "process_results", texts, view, orders=orders)

    def _view(self, record: ProcessRecord, state: State | None = None) -> dict[str, Any]:
        """`Process` of the published schema."""
        store, job = self.store, record.job
        state = store.context.scheduler.poll(job) if state is None else state
        times = [record.updated_at, job.created_at, job.started_at or 0.0, job.ended_at or 0.0]
        return {
            "id": record.id,
            "name": record.name,
            "application_id": record.application.id,
            "platform_id": record.platform.id,
            "attached_session_ids": [],
            "created_at": store.stamp(job.created_at),
            "started_at": store.stamp(job.started_at),
            "updated_at": store.stamp(max(times)),
            "finished_at": store.stamp(job.ended_at),
            "status": _STATUS[state],
            "project_id": record.project_id,
            "tags": record.tags,
            "progress": self._progress(record, state),
            "progress_message": f"{job.failure.code}: {job.failure.message}" if job.failure else None,
            "input": record.input,
        }

    def _progress(self, record: ProcessRecord, state: State) -> float:
        """Return the progress from 0 to 1, by the planned duration."""
        job = record.job
        if state is State.COMPLETED:
            return 1.0
        if job.started_at is None or job.run_for <= 0:
            return 0.0
        until = self.store.now() if job.ended_at is None else job.ended_at
        return min(0.99, (until - job.started_at) / job.run_for)
