"""A client of a server whose behaviour a test defines."""

from __future__ import annotations

from typing import Any

import anyqpu
from anyqpu.providers.kipu import KipuClient
from tests.support.server import Server, ServerResponse

JOB = "5904a9f2-f43b-453d-9d08-beedcdb93e54"
RUNNING = ServerResponse.of_json({"status": "RUNNING"})
STATUS = f"/jobs/{JOB}/status"
CANARY = "canary-1f9a2c"


def kipu_at(server: Server, **options: Any) -> KipuClient:
    """A client whose token must never be seen."""
    return anyqpu.connect("kipu", **{"base_url": server.url, "token": CANARY, **options})  # type: ignore[call-overload,no-any-return]
