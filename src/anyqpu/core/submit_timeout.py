"""The `timeout=` of a submit, which covers everything that a submit sends."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from types import CoroutineType
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

import anyio

from anyqpu.errors import ReadTimeoutError

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

# The part of a submit's timeout that is kept for the search: a quarter, at most these seconds.
RESERVED_SHARE, RESERVED_SECONDS = 0.25, 5.0


class HasProvider(Protocol):
    """A client."""

    @property
    def provider(self) -> str:
        """The provider's name."""
        ...


_call: ContextVar[anyio.CancelScope | None] = ContextVar("anyqpu_submit_limit", default=None)


def within_timeout(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[S, P], CoroutineType[Any, Any, T]]:
    """Put a whole submit under its `timeout=`: look-ups, uploads and login as well as the request itself."""

    @functools.wraps(method)
    async def limited(self: S, *args: P.args, **kwargs: P.kwargs) -> T:
        timeout = kwargs.get("timeout")
        if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout < 2**63:
            # None, or what the method itself refuses.
            return await method(self, *args, **kwargs)
        with anyio.move_on_after(timeout) as scope:
            token = _call.set(scope)
            try:
                return await method(self, *args, **kwargs)
            finally:
                _call.reset(token)
        raise too_late(cast("HasProvider", self).provider, timeout)

    return cast("Callable[Concatenate[S, P], CoroutineType[Any, Any, T]]", limited)


def time_to_prepare() -> float | None:
    """Return the seconds of the enclosing submit's timeout for what precedes its request, such as a session's start.

    None: there is no limit. A tenth of what is left is kept for the request.
    """
    left = time_left()
    return None if left is None else 0.9 * left


def time_left() -> float | None:
    """Return the seconds that are left of the enclosing submit's timeout; None: there is no limit."""
    scope = _call.get()
    return None if scope is None else max(0.0, scope.deadline - anyio.current_time())


def time_to_open() -> float | None:
    """Return the seconds of the enclosing submit's timeout for opening what it costs to leave open.

    None: there is no limit. A quarter of what is left, at most 5 s, is kept for closing it again.
    """
    left = time_left()
    return None if left is None else left - min(RESERVED_SECONDS, RESERVED_SHARE * left)


@contextmanager
def without_timeout() -> Generator[None]:
    """Take what a block sends, such as for other submits too, out of the enclosing submit's timeout."""
    token = _call.set(None)
    try:
        yield
    finally:
        _call.reset(token)


@contextmanager
def own_limit(timeout: float | None) -> Generator[float]:
    """Take over the limit of the enclosing submit; gives the moment at which everything must have ended."""
    scope = _call.get()
    now = anyio.current_time()
    deadline = math.inf if timeout is None else now + timeout
    if scope is None:
        yield deadline
        return
    before = scope.deadline
    scope.deadline = math.inf
    try:
        yield min(deadline, before)
    finally:
        scope.deadline = before


def too_late(provider: str, seconds: float) -> ReadTimeoutError:
    """Return the error for a submit whose time was over before its request was sent."""
    return ReadTimeoutError(f"not submitted within {seconds:.3g} s", provider=provider, hint="Nothing was submitted")
