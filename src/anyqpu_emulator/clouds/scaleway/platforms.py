"""Platforms and applications."""

from __future__ import annotations

from operator import attrgetter

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.routes import Handlers, handles

from . import errors
from .auth import Auth
from .catalogue import APPLICATIONS, PLATFORMS, Application, Platform
from .listing import Orders, Selection, listing
from .store import Store

_PLATFORM_ORDERS: Orders[Platform] = {
    name: attrgetter(name) for name in ("name", "provider_name", "type", "technology", "backend_name")
}


def find_platform(platform_id: str) -> Platform:
    """Return a platform by its id, or raise a 404."""
    platform = PLATFORMS.get(platform_id.lower())
    if platform is None:
        raise errors.not_found("platform", platform_id)
    return platform


def find_application(application_id: str) -> Application:
    """Return an application by its id, or raise a 404."""
    application = APPLICATIONS.get(application_id.lower())
    if application is None:
        raise errors.not_found("application", application_id)
    return application


class PlatformHandlers(Handlers[Store, Auth]):
    """Four operations."""

    @handles("ListPlatforms")
    async def _list(self, request: Request) -> Response:
        selection = Selection(request, PLATFORMS.values())
        for name in ("name", "provider_name", "backend_name"):
            selection.where(name, attrgetter(name))
        selection.where("platform_type", attrgetter("type")).where("platform_technology", attrgetter("technology"))
        return listing(request, "platforms", selection.records, Platform.view, orders=_PLATFORM_ORDERS)

    @handles("GetPlatform")
    async def _get(self, request: Request) -> Response:
        return json_response(find_platform(request.path_params["platform_id"]).view())

    @handles("ListApplications")
    async def _list_applications(self, request: Request) -> Response:
        selection = Selection(request, APPLICATIONS.values())
        selection.where("name", attrgetter("name")).where("application_type", attrgetter("type"))
        orders: Orders[Application] = {"name": attrgetter("name"), "type": attrgetter("type")}
        return listing(request, "applications", selection.records, Application.view, orders=orders)

    @handles("GetApplication")
    async def _get_application(self, request: Request) -> Response:
        return json_response(find_application(request.path_params["application_id"]).view())
