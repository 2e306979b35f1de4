"""What all tests share: both event loops, a clean environment, and nobody who blocks the loop."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from blockbuster import BlockBuster, blockbuster_ctx

# Everything from which a client takes settings: a developer's own must not reach the tests.
VARIABLES = (
    "ANYQPU_",
    "APPDATA",
    "CIRQ_SCALEWAY_",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "KIPU_",
    "KQH_",
    "LOCALAPPDATA",
    "PASQAL_",
    "PLANQK_",
    "PULSER_SCALEWAY_",
    "QCS_",
    "QHUB_",
    "QISKIT_SCALEWAY_",
    "SCALEWAY_",
    "SCW_",
    "SERVICE_EXECUTION_",
    "XDG_",
)


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Every test marked `anyio` runs twice: on asyncio and on trio."""
    return str(request.param)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No settings but those that a test makes."""
    for name in list(os.environ):
        if name.upper().startswith(VARIABLES):
            monkeypatch.delenv(name)
    home = str(tmp_path_factory.getbasetemp() / "empty-home")
    monkeypatch.setenv("HOME", home)
    monkeypatch.setenv("USERPROFILE", home)


@pytest.fixture(autouse=True)
def nothing_blocks() -> Iterator[BlockBuster]:
    """A call that blocks the event loop, made from our own code, is an error."""
    with blockbuster_ctx(scanned_modules=["anyqpu", "anyqpu_raw"]) as buster:
        # `connect` is no coroutine: it reads small configuration files where it is called.
        for function in buster.functions.values():
            function.can_block_in("anyqpu/config/files.py", "_content")
        yield buster
