"""Callbacks for what a client does: for your metrics, traces and logs."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anyqpu.transport.events import RequestEvent, ResponseEvent, RetryEvent, StateEvent

__all__ = ["Hooks", "RequestEvent", "ResponseEvent", "RetryEvent", "StateEvent", "is_default"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        # Without hooks, a process makes no event: their classes are imported with the first of them.
        value = globals()[name] = getattr(import_module("anyqpu.transport.events"), name)
        return value


class Hooks:
    """Override the methods that you need. Called in the event loop: be quick, and do not raise."""

    def on_request(self, event: RequestEvent) -> None:
        """Before each request."""

    def on_response(self, event: ResponseEvent) -> None:
        """After each request, with or without a response."""

    def on_retry(self, event: RetryEvent) -> None:
        """Before the sleep that precedes another attempt."""

    def on_state(self, event: StateEvent) -> None:
        """At the first poll of a wait for a job, and at each change."""

    def operation(self, provider: str, operation: str) -> AbstractContextManager[object]:
        """A context that is open for a whole logical operation, with its retries."""
        del provider, operation
        return NOTHING


NOTHING = nullcontext()
_DEFAULTS = frozenset({Hooks.on_request, Hooks.on_response})


def is_default(method: object) -> bool:
    """Whether a bound method of hooks is the one that does nothing, so that its event need not be made."""
    return getattr(method, "__func__", None) in _DEFAULTS
