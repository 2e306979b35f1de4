"""Platforms and applications: what there is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.http import json_response

from . import errors
from .catalogue import APPLICATIONS, PLATFORMS, Application, Platform
from .room import Orders, Query, Room, listing

TYPES = ("simulator", "qpu")
TECHNOLOGIES = ("photonic", "general_purpose", "trapped_ion", "superconducting", "neutral_atom")
_PLATFORM_ORDERS: Orders[Platform] = {
    "name": lambda platform: platform.name,
    "provider_name": lambda platform: platform.provider_name,
    "type": lambda platform: platform.type,
    "technology": lambda platform: platform.technology,
    "backend_name": lambda platform: platform.backend_name,
}


def find_platform(platform_id: str) -> Platform:
    """A platform by its id, or a 404."""
    found = PLATFORMS.get(platform_id.lower())
    if found is None:
        raise errors.not_found("platform", platform_id)
    return found


def find_application(application_id: str) -> Application:
    """An application by its id, or a 404."""
    found = APPLICATIONS.get(application_id.lower())
    if found is None:
        raise errors.not_found("application", application_id)
    return found


class PlatformRoutes(Room):
    """Four operations."""

    def routes(self) -> list[BaseRoute]:
        """Lists and single ones."""
        return [
            self.guarded("GET", "/platforms", self._list),
            self.guarded("GET", "/platforms/{id}", self._get),
            self.guarded("GET", "/applications", self._list_applications),
            self.guarded("GET", "/applications/{id}", self._get_application),
        ]

    async def _list(self, request: Request) -> Response:
        query = Query(request)
        kind, technology = query.word("platform_type", TYPES), query.word("platform_technology", TECHNOLOGIES)
        found = [
            platform
            for platform in PLATFORMS.values()
            if query.matches("name", platform.name)
            and query.matches("provider_name", platform.provider_name)
            and query.matches("backend_name", platform.backend_name)
            and kind in (None, platform.type)
            and technology in (None, platform.technology)
        ]
        return listing(query, "platforms", found, Platform.view, orders=_PLATFORM_ORDERS, default="name_asc")

    async def _get(self, request: Request) -> Response:
        return json_response(find_platform(request.path_params["id"]).view())

    async def _list_applications(self, request: Request) -> Response:
        query = Query(request)
        kind = query.word("application_type", ("vqe",))
        found = [
            application
            for application in APPLICATIONS.values()
            if query.matches("name", application.name) and kind in (None, application.type)
        ]
        orders: Orders[Application] = {"name": lambda one: one.name, "type": lambda one: one.type}
        return listing(query, "applications", found, Application.view, orders=orders, default="name_asc")

    async def _get_application(self, request: Request) -> Response:
        return json_response(find_application(request.path_params["id"]).view())
