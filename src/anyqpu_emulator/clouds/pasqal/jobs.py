"""Jobs, and the links to their results."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.routes import handles

from . import filters, views
from .handlers import PasqalHandlers, is_legacy, page
from .records import JobRecord
from .responses import success
from .submission import read_job

SORTABLE = (
    *("created_at", "updated_at", "id", "status", "runs", "batch_id", "project_id", "creation_order"),
    *("start_timestamp", "end_timestamp"),
    # The order of creation as clients before 0.21 call it.
    "ordered_id",
)


class JobHandlers(PasqalHandlers):
    """Both versions of each operation: the first shows results."""

    async def _job(self, request: Request) -> JobRecord:
        """Return the job in the path, in its present state."""
        record = self.store.find_job(request.path_params["job_id"])
        await self.store.context.poll(record.job)
        self.store.poll(record.batch)
        return record

    @handles("list_jobs", "list_jobs_v1", "list_ovh_jobs")
    async def _list(self, request: Request) -> Response:
        records = filters.jobs(self.store, request.state.query)
        view = views.job_with_result if is_legacy(request) else views.job
        return page(request, records, lambda record: view(self.store, record), SORTABLE, views.job_value)

    @handles("create_job")
    async def _create(self, request: Request) -> Response:
        """Add a job to an open batch, as the oldest clients do."""
        body = request.state.body
        batch = self.store.find_batch(body["batch_id"])
        self.store.check_open(batch)
        self.store.add(batch, [read_job(body, batch.spec, ("body",))])
        return success(views.job_with_result(self.store, batch.jobs[-1]))

    @handles("get_job_v1")
    async def _get_v1(self, request: Request) -> Response:
        return success(views.legacy_job(self.store, await self._job(request)))

    @handles("get_job")
    async def _get(self, request: Request) -> Response:
        return success(views.job_with_logs(self.store, await self._job(request)))

    @handles("cancel_job", "cancel_job_v1")
    async def _cancel(self, request: Request) -> Response:
        record = self.store.find_job(request.path_params["job_id"])
        self.store.cancel_job(record)
        view = views.job_with_result if is_legacy(request) else views.job
        return success(view(self.store, record))

    @handles("get_job_status", "get_ovh_job_status")
    async def _status(self, request: Request) -> Response:
        record = await self._job(request)
        return success({"id": record.id, "status": record.status})

    @handles("get_job_results_link", "get_ovh_job_results_link")
    async def _results_link(self, request: Request) -> Response:
        record = await self._job(request)
        result = record.job.result
        link = None if result is None else self.downloads.link(request, record.id)
        return success({"results_link": link})
