"""OpenTelemetry: one span per logical operation."""

from __future__ import annotations

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import anyqpu
from anyqpu import RetryPolicy, errors
from anyqpu.otel import Tracing
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.conftest import CANARY, JOB, RUNNING, kipu_at

pytestmark = pytest.mark.anyio


async def test_a_span_covers_an_operation_with_its_retries(anyio_backend: str) -> None:
    replies = [ServerResponse(503), RUNNING, ServerResponse(404)]

    async def respond(seen: Seen) -> ServerResponse:
        return replies.pop(0)

    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    async with serving(respond) as server:
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


async def test_a_span_has_no_text_of_a_server_that_it_must_not_have(anyio_backend: str) -> None:
    """A request id that repeats a token and steers a terminal, and an error that quotes the HTTP library."""

    async def respond(seen: Seen) -> ServerResponse:
        if "job" in seen.path and seen.path.endswith("status"):
            return ServerResponse.of_json({"detail": f"bad {CANARY}"}, 403, x_request_id=f"token={CANARY} [31m")
        return ServerResponse(drop=True)

    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    async with serving(respond) as server:
        async with kipu_at(server, hooks=Tracing(provider), retry=RetryPolicy(attempts=1)) as kipu:
            with pytest.raises(errors.PermissionDeniedError):
                await kipu.raw.get_job_status(JOB)
            with pytest.raises(errors.ProtocolError):
                await kipu.raw.get_job(JOB)
    for span in spans.get_finished_spans():
        assert CANARY not in span.to_json()
        [event] = [event for event in span.events if event.name == "exception"]
        assert event.attributes is not None
        assert str(event.attributes["exception.type"]).startswith("anyqpu.errors.")
        assert "exception.stacktrace" not in event.attributes
        assert span.status.is_ok is False


async def test_an_error_of_yours_is_recorded_by_its_type_alone(anyio_backend: str) -> None:
    async def token() -> str:
        raise KeyError(CANARY)

    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    async with anyqpu.connect("pasqal", token=token, project_id="p", hooks=Tracing(provider)) as pasqal:
        with pytest.raises(KeyError):
            await pasqal.raw.get_job("1")
    [span] = spans.get_finished_spans()
    assert "KeyError" in span.to_json()
    assert CANARY not in span.to_json()
