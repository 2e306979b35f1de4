"""`anyqpu emulate`, and which emulator the other commands use."""

from __future__ import annotations

from collections.abc import Sequence

from anyqpu import _emulator
from anyqpu.errors import ConfigError


def serve(
    host: str,
    port: int,
    *,
    speed: str,
    seed: int | None,
    require_token: str | None,
    faults: str | None = None,
    state: str | None = None,
    readout_error: float = 0.0,
    gate_error: float = 0.0,
    allow_hosts: Sequence[str] = (),
    as_json: bool = False,
) -> None:
    """Serve until interrupted; in the main thread, where signals arrive.

    What is printed once it is ready says where it is; `as_json`: in one line.

    Raises `ConfigError` for an address that is taken, a speed that there is not, a file of faults that makes no
    sense, or a file of state that cannot be used.
    """
    server = _emulator.load("server")
    try:
        known = _emulator.load("faults").read_file(faults) if faults is not None else ()
        server.serve(
            host,
            port,
            speed=speed,
            seed=seed,
            require_token=require_token,
            faults=known,
            state=state,
            readout_error=readout_error,
            gate_error=gate_error,
            allow_hosts=allow_hosts,
            as_json=as_json,
        )
    except (server.ServeError, ValueError) as error:
        raise ConfigError(str(error)) from error


def emulator_choice(wanted: bool, url: str | None) -> bool | str | None:
    """What `connect(emulator=...)` takes: an address, True for one in this process, None to ask the environment.

    Raises `ConfigError` for another text.
    """
    if url is not None and not url.startswith(("http://", "https://")):
        raise ConfigError(f"invalid address of an emulator {url!r}", hint="It looks like http://127.0.0.1:8787")
    if url is not None or not wanted:
        return url
    return None if _emulator.requested(None) else True
