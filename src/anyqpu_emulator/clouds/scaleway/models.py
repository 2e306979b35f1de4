"""Computation models, and the links by which models and large results are downloaded."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from anyqpu_emulator.http import json_response

from . import errors, fields
from .records import ModelRecord
from .room import Orders, Query, Room, listing


def address(request: Request, path: str) -> str:
    """The whole address of a path of this cloud, as seen by the caller."""
    return f"{str(request.base_url).rstrip('/')}/scaleway{path}"


class ModelRoutes(Room):
    """Three operations, and the downloads."""

    def routes(self) -> list[BaseRoute]:
        """The downloads are outside of the API and know no key."""
        return [
            self.guarded("GET", "/models", self._list),
            self.guarded("POST", "/models", self._create),
            self.guarded("GET", "/models/{id}", self._get),
            Route("/_downloads/{name}", self._download, methods=["GET"]),
        ]

    async def _list(self, request: Request) -> Response:
        query = Query(request)
        found = [model for model in self.store.models.values() if query.matches("project_id", model.project_id)]
        orders: Orders[ModelRecord] = {"created_at": lambda model: model.number}
        return listing(
            query, "models", found, lambda model: self._view(model, request), orders=orders, default="created_at_desc"
        )

    async def _create(self, request: Request) -> Response:
        body = await fields.read_body(request)
        record = ModelRecord(
            created_at=self.store.now(),
            project_id=fields.required(body, "project_id"),
            payload=fields.required(body, "payload"),
        )
        self.store.models[record.id] = record
        return json_response(self._view(record, request))

    async def _get(self, request: Request) -> Response:
        return json_response(self._view(self.store.model(request.path_params["id"]), request))

    def _view(self, record: ModelRecord, request: Request) -> dict[str, Any]:
        """`Model` of the published schema: the payload itself is behind the link."""
        path = self.store.link(record.id, 0)
        return {
            "id": record.id,
            "created_at": self.store.stamp(record.created_at),
            "url": address(request, path),
            "project_id": record.project_id,
        }

    async def _download(self, request: Request) -> Response:
        # Object storage takes a signed link or credentials, never both; who sends its key leaks it.
        if "authorization" in request.headers:
            raise errors.forbidden("download", "read")
        return Response(self.store.download(request.path_params["name"]), media_type="application/json")
