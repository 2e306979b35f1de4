"""Workloads: programs that Pasqal Cloud runs as a whole. They are awaited as jobs of the kind `workload`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

from anyqpu_raw.pasqal.models import BackendName, CreateWorkloadRequest, WorkloadPage, WorkloadType

from anyqpu.core.arguments import is_one_of, shown
from anyqpu.core.changes import made
from anyqpu.core.checks import check_timeout
from anyqpu.core.listing import LIST_SIZE
from anyqpu.core.reading import read_each
from anyqpu.core.submit import within_timeout
from anyqpu.errors import ValidationError
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.paging import Pager, offset
from anyqpu.providers.pasqal import filters as queries
from anyqpu.providers.pasqal import mapping
from anyqpu.providers.pasqal.batches import PasqalBatches
from anyqpu.providers.pasqal.filters import WorkloadFilters
from anyqpu.providers.pasqal.mapping import WORKLOAD
from anyqpu.providers.pasqal.pages import PAGE_SIZE, data_of, elements, page_end, page_total
from anyqpu.waiting import BatchResult


class PasqalWorkloads(PasqalBatches):
    """The part of the client that deals with workloads."""

    @within_timeout
    async def workload(
        self, workload_type: str, *, backend: str, config: Mapping[str, Any], timeout: float | None = None
    ) -> Job:
        """Submit a workload, a job of the kind `workload`; its result is kept as it comes (create_workload). Sent once.

        Args:
            workload_type: Such as `qadence_circuit`.
            backend: Where it runs, such as `pyqtorch`.
            config: What it takes; Pasqal does not document it.
            timeout: Seconds for the whole call; the response counts as lost then.

        Raises:
            ValidationError: There is no such type or backend; nothing was submitted if `status_code` is None.
            SubmissionUnknownError: The answer was lost; workloads carry no key, so look among `workloads()`.
        """
        check_timeout(timeout, self.provider)
        known: tuple[tuple[str, object, list[str]], ...] = (
            ("workload_type", workload_type, [str(each) for each in WorkloadType]),
            ("backend", backend, [str(each) for each in BackendName]),
        )
        for name, value, words in known:
            if not is_one_of(value, words):
                problem, hint = f"there is no {name} {shown(value)}", f"It is one of {', '.join(words)}"
                raise ValidationError(problem, provider=self.provider, fields=(name,), hint=hint)
        if not isinstance(config, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            problem = f"config is an object, not {shown(config)}"
            raise ValidationError(problem, provider=self.provider, fields=("config",))
        project = self._project()
        body = CreateWorkloadRequest(
            project_id=project,
            workload_type=WorkloadType(workload_type),
            backend=BackendName(backend),
            config=dict(config),
        )

        async def send() -> Job:
            return mapping.workload_of(data_of(await self.raw.create_workload(body=body)), self)

        hint = "A workload carries no key: see whether workloads() has it before you submit again"
        return await self._send_without_key(send, project, hint, timeout)

    async def get_workload(self, id: str) -> Job:
        """A workload by its identifier (get_workload).

        Raises:
            NotFoundError: There is none, or you are not a member of its project.
        """
        return mapping.workload_of(data_of(await self.raw.get_workload(queries.checked_id(id))), self)

    def workloads(self, **filters: Unpack[WorkloadFilters]) -> Pager[Job]:
        """The project's workloads, newest first, perhaps only some (list_workloads).

        Args:
            filters: All that are given must hold, and any of the values of one: `ids`, `id_starts_with`,
                `project_ids` (the client's own without it), `status` (ours or Pasqal's words), `start_date` and
                `end_date` (aware).

        Raises:
            ValidationError: A filter has no meaning; nothing was sent.
        """
        parameters: dict[str, Any] = {"project_id": [self._project()], **queries.of_workloads(filters)}

        async def fetch(start: int) -> WorkloadPage:
            return await self.raw.list_workloads(limit=PAGE_SIZE, offset=start, order_by_direction="DESC", **parameters)

        return offset(
            fetch,
            size=PAGE_SIZE,
            items=lambda page: read_each(self.provider, elements(page), mapping.workload_of, self),
            end=page_end,
            total=page_total,
            identity=lambda workload: workload.id,
        )

    async def cancel_job(self, job: Job) -> Job:
        """Cancel a job that does not run yet (cancel_job), or a workload (cancel_workload); the job as it is then."""
        queries.job_id(job)
        return await super().cancel_job(job)

    # What a job of either kind does

    async def refresh_job(self, job: Job) -> Job:
        """The job or workload as it is now (get_job, get_workload)."""
        id = queries.job_id(job)
        return await (self.get_workload(id) if job.kind == WORKLOAD else self.job(id))

    async def _poll_job(self, job: Job) -> Job:
        return await (self.refresh_job(job) if job.kind == WORKLOAD else super()._poll_job(job))

    async def _send_cancel(self, job: Job) -> None:
        if job.kind == WORKLOAD:
            await made(self.raw.cancel_workload(job.id))
        else:
            await super()._send_cancel(job)

    async def _list_waiting(self, jobs: Mapping[str, Job]) -> BatchResult[Job]:
        """The jobs and the workloads by their identifiers (list_jobs, list_workloads)."""
        plain, others = _by_kind(jobs)
        listed = await super()._list_waiting(plain)
        ids = list(others)
        for start in range(0, len(ids), LIST_SIZE):
            page = await self.raw.list_workloads(id=ids[start : start + LIST_SIZE], limit=LIST_SIZE)
            listed.requests += 1
            seen = read_each(self.provider, elements(page), mapping.workload_of, self)
            listed.found |= {workload.id: workload for workload in seen if workload.id in others}
        return listed

    def _list_cost(self, jobs: Mapping[str, Job]) -> float:
        return sum(super(PasqalWorkloads, self)._list_cost(some) for some in _by_kind(jobs))

    async def _result_of(self, job: Job) -> Result:
        """The result of a job or workload that is complete (get_job_results_link or get_workload, and the link)."""
        if job.kind != WORKLOAD:
            return await super()._result_of(job)
        body = await self._read_json(await self._behind_link(job), job)
        items = (ResultItem(kind=ResultKind.RAW),)
        return Result(job_id=job.id, provider=self.provider, items=items, execution_time=job.execution_time, raw=body)

    async def _link_of(self, job: Job) -> str | None:
        if job.kind != WORKLOAD:
            return await super()._link_of(job)
        return mapping.text_in(data_of(await self.raw.get_workload(job.id)), "result_link")

    async def _resume(self, handle: JobHandle) -> Job:
        if handle.kind == WORKLOAD:
            return await self.get_workload(handle.id)
        if handle.kind == "batch":
            problem = f"{handle} stands for a batch"
            raise ValidationError(problem, provider=self.provider, fields=("handle",), hint="Use resume_batch(handle)")
        return await super()._resume(handle)


def _by_kind(jobs: Mapping[str, Job]) -> tuple[dict[str, Job], dict[str, Job]]:
    """The jobs proper, and the workloads."""
    others = {id: job for id, job in jobs.items() if job.kind == WORKLOAD}
    return {id: job for id, job in jobs.items() if id not in others}, others
