"""Batches: create, list, look, and their results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from . import fields, filters, views
from .answers import success
from .fields import Query
from .records import BatchRecord
from .room import Room, page, read_json, read_object
from .store import Store
from .submission import read_batch

BATCH_V1 = "/api/v1/batches/{batch_id}"
BATCH_V2 = "/api/v2/batches/{batch_id}"
SORTABLE = (
    *("created_at", "updated_at", "id", "status", "priority", "device_type", "project_id", "user_id"),
    *("jobs_count", "start_datetime", "end_datetime"),
)
View = Callable[[Store, BatchRecord], dict[str, Any]]


class BatchRoutes(Room):
    """What does not end anything."""

    def routes(self) -> list[BaseRoute]:
        """Nine operations."""
        return [
            self.guarded("GET", "/api/v1/batches", self._list),
            self.guarded("POST", "/api/v1/batches", self._create),
            self.guarded("GET", BATCH_V1, self._get_v1),
            self.guarded("GET", BATCH_V2, self.get),
            self.guarded("GET", f"{BATCH_V1}/status", self.status),
            self.guarded("PATCH", f"{BATCH_V1}/tags", self._set_tags),
            self.guarded("GET", f"{BATCH_V1}/results_link", self._links),
            self.guarded("GET", f"{BATCH_V1}/full_results", self._full_results),
            self.guarded("GET", f"{BATCH_V1}/results", self._counters),
        ]

    def _batch(self, request: Request) -> BatchRecord:
        return self.store.find_batch(request.path_params["batch_id"])

    async def _list(self, request: Request) -> Response:
        query = Query(request.query_params)
        found = filters.batches(self.store, query)
        return page(query, found, lambda batch: views.batch_summary(self.store, batch), SORTABLE)

    async def _create(self, request: Request) -> Response:
        body = await read_object(request)
        return self.create(request, body, fields.identifier_in(body, "project_id"))

    def create(self, request: Request, body: dict[str, Any], project_id: str) -> Response:
        """A new batch of a project."""
        spec, jobs = read_batch(body, project_id)
        batch = self.store.create(spec, jobs, request.state.user)
        return success(views.batch_with_jobs(self.store, batch))

    async def _get_v1(self, request: Request) -> Response:
        batch = self._batch(request)
        await self.store.settle(batch)
        return success(views.legacy_batch(self.store, batch))

    async def get(self, request: Request) -> Response:
        """A batch with the ids of its jobs."""
        batch = self._batch(request)
        await self.store.settle(batch)
        return success(views.batch_with_job_ids(self.store, batch))

    async def status(self, request: Request) -> Response:
        """Where a batch and its jobs are."""
        batch = self._batch(request)
        look = await self.store.settle(batch)
        return success({"id": batch.id, "status": look.status, "jobs_count_per_status": look.counts})

    async def _set_tags(self, request: Request) -> Response:
        batch = self._batch(request)
        batch.tags = fields.texts(await read_json(request), ("body",))
        return success(views.batch_with_jobs(self.store, batch))

    async def _links(self, request: Request) -> Response:
        batch = self._batch(request)
        await self.store.settle(batch)
        wanted = filters.jobs(self.store, Query(request.query_params), batch)
        links: dict[str, str] = {}
        errors: dict[str, str] = {}
        for record in wanted:
            result = record.job.result
            if result is None:
                errors[record.id] = f"Job {record.id} is {record.status} and has no result"
            else:
                links[record.id] = self.downloads.link(request, record.id)
        return success({"results_links": links, "errors": errors})

    async def _full_results(self, request: Request) -> Response:
        return success(await self._results(request))

    async def _counters(self, request: Request) -> Response:
        return success({job_id: result["counter"] for job_id, result in (await self._results(request)).items()})

    async def _results(self, request: Request) -> dict[str, dict[str, Any]]:
        batch = self._batch(request)
        await self.store.settle(batch)
        found = [(record.id, record.result) for record in batch.jobs]
        return {job_id: result for job_id, result in found if result is not None}
