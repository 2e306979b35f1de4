"""Jobs, also below `/service-executions`."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import ProblemError, json_response
from anyqpu_emulator.lifecycle import State
from anyqpu_emulator.routes import Handlers, handles

from . import normalized
from .auth import Auth
from .calibration import calibration_at
from .catalogue import RULES
from .encoding import encode
from .paging import page
from .records import JobRecord, Owner, SessionRecord
from .store import JOB_STATUS, Store
from .submission import Submission, read_submission

SORTABLE = ("id", "name", "backend_id", "provider", "status", "created_at", "started_at", "ended_at", "shots")


class JobHandlers(Handlers[Store, Auth]):
    """Twenty operations."""

    @handles("createJob")
    async def _create(self, request: Request) -> Response:
        context = self.store.context
        submission = read_submission(request.state.body)
        submission = replace(
            submission,
            strict=context.strictness.applies(submission.backend.id),
            noise_at=context.clock.wall() if context.noise_on(submission.backend.id, RULES) else None,
        )
        session = self._session(submission, request)
        record = self.store.submit(submission, Owner.of(request), session)
        # The first response always shows a job that waits.
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

    @handles("searchJobs")
    async def _search(self, request: Request) -> Response:
        records = self.store.jobs_of(request, request.state.query.get("serviceExecutionId"))
        return page(request, records, self.store.job_view, SORTABLE, self.store.job_value)

    @handles("getJob", "getServiceExecutionJob")
    async def _get(self, request: Request) -> Response:
        record = self.store.find_job(request)
        return json_response(self.store.job_view(record, await self.store.context.poll(record.job)))

    @handles("getJobStatus", "getServiceExecutionJobStatus")
    async def _status(self, request: Request) -> Response:
        record = self.store.find_job(request)
        return json_response({"status": JOB_STATUS[await self.store.context.poll(record.job)]})

    @handles("cancelJob", "cancelServiceExecutionJob")
    async def _cancel(self, request: Request) -> Response:
        # The document has no error for a job that is over, so cancelling it changes nothing.
        self.store.context.scheduler.cancel(self.store.find_job(request).job)
        return Response(status_code=204)

    @handles("getJobResult")
    async def _result(self, request: Request) -> Response:
        content = await self._content(self.store.find_job(request))
        return Response(content, media_type="application/json")

    @handles("getNormalizedJobResult", "getServiceExecutionNormalizedJobResult")
    async def _normalized_result(self, request: Request) -> Response:
        record = self.store.find_job(request)
        await self._content(record)
        if failure := record.job.failure:
            return json_response(normalized.failed(failure.code, failure.message))
        return _or_no_content(normalized.part(record.job.result or b"", 1))

    @handles("getNormalizedJobMemory")
    async def _normalized_memory(self, request: Request) -> Response:
        record = self.store.find_job(request)
        await self._content(record)
        return _or_no_content(normalized.part(record.job.result or b"", 2))

    @handles("getJobResultStream", "getServiceExecutionJobResultStream")
    async def _result_stream(self, request: Request) -> Response:
        record = self.store.find_job(request)
        content = await self._content(record)
        name = {"content-disposition": f'attachment; filename="{record.id}.json"'}
        return Response(content, headers=name, media_type="application/octet-stream")

    async def _content(self, record: JobRecord) -> bytes:
        state = await self.store.context.poll(record.job)
        if failure := record.job.failure:
            return encode({"error": {"message": failure.message, "code": failure.code}})
        if record.job.result is None:
            message = f"job {record.id} has no result: it is {JOB_STATUS[state]}, not COMPLETED or FAILED"
            raise ProblemError(404, message)
        return normalized.part(record.job.result, 0)

    @handles("getJobInput", "getServiceExecutionJobInput")
    async def _input(self, request: Request) -> Response:
        return json_response(self.store.find_job(request).submission.input)

    @handles("getNormalizedJobInput", "getServiceExecutionNormalizedJobInput")
    async def _normalized_input(self, request: Request) -> Response:
        submission = self.store.find_job(request).submission
        programs = normalized.input_of(submission)
        if programs is None:
            raise ProblemError(422, f"the input is {submission.input_format}, and was not sent as OpenQASM too")
        return json_response(programs)

    @handles("getJobCalibration", "getServiceExecutionJobCalibration")
    async def _calibration(self, request: Request) -> Response:
        record = self.store.find_job(request)
        instant = self.store.context.scheduler.wall(record.job.created_at)
        calibration = calibration_at(record.submission.backend, instant)
        return Response(status_code=204) if calibration is None else json_response(calibration)


def _or_no_content(content: bytes) -> Response:
    return Response(content, media_type="application/json") if content else Response(status_code=204)
