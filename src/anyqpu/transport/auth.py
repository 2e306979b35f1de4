"""What is added to a request so that the cloud knows who asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from anyqpu.errors import ConfigError
from anyqpu.transport.secret import Secret

if TYPE_CHECKING:
    from anyqpu.transport.tokens import Token, TokenCache


NOTHING: Mapping[str, str] = {}


class Auth(Protocol):
    """Gives the headers that identify the caller."""

    async def headers(self) -> dict[str, str]:
        """The headers, with the secrets in clear.

        Raises:
            AnyQPUError: There is no valid token and none could be had.
        """
        ...

    def headers_at_hand(self) -> Mapping[str, str] | None:
        """The same without a request and without waiting; None where one of them is needed.

        Not to be changed: it is the same object as long as the headers are the same.
        """
        ...

    async def renew(self, rejected: Mapping[str, str]) -> bool:
        """After a 401 for these headers: True if there are others to try, False if nothing can be done.

        Callers that were refused with the same token share one request. Not to be called after a 403.

        Raises:
            AnyQPUError: The request for a new token failed.
        """
        ...

    def secrets(self) -> list[str]:
        """Return the credentials at hand, in clear and without a request: what no response may show."""
        ...


class NoAuth:
    """No credentials: only the public operations of a cloud.

    With `otherwise`, an operation that needs credentials raises the error that it returns.
    """

    def __init__(self, otherwise: Callable[[], Exception] | None = None) -> None:
        self._otherwise = otherwise

    async def headers(self) -> dict[str, str]:
        """No headers."""
        if self._otherwise is not None:
            raise self._otherwise()
        return {}

    def headers_at_hand(self) -> Mapping[str, str] | None:
        """No headers; None if there is an error to raise."""
        return NOTHING if self._otherwise is None else None

    async def renew(self, rejected: Mapping[str, str]) -> bool:
        """False: there is nothing to renew."""
        return False

    def secrets(self) -> list[str]:
        """Return nothing."""
        return []


@dataclass(slots=True, eq=False)
class HeaderAuth:
    """Headers that stay the same: API keys, and tokens that are renewed elsewhere.

    Raises:
        ConfigError: A value cannot stand in a header.
    """

    credentials: Mapping[str, Secret]
    prefix: str = ""
    plain: Mapping[str, str] = field(default_factory=dict[str, str])
    _headers: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for name, secret in self.credentials.items():
            # Not shown: a mistyped credential is mostly still a credential.
            if not secret.fits_header():
                raise ConfigError(f"the credential for {name} is empty or has characters that no header can hold")
        _check_plain(self.plain)
        headers = {name: self.prefix + secret.reveal() for name, secret in self.credentials.items()}
        self._headers = headers | dict(self.plain)

    async def headers(self) -> dict[str, str]:
        """The headers, with the secrets in clear."""
        return dict(self._headers)

    def headers_at_hand(self) -> Mapping[str, str]:
        """The headers, with the secrets in clear."""
        return self._headers

    async def renew(self, rejected: Mapping[str, str]) -> bool:
        """Return False: only the caller can give another credential."""
        return False

    def secrets(self) -> list[str]:
        """Return the credentials of all headers."""
        return [secret.reveal() for secret in self.credentials.values()]


class TokenAuth:
    """A header with a token that is renewed before it expires, and others that stay the same.

    Raises:
        ConfigError: A value cannot stand in a header.
    """

    def __init__(
        self,
        tokens: TokenCache,
        *,
        header: str = "Authorization",
        prefix: str = "Bearer ",
        plain: Mapping[str, str] | None = None,
    ) -> None:
        self._tokens = tokens
        self._header = header
        self._prefix = prefix
        self._plain = dict(plain or {})
        _check_plain(self._plain)
        self._last: tuple[Token | None, Mapping[str, str]] = None, NOTHING

    async def headers(self) -> dict[str, str]:
        """The headers, with the token in clear. Raises what the source of the token raises."""
        token = await self._tokens.get()
        return self._headers_of(token)

    def headers_at_hand(self) -> Mapping[str, str] | None:
        """The headers, unless the token has to be renewed first."""
        token = self._tokens.at_hand()
        if token is None:
            return None
        if token is not self._last[0]:
            self._last = token, self._headers_of(token)
        return self._last[1]

    def _headers_of(self, token: Token) -> dict[str, str]:
        return {self._header: self._prefix + token.access_token.reveal(), **self._plain}

    async def renew(self, rejected: Mapping[str, str]) -> bool:
        """One new token for all who were refused with the old one; False if it is the same again."""
        return await self._tokens.force(self._token_in(rejected))

    def secrets(self) -> list[str]:
        """Return the token, if there is one."""
        token = self._tokens.token
        return [] if token is None else [token.access_token.reveal()]

    def _token_in(self, headers: Mapping[str, str]) -> Secret:
        sent = next((value for name, value in headers.items() if name.lower() == self._header.lower()), "")
        return Secret(sent.removeprefix(self._prefix))


def _check_plain(headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        if not Secret(value).fits_header():
            raise ConfigError(f"{value!r} is empty or has characters that the header {name} cannot hold")
