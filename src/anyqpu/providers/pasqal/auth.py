"""Authentication at Pasqal: a user of its Auth0 (France) or Keycloak (Saudi Arabia), or a token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyqpu._lazy import LazyModule
from anyqpu.config.settings import Settings
from anyqpu.errors import ConfigError
from anyqpu.transport.auth import Auth, HeaderAuth, NoAuth, TokenAuth

if TYPE_CHECKING:
    from anyqpu.transport import oauth, token_store, tokens
else:
    oauth = LazyModule("anyqpu.transport.oauth")
    token_store = LazyModule("anyqpu.transport.token_store")
    tokens = LazyModule("anyqpu.transport.tokens")


@dataclass(frozen=True, slots=True)
class Login:
    """Parameters of a region's login. The client ids are those of Pasqal's own SDK, and public."""

    auth_url: str
    client_id: str
    audience: str
    realm: str
    grant_type: str


DEFAULT_REGION = "fr"
REGIONS = {
    "fr": Login(
        auth_url="https://pasqal.eu.auth0.com/oauth/token",
        client_id="PeZvo7Atx7IVv3iel59asJSb4Ig7vuSB",
        audience="https://apis.pasqal.cloud/account/api/v1",
        realm="pcs-users",
        grant_type="http://auth0.com/oauth/grant-type/password-realm",
    ),
    "sa": Login(
        auth_url="https://auth.sa.pasqal.cloud/realms/pasqal-cloud/protocol/openid-connect/token",
        client_id="cloud-sdk",
        # Not a slip: both regions share the audience.
        audience="https://apis.pasqal.cloud/account/api/v1",
        realm="pasqal-cloud",
        grant_type="password",
    ),
}


def make_auth(
    settings: Settings,
    *,
    post: oauth.FormPost,
    get: oauth.JsonGet,
    token_provider: tokens.TokenProvider | None = None,
    store: token_store.TokenStore | None = None,
) -> Auth:
    """The setting `token`, or whatever `token_provider` gives, as Authorization; or else a token for `username` and
    `password` from the login of the `region`, or from `auth_url`. Without any of them nothing is sent, which is enough
    for the public device specifications. `get` has no use here.

    Raises:
        ConfigError: Some do not belong together, something is missing, or there is no such region.
    """
    region = (settings.get_value("region") or DEFAULT_REGION).lower()
    if region not in REGIONS:
        raise ConfigError(
            f"Pasqal has no region {region!r} ({settings.origin('region')})",
            provider=settings.provider,
            hint=f"There are {' and '.join(REGIONS)}",
        )
    if token_provider is not None:
        return TokenAuth(tokens.TokenCache(tokens.CallableToken(token_provider)))
    token = settings.secret("token")
    if token is not None:
        return HeaderAuth({"Authorization": token}, "Bearer ")
    username, password = settings.get_value("username"), settings.secret("password")
    if username is None and password is None:
        return NoAuth()
    if username is None or password is None:
        there, lacking = ("username", "password") if password is None else ("password", "username")
        raise ConfigError(
            f"there is a {there} ({settings.origin(there)}), but no {lacking}",
            provider=settings.provider,
            hint="Give username and password, or a token",
        )
    login = REGIONS[region]
    url = settings.get_value("auth_url") or login.auth_url
    source: tokens.TokenSource = oauth.PasswordGrant(
        oauth.TokenEndpoint(url, post, provider=settings.provider),
        username=username,
        password=password,
        client_id=login.client_id,
        grant_type=login.grant_type,
        realm=login.realm,
        audience=login.audience,
    )
    if store is not None:
        source = token_store.StoredTokens(
            source, store, token_store.store_key(settings.provider, url, username, login.client_id)
        )
    return TokenAuth(tokens.TokenCache(source))
