"""The emulator under uvicorn: blocking for the command line, in a thread for demos and tests."""

from __future__ import annotations

import http.client
import json
import logging
import signal
import socket
import sys
import textwrap
import threading
import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn

from .app import Emulator
from .client_env import ClientEnv, client_envs
from .clock import Clock
from .connection import Protocol
from .faults import Fault
from .grpc_port import ALL_ADDRESSES, ListenError, listen
from .hosts import HostGuard
from .lifecycle import Speed
from .persistence import StateError
from .rules import STRICT

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8787
_HOST_HINT = (
    "anyqpu: listening on all addresses, but accepting only requests to localhost and 127.0.0.1. Add --allow-host NAME "
    "for each name or address by which clients reach this machine, such as --allow-host emulator"
)
_STARTUP = 20.0
# Columns of a small terminal.
_WIDTH = 80
_GRACE = 2
# Above the limits for path, query and headers, which the application refuses in the cloud's own form.
_MAX_HEAD = 64 * 1024

_log = logging.getLogger("anyqpu_emulator")


class ServeError(Exception):
    """The server cannot run; the message has the reason and what to do. `exit_code` is for the command line."""

    exit_code = 1


def serve(
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    *,
    grpc_port: int | None = None,
    speed: Speed = "fast",
    seed: int | None = None,
    require_token: str | None = None,
    clock: Clock | None = None,
    state: str | Path | None = None,
    readout_error: float = 0.0,
    gate_error: float = 0.0,
    strict: bool = STRICT,
    noise: bool = False,
    faults: Iterable[Fault] = (),
    allow_hosts: Iterable[str] = (),
    as_json: bool = False,
) -> None:
    """Serve until interrupted, after printing the addresses and the settings for the clouds' own clients.

    Options are those of `Emulator`; requests to `host` and `allow_hosts` are accepted. With `as_json`, one line of JSON
    is printed, for programs. `grpc_port` is for Rigetti's gRPC services: by default the one after `port`, or any free
    one where that is taken.
    Raises ServeError if the address is taken or not this machine's, or the state file cannot be used.
    """
    listener = _listen(host, port)
    with (
        listener,
        _emulator(
            host,
            allow_hosts,
            speed=speed,
            seed=seed,
            require_token=require_token,
            clock=clock,
            faults=faults,
            state=state,
            readout_error=readout_error,
            gate_error=gate_error,
            strict=strict,
            noise=noise,
        ) as emulator,
    ):
        url = _url(host, listener)
        _open_grpc(emulator, host, grpc_port, int(listener.getsockname()[1]) if port else 0)
        envs = client_envs(emulator, url, require_token)
        lines = _banner(url, speed, envs, for_all=require_token is None)
        if host in ALL_ADDRESSES and len(emulator.host_names) == 1:
            print(_HOST_HINT, file=sys.stderr, flush=True)
        if noise:
            noiseless = ", ".join(device for cloud in emulator.clouds for device in cloud.rules.noiseless)
            print(f"noise of calibrations is on; not emulated for {noiseless}", file=sys.stderr, flush=True)
        print(_line_of_json(url, speed, envs) if as_json else lines, flush=True)
        # uvicorn has shut down by then; it raises the signal once more.
        with suppress(KeyboardInterrupt), _exiting_on_sigterm():
            _server(emulator).run(sockets=[listener])


def _banner(url: str, speed: str, envs: Mapping[str, tuple[str, ClientEnv]], *, for_all: bool) -> str:
    """Return the addresses, and how to use them, in fewer lines than a small terminal has."""
    lines = [f"anyqpu emulator at {url} (speed {speed})"]
    for name, (address, env) in envs.items():
        others = "".join(f", {kind} {other}" for kind, other in env.addresses.items())
        lines.append(f"  {name:<10} {address}{others}")
    lines.append("In another terminal:")
    if for_all:
        lines.append(f"  {'anyqpu':<10} export ANYQPU_EMULATOR={url}")
    lines.append(f"  {'others':<10} anyqpu emulate --env NAME, which prints settings for")
    lines += [
        line
        for name, (_, env) in envs.items()
        for line in textwrap.wrap(
            f"{name} ({', '.join(env.clients)})",
            _WIDTH,
            initial_indent=" " * 13,
            subsequent_indent=" " * 15,
            break_on_hyphens=False,
        )
    ]
    return "\n".join([*lines, f"  {'control':<10} {url}/_control/"])


