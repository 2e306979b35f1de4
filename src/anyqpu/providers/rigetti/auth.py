"""Authenticate requests to Rigetti: with tokens of its login, or those of a client application of your own."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from anyqpu._lazy import LazyModule
from anyqpu.config.settings import Settings
from anyqpu.errors import ConfigError
from anyqpu.transport.auth import Auth, HeaderAuth, NoAuth, TokenAuth
from anyqpu.transport.secret import Secret

if TYPE_CHECKING:
    from anyqpu.transport import oauth, token_store, tokens
else:
    oauth = LazyModule("anyqpu.transport.oauth")
    token_store = LazyModule("anyqpu.transport.token_store")
    tokens = LazyModule("anyqpu.transport.tokens")

ISSUER = "https://auth.qcs.rigetti.com/oauth2/aus8jcovzG0gW2TUG355"
# The client application of Rigetti's own tools, which has no secret.
CLIENT_ID = "0oa3ykoirzDKpkfzk357"
ACCOUNT_TYPES = ("user", "group")


def make_auth(
    settings: Settings,
    *,
    post: oauth.FormPost,
    get: oauth.JsonGet,
    token_provider: tokens.TokenProvider | None = None,
    store: token_store.TokenStore | None = None,
) -> Auth:
    """Return how requests are authenticated.

    The token comes from `token_provider`; or is `access_token`, which is not renewed without a `refresh_token`; or is
    requested for `client_id` and `client_secret`. `auth_url` is the issuer. New tokens are written to `secrets_file`
    if that is set, and otherwise to `store` if there is one. `account_id` and `account_type` have headers of their own.
    Without credentials nothing is sent, which is enough to read processors, instruction sets and accessors.

    Raises:
        ConfigError: Some settings do not belong together, one is missing, or the account type is unknown.
    """
    plain = _account(settings)
    if token_provider is not None:
        return TokenAuth(tokens.TokenCache(tokens.CallableToken(token_provider)), plain=plain)
    access, refresh = settings.secret("access_token"), settings.secret("refresh_token")
    if access is not None and refresh is None:
        return HeaderAuth({"Authorization": access}, "Bearer ", plain)
    issuer = settings.get_value("auth_url") or ISSUER
    discovery = oauth.Discovery(issuer, get, provider=settings.provider)
    endpoint = oauth.TokenEndpoint(discovery, post, provider=settings.provider)
    if refresh is not None:
        source = _refreshing(settings, endpoint, issuer, refresh, store)
        return TokenAuth(tokens.TokenCache(source, initial=_initial(settings, access)), plain=plain)
    client_secret = settings.secret("client_secret")
    if client_secret is None:
        return NoAuth()
    return TokenAuth(tokens.TokenCache(_client(settings, endpoint, issuer, client_secret, store)), plain=plain)


def _account(settings: Settings) -> dict[str, str]:
    account, kind = settings.get_value("account_id"), settings.get_value("account_type")
    if kind is not None and kind.lower() not in ACCOUNT_TYPES:
        raise ConfigError(
            f"there is no account type {kind!r} ({settings.origin('account_type')})",
            provider=settings.provider,
            hint=f"There are {' and '.join(ACCOUNT_TYPES)}",
        )
    if kind is not None and account is None:
        raise ConfigError(
            f"there is an account_type ({settings.origin('account_type')}), but no account_id",
            provider=settings.provider,
            hint="Give both, or neither for the account of the token's user",
        )
    headers = {"X-QCS-ACCOUNT-ID": account, "X-QCS-ACCOUNT-TYPE": kind and kind.lower()}
    return {name: value for name, value in headers.items() if value}


def _initial(settings: Settings, access: Secret | None) -> tokens.Token | None:
    if access is None:
        return None
    updated_at, expires_in = (settings.get_value(f"access_token_{name}") for name in ("updated_at", "expires_in"))
    return tokens.Token(access, expires_at=token_store.expiry_of(access, updated_at, expires_in))


def _refreshing(
    settings: Settings,
    endpoint: oauth.TokenEndpoint,
    issuer: str,
    refresh: Secret,
    store: token_store.TokenStore | None,
) -> tokens.TokenSource:
    client_id = settings.get_value("client_id") or CLIENT_ID
    file = settings.get_value("secrets_file")
    if file is not None:
        name = settings.get_value("credentials_name") or "default"
        return oauth.RefreshTokenGrant(
            endpoint,
            client_id=client_id,
            refresh_token=refresh,
            persist=partial(_write, file, name),
            reload=partial(token_store.read_back, file, name),
        )
    if store is None:
        return oauth.RefreshTokenGrant(endpoint, client_id=client_id, refresh_token=refresh)
    # A refresh token does not say which user it belongs to, so each one starts its own chain of tokens.
    chain = hashlib.sha256(refresh.reveal().encode()).hexdigest()
    key = token_store.store_key(settings.provider, issuer, chain, client_id)

    async def persist(token: tokens.Token, used: Secret) -> None:
        await store.save(key, token)

    # Not by `StoredTokens`: a rotated token is stored even if the task that requested it is cancelled meanwhile.
    return oauth.RefreshTokenGrant(
        endpoint, client_id=client_id, refresh_token=refresh, persist=persist, reload=partial(store.load, key)
    )


def _client(
    settings: Settings,
    endpoint: oauth.TokenEndpoint,
    issuer: str,
    secret: Secret,
    store: token_store.TokenStore | None,
) -> tokens.TokenSource:
    client_id = settings.get_value("client_id")
    if client_id is None:
        raise ConfigError(
            f"there is a client_secret ({settings.origin('client_secret')}), but no client_id",
            provider=settings.provider,
            hint="Give both: the secret belongs to one client",
        )
    source = oauth.ClientCredentialsGrant(endpoint, client_id=client_id, client_secret=secret)
    if store is None:
        return source
    return token_store.StoredTokens(source, store, token_store.store_key(settings.provider, issuer, "", client_id))


async def _write(file: str, name: str, token: tokens.Token, used: Secret) -> None:
    """Write a new token to the file of the user's other tools, whose refresh token cannot be used again."""
    issued_at = time.time() if token.issued_at is None else token.issued_at
    payload: dict[str, Secret | str | int] = {
        "access_token": token.access_token,
        "updated_at": datetime.fromtimestamp(issued_at, UTC).isoformat().replace("+00:00", "Z"),
    }
    if token.refresh_token is not None:
        payload["refresh_token"] = token.refresh_token
    if token.expires_at is not None:
        payload["expires_in"] = max(0, round(token.expires_at - issued_at))
    if token.id_token is not None:
        payload["id_token"] = token.id_token
    await token_store.write_back(file, name, payload, expected=used)
