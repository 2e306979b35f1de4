"""The client of Scaleway Quantum as a Service."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

import anyio
from anyqpu_raw.scaleway.client import RawClient
from anyqpu_raw.scaleway.models import (
    CreateJobBody,
    CreateJobBodyCircuit,
    CreateModelBody,
    JobResult,
    ListJobResultsResponse,
    ListJobsResponse,
)
from anyqpu_raw.scaleway.models import Job as RawJob

from anyqpu.config.settings import Settings
from anyqpu.errors import (
    AnyQPUError,
    NotReadyError,
    ResultDecodeError,
    SubmissionUnknownError,
    ValidationError,
)
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.program import ProgramSource, load_program
from anyqpu.model.result import Result, ResultItem
from anyqpu.model.session import Session
from anyqpu.paging import Pager, numbered
from anyqpu.providers.checks import check_format_fits, check_shots_fit, check_timeout, checked_shots
from anyqpu.providers.jobs import LIST_SIZE, by_session, find_in
from anyqpu.providers.scaleway import mapping, qio
from anyqpu.providers.scaleway.sessions import PAGE_SIZE, ScalewaySessions
from anyqpu.providers.sessions import CLEANUP_SECONDS
from anyqpu.providers.values import given
from anyqpu.transport.client import Transport
from anyqpu.transport.downloads import download_link
from anyqpu.transport.submit import Search, new_key, submit_once
from anyqpu.waiting import Clock, PollPolicy

# A session that was opened for one job ends by itself soon after it.
IDLE = timedelta(minutes=5)
RESULT_LIMIT = 512 * 1024 * 1024


class ScalewayClient(ScalewaySessions):
    """Scaleway Quantum as a Service: platforms on which a session is opened, and jobs in sessions.

    Its operations are those of specs/scaleway/final.json; `raw` has each of them.
    """

    provider: ClassVar[str] = "scaleway"

    def __init__(
        self,
        transport: Transport,
        *,
        settings: Settings,
        poll: PollPolicy,
        clock: Clock | None = None,
        search: Search | None = None,
    ) -> None:
        super().__init__(transport, RawClient(transport.call), settings, poll=poll, clock=clock)
        self._search = search
        # A job does not say on which platform it is, and a session never changes its platform.
        self._platforms: dict[str, str | None] = {}

    async def submit(
        self,
        program: ProgramSource,
        *,
        device: str | Device,
        shots: int | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
        session: str | Session | None = None,
        timeout: float | None = None,
    ) -> Job:
        """Submit a program; returns as soon as the job exists (CreateModel, CreateJob). It is sent once.

        Args:
            program: OpenQASM 2 or 3, as text or the path of a file.
            device: The platform, by its name, such as `"EMU-AER-16C-128M"`, or its identifier.
            shots: How often to run it, at most the device's `shots_max`.
            name: For your own use; Scaleway requires one, so one is made up if it is None.
            tags: For your own use.
            session: A session on this device, or its identifier. Without it one is opened for this job, which ends
                by itself after five idle minutes; a platform with a price per hour costs until then. It is
                terminated at once if there will be no job.
            timeout: Seconds to wait for the session to take jobs, and again for the answer; after that the job is
                looked for, as after any lost answer.

        Raises:
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device or session.
            WaitTimeoutError: The session did not start in time; no job was submitted.
            ConflictError: The session has ended; no job was submitted.
        """
        check_timeout(timeout, self.provider)
        shots = checked_shots(shots, self.provider)
        loaded = await load_program(program)
        target = await self._target(device)
        check_shots_fit(shots, target, target.name)
        check_format_fits(qio.word_of(loaded.format), target, target.name)
        key = new_key()
        if session is None:
            held = await self.open_session(target, name=name, max_idle=IDLE, deduplication_id=key)
        else:
            held = await self.get_session(session if isinstance(session, str) else session.id)
        if held.device_id not in {None, target.id}:
            raise ValidationError(
                f"session {held.id} is not on {target.name}", provider=self.provider, fields=("session", "device")
            )
        self._platforms[held.id] = target.id
        version = given(target.raw.version) if target.raw is not None else None
        payload = qio.payload(loaded.text, loaded.format, platform=target.name, version=version)
        body = CreateJobBody(
            name=name or key,
            session_id=held.id,
            circuit=CreateJobBodyCircuit(),
            tags=[*tags, key],
            parameters=json.dumps({"shots": shots, "options": {"memory": False}}),
        )
        async with self._ended_on_failure(held) if session is None else contextlib.nullcontext():
            if not held.accepts_jobs:
                await self.wait_for_session(held, timeout=timeout)
            model = await self.raw.create_model(body=CreateModelBody(project_id=self._project(), payload=payload))
            body.model_id = model.id
            return await self._submit_once(body, key, timeout)

    @contextlib.asynccontextmanager
    async def _ended_on_failure(self, session: Session) -> AsyncGenerator[None]:
        """A session that was opened for one job does not go on, and cost, without it."""
        try:
            yield
        except SubmissionUnknownError:
            # The job may be in it.
            raise
        except BaseException:
            with anyio.move_on_after(CLEANUP_SECONDS, shield=True), contextlib.suppress(AnyQPUError):
                await self.close_session(session)
            raise

    async def _submit_once(self, body: CreateJobBody, key: str, timeout: float | None) -> Job:
        async def send() -> Job:
            return await self._job_of(await self.raw.create_job(body=body))

        async def find(key: str, since: datetime) -> Job | None:
            found = await self.raw.list_jobs(session_id=body.session_id, tags=[key], page=1, page_size=PAGE_SIZE)
            # Looked at again here, lest the filter by tags is not what we take it for.
            ours = [job for job in given(found.jobs) or () if key in (given(job.tags) or ())]
            return await self._job_of(ours[0]) if ours else None

        return await submit_once(send, find, key=key, provider=self.provider, search=self._search, timeout=timeout)

    async def job(self, id: str) -> Job:
        """A job by its identifier (GetJob)."""
        return await self._job_of(await self.raw.get_job(id))

    async def _job_of(self, raw: RawJob) -> Job:
        session = given(raw.session_id)
        if session is not None and session not in self._platforms:
            self._platforms[session] = given((await self.raw.get_session(session)).platform_id)
        return mapping.job_of(raw, self, self._platforms.get(session or ""))

    def jobs(self, *, session: str | Session | None = None, page_size: int = PAGE_SIZE) -> Pager[Job]:
        """The jobs of a session, or of the whole project, newest first (ListJobs).

        `device_id` is None where a job's session has not been seen by this client, since Scaleway says it only there.
        """
        where: dict[str, Any] = (
            {"project_id": self._project()}
            if session is None
            else {"session_id": session if isinstance(session, str) else session.id}
        )

        async def fetch(number: int) -> ListJobsResponse:
            options: dict[str, Any] = {"page": number, "page_size": page_size, "order_by": "created_at_desc"}
            return await self.raw.list_jobs(**options, **where)

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda page: [
                mapping.job_of(each, self, self._platforms.get(given(each.session_id) or ""))
                for each in given(page.jobs) or ()
            ],
            total=lambda page: given(page.total_count),
            identity=lambda job: job.id,
        )

    def session_jobs(self, session: Session) -> Pager[Job]:
        """The jobs of a session (ListJobs)."""
        return self.jobs(session=session)

    async def cancel_job(self, job: Job) -> Job:
        """Ask for a job to be cancelled (CancelJob); the job as it is then."""
        return await self._job_of(await self.raw.cancel_job(job.id))

    async def _send_cancel(self, job: Job) -> None:
        await self.raw.cancel_job(job.id)

    async def delete_job(self, job: Job) -> None:
        """Delete a job with its results (DeleteJob)."""
        await self.raw.delete_job(job.id)

    async def _result_of(self, job: Job) -> Result:
        """The result of a job that is complete (ListJobResults, and the links in it)."""
        found = await self._results(job).collect()
        if not found:
            raise NotReadyError(
                "the job is complete but its result is not there yet",
                provider=self.provider,
                operation="ListJobResults",
                hint="Ask again in a moment",
            )
        # Intermediate results come first. A job of ours has one program, so the last one is the whole.
        bodies = [await self._body(each) for each in (found[-1:] if job.dedup_key else found)]
        items = tuple(item for body in bodies for item in self._decoded(body))
        raw = bodies[0] if len(bodies) == 1 else bodies
        return Result(job_id=job.id, provider=self.provider, items=items, execution_time=job.execution_time, raw=raw)

    async def _list_waiting(self, jobs: Mapping[str, Job]) -> Mapping[str, Job]:
        """The jobs as lists have them, session by session, newest first (ListJobs)."""
        found: dict[str, Job] = {}
        for session, wanted in by_session(jobs).items():
            found |= await find_in(self.jobs(session=session, page_size=LIST_SIZE), wanted)
        return found

    def _list_cost(self, jobs: Mapping[str, Job]) -> float:
        return sum(math.ceil(len(wanted) / LIST_SIZE) for wanted in by_session(jobs).values())

    def _results(self, job: Job) -> Pager[JobResult]:
        async def fetch(number: int) -> ListJobResultsResponse:
            return await self.raw.list_job_results(job.id, page=number, page_size=PAGE_SIZE, order_by="created_at_asc")

        return numbered(
            fetch,
            first=1,
            size=PAGE_SIZE,
            items=lambda page: given(page.job_results) or (),
            total=lambda page: given(page.total_count),
        )

    async def _body(self, result: JobResult) -> Any:
        """What a result holds, or what its link leads to; text that is no JSON stays text."""
        content = given(result.result)
        link = given(result.url)
        if not content and link:
            received = await download_link(self._transport, link, limit=RESULT_LIMIT)
            content = received.decode(errors="replace")
        try:
            return json.loads(content or "null")
        except ValueError:
            return content

    def _decoded(self, body: Any) -> list[ResultItem]:
        try:
            return qio.decode(body)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ResultDecodeError(
                f"the result has another form than expected: {error}", provider=self.provider, body=body
            ) from error
