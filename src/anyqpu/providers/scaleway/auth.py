"""Who asks at Scaleway: the secret half of an API key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyqpu._lazy import LazyModule
from anyqpu.config.credentials import missing
from anyqpu.config.settings import Settings
from anyqpu.transport.auth import Auth, HeaderAuth, TokenAuth

if TYPE_CHECKING:
    from anyqpu.transport import oauth, token_store, tokens
else:
    oauth = LazyModule("anyqpu.transport.oauth")
    token_store = LazyModule("anyqpu.transport.token_store")
    tokens = LazyModule("anyqpu.transport.tokens")

HEADER = "X-Auth-Token"


def make_auth(
    settings: Settings,
    *,
    post: oauth.FormPost,
    get: oauth.JsonGet,
    token_provider: tokens.TokenProvider | None = None,
    store: token_store.TokenStore | None = None,
) -> Auth:
    """The setting `secret_key`, or whatever `token_provider` gives, as X-Auth-Token. `post`, `get` and `store` have no
    use here: API keys do not expire by themselves.

    Raises:
        MissingCredentialsError: There is no secret key.
        ConfigError: It has characters that no header can hold.
    """
    if token_provider is not None:
        return TokenAuth(tokens.TokenCache(tokens.CallableToken(token_provider)), header=HEADER, prefix="")
    key = settings.secret("secret_key")
    if key is None:
        raise missing(settings.provider, settings)
    return HeaderAuth({HEADER: key})
