"""Make clients: `connect("kipu")`."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from ssl import SSLContext
from typing import TYPE_CHECKING, Any, Literal, overload

from anyqpu import _emulator
from anyqpu._checks import check_instance
from anyqpu.core.arguments import unknown_keywords
from anyqpu.core.provider import Endpoints, ProviderSpec, load
from anyqpu.core.registry import provider_spec
from anyqpu.errors import ConfigError, MissingCredentialsError, extended
from anyqpu.transport.secret import hide_frames

if TYPE_CHECKING:
    from typing import Unpack

    from anyqpu.config import Settings
    from anyqpu.core.client import Client
    from anyqpu.core.submit import Search
    from anyqpu.model.money import DevicePrices, Money
    from anyqpu.model.polling import PollPolicy
    from anyqpu.options import KipuOptions, PasqalOptions, RigettiOptions, ScalewayOptions
    from anyqpu.providers.kipu import KipuClient
    from anyqpu.providers.pasqal import PasqalClient
    from anyqpu.providers.rigetti import RigettiClient
    from anyqpu.providers.scaleway import ScalewayClient
    from anyqpu.transport.auth import Auth
    from anyqpu.transport.hooks import Hooks
    from anyqpu.transport.http import Http, Limits, TransportChoice
    from anyqpu.transport.retry import RetryPolicy
    from anyqpu.transport.timeouts import Timeouts

# What the option `transport` can name.
LIBRARIES = ("httpx", "httpx2", "aiohttp")


@overload
def connect(provider: Literal["kipu"], **options: Unpack[KipuOptions]) -> KipuClient: ...
@overload
def connect(provider: Literal["scaleway"], **options: Unpack[ScalewayOptions]) -> ScalewayClient: ...
@overload
def connect(provider: Literal["pasqal"], **options: Unpack[PasqalOptions]) -> PasqalClient: ...
@overload
def connect(provider: Literal["rigetti"], **options: Unpack[RigettiOptions]) -> RigettiClient: ...
@overload
def connect(provider: str, **options: Any) -> Client: ...
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
    max_cost: Money | None = None,
    prices: Mapping[str, DevicePrices] | None = None,
    token_cache: bool | str | Path = False,
    **credentials: Any,
) -> Any:
    """Return a client of one cloud, to be used as `async with connect(...) as client`.

    Nothing is sent before the first call.

    Args:
        provider: Name of a provider, such as `"kipu"`; `available_providers()` has them all.
        profile: A profile of your own configuration file.
        base_url: Another address of the cloud's API; https, or http on this machine.
        emulator: True for an emulator in this process, or the address of a running one. No credentials are needed,
            and none but those given here are sent. `"strict"` is a new one in this process whose devices that stand for
            hardware refuse programs that the hardware's cloud refuses; with `"lenient"` they run all programs. Without
            it, the environment variable ANYQPU_EMULATOR decides.
        retry: How often to try again what may safely be sent twice.
        limits: How many exchanges at a time, and how large a response may be.
        timeout: Seconds to wait for each part of a response, or `Timeouts` for each phase and the whole.
        transport: An httpx transport or client to send requests through, or the name of another HTTP library.
        verify: A file or folder of certificate authorities, `"system"` for those of the operating system (extra
            `truststore`), or a TLS context. Without it the environment decides (SSL_CERT_FILE, SSL_CERT_DIR,
            REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE), and then the authorities that httpx comes with count.
        proxy: Address of a proxy: http, https or socks5 (extra `socks`); `""` connects directly. Without it the
            environment decides (HTTPS_PROXY, ALL_PROXY, NO_PROXY). This machine is reached directly in each case.
        http2: Speak HTTP/2 where the server does (extra `http2`).
        hooks: Called for requests, retries and changes of state.
        poll: How often waits poll.
        search: How long to look for a submission whose response was lost.
        max_cost: The most that a submit, a session or a reservation may cost; a `max_cost` of its own replaces it. One
            whose lowest possible cost is above it, or unknown, raises `BudgetExceededError` before any request that
            costs.
        prices: What devices cost by your contract, by identifier or name, or as `"provider:device"`: `Pricing`, its
            prices by name (`per_hour`, `per_circuit`, `per_shot`), or `Money(0, "EUR")` for one that is free. They take
            the place of the published prices, price by price.
        token_cache: Keep tokens in a file that only you can read: True for the usual place, or the path of a folder.
        credentials: Kipu `token`, `organization_id`, or `username`, `password`, `client_id`; Scaleway `secret_key`,
            `project_id`, `access_key`, `organization_id`; Pasqal `username`, `password`, or `token` (a text or an
            async function), `project_id`, `region`; Rigetti `access_token`, `refresh_token`, or `client_id`,
            `client_secret`, `account_id`, `account_type`, `grpc_api_url`; and `auth_url` anywhere. What is not given is
            looked for in the environment, in your profile, and in the files of the cloud's own tools.

    Raises:
        ConfigError: An argument, a variable or a file is wrong; `MissingCredentialsError` if there are no credentials
            (at Pasqal and Rigetti, when an operation needs them: some reads of devices are public).
        ValidationError: `max_cost` is negative, or an entry of `prices` is wrong or in another currency.
        TypeError: This cloud has no such keyword, or a credential is not a text.
    """
    try:
        spec = provider_spec(provider)
        _check_keywords(spec, credentials)
        _check_options(
            profile=profile,
            base_url=base_url,
            emulator=emulator,
            retry=retry,
            limits=limits,
            transport=transport,
            http2=http2,
            hooks=hooks,
            poll=poll,
            search=search,
            token_cache=token_cache,
        )
        limits_of_cost = _limits_of_cost(provider, max_cost, prices)
        from anyqpu import drift
        from anyqpu.model.polling import PollPolicy as Usual
        from anyqpu.transport.client import Transport, TransportConfig
        from anyqpu.transport.hooks import Hooks as NoHooks
        from anyqpu.transport.http import Http, HttpOptions
        from anyqpu.transport.retry import RetryPolicy as DefaultRetry
        from anyqpu.transport.timeouts import Timeouts as Seconds

        clock = None
        timeouts = Seconds.of(timeout)
        drift.watch()
        explicit = base_url is not None or transport is not None
        root, mode = _emulator_root(provider, emulator, explicit_base=explicit)
        if root is not None and emulator_in_process(root) and transport is None:
            transport, clock = _emulator.transport(mode)
        endpoints = _endpoints(spec, root)
        http = Http(HttpOptions(transport=transport, verify=verify, proxy=proxy, http2=http2), limits)
        settings, auth, origins = _authentication(
            spec, credentials, http, profile=profile, root=root, token_cache=token_cache
        )
        if root is None:
            endpoints = spec.regions.get(settings.get_value("region") or "", endpoints)
        origin = "argument base_url" if base_url is not None else settings.origin("base_url")
        base_url = _checked_base(
            base_url or (None if root is not None else settings.get_value("base_url")), provider, origin
        )
        # In this process there is no address that a handle could name.
        in_process = root is not None and emulator_in_process(root)
        address = None if in_process and base_url is None else base_url or endpoints.base_url
        transport_config = TransportConfig(
            provider=provider,
            base_url=base_url or endpoints.base_url,
            other_bases=endpoints.others,
            http=http,
            auth=auth,
            origins=origins,
            timeouts=timeouts,
            retry=retry or DefaultRetry(),
            hooks=hooks or NoHooks(),
            read_failure=None if spec.read_failure is None else load(spec.read_failure),
            gzip_operations=spec.gzip_operations,
            **({} if clock is None else {"sleep": clock.sleep}),
        )
        # The emulator responds at once and costs nothing, so there is no reason to poll only once a second.
        hurried = root is not None and clock is None
        usual = Usual(floor=0.02, growth=0.1) if hurried else Usual(floor=spec.poll_floor)
        make: Any = load(spec.client)
        return make(
            spec,
            Transport(transport_config),
            settings,
            poll=poll or usual,
            search=search,
            clock=clock,
            address=address,
            **limits_of_cost,
        )
    except BaseException as error:
        # A traceback with local variables must not show credentials: neither those of this frame, which may also be in
        # an address or, by mistake, in another option, nor those of the frames below.
        credentials.clear()
        profile = base_url = address = emulator = root = retry = limits = timeout = proxy = hooks = poll = search = None
        token_cache = False
        hide_frames(error)
        raise error  # not only `raise`, which would leave this frame out too


def _check_keywords(spec: ProviderSpec, credentials: Collection[str]) -> None:
    """Raise `TypeError` for a keyword that is neither a setting of the provider nor an option of `connect`."""
    options: Collection[str] = connect.__kwdefaults__ or {}
    if unknown := [name for name in credentials if name not in spec.environment]:
        raise unknown_keywords(unknown, dict.fromkeys((*spec.environment, *options)), spec.name)


def _check_options(**options: Any) -> None:
    """Raise `ConfigError` for an option of the wrong type, before anything else is done with it."""
    from anyqpu.model.polling import PollPolicy
    from anyqpu.transport.hooks import Hooks
    from anyqpu.transport.http import AsyncClient, AsyncTransport, Limits
    from anyqpu.transport.retry import RetryPolicy

    expected: dict[str, tuple[str, tuple[type, ...]]] = {
        "profile": ("the name of a profile", (str,)),
        "base_url": ("an address", (str,)),
        "emulator": ("True, False, strict, lenient or an address", (bool, str)),
        "retry": ("a RetryPolicy", (RetryPolicy,)),
        "limits": ("Limits", (Limits,)),
        "transport": ("a transport or client of httpx, or the name of a library", (str, AsyncTransport, AsyncClient)),
        "http2": ("True or False", (bool,)),
        "hooks": ("Hooks", (Hooks,)),
        "poll": ("a PollPolicy", (PollPolicy,)),
        "token_cache": ("True, False or the path of a folder", (bool, str, os.PathLike)),
    }
    for name, (expected_kind, kinds) in expected.items():
        if (value := options[name]) is not None:
            check_instance(f"option {name}", value, *kinds, expected=expected_kind)
    if (search := options["search"]) is not None:
        # What searches is imported with the first submit.
        from anyqpu.core.submit import Search

        check_instance("option search", search, Search, expected="a Search")
    transport, emulator = options["transport"], options["emulator"]
    if isinstance(transport, str) and transport not in LIBRARIES:
        raise ConfigError("invalid option transport: no such library", hint=f"There are {', '.join(LIBRARIES)}")
    modes = ("", *_emulator.MODES)
    if isinstance(emulator, str) and emulator not in modes and not emulator.startswith(("http://", "https://")):
        raise ConfigError(
            "invalid option emulator: not an address, strict or lenient", hint="It looks like http://127.0.0.1:8787"
        )


def _limits_of_cost(provider: str, max_cost: Money | None, prices: Mapping[str, DevicePrices] | None) -> dict[str, Any]:
    """Return the limit and the user's prices as options of a client; raise `ValidationError` for invalid ones."""
    if max_cost is None and prices is None:
        return {}
    from anyqpu.core import budget
    from anyqpu.model.money import Money

    if max_cost is not None:
        check_instance("option max_cost", max_cost, Money, expected="Money, such as Money('5.00', 'EUR')")
    if prices is not None:
        check_instance("option prices", prices, Mapping, expected="a dictionary of prices by device")
    limit = budget.checked_limit(max_cost, provider)
    return {"max_cost": limit, "prices": budget.checked_prices(prices or {}, limit, provider)}


