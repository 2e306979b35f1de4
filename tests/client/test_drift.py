"""What a cloud sends and its API document lacks is counted, logged once, and kept in a file on request."""

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
from anyqpu_raw._core import unknown_fields

import anyqpu
from anyqpu import RetryPolicy, drift, errors
from anyqpu_cli import bug_report

pytestmark = pytest.mark.anyio
JOB: dict[str, Any] = {"id": "1", "status": "EVAPORATED", "colour": "blue"}


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    drift.forget()
    yield
    drift.forget()


def kipu_responding(status: int, body: object) -> Any:
    transport = httpx.MockTransport(lambda request: httpx.Response(status, json=body))
    return anyqpu.connect("kipu", token="t", transport=transport, retry=RetryPolicy(attempts=1))


async def test_unknown_words_and_fields_are_counted_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "anyqpu.drift"):
        async with kipu_responding(200, JOB) as kipu:
            for _ in range(3):
                await kipu.job("1")
    assert set(drift.seen()) == {
        drift.Drift("kipu", "word", "JobStatus", "EVAPORATED", 3),
        drift.Drift("kipu", "field", "Job", "colour", 3),
    }
    assert len([record for record in caplog.records if record.name == "anyqpu.drift"]) == 2


def test_a_client_in_another_package_is_counted_for_its_provider() -> None:
    drift.watch()
    unknown_fields("acme_package.raw.acme.models.job", {"colour": "blue"})
    assert drift.seen() == (drift.Drift("acme", "field", "Job", "colour", 1),)


async def test_a_body_that_lacks_what_it_must_have_is_counted_too() -> None:
    async with kipu_responding(200, {"status": "RUNNING"}) as kipu:
        with pytest.raises(errors.UnexpectedResponseError):
            await kipu.raw.get_job("1")
    assert drift.Drift("kipu", "missing", "getJob", "the body lacks 'id'", 1) in drift.seen()


async def test_a_status_that_is_not_documented_is_counted_and_one_that_is_is_not() -> None:
    for status in (418, 404):
        async with kipu_responding(status, {}) as kipu:
            with pytest.raises(errors.APIError):
                await kipu.raw.get_job("1")
    assert [(entry.kind, entry.what) for entry in drift.seen()] == [("status", "418")]


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


def test_processes_add_to_a_file_if_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "deep" / "drift.json"
    drift.note("kipu", "word", "JobStatus", "EVAPORATED")
    drift.save(file)
    drift.save(file)
    monkeypatch.setenv(drift.ENVIRONMENT, str(file))
    assert drift.recorded() == (drift.Drift("kipu", "word", "JobStatus", "EVAPORATED", 2),)
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
    drift.note("kipu", "word", "JobStatus", "EVAPORATED")
    drift.save(file)
    bug_report.show(as_json=False)
    text = capsys.readouterr().out
    assert f"anyqpu {anyqpu.__version__}" in text
    assert "kipu: word 'EVAPORATED' of JobStatus, 1 times" in text
    assert "token = ***" in text
    assert "canary-77" not in text
    bug_report.show(as_json=True)
    data = json.loads(capsys.readouterr().out)
    assert data["drift"][0]["what"] == "EVAPORATED"
    assert data["settings"]["kipu"]["token"][0] == "***"


def test_a_process_that_ends_leaves_what_it_met(tmp_path: Path) -> None:
    file = tmp_path / "drift.json"
    code = "from anyqpu import drift; drift.watch(); drift.note('kipu', 'word', 'JobStatus', 'EVAPORATED')"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, drift.ENVIRONMENT: str(file)})
    assert json.loads(file.read_text(encoding="utf-8")) == [["kipu", "word", "JobStatus", "EVAPORATED", 1]]


def damaged(folder: Path, kind: str) -> Path:
    """A path at which no file can be written, or one that holds something else."""
    file = folder / "drift.json"
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case "below a file":
            file.write_text("")
            return file / "drift.json"
        case "null character":
            return folder / "a\0b"
        case "a name that is too long":
            return folder / ("x" * 300)
        case _:
            raise AssertionError(kind)
    return file


@pytest.mark.parametrize("kind", ["folder", "pipe", "below a file", "null character", "a name that is too long"])
def test_a_file_that_cannot_be_written_is_one_warning(
    kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    drift.note("kipu", "word", "JobStatus", "EVAPORATED")
    file = damaged(tmp_path, kind)
    caplog.clear()
    drift.save(file)
    assert [record.levelname for record in caplog.records if record.name == "anyqpu.drift"] == ["WARNING"]
    assert drift.ENVIRONMENT in caplog.text


@pytest.mark.parametrize(
    "content",
    [
        *(
            b"",
            b"{",
            b"5",
            b"null",
            b'"text"',
            b"[[[[[",
            b"[" * 200_000,
            b"\xff\xfe",
            b"[1]",
            b'[["a"]]',
            b" " * 3_000_000,
        ),
        *(b'[["kipu", "word", "a", "b", "many"]]', b'[["kipu", "word", "a", "b", 1e400]]', b'[["kipu", 1, 2, 3, 4]]'),
        b'[["kipu", "word", "a", "b", -5]]',
        b'[["kipu", "word", "a", "b", ' + b"9" * 5000 + b"]]",
    ],
    ids=lambda content: ascii(content[:40]),
)
def test_a_damaged_file_is_replaced_and_breaks_nothing(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "drift.json"
    file.write_bytes(content)
    monkeypatch.setenv(drift.ENVIRONMENT, str(file))
    assert drift.recorded() == ()
    drift.note("kipu", "word", "JobStatus", "EVAPORATED")
    drift.save(file)
    if len(content) < 2_000_000:
        assert drift.recorded() == (drift.Drift("kipu", "word", "JobStatus", "EVAPORATED", 1),)


def test_a_full_disk_keeps_what_the_file_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "drift.json"
    drift.note("kipu", "word", "JobStatus", "EVAPORATED")
    drift.save(file)
    before = file.read_bytes()

    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    drift.save(file)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]
    assert "No space left on device" in caplog.text


@pytest.mark.parametrize("kind", ["folder", "pipe", "below a file"])
def test_a_process_ends_as_usual_where_its_file_cannot_be_written(kind: str, tmp_path: Path) -> None:
    code = "from anyqpu import drift; drift.watch(); drift.note('kipu', 'word', 'JobStatus', 'X'); print('output')"
    environment = {**os.environ, drift.ENVIRONMENT: str(damaged(tmp_path, kind))}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert (done.returncode, done.stdout) == (0, "output\n")
    assert "Traceback" not in done.stderr


def test_a_word_of_a_server_is_one_short_line_without_a_credential(caplog: pytest.LogCaptureFixture) -> None:
    drift.note("kipu", "word", "JobStatus", "\x1b]0;x\x07" + "token=canary-1 " + "x" * 5000)
    [seen] = drift.seen()
    assert seen.what.isprintable()
    assert len(seen.what) <= drift.LONGEST
    assert "canary" not in seen.what + caplog.text


def test_what_is_counted_is_bounded() -> None:
    """A response of thousands of odd words costs no more than the first thousand."""
    drift.forget()
    for number in range(drift.MOST + 500):
        drift.note("kipu", "field", "models.job", f"odd{number}")
    drift.note("kipu", "field", "models.job", "odd7")
    counts = {entry.what: entry.count for entry in drift.seen()}
    assert (len(counts), counts["odd7"], counts["odd8"]) == (drift.MOST, 2, 1)
    drift.forget()
