"""`--cacert` and `--proxy`: what `connect` calls `verify=` and `proxy=`, in the words of the command line."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.cli.shell import run

TOKEN = {"KQH_SERVICE_EXECUTION_TOKEN": "canary"}


def test_a_proxy_that_is_not_an_address_is_named_by_its_option() -> None:
    done = run("devices", "kipu", "--emulator", "--proxy", "http://user:canary@proxy:99999")
    assert done.returncode == 2
    assert done.stderr.startswith("anyqpu: --proxy: not a valid address of a proxy")
    assert "canary" not in done.stderr


def test_a_file_of_authorities_that_does_not_exist_is_named_by_its_option(tmp_path: Path) -> None:
    missing = tmp_path / "ca.pem"
    done = run("jobs", "kipu", "--cacert", missing, **TOKEN)
    assert done.returncode == 2
    assert f"--cacert: no such file or folder: {missing}" in done.stderr


def test_requests_go_through_the_proxy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        place = f"127.0.0.1:{gone.getsockname()[1]}"
    done = run("jobs", "kipu", "--proxy", place, **TOKEN)
    assert done.returncode == 1
    assert f"cannot connect to the proxy {place}: Connection refused" in done.stderr
    assert "--proxy" in done.stderr


def test_an_empty_proxy_connects_directly_whatever_the_variables_say() -> None:
    done = run("devices", "kipu", "--emulator", "--proxy", "", HTTPS_PROXY="http://proxy:99999")
    assert done.returncode == 0, done.stderr
