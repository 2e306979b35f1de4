"""What all tests share: both event loops, a clean environment, and nobody who blocks the loop."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from blockbuster import BlockBuster, blockbuster_ctx

# Everything from which a client takes settings: a developer's own must not reach the tests.
VARIABLES = ("ANYQPU_", "KQH_", "PLANQK_", "SCW_", "PASQAL_", "QCS_", "SERVICE_EXECUTION_")


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Every test marked `anyio` runs twice: on asyncio and on trio."""
    return str(request.param)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those that a test makes."""
    for name in list(os.environ):
        if name.startswith(VARIABLES):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def nothing_blocks() -> Iterator[BlockBuster]:
    """A call that blocks the event loop, made from our own code, is an error."""
    with blockbuster_ctx(scanned_modules=["anyqpu", "anyqpu_raw"]) as buster:
        yield buster
