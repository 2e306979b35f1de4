"""Tokens that expire: all callers share a valid one, which one request renews."""

from __future__ import annotations

import base64
import inspect
import json
import logging
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, cast

import anyio.to_thread

from anyqpu.errors import AnyQPUError, ConfigError
from anyqpu.transport.failures import mapping_of, number_of
from anyqpu.transport.secret import Secret
from anyqpu.transport.single_flight import SingleFlight

_log = logging.getLogger("anyqpu.auth")

EARLY_SECONDS = 60.0
# A token that lives for a minute would otherwise be renewed at every call.
EARLY_SHARE = 0.2
# After an early refresh that failed, the next calls use the old token without trying again at once.
PAUSE_SECONDS = 10.0
# A token endpoint can ask for a longer pause (`Retry-After`), up to this.
LONGEST_PAUSE = 60.0
# Seconds that an early refresh may take, while the old token is good.
EARLY_LIMIT = 10.0
LONGEST_JWT = 65_536
# Seconds: a number of seconds or a time since the epoch above this, around the year 5138, is in another unit.
LARGEST_SECONDS = 1e11

Clock = Callable[[], float]
TokenProvider = Callable[[], "str | Awaitable[str]"]


@dataclass(frozen=True, slots=True)
class Token:
    """What a token endpoint gave.

    Attributes:
        access_token: What requests carry.
        expires_at: Seconds since the epoch; None if unknown, so that it is used until a 401.
        refresh_token: Exchanged for the next token, if the cloud sends one.
        token_type: As the cloud calls it.
        id_token: Who logged in, for files of other tools that keep it.
        issued_at: Seconds since the epoch, if known.
    """

    access_token: Secret
    expires_at: float | None = None
    refresh_token: Secret | None = None
    token_type: str = "Bearer"  # noqa: S105 - a scheme, not a password
    id_token: Secret | None = None
    issued_at: float | None = None


class TokenSource(Protocol):
    """Gets a token from somewhere."""

    async def fetch(self, previous: Token | None) -> Token:
        """A new token. `previous` is the one that expires or was refused; its refresh token may serve."""
        ...


class TokenCache:
    """Gives a token that is valid, and refreshes it shortly before it expires.

    Args:
        source: Where tokens come from.
        initial: A token that is already there; it may have expired.
        early: Seconds before the expiry at which a refresh is tried, though at most a fifth of the token's life.
        clock: Seconds since the epoch.
    """

    def __init__(
        self,
        source: TokenSource,
        *,
        initial: Token | None = None,
        early: float = EARLY_SECONDS,
        clock: Clock = time.time,
    ) -> None:
        self._source = source
        self._early = early
        self._clock = clock
        self._token = initial
        self._refresh_at = self._early_start(initial)
        self._refreshing: SingleFlight[Token] = SingleFlight()

    @property
    def token(self) -> Token | None:
        """The latest token, valid or not; None before the first."""
        return self._token

    def at_hand(self) -> Token | None:
        """Return the token if it is valid and need not be renewed by this caller; None otherwise."""
        token = self._token
        if token is None or self._is_over(token):
            return None
        return token if self._refreshing.is_busy or self._clock() < self._refresh_at else None

    async def get(self) -> Token:
        """A valid token.

        Near its end one caller refreshes it while the others use the old one. If that fails the old one is used
        until it has expired; after that all callers wait for one request.

        Raises:
            AnyQPUError: What the source raises, to each who waited for it.
        """
        if (good := self.at_hand()) is not None:
            return good
        token = self._token
        if token is None or self._is_over(token):
            return await self._refresh()
        # The old token is good: a slow login takes at most half of the time that its caller has.
        limit = min(EARLY_LIMIT, (anyio.current_effective_deadline() - anyio.current_time()) / 2)
        try:
            with anyio.fail_after(max(0.0, limit)):
                return await self._refresh()
        except Exception as error:
            if self._is_over(token):
                raise
            requested = min(error.retry_after or 0.0, LONGEST_PAUSE) if isinstance(error, AnyQPUError) else 0.0
            self._refresh_at = self._clock() + max(PAUSE_SECONDS, requested)
            # Texts of errors that are not ours may hold anything.
            reason = error if isinstance(error, AnyQPUError) else type(error).__name__
            _log.warning("the token could not be renewed early; the old one is used until it expires: %s", reason)
            return token

    async def force(self, rejected: Secret) -> bool:
        """Replace a token that a server refused; True if there is another one now.

        No request is made if the token has already been replaced. All who come with the same token share one.
        """
        token = self._token
        if token is None or token.access_token == rejected:
            token = await self._refresh()
        return token.access_token != rejected

    async def _refresh(self) -> Token:
        async def fetch() -> Token:
            return self._accept(await self._source.fetch(self._token))

        return await self._refreshing.run(fetch)

    def _accept(self, token: Token) -> Token:
        if self._is_over(token):
            _log.warning(
                "a token that was just issued looks expired, so it is used until it is refused: "
                "is the clock of this machine right?"
            )
            token = replace(token, expires_at=None)
        self._token = token
        self._refresh_at = self._early_start(token)
        return token

    def _is_over(self, token: Token) -> bool:
        return token.expires_at is not None and self._clock() >= token.expires_at

    def _early_start(self, token: Token | None) -> float:
        if token is None or token.expires_at is None:
            return math.inf
        return token.expires_at - min(self._early, (token.expires_at - self._clock()) * EARLY_SHARE)


class CallableToken:
    """The caller's own function, sync or async, that gives a token as text.

    One that is not `async def` is called in a worker thread, since it may block. The expiry is read from the token if
    that is a JWT; otherwise it is used until the cloud refuses it.
    """

    def __init__(self, provider: TokenProvider) -> None:
        self._provider = provider

    async def fetch(self, previous: Token | None) -> Token:
        """A new token. Raises what the function raises; `ConfigError` if it gives anything but a token."""
        call = getattr(self._provider, "__call__", None)  # noqa: B004 - to look at, not to test for
        if inspect.iscoroutinefunction(self._provider) or inspect.iscoroutinefunction(call):
            secret = _checked_token(await cast("Awaitable[object]", self._provider()))
        else:
            # Wrapped, because trio takes nothing to wait for out of a thread.
            results: list[Any] = await anyio.to_thread.run_sync(lambda: [self._provider()], abandon_on_cancel=True)
            secret = _checked_token(await results.pop() if inspect.isawaitable(results[0]) else results.pop())
        if secret is None or not secret.fits_header():
            raise ConfigError("the token provider gave no token", hint="It returns a text that fits a header")
        return Token(secret, expires_at=jwt_expiry(secret))


def jwt_claims(token: Secret) -> Mapping[str, Any]:
    """Return the claims of a JWT, unverified; nothing for another token."""
    parts = token.reveal().split(".")
    if len(parts) != 3 or len(parts[1]) > LONGEST_JWT:
        return {}
    try:
        return mapping_of(json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))))
    except (ValueError, RecursionError):
        return {}


def jwt_expiry(token: Secret) -> float | None:
    """Return the `exp` claim in seconds since the epoch, unverified; None if it is missing or cannot be read."""
    return lifetime(jwt_claims(token).get("exp"))


def lifetime(value: object) -> float | None:
    """Return a number of seconds, also where a server sends it as text; None unless it is above 0 and sensible."""
    number = number_of(value)
    return number if number is not None and 0 < number < LARGEST_SECONDS else None


def _checked_token(value: object) -> Secret | None:
    return Secret(value) if isinstance(value, str) else None
