"""Jobs and their results."""

from __future__ import annotations

import json
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.lifecycle import State
from anyqpu_emulator.routes import Handlers, handles
from anyqpu_emulator.shapes import is_object

from . import errors, fields
from .auth import Auth
from .catalogue import RULES
from .listing import Orders, Selection, listing
from .models import address
from .programs import SEPARATOR, computation, program_of
from .records import JobRecord
from .store import JOB_STATUS, Store

INLINE = 64 * 1024
"""Longer results are behind a link."""
_ORDERS: Orders[JobRecord] = {
    "name": lambda record: record.name,
    "created_at": attrgetter("number"),
    "platform_name": lambda record: record.session.platform.name,
}


class JobHandlers(Handlers[Store, Auth]):
    """Eight operations."""

    def _find(self, request: Request) -> JobRecord:
        return self.store.job(request.path_params["job_id"])

    @handles("ListJobs")
    async def _list(self, request: Request) -> Response:
        is_listed = self.store.context.scheduler.is_listed
        selection = Selection(request, self.store.jobs.values()).tagged(attrgetter("tags"))
        selection.where("session_id", attrgetter("session.id")).where("project_id", attrgetter("session.project_id"))
        records = [record for record in selection.records if is_listed(record.job)]
        if request.state.query["order_by"].startswith("status"):
            # Updates the jobs of each session, once for all of them.
            for session in self.store.sessions.values():
                self.store.live(session)
        orders: Orders[JobRecord] = {**_ORDERS, "status": lambda record: JOB_STATUS[record.job.state]}
        return listing(request, "jobs", records, self._view, orders=orders)

    @handles("CreateJob")
    async def _create(self, request: Request) -> Response:
        body = request.state.body
        name = fields.required(body, "name")
        tags = fields.tags(body) or []
        session = self.store.session(fields.required(body, "session_id"))
        max_duration = fields.duration(body, "max_duration") or None
        circuit: dict[str, str | None] = body["circuit"]
        texts = {key: circuit.get(key) or None for key in ("perceval_circuit", "qiskit_circuit")}
        model_id: str | None = body.get("model_id") or session.model_id
        parameters: str | None = body.get("parameters")
        settings = _read_parameters(session.parameters)
        if session.platform.engine == "pulser" and settings.get("backend_configuration"):
            raise errors.invalid("session_id", "constraint", "its backend_configuration would not be computed here")
        context = self.store.context
        strict = context.strictness.applies(session.platform.name)
        noisy = context.noise_on(session.platform.name, RULES)
        program = program_of(
            session.platform,
            texts,
            model_id,
            _read_parameters(parameters),
            self.store.model,
            strict=strict,
            noisy=noisy,
        )
        status = self.store.session_status(session)
        if status not in ("starting", "running"):
            raise errors.wrong_state("session", session.id, status)
        job = context.begin(f"scaleway/{session.id}", lambda seed: computation(program, seed), late=True)
        job.limit = max_duration
        record = JobRecord(
            id=job.id,
            created_at=job.created_at,
            job=job,
            session=session,
            name=name,
            tags=tags,
            circuit=texts,
            model_id=model_id,
            parameters=parameters,
            shots=program.shots,
            by_url=program.options.get("emulator_result_url") is True,
            strict=strict,
            noisy=noisy,
        )
        self.store.add_job(record)
        # The first response always shows a job that waits.
        return json_response(self._view(record, State.QUEUED))

    @handles("GetJob")
    async def _get(self, request: Request) -> Response:
        record = self._find(request)
        await self.store.context.poll(record.job)
        return json_response(self._view(record))

    @handles("UpdateJob")
    async def _update(self, request: Request) -> Response:
        record = self._find(request)
        body = request.state.body
        name, tags = body.get("name"), fields.tags(body)
        record.name = record.name if name is None else name
        record.tags = record.tags if tags is None else tags
        record.updated_at = self.store.now()
        return json_response(self._view(record))

    @handles("CancelJob")
    async def _cancel(self, request: Request) -> Response:
        # A job that is over stays as it is.
        record = self._find(request)
        self.store.job_state(record)
        self.store.context.scheduler.cancel(record.job)
        return json_response(self._view(record))

    @handles("DeleteJob")
    async def _delete(self, request: Request) -> Response:
        self.store.forget_job(self._find(request))
        return Response(status_code=204)

    @handles("GetJobCircuit")
    async def _circuit(self, request: Request) -> Response:
        return json_response(self._find(request).circuit)

    @handles("ListJobResults")
    async def _results(self, request: Request) -> Response:
        record = self._find(request)
        await self.store.context.poll(record.job)
        self.store.job_state(record)
        content = record.job.result
        places = list(enumerate(content.split(SEPARATOR))) if content is not None else []
        # All results of a job have the same time, so they stay in the order of its circuits.
        orders: Orders[tuple[int, bytes]] = {"created_at": lambda item: record.job.ended_at}
        view = self._result_view(record, request)
        return listing(request, "job_results", places, view, orders=orders)

    def _result_view(self, record: JobRecord, request: Request) -> Callable[[tuple[int, bytes]], dict[str, Any]]:
        def view(item: tuple[int, bytes]) -> dict[str, Any]:
            place, content = item
            linked = record.by_url or len(content) > INLINE
            return {
                "job_id": record.id,
                "result": None if linked else content.decode(),
                "url": address(request, self.store.link(record.id, place)) if linked else None,
                "created_at": self.store.stamp(record.job.ended_at),
            }

        return view

    def _view(self, record: JobRecord, state: State | None = None) -> dict[str, Any]:
        """`Job` of the published schema."""
        store, job = self.store, record.job
        state = store.job_state(record) if state is None else state
        times = [record.updated_at, job.created_at, job.started_at or 0.0, job.ended_at or 0.0]
        took = None if job.started_at is None or job.ended_at is None else job.ended_at - job.started_at
        return {
            "id": record.id,
            "name": record.name,
            "tags": record.tags,
            "session_id": record.session.id,
            "created_at": store.stamp(job.created_at),
            "started_at": store.stamp(job.started_at),
            "updated_at": store.stamp(max(times)),
            "status": JOB_STATUS[state],
            "progress_message": f"{job.failure.code}: {job.failure.message}" if job.failure else None,
            "job_duration": None if took is None else fields.spell_duration(took),
            "result_distribution": _first_result(job.result),
            "model_id": record.model_id,
            "parameters": record.parameters,
        }


def _first_result(content: bytes | None) -> str | None:
    """Return the first result, for the oldest clients; None if it is long."""
    return content.split(SEPARATOR, 1)[0].decode() if content is not None and len(content) <= INLINE else None


def _read_parameters(text: str | None) -> dict[str, Any]:
    if not text:
        return {}
    try:
        parameters: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise errors.invalid("parameters", "format", f"should be JSON: {error}") from None
    if not is_object(parameters):
        raise errors.invalid("parameters", "format", "should be a JSON object")
    return parameters
