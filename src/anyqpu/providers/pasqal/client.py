"""The client of Pasqal Cloud."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, cast

from anyqpu_raw.pasqal.client import RawClient
from anyqpu_raw.pasqal.models import CreateBatchRequest, CreateJobRequest, JobPage, JobWithLogs
from anyqpu_raw.pasqal.models import Job as RawJob

from anyqpu.config.settings import Settings
from anyqpu.errors import (
    NotReadyError,
    ResultDecodeError,
    UnexpectedResponseError,
    ValidationError,
)
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.program import ProgramSource, load_program
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.model.session import Session
from anyqpu.paging import Pager, offset
from anyqpu.providers.checks import check_format_fits, check_shots_fit, check_timeout, checked_shots
from anyqpu.providers.jobs import LIST_SIZE
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.sessions import PAGE_SIZE, PasqalSessions, page_end, page_total
from anyqpu.providers.values import given
from anyqpu.transport.client import Transport
from anyqpu.transport.downloads import download_link
from anyqpu.transport.submit import Search, new_key, submit_once
from anyqpu.waiting import Clock, PollPolicy

RESULT_LIMIT = 512 * 1024 * 1024
# Nothing tells a job that was added to a batch from another one, so there is nothing to look for.
NO_SEARCH = Search(tries=0)


class PasqalClient(PasqalSessions):
    """Pasqal Cloud: sequences of pulses on neutral atoms, as jobs in batches.

    Its operations are those of specs/pasqal/final.json; `raw` has each of them. None whose path is merely inferred is
    used here.
    """

    provider: ClassVar[str] = "pasqal"

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
        self._batches = {}

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
        variables: Mapping[str, Any] | None = None,
        backend_configuration: str | None = None,
    ) -> Job:
        """Submit a sequence; returns as soon as the job exists (create_batch or, in a session, add_jobs). Sent once.

        Args:
            program: A Pulser `Sequence`, or its abstract representation as text, object or the path of a file.
            device: Where to run it, such as `"EMU_FREE"`.
            shots: How often to run it ("runs"), at most the device's `shots_max`. May be left out where
                `backend_configuration` says it.
            name: For your own use. Pasqal has no names for jobs, so it becomes the first tag.
            tags: For your own use; they are those of the batch, so not for a job in a session.
            session: An open batch, or its identifier. Without it the job gets a closed batch of its own.
            timeout: Seconds to wait for the answer; after that the job is looked for, as after any lost answer.
            variables: Values of the sequence's variables, by name.
            backend_configuration: What Pulser's `EmulationConfig.to_abstract_repr()` gives, for emulators.

        Raises:
            ValidationError: Something is not acceptable; nothing was submitted if `status_code` is None.
            NotFoundError: There is no such device or session.
            SubmissionUnknownError: The answer was lost, and the job not found. Jobs in a session cannot be looked for.
        """
        check_timeout(timeout, self.provider)
        tags = tags if name is None else [name, *tags]
        configured = backend_configuration is not None
        if not (shots is None and configured):
            shots = checked_shots(shots, self.provider)
        if session is not None and (tags or configured):
            problem = "name, tags and backend_configuration belong to the batch: give tags and the latter to session()"
            raise ValidationError(problem, provider=self.provider, fields=("name", "tags", "backend_configuration"))
        loaded = await load_program(program)
        target = await self._target(device)
        check_format_fits(str(loaded.format), target, target.id)
        if shots is not None:
            check_shots_fit(shots, target, target.id)
        job = CreateJobRequest(runs=shots)
        if session is not None:
            if variables:
                problem = "a job of a session has a sequence of its own, and so no variables"
                hint = "Build the sequence with its values: sequence.build(...)"
                raise ValidationError(problem, provider=self.provider, fields=("variables",), hint=hint)
            job.sequence = loaded.text
            return await self._add(job, session if isinstance(session, str) else session.id, timeout)
        if variables:
            job.variables = dict(variables)
        key = new_key()
        body = CreateBatchRequest(
            project_id=self._project(),
            device_type=target.id,
            sequence_builder=loaded.text,
            open_=False,
            jobs=[job],
            tags=[*tags, key],
        )
        if backend_configuration is not None:
            body.backend_configuration = backend_configuration

        async def send() -> Job:
            batch = (await self.raw.create_batch(body=body)).data
            self._batches[batch.id] = mapping.facts_of(batch)
            jobs = given(batch.jobs) or []
            if len(jobs) != 1:
                # It was created all the same: look for it.
                raise UnexpectedResponseError(
                    f"a batch of {len(jobs)} jobs instead of one", provider=self.provider, operation="create_batch"
                )
            return await self._job_of(jobs[0])

        return await submit_once(
            send, self._find, key=key, provider=self.provider, search=self._search, timeout=timeout
        )

    async def _add(self, job: CreateJobRequest, batch_id: str, timeout: float | None) -> Job:
        async def send() -> Job:
            batch = (await self.raw.add_jobs(batch_id, body=[job])).data
            self._batches[batch.id] = mapping.facts_of(batch)
            jobs = given(batch.jobs) or []
            newest = max(jobs, key=lambda each: given(each.creation_order) or 0, default=None)
            if newest is None:
                raise UnexpectedResponseError(
                    "a batch without jobs", provider=self.provider, operation="add_jobs", status_code=200
                )
            return await self._job_of(newest)

        async def find(key: str, since: datetime) -> Job | None:
            return None

        return await submit_once(send, find, key=batch_id, provider=self.provider, search=NO_SEARCH, timeout=timeout)

    async def _find(self, key: str, since: datetime) -> Job | None:
        """The job of the batch with a key (list_batches, list_jobs)."""
        batch = await self._find_session(key, since)
        if batch is None:
            return None
        page = await self.raw.list_jobs(batch_id=[batch.id], limit=PAGE_SIZE)
        return await self._job_of(page.data[0]) if page.data else None

    async def job(self, id: str) -> Job:
        """A job by its identifier (get_job; get_batch for its device and tags)."""
        return await self._job_of((await self.raw.get_job(id)).data)

    async def _job_of(self, raw: RawJob | JobWithLogs) -> Job:
        batch = given(raw.batch_id)
        if batch is not None and batch not in self._batches:
            await self.get_session(batch)
        return mapping.job_of(raw, self, self._batches.get(batch or "", mapping.BatchFacts()))

    def jobs(self, *, session: str | Session | None = None) -> Pager[Job]:
        """The project's jobs, newest first, perhaps only those of a batch (list_jobs).

        `device_id` and `tags` are those of the batch, and empty where this client has not seen it.
        """
        filters: dict[str, Any] = {"project_id": [self._project()], "order_by_direction": "DESC"}
        if session is not None:
            filters["batch_id"] = [session if isinstance(session, str) else session.id]

        async def fetch(start: int) -> JobPage:
            return await self.raw.list_jobs(limit=PAGE_SIZE, offset=start, **filters)

        return offset(
            fetch,
            size=PAGE_SIZE,
            items=lambda page: [
                mapping.job_of(each, self, self._batches.get(given(each.batch_id) or "", mapping.BatchFacts()))
                for each in page.data
            ],
            end=page_end,
            total=page_total,
            identity=lambda job: job.id,
        )

    def session_jobs(self, session: Session) -> Pager[Job]:
        """The jobs of a batch (list_jobs)."""
        return self.jobs(session=session)

    async def _poll_job(self, job: Job) -> Job:
        # Much smaller than the job, which may carry a sequence.
        status = (await self.raw.get_job_status(job.id)).data
        fields = mapping.status_fields(str(status.status))
        return await self.refresh_job(job) if fields["status"].is_terminal else replace(job, **fields)

    async def cancel_job(self, job: Job) -> Job:
        """Cancel a job that does not run yet (cancel_job); the job as it is then."""
        await self._send_cancel(job)
        return await self.refresh_job(job)

    async def _send_cancel(self, job: Job) -> None:
        await self.raw.cancel_job(job.id)

    async def _result_of(self, job: Job) -> Result:
        """The result of a job that is complete (get_job_results_link, and the link)."""
        link = given((await self.raw.get_job_results_link(job.id)).data.results_link)
        if not link:
            raise NotReadyError(
                "the job is complete but its result is not there yet",
                provider=self.provider,
                operation="get_job_results_link",
                hint="Ask again in a moment",
            )
        facts = self._batches.get(job.session_id or "", mapping.BatchFacts())
        own = given(job.raw.sequence) if job.raw is not None else None
        body = _json(await download_link(self._transport, link, limit=RESULT_LIMIT))
        item = _decoded(body, mapping.atoms_of(own or facts.sequence))
        return Result(job_id=job.id, provider=self.provider, items=(item,), execution_time=job.execution_time, raw=body)

    async def _list_waiting(self, jobs: Mapping[str, Job]) -> Mapping[str, Job]:
        """The jobs by their identifiers, so many at once as the cloud lists (list_jobs)."""
        found: dict[str, Job] = {}
        ids = list(jobs)
        for start in range(0, len(ids), LIST_SIZE):
            some = ids[start : start + LIST_SIZE]
            for raw in (await self.raw.list_jobs(id=some, limit=LIST_SIZE)).data:
                if raw.id in jobs:
                    found[raw.id] = await self._job_of(raw)
        return found

    def _list_cost(self, jobs: Mapping[str, Job]) -> float:
        return math.ceil(len(jobs) / LIST_SIZE)


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError as error:
        raise ResultDecodeError(f"the result is no JSON: {error}", provider="pasqal", body=content[:10_000]) from error


def _decoded(body: Any, atoms: tuple[str, ...] | None) -> ResultItem:
    """Counts with one character for each atom, in the order of the register (pulser's and pasqal-cloud's own)."""
    counter = cast("dict[str, Any]", body).get("counter") if isinstance(body, dict) else None
    if counter is None:
        return ResultItem(kind=ResultKind.RAW)
    try:
        width = len(next(iter(counter), ""))
        labels = atoms if atoms is not None and len(atoms) == width else None
        counts = Counts(counter, order=BitOrder.NATIVE_REGISTER, bit_labels=labels)
    except (TypeError, ValueError, AttributeError) as error:
        raise ResultDecodeError(
            f"the result has another form than expected: {error}", provider="pasqal", body=body
        ) from error
    return ResultItem(kind=ResultKind.COUNTS, counts=counts)
