"""The cloud of the toy provider: a server in this process that runs two programs."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

DEVICES = [{"id": f"toy-{name}", "name": f"Toy {name}", "qubits": 2} for name in ("one", "two", "three", "four")]
FINAL = ("done", "failed", "stopped")


class ToyCloud:
    """A cloud whose jobs advance by one status with each request for them, unless they are held."""

    def __init__(self) -> None:
        self.jobs: dict[str, dict[str, Any]] = {}
        self.held: set[str] = set()
        self.broken: int | None = None
        self.began = datetime.now(UTC)

    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self.respond)

    def respond(self, request: httpx.Request) -> httpx.Response:
        headers = {"x-request-id": uuid.uuid4().hex}
        status, body = self._response(request)
        return httpx.Response(status, json=body, headers=headers)

    def _response(self, request: httpx.Request) -> tuple[int, Any]:
        if self.broken is not None:
            return self.broken, {"message": "broken by the test"}
        if not request.headers.get("authorization", "").startswith("Bearer "):
            return 401, {"message": "no token"}
        parts = request.url.path.split("/")[2:]
        match request.method, parts:
            case "GET", ["devices"]:
                return 200, page(DEVICES, request)
            case "GET", ["devices", id]:
                devices = [device for device in DEVICES if device["id"] == id]
                return (200, devices[0]) if devices else (404, {"message": "no such device"})
            case "POST", ["jobs"]:
                return 201, self._create(json.loads(request.content))
            case "GET", ["jobs"]:
                return 200, page([*self.jobs.values()][::-1], request)
        job = self.jobs.get(parts[1])
        if job is None:
            return 404, {"message": "no such job"}
        match request.method, parts[2:]:
            case "GET", []:
                self._advance(job)
                return 200, job
            case "POST", ["cancel"]:
                if job["status"] in FINAL:
                    return 409, {"message": f"the job is {job['status']}"}
                job["status"] = "stopped"
                return 200, job
            case "GET", ["result"]:
                shots = job["shots"]
                return 200, {"00": shots // 2, "11": shots - shots // 2} if "cx" in job["program"] else {"01": shots}
        return 404, {"message": "no such operation"}

    def _create(self, body: dict[str, Any]) -> dict[str, Any]:
        created = self.began + timedelta(seconds=len(self.jobs))
        job = {**body, "id": uuid.uuid4().hex, "status": "waiting", "reason": None, "created": created.isoformat()}
        self.jobs[job["id"]] = job
        return job

    def _advance(self, job: dict[str, Any]) -> None:
        if job["id"] not in self.held and job["status"] not in FINAL:
            job["status"] = {"waiting": "running", "running": "done"}[job["status"]]

    def fail(self, id: str, reason: str) -> None:
        self.jobs[id].update(status="failed", reason=reason)


def page(rows: list[Any], request: httpx.Request) -> dict[str, Any]:
    start, limit = int(request.url.params["offset"]), int(request.url.params["limit"])
    items = rows[start : start + limit]
    return {"items": items, "end": start + len(items), "total": len(rows)}
