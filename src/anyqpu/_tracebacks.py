"""Short tracebacks: an error of this package says what is wrong, and its frames inside the package do not.

Notebooks and `anyqpu.sync` show errors without them. The environment variable ANYQPU_TRACEBACKS=full keeps them, and
the logger `anyqpu` writes them at level DEBUG.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any, TypeVar

E = TypeVar("E", bound=BaseException)

ENVIRONMENT = "ANYQPU_TRACEBACKS"
# Packages whose frames say nothing to a user of this one.
INTERNAL = frozenset(
    {
        *("anyqpu", "anyqpu_raw", "anyio", "asyncio", "concurrent", "contextlib", "outcome", "threading", "trio"),
        *("httpcore", "httpcore2", "httpx", "httpx2", "h11", "h2", "hpack", "hyperframe", "attr", "attrs"),
        *("aiohttp", "aiohappyeyeballs", "aiosignal", "frozenlist", "multidict", "propcache", "yarl"),
        *("sniffio", "json", "selectors", "socket", "ssl", "IPython", "ipykernel"),
    }
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
    log(error)
    error.__traceback__ = cut(error.__traceback__)
    error.__cause__ = None
    error.__suppress_context__ = True
    return error


def log(error: BaseException) -> None:
    """Log an error of this package with all of its frames."""
    if isinstance(error, Exception) and logger.isEnabledFor(logging.DEBUG):
        logger.debug("full traceback of %s", type(error).__name__, exc_info=error)


def is_interrupt(error: BaseException) -> bool:
    """Return whether an exception ends a call from outside: a cancellation, or Ctrl-C."""
    return not isinstance(error, Exception | GeneratorExit)


class _ShortTracebacks:
    """A block around what a public method waits for: its errors and interrupts lose the frames below the method."""

    __slots__ = ()

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, traceback: TracebackType | None) -> None:
        if error is None or are_full() or not (is_interrupt(error) or hasattr(error, "_render_traceback_")):
            return
        log(error)
        error.__traceback__ = cut(traceback)


SHORT_TRACEBACKS = _ShortTracebacks()


def annotate(error: BaseException, describe: Callable[[], str]) -> None:
    """Say in an interrupt what was interrupted; a notebook shows that line, and no frames. Other errors stay."""
    if is_interrupt(error):
        error.add_note(describe())
        shorten_display(error)


def shorten_display(error: BaseException) -> None:
    """Make a notebook show an interrupt in one line."""
    # The exception and the function refer to each other, which elsewhere would only be work for the garbage collector.
    if "IPython" in sys.modules and not are_full():

        def render() -> list[str]:
            return ["; ".join((f"{type(error).__name__}: interrupted", *getattr(error, "__notes__", ())))]

        # IPython calls it. Exceptions of trio have no further attributes.
        with suppress(AttributeError):
            error._render_traceback_ = render  # type: ignore[attr-defined]


def rendered(error: BaseException, alone: BaseException) -> list[str]:
    """Return the lines that a notebook shows for an error: those of the user's own frames, and the message.

    `alone` is the same error without the errors before it.
    """
    from importlib import import_module

    shell: Any = import_module("IPython").get_ipython()
    full = are_full()
    traceback = error.__traceback__ if full else cut(error.__traceback__)
    lines: list[str] = shell.InteractiveTB.structured_traceback(type(error), error if full else alone, traceback, 0)
    return lines
