"""OpenTelemetry: a span for each logical operation (extra `otel`).

client = anyqpu.connect("kipu", hooks=anyqpu.otel.Tracing())
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager

from anyqpu._version import __version__
from anyqpu.errors import AnyQPUError, ConfigError
from anyqpu.transport.hooks import Hooks, ResponseEvent, RetryEvent, StateEvent
from anyqpu.transport.redact import shown

try:
    from opentelemetry import trace
except ModuleNotFoundError as error:
    raise ConfigError("spans need the package opentelemetry-api", hint="pip install 'anyqpu[otel]'") from error


class Tracing(Hooks):
    """Creates a span for each operation, with its retries as events.

    A span contains no header, body or query, and text from servers is redacted. An exception is recorded by type and
    message, since a traceback could contain parts of a response.
    """

    def __init__(self, provider: trace.TracerProvider | None = None) -> None:
        """Use the tracer provider `provider`; None is the global one."""
        self._tracer = trace.get_tracer("anyqpu", __version__, provider)

    def operation(self, provider: str, operation: str) -> AbstractContextManager[object]:
        """Return a span around an operation; an exception is recorded in it."""
        return self._span(provider, operation)

    @contextmanager
    def _span(self, provider: str, operation: str) -> Generator[object]:
        attributes = {"anyqpu.provider": provider, "anyqpu.operation": operation}
        with self._tracer.start_as_current_span(
            f"{provider} {operation}",
            kind=trace.SpanKind.CLIENT,
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield span
            except Exception as error:
                kind = f"{type(error).__module__}.{type(error).__qualname__}"
                # Messages of other exceptions may contain secrets.
                message = (shown(str(error), limit=500) if isinstance(error, AnyQPUError) else None) or ""
                span.add_event("exception", {"exception.type": kind, "exception.message": message})
                span.set_status(trace.Status(trace.StatusCode.ERROR, f"{type(error).__name__}: {message}"))
                raise

    def on_response(self, event: ResponseEvent) -> None:
        """Set method, path template and status of the last attempt."""
        span = trace.get_current_span()
        span.set_attribute("http.request.method", event.method)
        span.set_attribute("url.template", event.path)
        span.set_attribute("anyqpu.attempts", event.attempt)
        if event.status_code is not None:
            span.set_attribute("http.response.status_code", event.status_code)
        if (request_id := shown(event.request_id)) is not None:
            span.set_attribute("anyqpu.request_id", request_id)

    def on_retry(self, event: RetryEvent) -> None:
        """Add an event with the seconds until the next attempt."""
        trace.get_current_span().add_event("retry", {"anyqpu.attempt": event.attempt, "anyqpu.delay": event.delay})

    def on_state(self, event: StateEvent) -> None:
        """Add an event to the current span of the task that waits for a job."""
        attributes = {
            "anyqpu.provider": event.provider,
            "anyqpu.id": shown(event.id) or "",
            "anyqpu.status": shown(event.status) or "",
        }
        trace.get_current_span().add_event("state", attributes)
