"""OpenTelemetry: a span for each logical operation (extra `otel`).

client = anyqpu.connect("kipu", hooks=anyqpu.otel.Tracing())
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from anyqpu._version import __version__
from anyqpu.errors import ConfigError
from anyqpu.transport.hooks import Hooks, ResponseEvent, RetryEvent, StateEvent

try:
    from opentelemetry import trace
except ModuleNotFoundError as error:
    raise ConfigError("spans need the package opentelemetry-api", hint="pip install 'anyqpu[otel]'") from error


class Tracing(Hooks):
    """A span for each operation, with its retries as events. No header, body or query is part of it."""

    def __init__(self, provider: trace.TracerProvider | None = None) -> None:
        """`provider` is where spans go; None is the process's own."""
        self._tracer = trace.get_tracer("anyqpu", __version__, provider)

    def operation(self, provider: str, operation: str) -> AbstractContextManager[object]:
        """A span around an operation; an exception is recorded in it."""
        attributes = {"anyqpu.provider": provider, "anyqpu.operation": operation}
        return self._tracer.start_as_current_span(
            f"{provider} {operation}", kind=trace.SpanKind.CLIENT, attributes=attributes
        )

    def on_response(self, event: ResponseEvent) -> None:
        """Method, path template and status, of the last attempt in the end."""
        span = trace.get_current_span()
        span.set_attribute("http.request.method", event.method)
        span.set_attribute("url.template", event.path)
        span.set_attribute("anyqpu.attempts", event.attempt)
        if event.status_code is not None:
            span.set_attribute("http.response.status_code", event.status_code)
        if event.request_id is not None:
            span.set_attribute("anyqpu.request_id", event.request_id)

    def on_retry(self, event: RetryEvent) -> None:
        """An event, with the seconds until the next attempt."""
        trace.get_current_span().add_event("retry", {"anyqpu.attempt": event.attempt, "anyqpu.delay": event.delay})

    def on_state(self, event: StateEvent) -> None:
        """An event on whatever span is current where a job is waited for."""
        attributes = {"anyqpu.provider": event.provider, "anyqpu.id": event.id, "anyqpu.status": event.status}
        trace.get_current_span().add_event("state", attributes)
