"""OpenTelemetry: a span for each logical operation, and metrics of a fleet (extra `otel`).

client = anyqpu.connect("kipu", hooks=anyqpu.otel.Tracing())
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import anyio

from anyqpu._version import __version__
from anyqpu.errors import AnyQPUError, ConfigError
from anyqpu.transport.hooks import Hooks, ResponseEvent, RetryEvent, StateEvent
from anyqpu.transport.redact import shown

try:
    from opentelemetry import metrics, trace
except ModuleNotFoundError as error:
    raise ConfigError("spans need the package opentelemetry-api", hint="pip install 'anyqpu[otel]'") from error

logger = logging.getLogger("anyqpu")

if TYPE_CHECKING:
    from anyqpu.fleet import Fleet
    from anyqpu.ledger.entry import Count


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


class FleetMetrics:
    """Publishes what a fleet's ledger holds, as gauges: `group.start_soon(FleetMetrics(fleet).run)`.

    The gauges are, by account, device and run: `anyqpu.fleet.open` (entries that are not over, by state),
    `anyqpu.fleet.outcomes` (entries that are over, by kind), `anyqpu.fleet.held` and `anyqpu.fleet.spent` (money, by
    currency), and `anyqpu.fleet.oldest` (seconds since the oldest open entry changed its state). The spans of a fleet
    are those of its clients, `Fleet("kipu", hooks=Tracing())`, below `fleet.submit` and `fleet.result`.
    """

    def __init__(self, fleet: Fleet, provider: metrics.MeterProvider | None = None, *, interval: float = 15.0) -> None:
        """Use the meter provider `provider`; None is the global one. The ledger is read every `interval` seconds."""
        self._fleet = fleet
        self._interval = interval
        self._counts: Sequence[Count] = ()
        meter = metrics.get_meter("anyqpu", __version__, provider)
        for name, unit, read in (
            ("open", "{entry}", _open),
            ("outcomes", "{entry}", _outcomes),
            ("held", "{money}", _held),
            ("spent", "{money}", _spent),
            ("oldest", "s", _oldest),
        ):
            meter.create_observable_gauge(f"anyqpu.fleet.{name}", [self._observer(read)], unit=unit)

    def _observer(
        self, read: Callable[[Count], Value | None]
    ) -> Callable[[metrics.CallbackOptions], Iterable[metrics.Observation]]:
        def observe(options: metrics.CallbackOptions) -> Iterable[metrics.Observation]:
            del options
            for count in self._counts:
                if (value := read(count)) is not None:
                    names = {"account": count.account, "device": count.device, "run": count.run, **value[1]}
                    yield metrics.Observation(value[0], {f"anyqpu.{name}": text for name, text in names.items()})

        return observe

    async def refresh(self) -> None:
        """Read the ledger once."""
        self._counts = await self._fleet.ledger.summary()

    async def run(self) -> None:
        """Read the ledger again and again, until cancelled."""
        while True:
            try:
                await self.refresh()
            except AnyQPUError as error:
                logger.info("the metrics of the fleet were not read (%s)", type(error).__name__)
            await anyio.sleep(self._interval)


Value = tuple[float, dict[str, str]]


def _open(count: Count) -> Value | None:
    return None if count.state == "over" else (count.entries, {"state": count.state})


def _outcomes(count: Count) -> Value | None:
    return None if count.outcome is None else (count.entries, {"outcome": count.outcome})


def _held(count: Count) -> Value | None:
    return None if count.held is None else (float(count.held.amount), {"currency": count.held.currency})


def _spent(count: Count) -> Value | None:
    return None if count.spent is None else (float(count.spent.amount), {"currency": count.spent.currency})


def _oldest(count: Count) -> Value | None:
    return None if count.state == "over" else (max(0.0, time.time() - count.oldest), {"state": count.state})
