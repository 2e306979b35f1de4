"""The way in: `connect("kipu")`."""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from ssl import SSLContext
from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

from anyqpu import _emulator
from anyqpu.errors import ConfigError
from anyqpu.options import KipuOptions, PasqalOptions, Provider, RigettiOptions, ScalewayOptions

if TYPE_CHECKING:
    from anyqpu.config import Settings
    from anyqpu.model.polling import PollPolicy
    from anyqpu.providers.kipu import KipuClient
    from anyqpu.providers.pasqal import PasqalClient
    from anyqpu.providers.rigetti import RigettiClient
    from anyqpu.providers.scaleway import ScalewayClient
    from anyqpu.transport.auth import Auth
    from anyqpu.transport.hooks import Hooks
    from anyqpu.transport.http import Http, Limits, TransportChoice
    from anyqpu.transport.retry import RetryPolicy
    from anyqpu.transport.submit import Search
    from anyqpu.transport.timeouts import Timeouts
    from anyqpu.waiting.clock import Clock

PROVIDERS: tuple[Provider, ...] = ("scaleway", "kipu", "pasqal", "rigetti")


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where a cloud is, and what is special about speaking to it."""

    base_url: str
    other_bases: dict[str, str] = field(default_factory=dict[str, str])
    # Operations whose bodies go compressed, as the cloud's own client sends them.
    gzip_operations: frozenset[str] = frozenset()
    # Whether there is something to do for those without credentials.
    has_public_part: bool = False
    # Seconds, the shortest sleep between two looks at a job.
    poll_floor: float = 1.0


CLOUDS: dict[str, Cloud] = {
    # The clouds' own clients begin with 1 s at Scaleway and 2 s at Pasqal; Kipu calls its status operation cheap.
    "scaleway": Cloud("https://api.scaleway.com"),
    "kipu": Cloud("https://api.hub.kipu-quantum.com/quantum"),
    "pasqal": Cloud(
        "https://apis.pasqal.cloud/core-fast",
        {"account": "https://apis.pasqal.cloud/account"},
        frozenset({"create_batch", "add_jobs"}),
        has_public_part=True,  # the specifications of devices
        poll_floor=2.0,
    ),
    "rigetti": Cloud("https://api.qcs.rigetti.com"),
}
# Pasqal has a second region, with addresses of its own.
PASQAL_SA = Cloud(
    "https://apis.sa.pasqal.cloud/core-fast",
    {"account": "https://apis.sa.pasqal.cloud/account"},
    CLOUDS["pasqal"].gzip_operations,
)


@overload
def connect(provider: Literal["kipu"], **options: Unpack[KipuOptions]) -> KipuClient: ...
@overload
def connect(provider: Literal["scaleway"], **options: Unpack[ScalewayOptions]) -> ScalewayClient: ...
@overload
def connect(provider: Literal["pasqal"], **options: Unpack[PasqalOptions]) -> PasqalClient: ...
@overload
def connect(provider: Literal["rigetti"], **options: Unpack[RigettiOptions]) -> RigettiClient: ...
def connect(  # pyright: ignore[reportInconsistentOverload]
    provider: str,
    *,
    profile: str | None = None,
    base_url: str | None = None,
    emulator: bool | str | None = None,
    retry: RetryPolicy | None = None,
    limits: Limits | None = None,
    timeout: float | Timeouts | None = None,
    transport: TransportChoice = None,
    verify: str | Path | SSLContext | None = None,
    proxy: str | None = None,
    http2: bool = False,
    hooks: Hooks | None = None,
    poll: PollPolicy | None = None,
    search: Search | None = None,
    token_cache: bool | str | Path = False,
    **credentials: Any,
) -> Any:
    """A client of one cloud. Nothing is sent before the first call; use it as `async with connect(...) as client`.

    Args:
        provider: `"scaleway"`, `"kipu"`, `"pasqal"` or `"rigetti"`.
        profile: A profile of your own configuration file.
        base_url: Another address of the cloud's API; https, or http on this machine.
        emulator: True for an emulator in this process, or the address of a running one. No credentials are needed,
            and none but those given here are sent. Without it, the environment variable ANYQPU_EMULATOR decides.
        retry: How often to try again what may safely be sent twice.
        limits: How many exchanges at a time, and how large an answer may be.
        timeout: Seconds to wait for each part of an answer, or `Timeouts` for each phase and the whole.
        transport: An httpx transport or client to send requests through, or the name of another HTTP library.
        verify: A file or folder of certificate authorities, `"system"` for those of the operating system (extra
            `truststore`), or a TLS context. Without it the environment decides (SSL_CERT_FILE, SSL_CERT_DIR,
            REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE), and then the authorities that httpx comes with count.
        proxy: Address of a proxy: http, https or socks5 (extra `socks`); `""` connects directly. Without it the
            environment decides (HTTPS_PROXY, ALL_PROXY, NO_PROXY), which never applies to this machine.
        http2: Speak HTTP/2 where the server does (extra `http2`).
        hooks: Who is told of requests, retries and changes of state.
        poll: How often waits look.
        search: How long to look for a submission whose answer was lost.
        token_cache: Keep tokens in a file that only you can read: True for the usual place, or the path of a folder.
        credentials: Kipu `token`, `organization_id`, or `username`, `password`, `client_id`; Scaleway `secret_key`,
            `project_id`, `access_key`, `organization_id`; Pasqal `username`, `password`, or `token` (a text or an
            async function), `project_id`, `region`; Rigetti `access_token`, `refresh_token`, or `client_id`,
            `client_secret`, `account_id`, `account_type`; and `auth_url` anywhere. What is not given is looked for
            in the environment, in your profile, and in the files of the cloud's own tools.

    Raises:
        ConfigError: Something is wrong with an argument, a variable or a file; `MissingCredentialsError` if there are
            no credentials (at Pasqal, when an operation needs them: its device specifications are public).
        TypeError: A keyword that this cloud does not have.
    """
    try:
        if provider not in CLOUDS:
            raise ConfigError(f"there is no provider {provider!r}", hint=f"There are {', '.join(PROVIDERS)}")
        from anyqpu import drift
        from anyqpu.transport.hooks import Hooks as NoHooks
        from anyqpu.transport.http import Http, HttpOptions
        from anyqpu.transport.retry import RetryPolicy as DefaultRetry
        from anyqpu.transport.timeouts import Timeouts as Seconds

        clock = None
        drift.watch()
        root = _emulator_root(emulator, explicit_base=base_url is not None or transport is not None)
        if root is not None and emulator_in_process(root) and transport is None:
            transport, clock = _emulator.transport()
        place = _place(provider, root)
        http = Http(HttpOptions(transport=transport, verify=verify, proxy=proxy, http2=http2), limits)
        settings, auth = _who(provider, credentials, http, profile=profile, root=root, token_cache=token_cache)
        if root is None and provider == "pasqal" and settings.get_value("region") == "sa":
            place = PASQAL_SA
        wire = _wire(
            provider,
            place,
            base_url or (None if root is not None else settings.get_value("base_url")),
            http=http,
            auth=auth,
            timeouts=Seconds.of(timeout),
            retry=retry or DefaultRetry(),
            hooks=hooks or NoHooks(),
            **({} if clock is None else {"sleep": clock.sleep}),
        )
        return _client(provider, wire, settings, poll=poll, search=search, emulated=root is not None, clock=clock)
    except BaseException:
        # A traceback that shows local variables shall find none of these.
        credentials.clear()
        raise


def emulator_in_process(root: str) -> bool:
    """Whether this stands for the emulator in this process."""
    return root == _emulator.NOWHERE


def _emulator_root(emulator: bool | str | None, *, explicit_base: bool) -> str | None:
    """The emulator's address; None without one. The environment has no say where an address or transport is given."""
    wanted = (emulator or False) if explicit_base else _emulator.requested(emulator)
    if wanted is True:
        return _emulator.NOWHERE
    return wanted.rstrip("/") if wanted else None


