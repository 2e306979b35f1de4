"""`/_control`: what the emulator says of itself, in no cloud's language."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from . import __version__
from .clouds import Cloud
from .http import json_response


def routes(clouds: Sequence[Cloud]) -> list[BaseRoute]:
    """The routes below `/_control`."""

    async def health(request: Request) -> Response:
        names = [cloud.name for cloud in clouds]
        return json_response({"status": "ok", "version": __version__, "clouds": names})

    async def state(request: Request) -> Response:
        return json_response({"jobs": [job for cloud in clouds for job in cloud.jobs()]})

    return [Route("/health", health, methods=["GET"]), Route("/state", state, methods=["GET"])]
