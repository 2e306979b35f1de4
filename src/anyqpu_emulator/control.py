"""`/_control`: the control API of the emulator."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Awaitable, Callable, Set
from typing import TYPE_CHECKING, Any, TypeAlias

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router

from . import __version__, operations, page
from .client_env import client_envs
from .faults import BODIES, FaultError, read, read_many
from .grpc_wire import CODES
from .hosts import host_name, is_allowed, is_same_origin
from .http import ProblemError, json_response, read_object
from .lifecycle import SPEEDS, State

if TYPE_CHECKING:
    from .app import Emulator

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]
PREFIX = "/_control"
_COMPUTING_SECONDS = 30.0
_MOST_JOBS = 200
_WORDS = {
    State.QUEUED: ("queued", "waiting", "pending"),
    State.RUNNING: ("running",),
    State.COMPLETED: ("completed", "done"),
    State.FAILED: ("failed", "error"),
    State.CANCELLED: ("cancelled", "canceled", "aborted"),
}


def state_of(word: str) -> State:
    """Return the state for a word of the emulator or a cloud. Raises ValueError."""
    for state, words in _WORDS.items():
        if word.lower() in words:
            return state
    raise ValueError(f"there is no state {word!r}; there are {', '.join(_WORDS)}")


def routes(emulator: Emulator) -> list[BaseRoute]:
    """`/_control` and the routes below it."""
    control = _Control(emulator)
    table: list[tuple[str, str, Handler]] = [
        ("GET", "/", control.page),
        ("GET", "/state", control.state),
        ("GET", "/requests", control.requests),
        ("POST", "/requests", control.keep_requests),
        ("GET", "/faults", control.faults),
        ("POST", "/faults", control.add_faults),
        ("DELETE", "/faults", control.clear_faults),
        ("DELETE", "/faults/{id}", control.clear_faults),
        ("GET", "/clock", control.clock),
        ("POST", "/clock", control.set_clock),
        ("GET", "/jobs/{cloud}/{id}", control.job),
        ("POST", "/jobs/{cloud}/{id}", control.move),
        ("GET", "/operations", control.operations),
        ("GET", "/strictness", control.strictness),
        ("POST", "/strictness", control.set_strictness),
        ("GET", "/clients", control.clients),
        ("POST", "/reset", control.reset),
    ]
    # Health reveals nothing, and orchestrators request it under other host names.
    names = emulator.host_names
    guarded = [Route(path, _guarded(handler, names), methods=[method]) for method, path, handler in table]
    below = Router([Route("/health", control.health, methods=["GET"]), *guarded], redirect_slashes=False)
    return [Route(PREFIX, _guarded(control.page, names), methods=["GET"]), Mount(PREFIX, app=below)]


def _guarded(handler: Handler, names: Set[str]) -> Handler:
    """Refuse requests that a browser sends for pages of other sites."""

    async def endpoint(request: Request) -> Response:
        host = request.headers.get("host", "")
        if not _is_own(host, names, request):
            raise ProblemError(403, f"the control endpoints refuse the host {host[:200]!r}; use 127.0.0.1")
        origin = request.headers.get("origin")
        if origin is not None and not is_same_origin(origin, host):
            raise ProblemError(403, f"the control endpoints refuse pages of {origin[:200]!r}")
        if request.method == "POST":
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != "application/json":
                raise ProblemError(415, f"send content-type application/json, not {kind[:200]!r}")
        response = await handler(request)
        response.headers.setdefault("cache-control", "no-store")
        response.headers.setdefault("x-content-type-options", "nosniff")
        return response

    return endpoint


def _is_own(host: str, names: Set[str], request: Request) -> bool:
    """Whether a Host header names this machine. In a server, `HostGuard` has refused other addresses before."""
    name = host_name(host)
    if is_allowed(name, names):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        # In-process there is no socket, and the server is that of the caller's URL.
        server = request.scope.get("server")
        return server is not None and name == str(server[0]).lower()
    return True


class _Control:
    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    async def health(self, request: Request) -> Response:
        names = [cloud.name for cloud in self._emulator.clouds]
        return json_response({"status": "ok", "version": __version__, "clouds": names})

    async def page(self, request: Request) -> Response:
        # It reads a file the first time.
        return await anyio.to_thread.run_sync(page.response)

    async def state(self, request: Request) -> Response:
        limit = _limit(request, _MOST_JOBS)
        view = self._emulator.overview.state(limit)
        head = {"version": __version__, "clock": self._clock(), "state_problem": self._emulator.state_problem}
        return json_response({**head, **view})

    async def requests(self, request: Request) -> Response:
        return json_response({"requests": self._emulator.request_log.view(_limit(request, 100))})

    async def keep_requests(self, request: Request) -> Response:
        body = await read_object(request)
        if set(body) != {"keep"}:
            raise ProblemError(400, "the body should have keep, how many requests are kept, and nothing else")
        try:
            self._emulator.request_log.keep(body["keep"])
        except ValueError as error:
            raise ProblemError(400, str(error)) from None
        return json_response({"keep": self._emulator.request_log.kept})

    async def faults(self, request: Request) -> Response:
        return json_response({"faults": self._emulator.faults.view()})

    async def add_faults(self, request: Request) -> Response:
        body = await read_object(request)
        try:
            made = read_many(body, "body") if "faults" in body else [read(body, "body")]
        except FaultError as error:
            raise ProblemError(400, str(error)) from None
        ids = [self._emulator.faults.add(fault) for fault in made]
        return json_response({"ids": ids, "faults": self._emulator.faults.view()}, 201)

    async def clear_faults(self, request: Request) -> Response:
        fault_id = request.path_params.get("id")
        removed = self._emulator.faults.clear(fault_id)
        if fault_id is not None and not removed:
            raise ProblemError(404, f"there is no fault {fault_id!r}")
        return json_response({"removed": removed})

    async def clock(self, request: Request) -> Response:
        return json_response(self._clock())

    async def set_clock(self, request: Request) -> Response:
        body = await read_object(request)
        names = ("advance", "rate", "speed")
        if not body or any(name not in names for name in body):
            raise ProblemError(400, f"the body should have {', '.join(names)}, and nothing else")
        for name in ("advance", "rate"):
            value = body.get(name, 0)
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ProblemError(400, f"{name} should be a number, not {value!r}")
        if body.get("speed", SPEEDS[0]) not in SPEEDS:
            raise ProblemError(400, f"speed should be one of {', '.join(SPEEDS)}, not {body['speed']!r}")
        try:
            if "rate" in body:
                self._emulator.clock.set_rate(body["rate"])
            self._emulator.clock.advance(body.get("advance", 0))
        except ValueError as error:
            raise ProblemError(400, str(error)) from None
        if "speed" in body:
            self._emulator.set_speed(body["speed"])
        return json_response(self._clock())

    async def operations(self, request: Request) -> Response:
        """Names that faults can select requests by, and words that they can contain."""
        names = {cloud: sorted(set(operations.names_of(cloud))) for cloud in operations.clouds()}
        return json_response({"operations": names, "bodies": list(BODIES), "grpc_statuses": list(CODES[1:])})

    async def job(self, request: Request) -> Response:
        return json_response(self._job(request))

    async def move(self, request: Request) -> Response:
        body, job_id = await read_object(request), request.path_params["id"]
        word, reason = body.get("state"), body.get("reason")
        if not (word is None or isinstance(word, str)) or "state" not in body:
            raise ProblemError(400, "state should be a state, or null to release a held job")
        if not (reason is None or isinstance(reason, str)):
            raise ProblemError(400, "reason should be a text")
        try:
            wanted = None if word is None else state_of(word)
        except ValueError as error:
            raise ProblemError(400, str(error)) from None
        self._job(request)
        if wanted is State.COMPLETED:
            await self._computed(job_id)
        try:
            state = self._emulator.move(job_id, wanted, reason)
        except ValueError as error:
            raise ProblemError(409, str(error)) from None
        return json_response({"id": job_id, "state": str(state)})

    async def strictness(self, request: Request) -> Response:
        return json_response(self._strictness())

    async def set_strictness(self, request: Request) -> Response:
        body = await read_object(request)
        strict, device = body.get("strict"), body.get("device")
        if not isinstance(strict, bool) or set(body) - {"strict", "device"}:
            raise ProblemError(400, "the body should have strict, true or false, and for one device its name as device")
        devices = self._strictness()["devices"]
        if device is not None and device not in devices:
            raise ProblemError(404, f"no device that stands for hardware has this name; there are {', '.join(devices)}")
        self._emulator.strictness.set(strict, device)
        return json_response(self._strictness())

    def _strictness(self) -> dict[str, Any]:
        strictness = self._emulator.strictness
        rules = [cloud.rules for cloud in self._emulator.clouds]
        return {
            "strict": strictness.strict,
            "devices": {device: strictness.applies(device) for one in rules for device in one.devices},
            "rules": [rule.view() for one in rules for rule in one.all],
        }

    async def clients(self, request: Request) -> Response:
        """Settings of the clouds' own clients, which contain credentials."""
        required = self._emulator.require_token
        sent = request.headers.get("authorization", "").removeprefix("Bearer ")
        if required is not None and not secrets.compare_digest(sent.encode(), required.encode()):
            raise ProblemError(403, "this emulator requires a token; send it as Authorization: Bearer TOKEN")
        url = f"http://{request.headers['host']}"
        envs = await anyio.to_thread.run_sync(client_envs, self._emulator, url, required)
        return json_response({"url": url, "clouds": {name: env.view(address) for name, (address, env) in envs.items()}})

    async def reset(self, request: Request) -> Response:
        await self._emulator.areset()
        return json_response({"status": "ok"})

    def _job(self, request: Request) -> dict[str, Any]:
        cloud, job_id = request.path_params["cloud"], request.path_params["id"]
        if (job := self._emulator.overview.job(cloud, job_id)) is None:
            raise ProblemError(404, f"there is no job {job_id!r} on {cloud!r}")
        return job

    async def _computed(self, job_id: str) -> None:
        with anyio.move_on_after(_COMPUTING_SECONDS):
            while not self._emulator.is_computed(job_id):  # noqa: ASYNC110 - it happens in a thread
                await anyio.sleep(0.01)

    def _clock(self) -> dict[str, Any]:
        clock = self._emulator.clock
        return {
            "now": clock.wall(),
            "advanced": clock.advanced,
            "rate": clock.rate,
            "speed": self._emulator.speed,
        }


def _limit(request: Request, default: int) -> int:
    text = request.query_params.get("limit", str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 6) or int(text) < 1:
        raise ProblemError(400, f"limit should be a whole number of at least 1, not {text[:100]!r}")
    return int(text)
