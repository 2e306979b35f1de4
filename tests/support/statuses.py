"""Kipu jobs that complete after a set number of status requests."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.server import Seen, ServerResponse


class Statuses:
    """Kipu's job endpoints, single and listed; a job is complete at its `polls`-th request."""

    def __init__(self, polls: int) -> None:
        self.polls = polls
        self.seen_of: Counter[str] = Counter()

    async def respond(self, seen: Seen) -> ServerResponse:
        if seen.path == "/jobs":
            return ServerResponse.of_json(self._page(seen))
        job = seen.path.split("/")[2]
        self.seen_of[job] += seen.path.endswith("/status")
        return ServerResponse.of_json(self._view(job))

    def _page(self, seen: Seen) -> dict[str, Any]:
        query = parse_qs(urlsplit(seen.target).query)
        number, size = int(query["page"][0]), int(query["size"][0])
        jobs = list(self.seen_of)[number * size : (number + 1) * size]
        self.seen_of.update(jobs)
        return {"content": [self._view(job) for job in jobs], "total_elements": len(self.seen_of)}

    def _view(self, job: str) -> dict[str, Any]:
        return {"id": job, "status": "COMPLETED" if self.seen_of[job] >= self.polls else "RUNNING"}
