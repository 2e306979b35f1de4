"""Jobs, and their twins below `/service-executions`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.http import ProblemError, json_response, read_object
from anyqpu_emulator.lifecycle import State
from anyqpu_emulator.rooms import Handler

from . import fields
from .calibration import calibration_at
from .records import JobRecord, Owner, SessionRecord
from .results import encode
from .room import Room, page
from .store import JOB_STATUS
from .submission import Submission, read_submission

SORTABLE = ("id", "name", "backend_id", "provider", "status", "created_at", "started_at", "ended_at", "shots")
EXECUTION = "/service-executions/{serviceExecutionId}"


class JobRoutes(Room):
    """Submit, look, cancel, read results."""

    def routes(self) -> list[BaseRoute]:
        """Sixteen operations."""
        for_both: list[tuple[str, str, Handler]] = [
            ("GET", "", self._get),
            ("DELETE", "", self._cancel),
            ("GET", "/status", self._status),
            ("GET", "/result-stream", self._result_stream),
            ("GET", "/input", self._input),
            ("GET", "/calibration", self._calibration),
        ]
        return [
            self.guarded("POST", "/jobs", self._create),
            self.guarded("GET", "/jobs", self._search),
            self.guarded("GET", "/jobs/{id}/result", self._result),
            *(self.guarded(method, f"/jobs/{{id}}{tail}", handler) for method, tail, handler in for_both),
            *(self.guarded(method, f"{EXECUTION}/jobs/{{id}}{tail}", handler) for method, tail, handler in for_both),
        ]

    async def _create(self, request: Request) -> Response:
        submission = read_submission(await read_object(request))
        session = self._session(submission, request)
        record = self.store.submit(submission, Owner.of(request), session)
        # Seen for the first time, a job always waits.
        return json_response(self.store.job_view(record, State.QUEUED), 201)

    def _session(self, submission: Submission, request: Request) -> SessionRecord | None:
        if submission.session_id is None:
            return None
        session = self.store.session(submission.session_id, request)
        if session.backend is not submission.backend:
            message = f"session {session.id} is on {session.backend.id}, not on {submission.backend.id}"
            raise ProblemError(400, message)
        status = self.store.session_status(session)
        if status in ("DRAINING", "CLOSED"):
            raise ProblemError(422, f"session {session.id} is {status} and takes no more jobs")
        return session

    async def _search(self, request: Request) -> Response:
        execution = request.query_params.get("serviceExecutionId")
        if execution is not None and fields.identifier(execution) is None:
            raise ProblemError(400, f"serviceExecutionId should be a UUID, not {execution!r}")
        records = self.store.jobs_of(request, execution.lower() if execution else None)
        return page(request, records, self.store.job_view, SORTABLE, self.store.job_value)

    async def _get(self, request: Request) -> Response:
        record = self.store.find_job(request)
        return json_response(self.store.job_view(record, await self.store.house.look(record.job)))

    async def _status(self, request: Request) -> Response:
        record = self.store.find_job(request)
        return json_response({"status": JOB_STATUS[await self.store.house.look(record.job)]})

    async def _cancel(self, request: Request) -> Response:
        # The document knows no answer for a job that is over: cancelling it changes nothing.
        self.store.house.scheduler.cancel(self.store.find_job(request).job)
        return Response(status_code=204)

    async def _result(self, request: Request) -> Response:
        content = await self._content(self.store.find_job(request))
        return Response(content, media_type="application/json")

    async def _result_stream(self, request: Request) -> Response:
        record = self.store.find_job(request)
        content = await self._content(record)
        name = {"content-disposition": f'attachment; filename="{record.id}.json"'}
        return Response(content, headers=name, media_type="application/octet-stream")

    async def _content(self, record: JobRecord) -> bytes:
        state = await self.store.house.look(record.job)
        if failure := record.job.failure:
            return encode({"error": {"message": failure.message, "code": failure.code}})
        if record.job.result is None:
            message = f"job {record.id} has no result: it is {JOB_STATUS[state]}, not COMPLETED or FAILED"
            raise ProblemError(404, message)
        return record.job.result

    async def _input(self, request: Request) -> Response:
        return json_response(self.store.find_job(request).submission.input)

    async def _calibration(self, request: Request) -> Response:
        record = self.store.find_job(request)
        instant = self.store.house.scheduler.wall(record.job.created_at)
        found = calibration_at(record.submission.backend, instant)
        return Response(status_code=204) if found is None else json_response(found)
