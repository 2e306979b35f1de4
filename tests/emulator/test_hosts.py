"""Host and Origin headers: pages of other sites can neither read nor change jobs."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.server import running

# One of each cloud, a token endpoint, a link to a result, the page, and what leads nowhere.
PATHS = [
    "/scaleway/qaas/v1alpha1/jobs",
    "/kipu/quantum/jobs",
    "/kipu/quantum/backends",
    "/kipu/realms/planqk/protocol/openid-connect/token",
    "/pasqal/core-fast/api/v2/jobs",
    "/pasqal/_results/x",
    "/rigetti/v1/reservations",
    "/_control/",
    "/_control/state",
    "/nosuch",
    "/",
]
REBOUND = [
    "evil.example",
    "evil.example:8787",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "192.0.2.7",
    "",
    "[x",
]
OWN = ["127.0.0.1", "127.0.0.1:1", "127.1.2.3", "localhost", "LOCALHOST:8787", "a.b.localhost:1", "[::1]", "[::1]:8787"]


def send(url: str, path: str, method: str = "GET", body: str | None = None, **headers: str) -> tuple[int, str]:
    """Status and body of one request, with exactly these headers."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.putrequest(method, path, skip_host="host" in names)
        for name, value in {"x-auth-token": "t", "authorization": "Bearer t", **names}.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("content-length", str(len(body)))
        connection.endheaders(body.encode() if body is not None else None)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running(seed=1) as url:
        yield url


@pytest.mark.parametrize("host", REBOUND)
def test_requests_under_other_names_are_refused_on_all_paths(server: str, host: str) -> None:
    for path in PATHS:
        status, text = send(server, path, host=host)
        assert status == 421, path
        assert "send requests to 127.0.0.1 or localhost" in text
    assert send(server, "/kipu/quantum/jobs", "POST", "{}", host=host)[0] == 421
    assert send(server, "/_control/health", host=host)[0] == 200, "orchestrators probe it, and it says nothing"


@pytest.mark.parametrize("host", OWN)
def test_requests_to_this_machine_are_served(server: str, host: str) -> None:
    for path in ("/kipu/quantum/jobs", "/_control/state"):
        assert send(server, path, host=host)[0] == 200


def test_the_refusal_says_what_to_do_and_is_only_text(server: str) -> None:
    status, text = send(server, "/kipu/quantum/jobs", host="emulator:8787")
    assert (status, "start it with --allow-host emulator, or" in text) == (421, True)
    response = httpx.get(f"{server}/kipu/quantum/jobs", headers={"host": "<script>"})
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_request_without_a_host_is_refused(server: str) -> None:
    """HTTP/1.0 allows it."""
    parts = urlsplit(server)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        connection.sendall(b"GET /kipu/quantum/jobs HTTP/1.0\r\nx-auth-token: t\r\n\r\n")
        assert connection.makefile("rb").readline().split()[1] == b"421"


def test_names_that_are_allowed() -> None:
    with running(allow_hosts=["Emulator:8787", "*.internal", "2001:db8::1"]) as url:
        for host in ("emulator", "EMULATOR:1", "a.internal:8787", "[2001:db8::1]:8787", "localhost"):
            assert send(url, "/kipu/quantum/jobs", host=host)[0] == 200, host
            assert send(url, "/_control/state", host=host)[0] == 200, host
        for host in ("other", "internal", "xinternal", "evil.example"):
            assert send(url, "/kipu/quantum/jobs", host=host)[0] == 421, host
    with running(allow_hosts=["*"]) as url:
        assert send(url, "/kipu/quantum/jobs", host="anything.example")[0] == 200


@pytest.mark.anyio
@pytest.mark.parametrize("base", ["http://testserver", "http://x.test:8080", "http://192.0.2.7"])
async def test_in_the_same_process_any_base_url_works(emulator: Emulator, base: str) -> None:
    """No web page reaches an application that has no socket, so the check is the server's."""
    transport = httpx.ASGITransport(emulator.app)
    async with httpx.AsyncClient(transport=transport, base_url=base, headers={"x-auth-token": "t"}) as client:
        assert (await client.get("/kipu/quantum/jobs")).status_code == 200


ORIGINS = [
    ("http://127.0.0.1:{port}", 200),
    ("http://localhost:{port}", 403),
    ("http://127.0.0.1", 403),
    ("https://evil.example", 403),
    ("null", 403),
    ("", 403),
    ("http://[", 403),
]


@pytest.mark.parametrize(("origin", "status"), ORIGINS)
def test_pages_of_other_origins_do_not_control_it(server: str, origin: str, status: int) -> None:
    origin = origin.format(port=urlsplit(server).port)
    for path in ("/_control/", "/_control/state", "/_control/requests"):
        assert send(server, path, origin=origin)[0] == status, path
    kind = "application/json"
    assert send(server, "/_control/clock", "POST", '{"rate": 1}', content_type=kind, origin=origin)[0] == status
    assert send(server, "/_control/faults", "DELETE", origin=origin)[0] == status


def emulate(*options: str) -> tuple[dict[str, Any], subprocess.Popen[str]]:
    """Start `anyqpu emulate`; the line of JSON that it prints when it is ready."""
    code = "from anyqpu_cli import main; main()"
    command = [sys.executable, "-c", code, "emulate", "--port", "0", "--json", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return json.loads(process.stdout.readline()), process


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_the_command_line_names_the_option_and_has_it() -> None:
    hint = "Add --allow-host NAME for each name or address by which clients reach this machine"
    for options, hosts, hinted in (
        (("--host", "0.0.0.0"), {"lab-7": 421, "0.0.0.0": 200}, True),
        (("--host", "0.0.0.0", "--allow-host", "lab-7", "--allow-host", "b"), {"lab-7": 200, "b:1": 200}, False),
        ((), {"lab-7": 421, "localhost": 200}, False),
    ):
        printed, process = emulate(*options)
        try:
            url = printed["url"].replace("0.0.0.0", "127.0.0.1")
            for host, status in hosts.items():
                assert send(url, "/kipu/quantum/jobs", host=host)[0] == status
        finally:
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
        assert (hint in errors) is hinted
