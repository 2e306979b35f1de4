"""A server of job statuses in a process of its own, so that a measured loop holds the client's work alone.

python -m scripts.prove.statuses LOOKS      prints its address; a job is complete at its LOOKS-th look
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import anyio
import anyio.to_thread

from scripts.prove.server import Reply, Seen, serving


class Statuses:
    """Jobs in the manner of Kipu, one by one or listed; each is complete when it was looked at often enough."""

    def __init__(self, looks: int) -> None:
        self.looks = looks
        self.seen_of: Counter[str] = Counter()

    async def answer(self, seen: Seen) -> Reply:
        if seen.path == "/jobs":
            return Reply.of_json(self._page(seen))
        job = seen.path.split("/")[2]
        self.seen_of[job] += seen.path.endswith("/status")
        return Reply.of_json(self._view(job))

    def _page(self, seen: Seen) -> dict[str, Any]:
        query = parse_qs(urlsplit(seen.target).query)
        number, size = int(query["page"][0]), int(query["size"][0])
        some = list(self.seen_of)[number * size : (number + 1) * size]
        self.seen_of.update(some)
        return {"content": [self._view(job) for job in some], "total_elements": len(self.seen_of)}

    def _view(self, job: str) -> dict[str, Any]:
        return {"id": job, "status": "COMPLETED" if self.seen_of[job] >= self.looks else "RUNNING"}


async def serve(looks: int) -> None:
    async with serving(Statuses(looks).answer) as server:
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
