"""The emulator as a web application: the clouds under their prefixes, and `/_control`."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from . import control, installed
from .clock import Clock, SystemClock, VirtualClock
from .clouds import CLOUDS, Cloud
from .clouds.rigetti import RigettiCloud
from .context import AppContext
from .effects import Effect
from .error_responses import ErrorResponses
from .fault_middleware import FaultMiddleware
from .faults import Fault
from .grpc_port import GrpcPort
from .hosts import host_name
from .http import Frame, ProblemError
from .injection import Faults
from .lifecycle import SPEEDS, Scheduler, Speed, State
from .overview import Overview
from .persistence import Persistence, PersistenceMiddleware, StateError, StateFile
from .request_log import RequestLog
from .rules import STRICT, Strictness
from .workers import Failure, WorkerPool

installed.search()


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
        *,
        faults: Iterable[Fault] = (),
        state: str | Path | None = None,
        readout_error: float = 0.0,
        gate_error: float = 0.0,
        strict: bool = STRICT,
        noise: bool = False,
        allow_hosts: Iterable[str] = (),
    ) -> None:
        """Make an emulator.

        `speed`: `instant` jobs take no longer than their computation, `fast` ones a tenth to a fifth of a
        second one after another, `real` ones seconds to tens of seconds. With `seed`, equal jobs submitted in
        equal order have equal results, and faults hit the same requests. `require_token` is the only credential
        accepted; without it, any is. `clock` moves the jobs. `faults` are there from the beginning; more can be
        added to `emulator.faults`. `state` is a file in which everything is kept, so that it survives a restart;
        one emulator at a time can use it. Raises ValueError for an unknown speed, StateError for a file that cannot
        be used. `readout_error` is the chance by which each measured bit or atom is reported wrongly, `gate_error`
        that by which each qubit of a gate suffers a Pauli error after it. Raises ValueError for a value outside 0 to 1.
        With `strict`, devices that stand for hardware refuse programs that the hardware's cloud refuses; otherwise they
        run all programs, as simulators do. `noise` adds the noise of the devices' calibrations,
        where they have one; a job on other hardware logs a warning.
        `allow_hosts` are names and addresses by which clients reach its server, besides those of this machine (see
        `host_names`).
        """
        _check_speed(speed)
        self._speed: Speed = speed
        for name, chance in (("readout_error", readout_error), ("gate_error", gate_error)):
            if not 0 <= chance <= 1:
                raise ValueError(f"{name} should be 0 to 1, not {chance}")
        self._seed = seed
        self._readout_error, self._gate_error = readout_error, gate_error
        self.strictness = Strictness(strict)
        """Which devices are strict; `set` changes it for later jobs."""
        self.noise = noise
        """Whether results have the noise of the devices' calibrations."""
        self.require_token = require_token
        """The only credential that is accepted; None: any."""
        persistence = Persistence() if state is None else Persistence(StateFile(state), clock)
        clock = persistence.clock if persistence.has_file else clock or SystemClock()
        self.clock = clock if isinstance(clock, VirtualClock) else VirtualClock(clock)
        """The time by which jobs move, sessions idle out, tokens and links expire; `advance` moves it on."""
        self.faults = Faults(self.clock, seed, faults)
        """Faults, which can be added and removed."""
        self.request_log = RequestLog()
        """The last requests."""
        self.host_names = {host_name(name) for name in allow_hosts}
        """Names and addresses under which a server accepts requests, besides loopback: a name, `*.name` or `*`.

        A client in the same process can use any.
        """
        reference: weakref.ref[Emulator] = weakref.ref(self)
        self.grpc_port = GrpcPort(lambda: _app_of(reference), self.host_names, RigettiCloud.prefix)
        """Where it speaks gRPC; opens when a client asks for the address."""
        # A server that was not closed ends with its emulator.
        weakref.finalize(self, self.grpc_port.stop)
        self._persistence = persistence
        persistence.clock = self.clock
        try:
            self._begin()
        except Exception as error:
            reported = (
                error if isinstance(error, StateError) or not persistence.has_file else persistence.inconsistent(error)
            )
            # Not `close`, which would write to a file that is to stay as it is.
            persistence.abandon()
            self._workers.close()
            raise reported from error
        error_responses = ErrorResponses(self._cloud)
        dispatch = (
            PersistenceMiddleware(self._dispatch, persistence, error_responses)
            if persistence.has_file
            else self._dispatch
        )
        app = FaultMiddleware(dispatch, self.faults, self.clock, self.request_log, self._cloud)
        self.app: ASGIApp = Frame(app, error_responses.response)

    def _begin(self) -> None:
        self._workers = WorkerPool(self.clock)
        self._scheduler = Scheduler(self.clock, self._speed, self._seed, self._persistence.epoch)
        self._scheduler.on_submit = self.faults.on_submit
        self._context = AppContext(
            self.clock, self._scheduler, self._workers, self._seed, self.require_token, self._speed
        )
        self._context.persistence = self._persistence
        self._context.readout_error, self._context.gate_error = self._readout_error, self._gate_error
        self._context.strictness, self._context.noise = self.strictness, self.noise
        self._context.faults, self._context.grpc_port = self.faults, self.grpc_port
        makers: tuple[Callable[[AppContext], Cloud], ...] = (*CLOUDS, *installed.search())
        self.clouds: tuple[Cloud, ...] = tuple(make(self._context) for make in makers)
        self.overview = Overview(self.clouds, self._scheduler, self.strictness, noise=self.noise)
        """Views of all devices, jobs and sessions."""
        at_once = self._persistence.has_file
        routes: list[BaseRoute] = [
            Mount(cloud.prefix, app=_CloudRouter(cloud, at_once=at_once)) for cloud in self.clouds
        ]
        routes += control.routes(self)
        handlers: Any = {HTTPException: _http_problem, ProblemError: _problem}
        self._application = ExceptionMiddleware(Router(routes, redirect_slashes=False), handlers)

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Outside an application, Starlette's routers respond to unknown paths in plain text instead of raising.
        scope["app"] = self._application
        await self._application(scope, receive, send)

    def _cloud(self, name: str) -> Cloud:
        return next(cloud for cloud in self.clouds if cloud.name == name)

    @property
    def speed(self) -> Speed:
        """How long jobs take."""
        return self._speed

    def set_speed(self, speed: Speed) -> None:
        """Set the speed of new jobs; those that wait keep their times. Raises ValueError."""
        _check_speed(speed)
        self._speed = self._context.speed = speed
        self._scheduler.set_speed(speed)

    def jobs(self) -> list[dict[str, Any]]:
        """Return all jobs of all clouds, oldest first: cloud, id, name, backend, status, shots, created_at."""
        return [job for cloud in self.clouds for job in cloud.jobs()]

    def effects(self, *, cloud: str | None = None, kind: str | None = None, key: str | None = None) -> list[Effect]:
        """Return what clients have created and not deleted, for tests that count it after a fault.

        A job that was cancelled, or a session that was closed, is still there; a session or endpoint that was deleted
        is not. `cloud`, `kind` and `key` select (see `Effect`). A test of a submit checks, for example:

            assert len(emulator.effects(cloud="kipu", kind="job", key=error.dedup_key)) == 1

        Over a socket, `GET /_control/state` has the same: `effects` are the numbers by cloud and kind, and each row of
        `jobs`, `sessions` and `resources` has its `kind`, `tags` and `keys`.
        """
        return [
            effect
            for effect in self.overview.effects()
            if cloud in (None, effect.cloud) and kind in (None, effect.kind) and (key is None or effect.has_key(key))
        ]

    def move(self, job_id: str, state: State | str | None, reason: str | None = None) -> State:
        """Put a job into a state and hold it there: `queued`, `running`, `completed`, `failed` or `cancelled`.

        A cloud's own word for a state works too. None releases a held job. `reason` is why it failed. Raises
        ValueError for an unknown job or state, a job that is over, or completing one that is not computed yet
        (`wait_for_computations` waits).
        """
        job = self._scheduler.find(job_id)
        if job is None:
            raise ValueError(f"there is no job {job_id!r}")
        verdict = None if reason is None else Failure("FAILED_BY_HAND", reason)
        return self._scheduler.put(job, None if state is None else control.state_of(state), verdict)

    @property
    def state_problem(self) -> str | None:
        """Why the state file cannot be written now; None if it can, or if there is no state file."""
        return self._persistence.problem

    def is_computed(self, job_id: str) -> bool:
        """Return whether a job is computed, though it may still wait; True for an unknown job."""
        job = self._scheduler.find(job_id)
        return job is None or job.computation.outcome is not None

    def reset(self) -> None:
        """Delete all jobs, sessions, faults and requests; time is not reset. Blocks until computations stop."""
        self._restart().close()

    async def areset(self) -> None:
        """`reset()` without blocking the event loop."""
        old = self._restart()
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(old.close)

    def _restart(self) -> WorkerPool:
        old = self._workers
        self.faults.clear()
        self.request_log.entries.clear()
        self._persistence.clear()
        self._begin()
        return old

    @property
    def computing(self) -> bool:
        """Whether a computation is running or waiting."""
        return self._workers.busy

    def set_pace(self, queue: float | None = None, run: float | None = None) -> None:
        """Set the exact seconds that each new job waits and runs, instead of those of the speed."""
        self._scheduler.set_pace(queue, run)

    def wait_for_computations(self, timeout: float | None = None) -> bool:
        """Block until everything submitted so far is computed, for tests; False after `timeout` seconds.

        Jobs may still have to wait for the clock.
        """
        return self._workers.wait(timeout)

    def close(self) -> None:
        """Stop computations, end the threads, and close the state file. Closing twice is fine."""
        self.grpc_port.close()
        self._workers.close()
        self._persistence.close()

    async def aclose(self) -> None:
        """`close()` without blocking the event loop, also when the caller is being cancelled."""
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(self.close)

    async def __aenter__(self) -> Emulator:
        """Return the emulator, which works from the start."""
        return self

    async def __aexit__(self, *exc: object) -> None:
        """Close."""
        await self.aclose()

    def __enter__(self) -> Emulator:
        """Return the emulator, which works from the start."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close."""
        self.close()


def _app_of(reference: weakref.ref[Emulator]) -> ASGIApp | None:
    emulator = reference()
    return None if emulator is None else emulator.app


def _check_speed(speed: str) -> None:
    if speed not in SPEEDS:
        raise ValueError(f"speed should be one of {', '.join(SPEEDS)}, not {speed!r}")


class _CloudRouter:
    """The routes of a cloud. They are made with its first request, because most emulators serve one cloud.

    With a state file they are made at once: their tables read it, which an event loop must not do.
    """

    def __init__(self, cloud: Cloud, *, at_once: bool) -> None:
        self._cloud = cloud
        self._router = self._made() if at_once else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._router = self._router or self._made()
        await self._router(scope, receive, send)

    def _made(self) -> Router:
        # A redirect would lose the body of a POST, so a path with an extra slash is unknown.
        return Router(self._cloud.routes(), redirect_slashes=False)


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
