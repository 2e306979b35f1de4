"""`anyqpu emulate`, and the choice of an emulator by the other commands."""

from __future__ import annotations

from collections.abc import Sequence

from anyqpu import _emulator
from anyqpu.errors import ConfigError


def serve(
    host: str,
    port: int,
    *,
    grpc_port: int | None = None,
    speed: str,
    seed: int | None,
    require_token: str | None,
    faults: str | None = None,
    state: str | None = None,
    readout_error: float = 0.0,
    gate_error: float = 0.0,
    strict: bool | None = None,
    noise: bool = False,
    allow_hosts: Sequence[str] = (),
    as_json: bool = False,
) -> None:
    """Serve until interrupted, in the main thread, which receives signals, and print the address when ready.

    `as_json` prints one line of JSON. Raises `ConfigError` for an address in use, an unknown speed, an invalid file of
    faults, or an unusable file of state.
    """
    server = _emulator.load("server")
    try:
        rules = _emulator.load("faults").read_file(faults) if faults is not None else ()
        server.serve(
            host,
            port,
            grpc_port=grpc_port,
            speed=speed,
            seed=seed,
            require_token=require_token,
            faults=rules,
            state=state,
            readout_error=readout_error,
            gate_error=gate_error,
            noise=noise,
            **({} if strict is None else {"strict": strict}),
            allow_hosts=allow_hosts,
            as_json=as_json,
        )
    except (server.ServeError, ValueError) as error:
        raise ConfigError(str(error)) from error


def emulator_choice(wanted: bool, url: str | None) -> bool | str | None:
    """Return the argument `emulator` of `connect`: an address, True for this process, None to read the environment.

    Raises `ConfigError` for an invalid address.
    """
    if url is not None and not url.startswith(("http://", "https://")):
        raise ConfigError(f"invalid address of an emulator {url!r}", hint="Such as http://127.0.0.1:8787")
    if url is not None or not wanted:
        return url
    return None if _emulator.requested(None) else True
