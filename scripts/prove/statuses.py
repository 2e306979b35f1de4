"""A server of job statuses in a process of its own, so that a measured loop holds the client's work alone.

python -m scripts.prove.statuses LOOKS      prints its address; a job is complete at its LOOKS-th look
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import anyio.to_thread

from scripts.prove.server import Reply, Seen, serving


async def serve(looks: int) -> None:
    seen_of: Counter[str] = Counter()

    async def answer(seen: Seen) -> Reply:
        job = seen.path.split("/")[2]
        seen_of[job] += seen.path.endswith("/status")
        return Reply.of_json({"id": job, "status": "COMPLETED" if seen_of[job] >= looks else "RUNNING"})

    async with serving(answer) as server:
        print(server.url, flush=True)
        await anyio.sleep_forever()


@asynccontextmanager
async def in_a_process(looks: int) -> AsyncGenerator[str]:
    """Run the server; yields its address."""
    command = [sys.executable, "-m", "scripts.prove.statuses", str(looks)]
    process = await anyio.open_process(command, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout is not None
        yield (await process.stdout.receive()).decode().strip()
    finally:
        process.kill()
        with anyio.CancelScope(shield=True):
            await process.aclose()


if __name__ == "__main__":
    anyio.run(serve, int(sys.argv[1]))
