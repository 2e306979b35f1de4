"""The way in: `connect("kipu")`."""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, overload

from anyqpu import _emulator
from anyqpu.errors import ConfigError, MissingCredentialsError
from anyqpu.transport.auth import Auth, HeaderAuth
from anyqpu.transport.client import DEFAULT_TIMEOUT, Transport
from anyqpu.transport.secret import Secret
from anyqpu.waiting import PollPolicy

if TYPE_CHECKING:
    from anyqpu.providers.kipu import KipuClient
    from anyqpu.providers.pasqal import PasqalClient
    from anyqpu.providers.rigetti import RigettiClient
    from anyqpu.providers.scaleway import ScalewayClient
    from anyqpu.transport.http import AsyncTransport

Provider = Literal["scaleway", "kipu", "pasqal", "rigetti"]

PROVIDERS: tuple[Provider, ...] = ("scaleway", "kipu", "pasqal", "rigetti")

BASE_URLS = {
    "scaleway": "https://api.scaleway.com",
    "kipu": "https://api.hub.kipu-quantum.com/quantum",
    "pasqal": "https://apis.pasqal.cloud/core-fast",
    "rigetti": "https://api.qcs.rigetti.com",
}
OTHER_BASE_URLS: dict[str, dict[str, str]] = {"pasqal": {"account": "https://apis.pasqal.cloud/account"}}


class ScalewayCredentials(TypedDict, total=False):
    """Credentials for Scaleway."""

    secret_key: str


class KipuCredentials(TypedDict, total=False):
    """Credentials for Kipu: a personal access token, and the organization to act for."""

    token: str
    organization_id: str


class PasqalCredentials(TypedDict, total=False):
    """Credentials for Pasqal."""

    token: str


class RigettiCredentials(TypedDict, total=False):
    """Credentials for Rigetti."""

    access_token: str


@dataclass(frozen=True, slots=True)
class _Scheme:
    """How a cloud wants to be told who asks: a secret in a header, and maybe more beside it."""

    argument: str
    header: str
    variables: tuple[str, ...]
    prefix: str = ""
    plain: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


SCHEMES = {
    "scaleway": _Scheme("secret_key", "X-Auth-Token", ("SCW_SECRET_KEY",)),
    "kipu": _Scheme(
        "token",
        "X-Auth-Token",
        ("KQH_SERVICE_EXECUTION_TOKEN", "KQH_PERSONAL_ACCESS_TOKEN", "PLANQK_PERSONAL_ACCESS_TOKEN"),
        plain=(("organization_id", "X-OrganizationId", ("KQH_ORGANIZATION_ID", "PLANQK_ORGANIZATION_ID")),),
    ),
    "pasqal": _Scheme("token", "Authorization", ("PASQAL_TOKEN", "PASQAL_PULSER_ACCESS_TOKEN"), "Bearer "),
    "rigetti": _Scheme("access_token", "Authorization", ("QCS_ACCESS_TOKEN",), "Bearer "),
}


