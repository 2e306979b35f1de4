"""A fleet can be observed: displays, spans and metrics."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import anyio
import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from anyqpu import Fleet, Money
from anyqpu.otel import FleetMetrics, Tracing
from anyqpu.testing import EmulatedClouds, emulated
from tests.fleet.support import BELL, PATIENCE, SIMULATOR, jobs_exist

pytestmark = pytest.mark.anyio


@pytest.fixture
async def clouds(anyio_backend: str) -> AsyncGenerator[EmulatedClouds]:
    async with emulated(speed="fast") as clouds:
        yield clouds


async def test_displays_say_what_is_open(clouds: EmulatedClouds) -> None:
    async with Fleet("kipu", run="sweep-<7>") as fleet:
        tickets = await fleet.submit_many([BELL] * 3, device=SIMULATOR, shots=10)
        assert "3 planned" in fleet._repr_html_()
        assert "planned" in tickets[0]._repr_html_()
        await fleet.gather(tickets, timeout=PATIENCE)
        page = fleet._repr_html_()
        assert "3 completed" in page
        assert SIMULATOR in page
        assert "sweep-&lt;7&gt;" in page
        assert "completed" in tickets[0]._repr_html_()
        assert "id='0'" in repr(tickets[0])
        assert repr(fleet) == "<Fleet kipu: run sweep-<7>>"


async def test_spans_and_metrics(clouds: EmulatedClouds) -> None:
    exporter, reader = InMemorySpanExporter(), InMemoryMetricReader()
    tracer, meter = TracerProvider(), MeterProvider([reader])
    tracer.add_span_processor(SimpleSpanProcessor(exporter))
    clouds.faults.add(operation="createJob", stuck="queued", after=1)
    euro = Money("1.50", "EUR")
    options: dict[str, Any] = {"budget": Money(10, "EUR"), "prices": {SIMULATOR: euro}, "hooks": Tracing(tracer)}
    async with Fleet("kipu", run="sweep", in_flight=1, **options) as fleet, anyio.create_task_group() as group:
        tickets = await fleet.submit_many([BELL] * 3, device=SIMULATOR, shots=10)
        await tickets[0].wait(timeout=PATIENCE)
        await jobs_exist(clouds, 2)
        while tickets[1].state != "sent":  # noqa: ASYNC110
            await anyio.sleep(0.005)
        metrics = FleetMetrics(fleet, meter, interval=0.01)
        group.start_soon(metrics.run)
        await metrics.refresh()
        group.cancel_scope.cancel()
        data = reader.get_metrics_data()
    assert data is not None
    points: Any = data.resource_metrics[0].scope_metrics[0].metrics
    values = {
        (metric.name, point.attributes.get("anyqpu.state") or point.attributes.get("anyqpu.outcome")): point.value
        for metric in points
        for point in metric.data.data_points
    }
    assert values["anyqpu.fleet.open", "planned"] == 1
    assert values["anyqpu.fleet.open", "sent"] == 1
    assert values["anyqpu.fleet.outcomes", "completed"] == 1
    assert values["anyqpu.fleet.spent", None] == 1.5
    assert values["anyqpu.fleet.held", None] == 1.5
    assert values["anyqpu.fleet.oldest", "sent"] >= 0
    spans = {span.name: span for span in exporter.get_finished_spans()}
    assert {"kipu fleet.submit", "kipu fleet.result", "kipu createJob"} <= spans.keys()
    parent = spans["kipu createJob"].parent
    assert parent is not None
    assert parent.span_id in {
        span.context.span_id for span in exporter.get_finished_spans() if span.name == "kipu fleet.submit"
    }
