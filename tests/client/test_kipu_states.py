"""Kipu's words: what follows from a status, and formats that the document knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from anyqpu import JobStatus, errors
from anyqpu.providers.kipu import states
from anyqpu.providers.kipu.programs import WORDS
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.conftest import kipu_at

DOCUMENT = json.loads((Path(__file__).parents[2] / "specs" / "kipu" / "final.json").read_text())
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]


def test_every_failed_state_has_a_reason() -> None:
    assert set(states.FAILURE) == {word for word, status in states.JOB.items() if status is JobStatus.FAILED}


def test_every_status_of_a_device_but_unknown_says_whether_it_takes_jobs() -> None:
    said = {status for status in states.DEVICE.values() if status != "unknown"}
    assert said == set(states.ACCEPTING) == set(states.PROCESSING)


def test_the_formats_that_are_sent_are_formats_of_the_document() -> None:
    assert set(WORDS.values()) <= set(SCHEMAS["InputFormat"]["enum"])


@pytest.mark.anyio
async def test_a_job_that_is_detached_has_failed_and_is_not_waited_for(anyio_backend: str) -> None:
    """Kipu's own client says that it is final and that no result will come."""
    job = {"id": "5904a9f2", "status": "DETACHED", "backend_id": "kipu.sim.qsim"}

    async def cloud(seen: Seen) -> ServerResponse:
        return ServerResponse(404) if seen.path.endswith("/result") else ServerResponse.of_json(job)

    async with serving(cloud) as server, kipu_at(server) as kipu:
        detached = await (await kipu.job("5904a9f2")).wait(timeout=5)
        assert (detached.status, detached.raw_status, detached.status_recognized) == (
            JobStatus.FAILED,
            "DETACHED",
            True,
        )
        with pytest.raises(errors.JobFailedError, match="outlived the credential"):
            await detached.result(timeout=5)