@overload
def connect(
    provider: Literal["kipu"],
    *,
    base_url: str | None = None,
    emulator: bool | str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    transport: AsyncTransport | None = None,
    **credentials: Unpack[KipuCredentials],
) -> KipuClient: ...
@overload
def connect(
    provider: Literal["scaleway"],
    *,
    base_url: str | None = None,
    emulator: bool | str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    transport: AsyncTransport | None = None,
    **credentials: Unpack[ScalewayCredentials],
) -> ScalewayClient: ...
@overload
def connect(
    provider: Literal["pasqal"],
    *,
    base_url: str | None = None,
    emulator: bool | str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    transport: AsyncTransport | None = None,
    **credentials: Unpack[PasqalCredentials],
) -> PasqalClient: ...
@overload
def connect(
    provider: Literal["rigetti"],
    *,
    base_url: str | None = None,
    emulator: bool | str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    transport: AsyncTransport | None = None,
    **credentials: Unpack[RigettiCredentials],
) -> RigettiClient: ...
def connect(
    provider: str,
    *,
    base_url: str | None = None,
    emulator: bool | str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    transport: AsyncTransport | None = None,
    **credentials: Any,
) -> Any:
    """A client of one cloud. Nothing is sent before the first call; use it as `async with connect(...) as client`.

    Args:
        provider: `"scaleway"`, `"kipu"`, `"pasqal"` or `"rigetti"`.
        base_url: Another address of the cloud's API; https, or http on this machine.
        emulator: True for an emulator in this process, or the address of a running one. No credentials are needed.
            Without it, the environment variable ANYQPU_EMULATOR decides.
        timeout: Seconds to wait for each part of an answer.
        transport: An httpx transport to send requests through, in place of the network.
        credentials: Kipu `token` and `organization_id`; Scaleway `secret_key`; Pasqal `token`; Rigetti
            `access_token`. What is not given is looked for in the environment variables of the cloud's own tools.

    Raises:
        ConfigError: An argument or variable is wrong; `MissingCredentialsError` if there are no credentials.
        TypeError: A keyword that this cloud does not have.
    """
    if provider not in BASE_URLS:
        raise ConfigError(f"there is no provider {provider!r}", hint=f"There are {', '.join(PROVIDERS)}")
    scheme = SCHEMES[provider]
    known = {scheme.argument, *(argument for argument, _, _ in scheme.plain)}
    if unknown := credentials.keys() - known:
        raise TypeError(f"connect({provider!r}) takes no {sorted(unknown)}; credentials are {sorted(known)}")

    emulated = _emulator.requested(emulator) if base_url is None and transport is None else emulator or False
    base, others = BASE_URLS[provider], OTHER_BASE_URLS.get(provider, {})
    if emulated:
        root = emulated.rstrip("/") if isinstance(emulated, str) else _emulator.NOWHERE
        base = root + _emulator.PATHS[provider]
        others = {name: root + path for name, path in _emulator.OTHER_PATHS.get(provider, {}).items()}
        if emulated is True and transport is None:
            transport = _emulator.transport()

    from anyqpu.transport.http import Http

    wire = Transport(
        provider,
        base_url or base,
        auth=_auth(provider, scheme, credentials, emulated=bool(emulated)),
        http=Http(transport=transport),
        other_bases=others,
        timeout=timeout,
    )
    module = importlib.import_module(f"anyqpu.providers.{provider}")
    if provider == "kipu":
        # The emulator answers at once and costs nothing, so there is no reason to look only once a second.
        return module.KipuClient(wire, poll=PollPolicy(floor=0.02, growth=0.1) if emulated else PollPolicy())
    return getattr(module, f"{provider.capitalize()}Client")(wire)


def _auth(provider: str, scheme: _Scheme, credentials: dict[str, Any], *, emulated: bool) -> Auth:
    secret = _value(scheme.argument, credentials, scheme.variables)
    if secret is None:
        if not emulated:
            raise MissingCredentialsError(
                f"no credentials for {provider}: neither the argument {scheme.argument} "
                f"nor the environment has {' or '.join(scheme.variables)}",
                hint="Or try it offline with emulator=True",
            )
        secret = "emulator"  # noqa: S105
    plain = {header: _value(argument, credentials, names) for argument, header, names in scheme.plain}
    return HeaderAuth(
        {scheme.header: Secret(secret)}, scheme.prefix, {name: value for name, value in plain.items() if value}
    )


def _value(argument: str, credentials: dict[str, Any], variables: tuple[str, ...]) -> str | None:
    """The argument, else the first variable that is set. An empty one is as good as none."""
    given = credentials.get(argument)
    if given is not None and not isinstance(given, str):
        raise TypeError(f"{argument} is a text, not {type(given).__name__}")
    return given or next((os.environ[name] for name in variables if os.environ.get(name)), None)
