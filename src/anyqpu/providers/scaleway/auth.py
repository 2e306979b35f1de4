"""Who asks at Scaleway: the secret half of an API key."""

from __future__ import annotations

from anyqpu.config.credentials import missing
from anyqpu.config.settings import Settings
from anyqpu.transport.auth import Auth, HeaderAuth, TokenAuth
from anyqpu.transport.oauth import FormPost, JsonGet
from anyqpu.transport.secret import Secret
from anyqpu.transport.token_store import TokenStore
from anyqpu.transport.tokens import CallableToken, TokenCache, TokenProvider

HEADER = "X-Auth-Token"


def make_auth(
    settings: Settings,
    *,
    post: FormPost,
    get: JsonGet,
    token_provider: TokenProvider | None = None,
    store: TokenStore | None = None,
) -> Auth:
    """The setting `secret_key`, or whatever `token_provider` gives, as X-Auth-Token. `post`, `get` and `store` have no
    use here: API keys do not expire by themselves.

    Raises:
        MissingCredentialsError: There is no secret key.
        ConfigError: It has characters that no header can hold.
    """
    if token_provider is not None:
        return TokenAuth(TokenCache(CallableToken(token_provider)), header=HEADER, prefix="")
    key = settings.get_value("secret_key")
    if key is None:
        raise missing(settings.provider, settings)
    return HeaderAuth({HEADER: Secret(key)})
