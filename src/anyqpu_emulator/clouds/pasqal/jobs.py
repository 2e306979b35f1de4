"""Jobs: list, look, cancel, and the links to their results."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from . import fields, filters, views
from .answers import success
from .fields import Query
from .records import JobRecord
from .room import Room, page, read_object
from .submission import read_job

JOB_V1 = "/api/v1/jobs/{job_id}"
JOB_V2 = "/api/v2/jobs/{job_id}"
SORTABLE = (
    *("created_at", "updated_at", "id", "status", "runs", "batch_id", "project_id", "creation_order"),
    *("start_timestamp", "end_timestamp"),
    # What clients before 0.21 call the order of creation, in which equals stay.
    "ordered_id",
)


class JobRoutes(Room):
    """Both versions: the first shows results."""

    def routes(self) -> list[BaseRoute]:
        """Nine operations."""
        return [
            self.guarded("GET", "/api/v1/jobs", self._list_v1),
            self.guarded("POST", "/api/v1/jobs", self._create),
            self.guarded("GET", "/api/v2/jobs", self.list),
            self.guarded("GET", JOB_V1, self._get_v1),
            self.guarded("GET", JOB_V2, self._get),
            self.guarded("PUT", f"{JOB_V1}/cancel", self._cancel_v1),
            self.guarded("PATCH", f"{JOB_V2}/cancel", self._cancel),
            self.guarded("GET", f"{JOB_V1}/status", self.status),
            self.guarded("GET", f"{JOB_V1}/results_link", self.results_link),
        ]

    async def _job(self, request: Request) -> JobRecord:
        """The job that the path names, where it is now."""
        record = self.store.find_job(request.path_params["job_id"])
        await self.store.house.look(record.job)
        self.store.look(record.batch)
        return record

    async def _list_v1(self, request: Request) -> Response:
        query = Query(request.query_params)
        found = filters.jobs(self.store, query)
        return page(query, found, lambda record: views.job_with_result(self.store, record), SORTABLE, views.job_value)

    async def list(self, request: Request) -> Response:
        """Jobs without their results."""
        query = Query(request.query_params)
        found = filters.jobs(self.store, query)
        return page(query, found, lambda record: views.job(self.store, record), SORTABLE, views.job_value)

    async def _create(self, request: Request) -> Response:
        """The oldest way to add a job to an open batch."""
        body = await read_object(request)
        fields.required(body, "runs")
        batch = self.store.find_batch(fields.identifier_in(body, "batch_id"))
        self.store.check_open(batch)
        self.store.add(batch, [read_job(body, batch.spec, ("body",))])
        return success(views.job_with_result(self.store, batch.jobs[-1]))

    async def _get_v1(self, request: Request) -> Response:
        return success(views.legacy_job(self.store, await self._job(request)))

    async def _get(self, request: Request) -> Response:
        return success(views.job_with_logs(self.store, await self._job(request)))

    async def _cancel_v1(self, request: Request) -> Response:
        record = self.store.find_job(request.path_params["job_id"])
        self.store.cancel_job(record)
        return success(views.job_with_result(self.store, record))

    async def _cancel(self, request: Request) -> Response:
        record = self.store.find_job(request.path_params["job_id"])
        self.store.cancel_job(record)
        return success(views.job(self.store, record))

    async def status(self, request: Request) -> Response:
        """Where a job is."""
        record = await self._job(request)
        return success({"id": record.id, "status": record.status})

    async def results_link(self, request: Request) -> Response:
        """Where its result can be fetched; null while there is none."""
        record = await self._job(request)
        result = record.job.result
        link = None if result is None else self.downloads.link(request, record.id)
        return success({"results_link": link})