def _checked_base(url: str | None, provider: str, origin: str | None) -> str | None:
    """Return a base URL that can be used; the error for another one says where it was found."""
    if url is None:
        return None
    from anyqpu.transport.addresses import checked_base

    try:
        return checked_base(url)
    except ConfigError as error:
        # With an @, what is wrong with it may be that it holds a password.
        message = "invalid base URL" if "@" in url and url in error.message else error.message
        problem = ConfigError(f"{message} ({origin})", provider=provider, hint=error.hint)
    raise problem


def emulator_in_process(root: str) -> bool:
    """Return whether an address stands for the emulator in this process."""
    return root == _emulator.NOWHERE


def options_for_address(provider: str, address: str | None, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of `connect` for the address in a handle, as far as it may be used.

    A handle is data from outside: credentials must not go to an address because a handle names it. The client compares
    the address with its own, and refuses another one.
    """
    if address is None or any(options.get(name) is not None for name in ("base_url", "emulator")):
        return {}
    from anyqpu.config.settings import SECRETS
    from anyqpu.transport.addresses import is_loopback, origin_of

    spec = provider_spec(provider)
    for region, endpoints in spec.regions.items():
        if endpoints.base_url == address and "region" not in options:
            return {"region": region}
    # Options that are credentials are for the cloud. Without them, an emulator gets those that it takes from everyone.
    if spec.emulator is None or _emulator.requested(None) or not options.keys().isdisjoint({*SECRETS, "transport"}):
        return {}
    root = address.removesuffix(spec.emulator.path)
    return {"emulator": root} if root != address and is_loopback(origin_of(root)[1]) else {}


def _emulator_root(provider: str, emulator: bool | str | None, *, explicit_base: bool) -> tuple[str | None, str | None]:
    """Return the emulator's address, and its mode if that is requested; None without an emulator.

    An address or transport overrides the environment.
    """
    wanted = (emulator or False) if explicit_base else _emulator.requested(emulator)
    if wanted is True:
        return _emulator.NOWHERE, None
    if wanted in _emulator.MODES:
        return _emulator.NOWHERE, str(wanted)
    origin = f"environment variable {_emulator.ENVIRONMENT}" if emulator is None else "option emulator"
    return _checked_base(wanted or None, provider, origin), None


def _endpoints(spec: ProviderSpec, root: str | None) -> Endpoints:
    if root is None:
        return spec.endpoints
    if spec.emulator is None:
        raise ConfigError(f"the emulator does not serve {spec.name}", hint="Connect to the provider itself")
    others = {name: root + path for name, path in spec.emulator.others.items()}
    return Endpoints(base_url=root + spec.emulator.path, others=others)


def _authentication(
    spec: ProviderSpec,
    credentials: dict[str, Any],
    http: Http,
    *,
    profile: str | None,
    root: str | None,
    token_cache: bool | str | Path,
) -> tuple[Settings, Auth, str | None]:
    """Return the settings, how requests are authenticated, and a sentence on the origins of the settings.

    An emulator gets only what was passed as an argument, and no other secrets.
    """
    from anyqpu import config
    from anyqpu.transport.auth import NoAuth
    from anyqpu.transport.oauth_http import FormPoster, JsonGetter

    provider = spec.name
    token_provider = credentials.pop("token") if callable(credentials.get("token")) else None
    if root is not None and spec.emulator is not None:
        settings = config.resolve(provider, credentials, environ={}, home=Path("/nonexistent"))
        if not config.has_credentials(settings) and token_provider is None:
            settings = settings.with_values(spec.emulator.credentials, "the emulator's own")
        if settings.get_value("auth_url") is None:
            settings = settings.with_default("auth_url", root + spec.emulator.auth_path, "the emulator")
    else:
        settings = config.resolve(provider, credentials, profile=profile)
        if not config.has_credentials(settings) and token_provider is None and not spec.has_public_operations:
            raise config.missing(provider, settings)
    if root is None and (auth_url := settings.get_value("auth_url")) is not None:
        from anyqpu.transport.oauth import checked_endpoint

        checked_endpoint(auth_url, f"auth_url ({settings.origin('auth_url')})", provider=provider)
    store = None
    if token_cache:
        from anyqpu.transport.token_store import TokenStore

        store = TokenStore(_token_folder() if token_cache is True else token_cache)
    origins = config.in_use(settings, token_function=token_provider is not None)
    try:
        auth: Auth = load(spec.make_auth)(
            settings, post=FormPoster(http), get=JsonGetter(http), token_provider=token_provider, store=store
        )
    except ConfigError as error:
        if origins is not None and not isinstance(error, MissingCredentialsError):
            error.hint = extended(error.hint, origins)
        raise
    if isinstance(auth, NoAuth):
        auth = NoAuth(lambda: config.missing(provider, settings))
    return settings, auth, origins


def _token_folder() -> Path:
    # Unlike Path.home(), this does not fail where there is no home directory.
    return Path(os.environ.get("XDG_CACHE_HOME") or Path(os.path.expanduser("~"), ".cache")) / "anyqpu" / "tokens"
