"""Emulators for synchronous tests, in a server of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from anyqpu_emulator.server import running


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """An emulator whose jobs end at once."""
    with running(seed=1) as address:
        yield address


@pytest.fixture(scope="session")
def slow_url() -> Iterator[str]:
    """An emulator whose jobs take minutes."""
    with running(seed=1, speed="real") as address:
        yield address
