"""What a cloud sends and its document lacks is counted, logged once, and shown to those who ask."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import anyqpu
from anyqpu import RetryPolicy, drift, errors
from anyqpu.cli import bug_report

pytestmark = pytest.mark.anyio
JOB: dict[str, Any] = {"id": "1", "status": "DETACHED", "colour": "blue"}


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    drift.forget()
    yield
    drift.forget()


def kipu_that_answers(status: int, body: object) -> Any:
    transport = httpx.MockTransport(lambda request: httpx.Response(status, json=body))
    return anyqpu.connect("kipu", token="t", transport=transport, retry=RetryPolicy(attempts=1))


async def test_unknown_words_and_fields_are_counted_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "anyqpu.drift"):
        async with kipu_that_answers(200, JOB) as kipu:
            for _ in range(3):
                await kipu.job("1")
    assert set(drift.seen()) == {
        drift.Drift("kipu", "word", "JobStatus", "DETACHED", 3),
        drift.Drift("kipu", "field", "Job", "colour", 3),
    }
    assert len([record for record in caplog.records if record.name == "anyqpu.drift"]) == 2


async def test_a_body_that_lacks_what_it_must_have_is_counted_too() -> None:
    async with kipu_that_answers(200, {"status": "RUNNING"}) as kipu:
        with pytest.raises(errors.UnexpectedResponseError):
            await kipu.raw.get_job("1")
    assert drift.Drift("kipu", "missing", "getJob", "the body lacks 'id'", 1) in drift.seen()


async def test_a_status_that_is_not_documented_is_counted_and_one_that_is_is_not() -> None:
    for status in (418, 404):
        async with kipu_that_answers(status, {}) as kipu:
            with pytest.raises(errors.APIError):
                await kipu.raw.get_job("1")
    assert [(each.kind, each.what) for each in drift.seen()] == [("status", "418")]


async def test_what_is_known_is_not_drift() -> None:
    async with anyqpu.connect("kipu", emulator=True) as kipu:
        job = await kipu.submit(
            "OPENQASM 2.0;\nqreg q[1];\ncreg c[1];\nmeasure q -> c;\n", device="kipu.sim.qsim", shots=1
        )
        await job.result(timeout=10)
    assert drift.seen() == ()


def test_a_server_that_makes_up_names_does_not_fill_the_memory() -> None:
    for number in range(drift.MOST + 50):
        drift.note("kipu", "field", "Job", f"field-{number}")
    drift.note("kipu", "field", "Job", "field-0")
    drift.note("kipu", "field", "Job", "x" * 5000)
    assert len(drift.seen()) == drift.MOST
    assert drift.seen()[0].count == 2


def test_processes_add_to_a_file_where_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "deep" / "drift.json"
    drift.note("kipu", "word", "JobStatus", "DETACHED")
    drift.save(file)
    drift.save(file)
    monkeypatch.setenv(drift.ENVIRONMENT, str(file))
    assert drift.recorded() == (drift.Drift("kipu", "word", "JobStatus", "DETACHED", 2),)
    file.write_text("{", encoding="utf-8")
    assert drift.recorded() == ()
    monkeypatch.delenv(drift.ENVIRONMENT)
    assert drift.recorded() == ()


def test_the_bug_report_shows_versions_drift_and_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "drift.json"
    monkeypatch.setenv(drift.ENVIRONMENT, str(file))
    monkeypatch.setenv("KQH_PERSONAL_ACCESS_TOKEN", "canary-77")
    drift.note("kipu", "word", "JobStatus", "DETACHED")
    drift.save(file)
    bug_report.show(as_json=False)
    text = capsys.readouterr().out
    assert f"anyqpu {anyqpu.__version__}" in text
    assert "kipu: word 'DETACHED' of JobStatus, 1 times" in text
    assert "token = ***" in text
    assert "canary-77" not in text
    bug_report.show(as_json=True)
    data = json.loads(capsys.readouterr().out)
    assert data["drift"][0]["what"] == "DETACHED"
    assert data["settings"]["kipu"]["token"][0] == "***"


def test_a_process_that_ends_leaves_what_it_met(tmp_path: Path) -> None:
    file = tmp_path / "drift.json"
    code = "from anyqpu import drift; drift.watch(); drift.note('kipu', 'word', 'JobStatus', 'DETACHED')"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, drift.ENVIRONMENT: str(file)})
    assert json.loads(file.read_text(encoding="utf-8")) == [["kipu", "word", "JobStatus", "DETACHED", 1]]
