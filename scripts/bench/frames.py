"""Count the frames of our code on the way from a call to the socket: `python -m scripts.bench.frames`.

A request is sent over a real socket to a server on this machine; where it is written, the frames above are counted.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import anyio

import anyqpu
from anyqpu.transport.network import Stream
from tests.support.server import Seen, ServerResponse, serving

ROOT = Path(__file__).parents[2]
JOB = {"id": "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10", "status": "COMPLETED", "backend_id": "kipu.sim.qsim"}
LIMITS = {"request below raw": 6, "poll": 12}


def frames_above(frame: FrameType | None) -> list[str]:
    """Return the frames of our packages above a frame, from the inside to the outside, as `file:function`."""
    frames: list[str] = []
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT / "src") or path.is_relative_to(ROOT / "generated"):
            package = ROOT / ("src" if path.is_relative_to(ROOT / "src") else "generated")
            frames.append(f"{path.relative_to(package)}:{frame.f_code.co_name}")
        frame = frame.f_back
    return frames


async def measure() -> dict[str, list[str]]:
    """Return the frames of a request and of a poll."""
    stacks: list[list[str]] = []
    write = Stream.write

    async def recorded(self: Stream, buffer: bytes, timeout: float | None = None) -> None:
        # One more than the frames of this function: that of the method that it stands for.
        stacks.append(["anyqpu/transport/network.py:write", *frames_above(sys._getframe().f_back)])
        await write(self, buffer, timeout)

    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json(JOB if not seen.path.endswith("/status") else {"status": "RUNNING"})

    Stream.write = recorded  # type: ignore[method-assign]
    try:
        async with serving(respond) as server, anyqpu.connect("kipu", base_url=server.url, token="t") as kipu:
            await kipu.raw.get_job(JOB["id"])
            request = stacks[-1]
            job: Any = await kipu.job(JOB["id"])
            running = replace(job, status=anyqpu.JobStatus.RUNNING, raw_status="RUNNING")
            stacks.clear()
            with suppress(anyqpu.errors.WaitTimeoutError):
                await running.wait(timeout=0.5)
            return {"request below raw": [f for f in request if not f.startswith("anyqpu_raw")], "poll": stacks[0]}
    finally:
        Stream.write = write  # type: ignore[method-assign]


def main() -> int:
    """Print the counts; 1 if one is above its limit."""
    frames_of = anyio.run(measure)
    for name, frames in frames_of.items():
        print(f"{name}: {len(frames)} frames, at most {LIMITS[name]}")
        for frame in frames:
            print(f"    {frame}")
    return 1 if any(len(frames) > LIMITS[name] for name, frames in frames_of.items()) else 0


if __name__ == "__main__":
    sys.exit(main())