def _line_of_json(url: str, speed: str, envs: Mapping[str, tuple[str, ClientEnv]]) -> str:
    clouds = {name: env.view(address) for name, (address, env) in envs.items()}
    return json.dumps({"url": url, "control": f"{url}/_control/", "speed": speed, "clouds": clouds})


@contextmanager
def _exiting_on_sigterm() -> Generator[None]:
    """Exit on SIGTERM in a way that closes everything."""

    def leave(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def running(
    host: str = DEFAULT_HOST,
    port: int = 0,
    *,
    speed: Speed = "instant",
    seed: int | None = None,
    require_token: str | None = None,
    clock: Clock | None = None,
    state: str | Path | None = None,
    readout_error: float = 0.0,
    gate_error: float = 0.0,
    strict: bool = STRICT,
    noise: bool = False,
    faults: Iterable[Fault] = (),
    allow_hosts: Iterable[str] = (),
) -> Generator[str]:
    """Serve in a background thread, on a free port unless one is given; yields the base URL.

    The server accepts requests when the block begins and is closed when it ends. Options are those of `serve`. Raises
    ServeError.
    """
    listener = _listen(host, port)
    with (
        listener,
        _emulator(
            host,
            allow_hosts,
            speed=speed,
            seed=seed,
            require_token=require_token,
            clock=clock,
            faults=faults,
            state=state,
            readout_error=readout_error,
            gate_error=gate_error,
            strict=strict,
            noise=noise,
        ) as emulator,
    ):
        emulator.grpc_port.choose(host)
        server = _server(emulator)
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="anyqpu-emulator-server", daemon=True
        )
        thread.start()
        try:
            _wait_until_ready(server, thread, host, int(listener.getsockname()[1]))
            yield _url(host, listener)
        finally:
            server.should_exit = True
            thread.join(_GRACE + 5)
            if thread.is_alive():
                _log.warning("the emulator's server did not stop in time")


def _emulator(host: str, allow_hosts: Iterable[str], **options: Any) -> Emulator:
    try:
        return Emulator(allow_hosts=(host, *allow_hosts), **options)
    except StateError as error:
        raise ServeError(str(error)) from None


def _listen(host: str, port: int, option: str = "--port") -> socket.socket:
    try:
        return listen(host, port)
    except ListenError as error:
        hint = f"; choose another with {option}, or 0 for any free one" if str(error).endswith("is in use") else ""
        raise ServeError(f"{error}{hint}") from None


def _open_grpc(emulator: Emulator, host: str, port: int | None, http_port: int) -> None:
    """Open the port for gRPC: the chosen one, else the one after that for HTTP, else any."""
    following = http_port + 1 if 0 < http_port < 65535 else 0
    emulator.grpc_port.choose(host, following if port is None else port)
    try:
        emulator.grpc_port.open()
    except ListenError as error:
        if port is not None:
            raise ServeError(f"{error}; choose another with --grpc-port, or 0 for any free one") from None
        emulator.grpc_port.choose(host)
        emulator.grpc_port.open()


def _url(host: str, listener: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"


def _server(emulator: Emulator) -> uvicorn.Server:
    config = uvicorn.Config(
        HostGuard(emulator.app, emulator.host_names),
        http=Protocol,
        h11_max_incomplete_event_size=_MAX_HEAD,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=_GRACE,
    )
    return uvicorn.Server(config)


def _wait_until_ready(server: uvicorn.Server, thread: threading.Thread, host: str, port: int) -> None:
    deadline = time.monotonic() + _STARTUP
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise ServeError("the emulator's server did not start")
        time.sleep(0.005)
    reachable = ALL_ADDRESSES.get(host, host)
    connection = http.client.HTTPConnection(reachable, port, timeout=_STARTUP)
    try:
        connection.request("GET", "/_control/health")
        if connection.getresponse().status != 200:
            raise ServeError("the emulator's server gives an unexpected response")
    except OSError as error:
        raise ServeError(f"the emulator's server does not respond: {error}") from None
    finally:
        connection.close()
