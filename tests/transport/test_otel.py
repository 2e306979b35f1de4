"""OpenTelemetry: one span per logical operation."""

from __future__ import annotations

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from anyqpu import RetryPolicy, errors
from anyqpu.otel import Tracing
from scripts.prove.server import Reply, Seen, serving
from tests.transport.conftest import CANARY, JOB, RUNNING, kipu_at

pytestmark = pytest.mark.anyio


async def test_a_span_covers_an_operation_with_its_retries(anyio_backend: str) -> None:
    replies = [Reply(503), RUNNING, Reply(404)]

    async def answer(seen: Seen) -> Reply:
        return replies.pop(0)

    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    async with serving(answer) as server:
        options = {"hooks": Tracing(provider), "retry": RetryPolicy(backoff=0.001)}
        async with kipu_at(server, **options) as kipu:
            await kipu.raw.get_job_status(JOB)
            with pytest.raises(errors.NotFoundError):
                await kipu.raw.get_job(JOB)
    good, bad = spans.get_finished_spans()
    assert good.name == "kipu getJobStatus"
    assert good.attributes is not None
    assert good.attributes["url.template"] == "/jobs/{id}/status"
    assert good.attributes["http.response.status_code"] == 200
    assert good.attributes["anyqpu.attempts"] == 2
    assert [event.name for event in good.events] == ["retry"]
    assert bad.status.is_ok is False
    assert CANARY not in good.to_json() + bad.to_json()
