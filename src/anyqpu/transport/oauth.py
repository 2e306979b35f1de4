"""OAuth 2: sources of tokens. Requests go through callables that the caller passes; nothing here knows HTTP."""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

import anyio

from anyqpu import errors
from anyqpu.transport.addresses import is_private
from anyqpu.transport.failures import FailureDetails, error_of, first_text, mapping_of
from anyqpu.transport.http import HttpResponse
from anyqpu.transport.secret import Form, Secret, spellings
from anyqpu.transport.tokens import EARLY_SECONDS, Clock, Token, jwt_claims, jwt_expiry, lifetime

_log = logging.getLogger("anyqpu.auth")

OPERATION = "token"
# Seconds. No token lives longer than this, whatever its endpoint says: files of other tools hold the number.
LONGEST_LIFE = 10 * 365 * 86400.0
# How long a refresh continues after its caller was cancelled: the response may have the only valid refresh token.
GRACE_SECONDS = 5.0

HINTS = {
    "invalid_grant": "The password or refresh token is wrong, expired or revoked",
    "invalid_client": "Check client_id and client_secret",
    "unauthorized_client": "This client_id may not log in this way",
    "mfa_required": "The account asks for a second factor: pass a token instead of a password",
}


class FormPost(Protocol):
    """Posts a form, urlencoded, and returns the response, whatever its status, without retries."""

    async def __call__(
        self, url: str, fields: Mapping[str, str], *, basic: tuple[str, Secret] | None = None
    ) -> HttpResponse:
        """Return the response; `basic` is user and password for HTTP Basic. Raises `TransportError` without one."""
        ...


