"""Layers that only forward are gone: how many of our functions are between a call and the wire."""

from __future__ import annotations

import pytest

from scripts.bench import frames

pytestmark = pytest.mark.anyio


async def test_a_request_and_a_poll_pass_few_frames(anyio_backend: str) -> None:
    passed = await frames.measure()
    assert len(passed["request below raw"]) <= 6, passed["request below raw"]
    assert len(passed["poll"]) <= 12, passed["poll"]
