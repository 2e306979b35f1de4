"""docs/testing.md: its tests pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio.to_thread
import pytest

from anyqpu.testing import EmulatedClouds, emulated
from tests.docs.test_pages import blocks_of

pytestmark = pytest.mark.anyio
PAGE = Path(__file__).parents[2] / "docs" / "testing.md"


async def test_what_the_page_shows_passes() -> None:
    names: dict[str, Any] = {}
    for block in blocks_of(PAGE):
        exec(block, names)
    await names["test_toss"]()

    async def failing(kipu: Any) -> Any:
        job = await kipu.submit(PAGE.parents[1] / "examples" / "bell.qasm", device="kipu.sim.qsim", shots=10)
        await anyio.to_thread.run_sync(clouds.emulator.wait_for_computations)
        return job

    async with emulated() as clouds:
        await names["test_what_happens_when_the_cloud_is_down"](clouds, clouds.connect("kipu"))
    async with emulated() as clouds:
        await names["test_what_happens_when_a_job_fails"](clouds, clouds.connect("kipu"), failing)


def test_the_page_names_every_public_name() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in ("emulated", "retries_off", "emulator", "kipu", "scaleway", "pasqal", "rigetti", "anyqpu_emulator"):
        assert f"`{name}" in text
    for name in ("faults", "move", "set_pace", "advance", "now"):
        assert hasattr(EmulatedClouds, name) or name == "faults"
        assert name in text
