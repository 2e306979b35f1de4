"""The boundary around the functions that read a page: whatever they raise becomes an error of the tree."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from anyqpu.errors import AnyQPUError, UnexpectedResponseError
from anyqpu.transport.exchange import details

R = TypeVar("R")
T = TypeVar("T")

HINT = "The cloud's API may have changed: report it with the version of anyqpu"


def read(function: Callable[[R], T], response: R, subject: str) -> T:
    """Return what a function reads from a response; `what` names it in the error.

    Raises:
        UnexpectedResponseError: The response cannot be read. It names the last response of this task.
    """
    try:
        return function(response)
    except AnyQPUError:
        raise
    except Exception:  # noqa: S110  # raised below, out of the frames that hold the response
        pass
    raise unreadable(f"{subject} cannot be read")


async def read_later(value: Awaitable[T], subject: str) -> T:
    """Await a value that is read from a response; raises as `read` does."""
    try:
        return await value
    except AnyQPUError:
        raise
    except Exception:  # noqa: S110  # raised below, out of the frames that hold the response
        pass
    raise unreadable(f"{subject} cannot be read")


def unreadable(problem: str, *, hint: str = HINT) -> UnexpectedResponseError:
    """Return the error for a page that cannot be used."""
    return UnexpectedResponseError(f"invalid page of a list: {problem}", hint=hint, **details())
