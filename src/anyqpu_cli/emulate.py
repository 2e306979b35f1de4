"""`anyqpu emulate`, and the choice of an emulator by the other commands."""

from __future__ import annotations

import http.client
import json
import shlex
from collections.abc import Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlsplit

from anyqpu import _emulator
from anyqpu.errors import ConfigError
from anyqpu_cli.output import show, show_json
from anyqpu_cli.target import did_you_mean

# Seconds for a running emulator to respond.
TIMEOUT = 10.0


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


def show_client_settings(name: str, host: str, port: int, *, token: str | None, as_json: bool) -> None:
    """Print the settings with which a client uses a running emulator, as a shell reads them.

    `name` is a cloud or one of its clients, or `anyqpu`; `token` is the one that the emulator requires. The emulator is
    that of ANYQPU_EMULATOR, or else the one at host and port. Raises `ConfigError` if it does not respond.
    """
    address = _emulator.requested(None)
    url = address.rstrip("/") if isinstance(address, str) and "://" in address else f"http://{host}:{port}"
    if name == "anyqpu":
        # The variable alone is enough, and true for an emulator that starts later.
        settings: dict[str, Any] = {"url": url, "clients": ["anyqpu"], "environment": {_emulator.ENVIRONMENT: url}}
    else:
        clouds = _fetch_clients(url, token)
        known_by = {client: cloud for cloud, entry in clouds.items() for client in (*entry["clients"], cloud)}
        if name not in known_by:
            raise ConfigError(f"there is no client {name!r}", hint=did_you_mean(name, ["anyqpu", *known_by]))
        # Perceval is a client of two clouds.
        uses = [entry for cloud, entry in clouds.items() if name in (*entry["clients"], cloud)]
        if as_json and len(uses) > 1:
            raise ConfigError(f"{name} is a client of {len(uses)} clouds", hint="Give the name of the cloud")
        if not as_json:
            show("\n\n".join(map(_as_shell, uses)))
            return
        settings = uses[0]
    if as_json:
        show_json(settings)
    else:
        show(_as_shell(settings))


def _as_shell(settings: Mapping[str, Any]) -> str:
    lines = [f"# {', '.join(settings['clients'])}: {settings['url']}"]
    lines += [f"export {name}={shlex.quote(value)}" for name, value in settings["environment"].items()]
    lines += [f"# {note}" for note in settings.get("notes", ())]
    for file, text in settings.get("files", {}).items():
        lines += [f"# {file}:", *(f"#   {line}" for line in text.splitlines())]
    return "\n".join([*lines, *([f"# check: {settings['check']}"] if "check" in settings else [])])


def _fetch_clients(url: str, token: str | None) -> dict[str, Any]:
    """Return the clients of each cloud from a running emulator."""
    address = urlsplit(url)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=TIMEOUT)
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    try:
        connection.request("GET", "/_control/clients", headers=headers)
        response = connection.getresponse()
        body = json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError):
        raise ConfigError(f"no emulator responds at {url}", hint="Start one with `anyqpu emulate`") from None
    finally:
        connection.close()
    if response.status == 403 and token is None:
        raise ConfigError("this emulator requires a token", hint="Give it with --require-token")
    if response.status != 200:
        raise ConfigError(f"the emulator at {url} refuses the request (status {response.status})")
    return cast("dict[str, Any]", body["clouds"])


def emulator_choice(wanted: bool, url: str | None) -> bool | str | None:
    """Return the argument `emulator` of `connect`: an address, True for this process, None to read the environment.

    Raises `ConfigError` for an invalid address.
    """
    if url is not None and not url.startswith(("http://", "https://")):
        raise ConfigError(f"invalid address of an emulator {url!r}", hint="Such as http://127.0.0.1:8787")
    if url is not None or not wanted:
        return url
    return None if _emulator.requested(None) else True
