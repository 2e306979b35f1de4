"""The emulator as a web application: the clouds under their prefixes, and `/_control`."""

from __future__ import annotations

from collections.abc import Sequence

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Router
from starlette.types import ASGIApp

from . import control
from .clock import Clock, SystemClock
from .clouds import CLOUDS, Cloud
from .house import House
from .http import Frame, ProblemError
from .lifecycle import SPEEDS, Scheduler, Speed
from .work import Workshop


class Emulator:
    """Quantum clouds in one process: `app` is an ASGI application with state of its own.

    Needs no lifespan events, so it serves in-process (`httpx.ASGITransport(emulator.app)`) as well as under a
    server, on asyncio and trio. `close()` it (`aclose()` inside an event loop), or
    use it in a `with` or `async with` statement, to end its threads.
    """

    def __init__(
        self,
        speed: Speed = "instant",
        seed: int | None = None,
        require_token: str | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Make an emulator.

        `speed`: `instant` jobs take no longer than their computation, `fast` ones a tenth to a fifth of a
        second one after another, `real` ones seconds to tens of seconds. With `seed`, equal jobs submitted in
        equal order have equal results. `require_token` is the only credential accepted; without it, any is.
        `clock` moves the jobs. Raises ValueError for an unknown speed.
        """
        if speed not in SPEEDS:
            raise ValueError(f"speed should be one of {', '.join(SPEEDS)}, not {speed!r}")
        self.speed: Speed = speed
        clock = clock or SystemClock()
        self._workshop = Workshop(clock)
        house = House(clock, Scheduler(clock, speed, seed), self._workshop, seed, require_token, speed)
        self.clouds: tuple[Cloud, ...] = tuple(make(house) for make in CLOUDS)
        routes: list[BaseRoute] = [_mount(cloud.prefix, cloud.routes()) for cloud in self.clouds]
        routes.append(_mount("/_control", control.routes(self.clouds)))
        application = Starlette(
            routes=routes,
            middleware=[Middleware(Frame)],
            exception_handlers={HTTPException: _http_problem, ProblemError: _problem},
        )
        application.router.redirect_slashes = False
        self.app: ASGIApp = application

    def wait_for_computations(self, timeout: float | None = None) -> bool:
        """Block until everything submitted so far is computed, for tests; False after `timeout` seconds.

        Jobs may still have to wait for the clock.
        """
        return self._workshop.wait(timeout)

    def close(self) -> None:
        """Stop computations and end the threads. Closing twice is fine."""
        self._workshop.close()

    async def aclose(self) -> None:
        """`close()` without blocking the event loop, also when the caller is being cancelled."""
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(self.close)

    async def __aenter__(self) -> Emulator:
        """Nothing to do: an emulator works from the start."""
        return self

    async def __aexit__(self, *exc: object) -> None:
        """Close."""
        await self.aclose()

    def __enter__(self) -> Emulator:
        """Nothing to do: an emulator works from the start."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close."""
        self.close()


def _mount(prefix: str, routes: Sequence[BaseRoute]) -> Mount:
    # A redirect would lose the body of a POST; a path with a slash too many is simply unknown.
    return Mount(prefix, app=Router(routes, redirect_slashes=False))


async def _http_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    detail = error.detail
    if error.status_code == 404:
        detail = f"there is nothing at {request.method} {request.url.path}"
    elif error.status_code == 405:
        detail = f"{request.method} is not possible at {request.url.path}"
    return ProblemError(error.status_code, detail, headers=error.headers).response(request.url.path)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)  # noqa: S101 - registered for this class only
    return error.response(request.url.path)
