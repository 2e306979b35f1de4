"""What all clouds share: request ids, unknown places, compressed bodies, nothing that is a 500."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest
from starlette.types import Receive, Scope, Send

import anyqpu_emulator
from anyqpu_emulator import Emulator
from anyqpu_emulator.http import MAX_BODY, Frame

from .conftest import BELL, CLOUDS, kipu, qasm_job

pytestmark = pytest.mark.anyio


async def test_health(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        response = await client.get("http://emulator/_control/health")
    assert response.json() == {"status": "ok", "version": anyqpu_emulator.__version__, "clouds": CLOUDS}


async def test_request_ids(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        ids = {(await client.get(path)).headers["x-request-id"] for path in ("/jobs", "/nosuch", "http://emulator/")}
        assert len(ids) == 3
        own = await client.get("/jobs", headers={"x-request-id": "mine-1"})
        assert own.headers["x-request-id"] == "mine-1"
        odd = await client.get("/jobs", headers={"x-request-id": "a" * 1000})
        assert len(odd.headers["x-request-id"]) < 100


@pytest.mark.parametrize("path", ["http://emulator/", "http://emulator/nosuch", "/nosuch", "/jobs/", "/backends/a/b/c"])
async def test_unknown_places(emulator: Emulator, path: str) -> None:
    async with kipu(emulator) as client:
        response = await client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["title"] == "Not Found"


async def test_wrong_method(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        response = await client.put("/backends")
        assert (response.status_code, response.json()["status"]) == (405, 405)
        assert "GET" in response.headers["allow"]


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_compressed_bodies(emulator: Emulator, encoding: str, pack) -> None:
    content = pack(json.dumps(qasm_job(BELL)).encode())
    async with kipu(emulator) as client:
        created = await client.post("/jobs", content=content, headers={"content-encoding": encoding})
        assert created.status_code == 201


@pytest.mark.parametrize(
    ("encoding", "content", "status"),
    [
        ("gzip", b"not gzip", 400),
        ("gzip", gzip.compress(b"{}" * 1000, mtime=0)[:-20], 400),
        ("br", b"", 415),
        ("gzip", gzip.compress(b" " * (MAX_BODY + 1)), 413),
    ],
)
async def test_bad_compressed_bodies(emulator: Emulator, encoding: str, content: bytes, status: int) -> None:
    async with kipu(emulator) as client:
        response = await client.post("/jobs", content=content, headers={"content-encoding": encoding})
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"


async def test_a_bug_is_a_problem_too(emulator: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError("a bug")

    emulator.app = Frame(broken)
    async with kipu(emulator) as client:
        response = await client.get("http://emulator/")
    assert response.status_code == 500
    assert "a bug" not in response.text
    assert "a bug" in caplog.text
