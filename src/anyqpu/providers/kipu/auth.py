"""Who asks at Kipu: a personal access token, or a user of its Keycloak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyqpu._lazy import LazyModule
from anyqpu.config.credentials import missing
from anyqpu.config.settings import Settings
from anyqpu.errors import ConfigError
from anyqpu.transport.auth import Auth, HeaderAuth, TokenAuth

if TYPE_CHECKING:
    from anyqpu.transport import oauth, token_store, tokens
else:
    oauth = LazyModule("anyqpu.transport.oauth")
    token_store = LazyModule("anyqpu.transport.token_store")
    tokens = LazyModule("anyqpu.transport.tokens")

AUTH_URL = "https://login.hub.kipu-quantum.com/realms/planqk/protocol/openid-connect/token"
SCOPE = "profile"
HEADER = "X-Auth-Token"
PLAIN = {"organization_id": "X-OrganizationId", "service_execution_id": "x-planqk-service-execution-id"}


def make_auth(
    settings: Settings,
    *,
    post: oauth.FormPost,
    get: oauth.JsonGet,
    token_provider: tokens.TokenProvider | None = None,
    store: token_store.TokenStore | None = None,
) -> Auth:
    """The setting `token`, or whatever `token_provider` gives, as X-Auth-Token; or else a token for `username`,
    `password` and `client_id` from `auth_url`, as Authorization. `get` has no use here.

    `organization_id` and `service_execution_id` go into headers of their own.

    Raises:
        MissingCredentialsError: There are no credentials.
        ConfigError: Some do not belong together, or something is missing.
    """
    plain = {header: value for name, header in PLAIN.items() if (value := settings.get_value(name))}
    if token_provider is not None:
        return TokenAuth(tokens.TokenCache(tokens.CallableToken(token_provider)), header=HEADER, prefix="", plain=plain)
    token = settings.secret("token")
    if token is not None:
        return HeaderAuth({HEADER: token}, plain=plain)
    return TokenAuth(tokens.TokenCache(_login(settings, post, store)), plain=plain)


def _login(settings: Settings, post: oauth.FormPost, store: token_store.TokenStore | None) -> tokens.TokenSource:
    username, password = settings.get_value("username"), settings.secret("password")
    if username is None and password is None:
        raise missing(settings.provider, settings)
    if username is None or password is None:
        there, lacking = ("username", "password") if password is None else ("password", "username")
        raise ConfigError(
            f"there is a {there} ({settings.origin(there)}), but no {lacking}",
            provider=settings.provider,
            hint="Give username, password and client_id; or a personal access token as token, which needs none of them",
        )
    client_id = settings.get_value("client_id")
    if client_id is None:
        raise ConfigError(
            "to log in with username and password, client_id is needed too",
            provider=settings.provider,
            hint="It names the client registered at Kipu's login; a personal access token as token needs none",
        )
    url = settings.get_value("auth_url") or AUTH_URL
    source: tokens.TokenSource = oauth.PasswordGrant(
        oauth.TokenEndpoint(url, post, provider=settings.provider),
        username=username,
        password=password,
        client_id=client_id,
        scope=SCOPE,
    )
    if store is not None:
        source = token_store.StoredTokens(
            source, store, token_store.store_key(settings.provider, url, username, client_id)
        )
    return source
