"""Changes of batches: more jobs, closing, cancelling, repeating."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.routes import handles

from . import filters, views
from .handlers import PasqalHandlers, is_legacy
from .records import BatchRecord, JobRecord
from .responses import RefusalError, invalid, success
from .submission import read_jobs


class ChangeHandlers(PasqalHandlers):
    """Both versions of each operation: the first shows results, the second does not."""

    def _batch(self, request: Request) -> BatchRecord:
        return self.store.find_batch(request.path_params["batch_id"])

    def _changed(self, request: Request, batch: BatchRecord) -> Response:
        view = views.batch_with_results if is_legacy(request) else views.batch_with_jobs
        return success(view(self.store, batch))

    @handles("complete_batch", "complete_batch_v1")
    async def _close(self, request: Request) -> Response:
        batch = self._batch(request)
        self.store.close(batch)
        return self._changed(request, batch)

    @handles("cancel_batch", "cancel_batch_v1")
    async def _cancel(self, request: Request) -> Response:
        batch = self._batch(request)
        self.store.cancel_batch(batch)
        return self._changed(request, batch)

    @handles("add_jobs", "add_jobs_v1")
    async def _add(self, request: Request) -> Response:
        batch = self._batch(request)
        if not request.state.body:
            raise invalid(("body",), "ensure this value has at least 1 items", "value_error.list.min_items")
        self.store.check_open(batch)
        self.store.add(batch, read_jobs(request.state.body, batch.spec, ("body",)))
        return self._changed(request, batch)

    @handles("cancel_batches")
    async def _cancel_many(self, request: Request) -> Response:
        batches: list[dict[str, Any]] = []
        errors: dict[str, str] = {}
        for batch_id in dict.fromkeys(request.state.body["batch_ids"]):
            try:
                batch = self.store.find_batch(batch_id)
                self.store.cancel_batch(batch)
                batches.append(views.batch(self.store, batch))
            except RefusalError as refusal:
                errors[batch_id] = refusal.detail
        return success({"batches": batches, "errors": errors})

    @handles("cancel_jobs", "cancel_jobs_v1")
    async def _cancel_jobs(self, request: Request) -> Response:
        batch, query = self._batch(request), request.state.query
        canceled: list[JobRecord] = []
        own = {record.id for record in batch.jobs}
        errors = {job_id: f"Job {job_id} was not found" for job_id in sorted(set(query.get("id", ())) - own)}
        # In reverse order, so that no waiting job begins to run when the one before it is cancelled.
        for record in reversed(filters.jobs(self.store, query, batch)):
            try:
                self.store.cancel_job(record)
                canceled.append(record)
            except RefusalError as refusal:
                errors[record.id] = refusal.detail
        canceled.reverse()
        view = views.job_with_result if is_legacy(request) else views.job
        return success({"jobs": [view(self.store, record) for record in canceled], "errors": errors})

    @handles("rebatch_jobs")
    async def _rebatch(self, request: Request) -> Response:
        batch = self._batch(request)
        state = self.store.poll(batch)
        if batch.open and state.status != "TIMED_OUT":
            raise RefusalError(400, f"Batch {batch.id} is open; close it first, or add the jobs to it again")
        jobs = filters.jobs(self.store, request.state.query, batch)
        if not jobs:
            raise RefusalError(400, f"Batch {batch.id} has no jobs that match")
        specs = [record.spec for record in jobs]
        again = self.store.create(batch.spec.closed(), specs, request.state.user, jobs)
        again.tags = list(batch.tags)
        return success(views.batch_with_jobs(self.store, again))
