"""Computation models, and the links by which models and large results are downloaded."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.routes import Handlers, handles

from . import errors, fields
from .auth import Auth
from .listing import Orders, Selection, listing
from .records import ModelRecord
from .store import Store


def address(request: Request, path: str) -> str:
    """The whole address of a path of this cloud, as seen by the caller."""
    return f"{str(request.base_url).rstrip('/')}/scaleway{path}"


class ModelHandlers(Handlers[Store, Auth]):
    """Three operations, and the downloads."""

    @handles("ListModels")
    async def _list(self, request: Request) -> Response:
        selection = Selection(request, self.store.models.values()).where("project_id", lambda model: model.project_id)
        orders: Orders[ModelRecord] = {"created_at": lambda model: model.number}
        return listing(request, "models", selection.records, lambda model: self._view(model, request), orders=orders)

    @handles("CreateModel")
    async def _create(self, request: Request) -> Response:
        body = request.state.body
        record = ModelRecord(
            created_at=self.store.now(),
            project_id=fields.required(body, "project_id"),
            payload=fields.required(body, "payload"),
        )
        self.store.models[record.id] = record
        return json_response(self._view(record, request))

    @handles("GetModel")
    async def _get(self, request: Request) -> Response:
        return json_response(self._view(self.store.model(request.path_params["model_id"]), request))

    def _view(self, record: ModelRecord, request: Request) -> dict[str, Any]:
        """`Model` of the published schema: the payload itself is behind the link."""
        path = self.store.link(record.id, 0)
        return {
            "id": record.id,
            "created_at": self.store.stamp(record.created_at),
            "url": address(request, path),
            "project_id": record.project_id,
        }

    @handles("download")
    async def _download(self, request: Request) -> Response:
        # Object storage accepts a signed link or credentials, not both; a client that sends its key leaks it.
        if "authorization" in request.headers:
            raise errors.forbidden("download", "read")
        return Response(self.store.download(request.path_params["name"]), media_type="application/json")