class JsonGet(Protocol):
    """Gets a document without credentials."""

    async def __call__(self, url: str) -> HttpResponse:
        """Return the response. Raises `TransportError` without one."""
        ...


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where an issuer gives tokens, and where it lets people log in."""

    token: str
    authorization: str


class Discovery:
    """The endpoints of an OpenID Connect issuer, from its configuration document, which is requested once.

    Raises:
        ConfigError: The issuer is not https.
    """

    def __init__(self, issuer: str, get: JsonGet, *, provider: str) -> None:
        self._issuer = checked_endpoint(issuer, "the issuer").rstrip("/")
        self._get = get
        self._provider = provider
        self._endpoints: Endpoints | None = None

    async def endpoints(self) -> Endpoints:
        """The endpoints; those of Okta's layout if the issuer has no such document (404).

        Raises:
            ConfigError: The document names an endpoint that is not https.
            UnexpectedResponseError: The document is not one.
            ServerError, RateLimitedError, TransportError: It cannot be had now.
        """
        if self._endpoints is None:
            response = await self._get(f"{self._issuer}/.well-known/openid-configuration")
            fields = _fields(response.content)
            if response.status_code == 404:
                fields = {"token_endpoint": f"{self._issuer}/v1/token"}
            elif response.status_code >= 500 or response.status_code == 429:
                raise error_of(response, provider=self._provider, operation="discovery")
            token = fields.get("token_endpoint")
            if not isinstance(token, str):
                raise errors.UnexpectedResponseError(
                    f"the configuration document of {self._issuer.partition('?')[0]} names no token endpoint",
                    provider=self._provider,
                    operation="discovery",
                    status_code=response.status_code,
                    hint="Check the issuer",
                )
            login = fields.get("authorization_endpoint")
            details = {"provider": self._provider, "operation": "discovery"}
            self._endpoints = Endpoints(
                checked_endpoint(token, "the token endpoint that the issuer names", **details),
                checked_endpoint(
                    login if isinstance(login, str) else f"{self._issuer}/v1/authorize",
                    "the authorization endpoint that the issuer names",
                    **details,
                ),
            )
        return self._endpoints


class TokenEndpoint:
    """Asks for tokens at an address, or at the one that an issuer names.

    Raises:
        ConfigError: The address is not https; http is for this machine only.
    """

    def __init__(
        self,
        where: str | Discovery,
        post: FormPost,
        *,
        provider: str,
        clock: Clock = time.time,
    ) -> None:
        self._where = checked_endpoint(where, "the token endpoint") if isinstance(where, str) else where
        self._post = post
        self._provider = provider
        self.clock = clock

    async def ask(self, fields: Mapping[str, str | Secret | None], *, basic: tuple[str, Secret] | None = None) -> Token:
        """Return the token for a form; fields that are None are left out.

        Raises:
            AuthenticationError: The endpoint refused, in its own words.
            RateLimitedError, ServerError, TransportError: It may work later.
            UnexpectedResponseError: The response is not OAuth's.
        """
        form = Form(fields)
        url = self._where if isinstance(self._where, str) else (await self._where.endpoints()).token
        # Before the request: the token's life began between the request and the response.
        asked_at = self.clock()
        try:
            outcome = self._read(await self._post(url, form, basic=basic), form, basic, asked_at)
        except errors.AnyQPUError as error:
            error.provider, error.operation = error.provider or self._provider, error.operation or OPERATION
            raise
        # Raised here, where no local variable holds the response.
        if isinstance(outcome, Token):
            return outcome
        raise outcome

    def _read(
        self, response: HttpResponse, form: Form, basic: tuple[str, Secret] | None, asked_at: float
    ) -> Token | errors.APIError:
        fields = _fields(response.content)
        access = _secret(fields, "access_token")
        if 200 <= response.status_code < 300 and access is not None:
            life = lifetime(fields.get("expires_in"))
            kind = _secret(fields, "token_type")
            return Token(
                access,
                expires_at=asked_at + min(life, LONGEST_LIFE) if life else jwt_expiry(access),
                refresh_token=_secret(fields, "refresh_token"),
                token_type=kind.reveal()[:100] if kind else "Bearer",
                id_token=_secret(fields, "id_token"),
                issued_at=asked_at,
            )
        sent = [*form.secrets(), *([basic[1]] if basic else [])]
        # What is not a refusal of OAuth may hold a token anywhere, also in a success that is not one.
        words = {name: fields[name] for name in ("error", "error_description") if isinstance(fields.get(name), str)}
        kept = json.dumps(words).encode() if words else b""
        response = HttpResponse(response.status_code, response.headers, kept)
        return error_of(response, provider=self._provider, operation=OPERATION, read=_refusal, secrets=spellings(sent))


def _refusal(status: int, headers: Mapping[str, str], body: Any) -> FailureDetails:
    """Return what a token endpoint means by a response without a token."""
    fields = mapping_of(body)
    code, description = first_text(fields, "error"), first_text(fields, "error_description")
    if status == 429 or status >= 500 or status in {408, 425}:
        return FailureDetails(description or code, code)
    if status < 400 and code is None:
        return FailureDetails(
            "the token endpoint responded without a usable access token",
            kind=errors.UnexpectedResponseError,
            hint="Is this the token endpoint? See auth_url",
        )
    if status in {404, 405} and code is None:
        # Not a NotFoundError: that would mean that the requested job or device does not exist.
        hint = "Is this the token endpoint? See auth_url"
    else:
        hint = HINTS.get(code or "", "Check the credentials")
    return FailureDetails(description or code, code, kind=errors.AuthenticationError, hint=hint)


class PasswordGrant:
    """User and password, and the refresh token for as long as there is one that is accepted.

    Args:
        grant_type: `password` for Keycloak; Auth0 has its own, which also wants `realm` and `audience`.
    """

    def __init__(
        self,
        endpoint: TokenEndpoint,
        *,
        username: str,
        password: Secret,
        client_id: str,
        grant_type: str = "password",
        realm: str | None = None,
        audience: str | None = None,
        scope: str | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._client_id = client_id
        self._form: dict[str, str | Secret | None] = {
            "client_id": client_id,
            "grant_type": grant_type,
            "realm": realm,
            "audience": audience,
            "username": username,
            "password": password,
            "scope": scope,
        }

    async def fetch(self, previous: Token | None) -> Token:
        """A new token. Raises what `TokenEndpoint.ask` does; `AuthenticationError` only for the password."""
        old = previous.refresh_token if previous is not None else None
        if old is not None:
            try:
                return _keeping(await self._endpoint.ask(_refresh_form(self._client_id, old)), old)
            except errors.AuthenticationError as error:
                _log.debug("the refresh token was refused (%s); logging in again", error.code)
        return await self._endpoint.ask(self._form)


class RefreshTokenGrant:
    """A refresh token, which the cloud may replace each time it is used.

    Args:
        persist: Called with each new token and the refresh token that it replaces, before its first use. Its
            `OSError` or `AnyQPUError` is logged: the new token serves all the same, in this process.
        reload: Gives the token that is stored now; another process may have refreshed it.
    """

    def __init__(
        self,
        endpoint: TokenEndpoint,
        *,
        client_id: str,
        refresh_token: Secret,
        persist: Callable[[Token, Secret], Awaitable[None]] | None = None,
        reload: Callable[[], Awaitable[Token | None]] | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._client_id = client_id
        self._first_token = refresh_token
        self._persist = persist
        self._reload = reload
        self._held: Secret | None = None
        # Sending one of these again would make some issuers revoke all that came of it.
        self._spent: set[Secret] = set()
        self._unclaimed: Token | None = None

    async def fetch(self, previous: Token | None) -> Token:
        """A new token. Raises what `TokenEndpoint.ask` does.

        A refresh whose caller is cancelled continues for a few seconds, and its token is kept for the next caller.
        """
        unclaimed, self._unclaimed = self._unclaimed, None
        if unclaimed is not None and self._is_fresh(unclaimed):
            return unclaimed
        token = await _finish(lambda: self._exchange(previous), GRACE_SECONDS)
        self._unclaimed = None
        return token

    async def _exchange(self, previous: Token | None) -> Token:
        if self._reload is not None and (reloaded := await self._reload()) is not None:
            stored = reloaded.refresh_token
            if stored is not None and stored not in self._spent and _same_user(reloaded, previous):
                self._held = stored
                if self._is_fresh(reloaded) and (previous is None or reloaded.access_token != previous.access_token):
                    return reloaded
        used = self._held or (previous.refresh_token if previous is not None else None) or self._first_token
        token = _keeping(await self._endpoint.ask(_refresh_form(self._client_id, used)), used)
        if token.refresh_token != used:
            self._spent.add(used)
        self._held = token.refresh_token
        self._unclaimed = token
        if self._persist is not None:
            try:
                await self._persist(token, used)
            except (OSError, errors.AnyQPUError) as error:
                _log.warning("the new refresh token could not be stored; the stored one may be spent: %s", error)
            except ValueError:
                # Its text may quote what could not be written.
                _log.warning("the new refresh token could not be stored; the stored one may be spent")
        return token

    def _is_fresh(self, token: Token) -> bool:
        return token.expires_at is not None and token.expires_at > self._endpoint.clock() + EARLY_SECONDS


class ClientCredentialsGrant:
    """A client with a secret of its own, sent by HTTP Basic."""

    def __init__(
        self, endpoint: TokenEndpoint, *, client_id: str, client_secret: Secret, scope: str | None = None
    ) -> None:
        self._endpoint = endpoint
        self._basic = (client_id, client_secret)
        self._scope = scope

    async def fetch(self, previous: Token | None) -> Token:
        """A new token. Raises what `TokenEndpoint.ask` does."""
        return await self._endpoint.ask({"grant_type": "client_credentials", "scope": self._scope}, basic=self._basic)


def checked_endpoint(url: str, name: str, *, provider: str | None = None, operation: str | None = None) -> str:
    """Return the address; raise `ConfigError` for one that would show credentials on the wire or in logs."""
    hint: str | None = None
    parts = None
    with contextlib.suppress(ValueError):
        split = urlsplit(url)
        # `port` is parsed on access, and raises if it is not a number.
        if split.scheme in {"http", "https"} and split.hostname and split.port != 0:
            parts = split
    # The address is not shown: what is wrong with it may be that it holds a password.
    if parts is None or not url.isprintable() or " " in url:
        problem, hint = f"{name} is not a valid URL", "It looks like https://login.example.com/token"
    elif "@" in parts.netloc or parts.fragment:
        problem = f"{name} must hold no credentials and no fragment"
    elif not is_private(url):
        problem = f"{name} at {parts.hostname} is not encrypted"
        hint = "Use https; http is for this machine only (127.0.0.1)"
    else:
        return url
    raise errors.ConfigError(problem, provider=provider, operation=operation, hint=hint)


def _refresh_form(client_id: str, refresh_token: Secret) -> dict[str, str | Secret | None]:
    return {"grant_type": "refresh_token", "client_id": client_id, "refresh_token": refresh_token}


def _same_user(one: Token, other: Token | None) -> bool:
    """Return False if both tokens name their user, and the users differ."""
    names = {first_text(jwt_claims(token.access_token), "sub") for token in (one, other) if token is not None} - {None}
    return len(names) < 2


def _keeping(token: Token, old: Secret) -> Token:
    """A cloud that sends no new refresh token means that the old one stays good."""
    return token if token.refresh_token is not None else replace(token, refresh_token=old)


def _fields(content: bytes) -> dict[str, Any]:
    # No parser's error goes further: it would carry the whole text with it.
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}


def _secret(fields: Mapping[str, Any], name: str) -> Secret | None:
    """Return a token that can be sent and stored; None for any other value."""
    value = fields.get(name)
    secret = Secret(value) if isinstance(value, str) else None
    return secret if secret is not None and secret.fits_header() else None


async def _finish(work: Callable[[], Awaitable[Token]], grace: float) -> Token:
    """Do the work to its end, for at most `grace` seconds more if the caller is cancelled meanwhile.

    In a task of its own, because asyncio's own cancellation does not stop at a shield.
    """
    tokens: list[Token] = []
    failures: list[Exception] = []
    shield = anyio.CancelScope(shield=True)

    async def carry_on() -> None:
        with shield:
            try:
                tokens.append(await work())
            except Exception as error:
                failures.append(error)
        group.cancel_scope.cancel()

    async def watch() -> None:
        try:
            await anyio.sleep_forever()
        finally:
            shield.deadline = anyio.current_time() + grace

    async with anyio.create_task_group() as group:
        group.start_soon(carry_on)
        group.start_soon(watch)
    if failures:
        raise failures[0]
    return tokens[0]
