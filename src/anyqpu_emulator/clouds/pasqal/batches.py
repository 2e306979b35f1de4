"""Batches and their results."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.routes import handles

from . import filters, views
from .catalogue import PROJECT_ID, RULES
from .handlers import PasqalHandlers, page
from .records import BatchRecord
from .responses import success
from .submission import read_batch

SORTABLE = (
    *("created_at", "updated_at", "id", "status", "priority", "device_type", "project_id", "user_id"),
    *("jobs_count", "start_datetime", "end_datetime"),
)


class BatchHandlers(PasqalHandlers):
    """Operations that do not end a batch."""

    def _batch(self, request: Request) -> BatchRecord:
        return self.store.find_batch(request.path_params["batch_id"])

    @handles("list_batches")
    async def _list(self, request: Request) -> Response:
        batches = filters.batches(self.store, request.state.query)
        return page(request, batches, lambda batch: views.batch_summary(self.store, batch), SORTABLE)

    @handles("create_batch", "create_ovh_batch")
    async def _create(self, request: Request) -> Response:
        body = request.state.body
        # Customers of OVH have no projects.
        spec, jobs = read_batch(body, body.get("project_id") or PROJECT_ID)
        context, device = self.store.context, spec.device.device_type
        context.noise_on(device, RULES)
        spec = replace(spec, strict=context.strictness.applies(device))
        batch = self.store.create(spec, jobs, request.state.user)
        return success(views.batch_with_jobs(self.store, batch))

    @handles("get_batch_v1")
    async def _get_v1(self, request: Request) -> Response:
        batch = self._batch(request)
        await self.store.settle(batch)
        return success(views.legacy_batch(self.store, batch))

    @handles("get_batch", "get_ovh_batch")
    async def _get(self, request: Request) -> Response:
        batch = self._batch(request)
        await self.store.settle(batch)
        return success(views.batch_with_job_ids(self.store, batch))

    @handles("get_batch_status", "get_ovh_batch_status")
    async def _status(self, request: Request) -> Response:
        batch = self._batch(request)
        state = await self.store.settle(batch)
        return success({"id": batch.id, "status": state.status, "jobs_count_per_status": state.counts})

    @handles("set_batch_tags")
    async def _set_tags(self, request: Request) -> Response:
        batch = self._batch(request)
        batch.tags = request.state.body
        return success(views.batch_with_jobs(self.store, batch))

    @handles("get_batch_results_links")
    async def _links(self, request: Request) -> Response:
        batch = self._batch(request)
        await self.store.settle(batch)
        jobs = filters.jobs(self.store, request.state.query, batch)
        links: dict[str, str] = {}
        errors: dict[str, str] = {}
        for record in jobs:
            result = record.job.result
            if result is None:
                errors[record.id] = f"Job {record.id} is {record.status} and has no result"
            else:
                links[record.id] = self.downloads.link(request, record.id)
        return success({"results_links": links, "errors": errors})

    @handles("get_batch_full_results")
    async def _full_results(self, request: Request) -> Response:
        return success(await self._results(request))

    @handles("get_batch_results")
    async def _counters(self, request: Request) -> Response:
        return success({job_id: result["counter"] for job_id, result in (await self._results(request)).items()})

    async def _results(self, request: Request) -> dict[str, dict[str, Any]]:
        batch = self._batch(request)
        await self.store.settle(batch)
        results = [(record.id, record.result) for record in batch.jobs]
        return {job_id: result for job_id, result in results if result is not None}
