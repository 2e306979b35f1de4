"""Over a real socket, and how the package behaves on import."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from contextlib import suppress

import httpx
import pytest

import anyqpu_emulator
from anyqpu_emulator import server
from anyqpu_emulator.server import ServeError, running

from .conftest import CLOUDS, X0, qasm_job

TIMEOUT = 120.0


def emulator_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name.startswith("anyqpu-emulator")}


def test_a_job_over_a_socket() -> None:
    # Other tests may have a server of their own running.
    before = emulator_threads()
    with running(seed=1, require_token="t") as url:
        assert url.startswith("http://127.0.0.1:")
        with httpx.Client(base_url=f"{url}/kipu/quantum", headers={"X-Auth-Token": "t"}, timeout=TIMEOUT) as client:
            job = client.post("/jobs", json=qasm_job(X0)).json()["id"]
            for _ in range(1000):
                if client.get(f"/jobs/{job}/status").json()["status"] == "COMPLETED":
                    break
            assert client.get(f"/jobs/{job}/result").json()["counts"] == {"10": 100}
            assert client.get("/jobs", headers={"X-Auth-Token": "other"}).status_code == 401
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/_control/health", timeout=TIMEOUT)
    assert emulator_threads() <= before


def test_two_at_a_time_and_a_taken_port() -> None:
    with running() as one, running() as two:
        assert one != two
        with pytest.raises(ServeError, match="is in use") as caught, running(port=int(one.rsplit(":", 1)[1])):
            pass
        assert caught.value.exit_code == 1
        assert httpx.get(f"{two}/_control/health", timeout=TIMEOUT).json()["status"] == "ok"


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("127.0.0.1", 70000)])
def test_an_address_that_is_not_ours(host: str, port: int) -> None:
    with pytest.raises(ServeError, match=f"cannot listen on {host}"), running(host, port):
        pass


def test_serve_prints_where_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    served = []
    monkeypatch.setattr("uvicorn.Server.run", lambda self, sockets: served.append(sockets[0].getsockname()[1]))
    server.serve(port=0, speed="real", seed=3)
    out = capsys.readouterr().out
    assert f"http://127.0.0.1:{served[0]} (speed real)" in out
    assert f"http://127.0.0.1:{served[0]}/kipu" in out


def test_serve_ends_quietly_when_interrupted() -> None:
    code = "from anyqpu_emulator import serve; serve(port=0)"
    command = [sys.executable, "-W", "error", "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[3]
        try:
            for _ in range(200):
                with suppress(httpx.ConnectError):
                    assert httpx.get(f"{url}/_control/health", timeout=TIMEOUT).json()["clouds"] == CLOUDS
                    break
        finally:
            # Whatever was wrong, no server stays behind.
            process.send_signal(signal.SIGINT)
            _out, errors = process.communicate(timeout=TIMEOUT)
    assert (process.returncode, errors) == (0, "")


def test_public_names_are_lazy() -> None:
    code = (
        "import sys, anyqpu_emulator; heavy = {'numpy', 'starlette', 'uvicorn', 'anyio'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules);"
        "anyqpu_emulator.Emulator().close();"
        "assert not any(name.split('.')[0] in ('anyqpu', 'anyqpu_raw') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=240)
    assert set(anyqpu_emulator.__all__) == {"Emulator", "serve", "__version__"}
    with pytest.raises(AttributeError, match="nosuch"):
        anyqpu_emulator.nosuch  # noqa: B018
