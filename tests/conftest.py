"""What all tests share: both event loops, a clean environment, and nobody who blocks the loop."""

from __future__ import annotations

import logging
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


class _Listener(logging.Handler):
    """Hears all that the package and the HTTP library log, however quietly."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.leaks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        if "canary" in text:
            self.leaks.append(f"{record.name}: {text}")


@pytest.fixture(autouse=True, scope="session")
def no_secret_is_logged() -> Iterator[None]:
    """Over the whole suite: tests use tokens and passwords with `canary` in them, and no log line may show one."""
    listener = _Listener()
    loggers = [logging.getLogger(name) for name in ("anyqpu", "httpx", "httpcore", "httpx2", "httpcore2")]
    for logger in loggers:
        logger.addHandler(listener)
        logger.setLevel(logging.DEBUG)
    yield
    for logger in loggers:
        logger.removeHandler(listener)
    assert not listener.leaks, "\n".join(listener.leaks[:20])


@pytest.fixture(autouse=True)
def nothing_blocks() -> Iterator[BlockBuster]:
    """A call that blocks the event loop, made from our own code, is an error."""
    with blockbuster_ctx(scanned_modules=["anyqpu", "anyqpu_raw"]) as buster:
        # `connect` is no coroutine: it reads small configuration files where it is called.
        for function in buster.functions.values():
            function.can_block_in("anyqpu/config/files.py", "_content")
        yield buster
