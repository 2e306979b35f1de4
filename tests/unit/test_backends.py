"""The suite's own promises: two event loops, and a blocked loop is noticed."""

from __future__ import annotations

import time

import pytest
import sniffio
from blockbuster import BlockingError, blockbuster_ctx

pytestmark = pytest.mark.anyio


async def test_each_test_runs_on_the_loop_it_names(anyio_backend: str) -> None:
    assert sniffio.current_async_library() == anyio_backend


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_blocking_call_is_noticed(anyio_backend: str) -> None:
    with blockbuster_ctx(), pytest.raises(BlockingError):
        time.sleep(0.01)  # noqa: ASYNC251