def _place(provider: str, root: str | None) -> Cloud:
    cloud = CLOUDS[provider]
    if root is None:
        return cloud
    others = {name: root + path for name, path in _emulator.OTHER_PATHS.get(provider, {}).items()}
    return Cloud(root + _emulator.PATHS[provider], others, cloud.gzip_operations)


def _who(
    provider: str,
    credentials: dict[str, Any],
    http: Http,
    *,
    profile: str | None,
    root: str | None,
    token_cache: bool | str | Path,
) -> tuple[Settings, Auth]:
    """Settings and credentials. An emulator gets only what was given as an argument: it is no place for secrets."""
    from anyqpu import config
    from anyqpu.transport.auth import NoAuth
    from anyqpu.transport.oauth_http import FormPoster, JsonGetter

    cloud = CLOUDS[provider]
    token_provider = credentials.pop("token") if callable(credentials.get("token")) else None
    if root is not None:
        settings = config.resolve(provider, credentials, environ={}, home=Path("/nonexistent"))
        if not config.has_credentials(settings) and token_provider is None:
            settings = config.resolve(
                provider, {**credentials, **_emulator.CREDENTIALS[provider]}, environ={}, home=Path("/nonexistent")
            )
        if settings.get_value("auth_url") is None:
            settings = settings.with_default("auth_url", root + _emulator.AUTH_PATHS[provider], "the emulator")
    else:
        settings = config.resolve(provider, credentials, profile=profile)
        if not config.has_credentials(settings) and token_provider is None and not cloud.has_public_part:
            raise config.missing(provider, settings)
    make_auth = importlib.import_module(f"anyqpu.providers.{provider}.auth").make_auth
    store = None
    if token_cache:
        from anyqpu.transport.token_store import TokenStore

        store = TokenStore(_token_folder() if token_cache is True else token_cache)
    auth: Auth = make_auth(
        settings, post=FormPoster(http), get=JsonGetter(http), token_provider=token_provider, store=store
    )
    if isinstance(auth, NoAuth):
        auth = NoAuth(lambda: config.missing(provider, settings))
    return settings, auth


def _token_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "anyqpu" / "tokens"


def _wire(provider: str, place: Cloud, base_url: str | None, **parts: Any) -> Any:
    from anyqpu.transport.client import Wire

    reader = importlib.import_module(f"anyqpu.providers.{provider}.errors").read_failure
    return Wire(
        provider=provider,
        base_url=base_url or place.base_url,
        other_bases=place.other_bases,
        gzip_operations=place.gzip_operations,
        read_failure=reader,
        **parts,
    )


def _client(
    provider: str,
    wire: Any,
    settings: Settings,
    *,
    poll: PollPolicy | None,
    search: Search | None,
    emulated: bool,
    clock: Clock | None,
) -> Any:
    from anyqpu.model.polling import PollPolicy as Usual
    from anyqpu.transport.client import Transport
    from anyqpu.transport.submit import Search

    module = importlib.import_module(f"anyqpu.providers.{provider}")
    transport = Transport(wire)
    client = getattr(module, f"{provider.capitalize()}Client")
    # The emulator answers at once and costs nothing, so there is no reason to look only once a second.
    hurried = emulated and clock is None
    usual = Usual(floor=0.02, growth=0.1) if hurried else Usual(floor=CLOUDS[provider].poll_floor)
    if clock is not None:
        search = replace(search or Search(), sleep=clock.sleep)
    return client(transport, settings=settings, poll=poll or usual, search=search, clock=clock)
