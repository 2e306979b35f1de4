"""What Toy QPU's API does for the common verbs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from urllib.parse import quote

from anyqpu_raw._core import Operation, Request

from anyqpu.core.adapter import Adapter, Prepared, Submission
from anyqpu.core.arguments import checked_count
from anyqpu.core.checks import checked_shots
from anyqpu.model.counts import Counts
from anyqpu.model.device import Device
from anyqpu.model.job import Job, JobFailure
from anyqpu.model.program import load_program
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.model.status import FailureKind, JobStatus
from anyqpu.paging import Pager, offset
from anyqpu.transport.auth import HeaderAuth

STATUSES = {"waiting": JobStatus.QUEUED, "running": JobStatus.RUNNING, "done": JobStatus.COMPLETED,
            "failed": JobStatus.FAILED, "stopped": JobStatus.CANCELLED}  # fmt: skip


def make_auth(settings: Any, **_: Any) -> HeaderAuth:
    """Return how requests are authenticated: the token as a bearer token."""
    return HeaderAuth({"Authorization": settings.secret("token")}, prefix="Bearer ")


class ToyAdapter(Adapter[Any]):
    """Toy QPU: JSON over HTTP, lists by offset."""

    async def call(self, id: str, method: str, path: str, body: Any = None, **query: object) -> Any:
        """Send a request, and return the JSON of its response."""
        facts: Any = {"id": id, "name": id, "method": method, "path": path, "idempotent": method == "GET"}
        operation = Operation(**facts, tag="", success=(200, 201), auth=(("token",),))
        pairs = tuple((name, str(value)) for name, value in query.items())
        request = Request(method, path, pairs, {}, None if body is None else json.dumps(body).encode())
        return await self.context.transport.call(operation, request, lambda response: json.loads(response.content))

    def pager(self, name: str, path: str, item_of: Any, page_size: int | None, resume_token: str | None) -> Pager[Any]:
        """Return a list of the API."""
        size = 50 if page_size is None else checked_count(page_size, "page_size", "toy", least=1, most=100)
        return offset(
            lambda start: self.call(name, "GET", path, offset=start, limit=size),
            size=size,
            items=lambda page: [item_of(item) for item in page["items"]],
            end=lambda page: page["end"],
            total=lambda page: page["total"],
            identity=lambda item: item.id,
            name=name,
            resume_token=resume_token,
        )

    def devices(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Device]:
        return self.pager("listDevices", "/devices", device_of, page_size, resume_token)

    async def device(self, id: str) -> Device:
        return device_of(await self.of_device(id, self.call("getDevice", "GET", f"/devices/{quote(id, '')}")))

    async def prepare(self, submission: Submission) -> Prepared:
        shots = checked_shots(submission.shots, "toy")
        program = await load_program(submission.program)  # type: ignore[arg-type]
        target = await self.target(submission.device)
        body = {"device": target.id, "shots": shots, "program": program.text, "name": submission.name,
                "tags": [*submission.tags], "key": submission.key}  # fmt: skip

        async def send() -> Job:
            return self.job_of(await self.call("createJob", "POST", "/jobs", body))

        return Prepared(send=send, find=self.find)

    async def job(self, id: str) -> Job:
        return self.job_of(await self.call("getJob", "GET", f"/jobs/{quote(id, '')}"))

    def jobs(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Job]:
        return self.pager("listJobs", "/jobs", self.job_of, page_size, resume_token)

    async def cancel(self, job: Job) -> Job:
        return self.job_of(await self.call("cancelJob", "POST", f"/jobs/{quote(job.id, '')}/cancel"))

    async def result(self, job: Job) -> Result:
        counts = Counts(await self.call("getResult", "GET", f"/jobs/{quote(job.id, '')}/result"))
        return Result(job_id=job.id, provider="toy", items=(ResultItem(kind=ResultKind.COUNTS, counts=counts),))

    def job_of(self, raw: dict[str, Any]) -> Job:
        """Return a job as the API describes it."""
        status = STATUSES.get(raw["status"], JobStatus.UNKNOWN)
        failure = JobFailure(FailureKind.UNKNOWN, (raw["reason"],)) if raw["reason"] else None
        return Job(
            provider="toy", id=raw["id"], device_id=raw["device"], status=status, raw_status=raw["status"],
            status_recognized=raw["status"] in STATUSES, name=raw["name"], tags=tuple(raw["tags"]), shots=raw["shots"],
            created_at=datetime.fromisoformat(raw["created"]), dedup_key=raw["key"], failure=failure, raw=raw,
            _actions=self.context.jobs,
        )  # fmt: skip


def device_of(raw: dict[str, Any]) -> Device:
    """Return a device as the API describes it."""
    return Device(id=raw["id"], provider="toy", name=raw["name"], num_qubits=raw["qubits"], raw=raw)
