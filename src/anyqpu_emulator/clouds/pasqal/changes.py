"""Batches that go on or end: more jobs, closing, cancelling, another try."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.rooms import Handler
from anyqpu_emulator.shapes import is_list

from . import fields, filters, views
from .answers import RefusalError, invalid, success
from .batches import BATCH_V1, BATCH_V2, View
from .fields import Query, identifier
from .records import BatchRecord, JobRecord
from .room import Room, read_json, read_object
from .submission import read_jobs


class ChangeRoutes(Room):
    """Both versions of each: the first has PUT and shows results, the second PATCH and does not."""

    def routes(self) -> list[BaseRoute]:
        """Ten operations."""
        old, new = views.batch_with_results, views.batch_with_jobs
        return [
            self.guarded("PATCH", "/api/v1/batches/cancel", self._cancel_many),
            self.guarded("PUT", f"{BATCH_V1}/complete", self._closing(old)),
            self.guarded("PATCH", f"{BATCH_V2}/complete", self._closing(new)),
            self.guarded("PUT", f"{BATCH_V1}/cancel", self._cancelling(old)),
            self.guarded("PATCH", f"{BATCH_V2}/cancel", self._cancelling(new)),
            self.guarded("POST", f"{BATCH_V1}/jobs", self._adding(old)),
            self.guarded("POST", f"{BATCH_V2}/jobs", self._adding(new)),
            self.guarded("PUT", f"{BATCH_V1}/cancel/jobs", self._cancel_jobs_v1),
            self.guarded("PATCH", f"{BATCH_V2}/cancel/jobs", self._cancel_jobs),
            self.guarded("POST", f"{BATCH_V1}/rebatch", self._rebatch),
        ]

    def _batch(self, request: Request) -> BatchRecord:
        return self.store.find_batch(request.path_params["batch_id"])

    def _closing(self, view: View) -> Handler:
        async def close(request: Request) -> Response:
            batch = self._batch(request)
            self.store.close(batch)
            return success(view(self.store, batch))

        return close

    def _cancelling(self, view: View) -> Handler:
        async def cancel(request: Request) -> Response:
            batch = self._batch(request)
            self.store.cancel_batch(batch)
            return success(view(self.store, batch))

        return cancel

    def _adding(self, view: View) -> Handler:
        async def add(request: Request) -> Response:
            batch = self._batch(request)
            body: Any = await read_json(request)
            if not is_list(body) or not body:
                raise invalid(("body",), "value is not a valid list of at least one job", "type_error.list")
            self.store.check_open(batch)
            self.store.add(batch, read_jobs(body, batch.spec, ("body",)))
            return success(view(self.store, batch))

        return add

    async def _cancel_many(self, request: Request) -> Response:
        ids: Any = fields.required(await read_object(request), "batch_ids")
        known = [identifier(item) for item in ids] if is_list(ids) else [None]
        if None in known:
            raise invalid(("body", "batch_ids"), "value is not a valid list of uuid", "type_error.uuid")
        batches: list[dict[str, Any]] = []
        errors: dict[str, str] = {}
        for batch_id in dict.fromkeys(item for item in known if item):
            try:
                batch = self.store.find_batch(batch_id)
                self.store.cancel_batch(batch)
                batches.append(views.batch(self.store, batch))
            except RefusalError as refusal:
                errors[batch_id] = refusal.detail
        return success({"batches": batches, "errors": errors})

    def _cancel_wanted(self, request: Request) -> tuple[list[JobRecord], dict[str, str]]:
        batch, query = self._batch(request), Query(request.query_params)
        canceled: list[JobRecord] = []
        own = {record.id for record in batch.jobs}
        errors = {job_id: f"Job {job_id} was not found" for job_id in sorted(query.identifiers("id") - own)}
        # The last first: with no job waiting before it, another would begin to run.
        for record in reversed(filters.jobs(self.store, query, batch)):
            try:
                self.store.cancel_job(record)
                canceled.append(record)
            except RefusalError as refusal:
                errors[record.id] = refusal.detail
        canceled.reverse()
        return canceled, errors

    async def _cancel_jobs(self, request: Request) -> Response:
        canceled, errors = self._cancel_wanted(request)
        return success({"jobs": [views.job(self.store, record) for record in canceled], "errors": errors})

    async def _cancel_jobs_v1(self, request: Request) -> Response:
        canceled, errors = self._cancel_wanted(request)
        return success({"jobs": [views.job_with_result(self.store, record) for record in canceled], "errors": errors})

    async def _rebatch(self, request: Request) -> Response:
        batch = self._batch(request)
        look = self.store.look(batch)
        if batch.open and look.status != "TIMED_OUT":
            raise RefusalError(400, f"Batch {batch.id} is open; close it first, or add the jobs to it again")
        wanted = filters.jobs(self.store, Query(request.query_params), batch)
        if not wanted:
            raise RefusalError(400, f"Batch {batch.id} has no jobs that match")
        specs = [record.spec for record in wanted]
        again = self.store.create(batch.spec.closed(), specs, request.state.user, wanted)
        again.tags = list(batch.tags)
        return success(views.batch_with_jobs(self.store, again))
