"""Short tracebacks: an error of this package says what is wrong, and its frames inside the package do not.

Notebooks and `anyqpu.sync` show errors without them. The environment variable ANYQPU_TRACEBACKS=full keeps them, and
the logger `anyqpu` writes them at level DEBUG.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import TypeVar

E = TypeVar("E", bound=BaseException)

ENVIRONMENT = "ANYQPU_TRACEBACKS"
# Packages whose frames say nothing to a user of this one.
INTERNAL = frozenset(
    {"anyio", "anyqpu", "anyqpu_raw", "asyncio", "concurrent", "contextlib", "httpcore", "httpx", "threading", "trio"}
)

logger = logging.getLogger("anyqpu")


def are_full() -> bool:
    """Return whether the user wants full tracebacks."""
    return os.environ.get(ENVIRONMENT) == "full"


def _is_internal(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0] in INTERNAL


def _frames(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def cut(traceback: TracebackType | None) -> TracebackType | None:
    """Return a traceback without the frames of this package and of the libraries below it."""
    kept: TracebackType | None = None
    for entry in reversed([entry for entry in _frames(traceback) if not _is_internal(entry.tb_frame)]):
        kept = TracebackType(kept, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return kept


def shortened(error: E) -> E:
    """Return an error with its traceback cut, and without the errors of libraries before it."""
    if are_full():
        return error
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("full traceback of %s", type(error).__name__, exc_info=error)
    error.__traceback__ = cut(error.__traceback__)
    error.__cause__ = None
    error.__suppress_context__ = True
    return error
