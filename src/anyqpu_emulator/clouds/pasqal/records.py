"""Batches, jobs and workloads."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anyqpu_emulator.lifecycle import Job, State
from anyqpu_emulator.record import Record
from anyqpu_emulator.workers import Compute, Failure

from .submission import BatchSpec, JobSpec

TYPES = ("algorithm_dqgm", "qadence_circuit", "algorithm_pde_basf", "algorithm_pde_equality", "algorithm_qel_posco")
JOB_STATUS = {
    State.QUEUED: "PENDING",
    State.RUNNING: "RUNNING",
    State.COMPLETED: "DONE",
    State.FAILED: "ERROR",
    State.CANCELLED: "CANCELED",
}


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job of a batch; `order` counts from 1 within it."""

    job: Job
    spec: JobSpec
    batch: BatchRecord
    order: int
    parent_id: str | None = None

    @property
    def id(self) -> str:
        """The job's UUID."""
        return self.job.id

    @property
    def status(self) -> str:
        """The cloud's word for the job's state at the last poll."""
        return JOB_STATUS[self.job.state]

    @property
    def errors(self) -> list[str] | None:
        """Why it failed, once it has."""
        failure = self.job.failure
        return None if failure is None else [failure.message]

    @property
    def result(self) -> dict[str, Any] | None:
        """The result, once there is one."""
        result = self.job.result
        return None if result is None else json.loads(result)


@dataclass(eq=False, slots=True)
class BatchRecord(Record):
    """A batch. Times are the clock's monotonic seconds."""

    spec: BatchSpec
    user_id: str
    created_at: float
    number: int
    parent_id: str | None = None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    jobs: list[JobRecord] = field(default_factory=list[JobRecord])
    child_ids: list[str] = field(default_factory=list[str])
    tags: list[str] = field(default_factory=list[str])
    open: bool = False
    changed_at: float = 0.0
    canceled_at: float | None = None


@dataclass(frozen=True, slots=True)
class WorkloadRecord:
    """A program that the cloud runs as a whole."""

    job: Job
    project_id: str
    user_id: str
    workload_type: str
    backend: str
    config: dict[str, Any]


def echo(kind: str, config: dict[str, Any]) -> Compute:
    """Return the computation of a workload."""

    def compute(stopped: Callable[[], bool]) -> bytes | Failure:
        if kind not in TYPES:
            return Failure("UNKNOWN_TYPE", f"there is no workload type {kind!r}; known are {', '.join(TYPES)}")
        return json.dumps({"emulated": True, "workload_type": kind, "config": config}).encode()

    return compute
