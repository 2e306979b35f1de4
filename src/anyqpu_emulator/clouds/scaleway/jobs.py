"""Jobs and their results."""

from __future__ import annotations

import json
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.http import json_response
from anyqpu_emulator.lifecycle import State
from anyqpu_emulator.shapes import is_object

from . import errors, fields
from .models import address
from .programs import SEPARATOR, computation, program_of
from .records import JobRecord
from .room import Orders, Query, Room, listing
from .store import JOB_STATUS

INLINE = 64 * 1024
"""Longer results are behind a link."""
_ORDERS: Orders[JobRecord] = {
    "name": lambda record: record.name,
    "created_at": attrgetter("number"),
    "platform_name": lambda record: record.session.platform.name,
}
_FILTERS = {"session_id": attrgetter("session.id"), "project_id": attrgetter("session.project_id")}


class JobRoutes(Room):
    """Eight operations."""

    def routes(self) -> list[BaseRoute]:
        """From submission to results."""
        return [
            self.guarded("GET", "/jobs", self._list),
            self.guarded("POST", "/jobs", self._create),
            self.guarded("GET", "/jobs/{id}", self._get),
            self.guarded("PATCH", "/jobs/{id}", self._update),
            self.guarded("DELETE", "/jobs/{id}", self._delete),
            self.guarded("POST", "/jobs/{id}/cancel", self._cancel),
            self.guarded("GET", "/jobs/{id}/circuit", self._circuit),
            self.guarded("GET", "/jobs/{id}/results", self._results),
        ]

    def _find(self, request: Request) -> JobRecord:
        return self.store.job(request.path_params["id"])

    async def _list(self, request: Request) -> Response:
        query = Query(request)
        is_listed = self.store.house.scheduler.is_listed
        selected = query.selected(self.store.jobs.values(), _FILTERS, attrgetter("tags"))
        found = [record for record in selected if is_listed(record.job)]
        if (query.text("order_by") or "").startswith("status"):
            # Brings the jobs of each session to where they should be now, once for all of them.
            for session in self.store.sessions.values():
                self.store.live(session)
        orders: Orders[JobRecord] = {**_ORDERS, "status": lambda record: JOB_STATUS[record.job.state]}
        return listing(query, "jobs", found, self._view, orders=orders, default="created_at_desc")

    async def _create(self, request: Request) -> Response:
        body = await fields.read_body(request)
        name, tags = fields.required(body, "name"), fields.tags(body) or []
        session = self.store.session(fields.required(body, "session_id"))
        max_duration = fields.duration(body, "max_duration") or None
        circuit = fields.mapping(body, "circuit")
        if circuit is None:
            raise errors.invalid("circuit", "required", "an object; empty if there is a model_id")
        texts = {key: fields.text(circuit, key) or None for key in ("perceval_circuit", "qiskit_circuit")}
        model_id = fields.text(body, "model_id") or session.model_id
        parameters = fields.text(body, "parameters")
        settings = _read_parameters(session.parameters)
        if session.platform.engine == "pulser" and settings.get("backend_configuration"):
            raise errors.invalid("session_id", "constraint", "its backend_configuration would not be computed here")
        program = program_of(session.platform, texts, model_id, _read_parameters(parameters), self.store.model)
        status = self.store.session_status(session)
        if status not in ("starting", "running"):
            raise errors.wrong_state("session", session.id, status)
        house = self.store.house
        job = house.begin(f"scaleway/{session.id}", lambda seed: computation(program, seed), late=True)
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
        )
        self.store.add_job(record)
        # Seen for the first time, a job always waits.
        return json_response(self._view(record, State.QUEUED))

    async def _get(self, request: Request) -> Response:
        record = self._find(request)
        await self.store.house.look(record.job)
        return json_response(self._view(record))

    async def _update(self, request: Request) -> Response:
        record = self._find(request)
        body = await fields.read_body(request)
        name, tags = fields.text(body, "name"), fields.tags(body)
        record.name = record.name if name is None else name
        record.tags = record.tags if tags is None else tags
        record.updated_at = self.store.now()
        return json_response(self._view(record))

    async def _cancel(self, request: Request) -> Response:
        # A job that is over stays as it is.
        record = self._find(request)
        self.store.job_state(record)
        self.store.house.scheduler.cancel(record.job)
        return json_response(self._view(record))

    async def _delete(self, request: Request) -> Response:
        self.store.forget_job(self._find(request))
        return Response(status_code=204)

    async def _circuit(self, request: Request) -> Response:
        return json_response(self._find(request).circuit)

    async def _results(self, request: Request) -> Response:
        record = self._find(request)
        await self.store.house.look(record.job)
        self.store.job_state(record)
        content = record.job.result
        places = list(enumerate(content.split(SEPARATOR))) if content is not None else []
        # Results of one job come at one instant, in the order of its circuits however they are sorted.
        orders: Orders[tuple[int, bytes]] = {"created_at": lambda item: record.job.ended_at}
        view = self._result_view(record, request)
        return listing(Query(request), "job_results", places, view, orders=orders, default="created_at_desc")

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
    """The first result, for the oldest clients; only where it is short."""
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
