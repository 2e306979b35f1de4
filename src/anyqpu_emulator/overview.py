"""Devices, jobs and sessions of all clouds, for `/_control/state` and the page."""

from __future__ import annotations

import json
import weakref
from collections import Counter
from collections.abc import Sequence
from typing import Any

from .clock import utc
from .clouds import Cloud
from .effects import Effect, count, effect
from .lifecycle import Job, Scheduler, State
from .rules import Strictness
from .shapes import is_list
from .shot_summary import shot_summary

MOST_PROGRAM = 20_000
"""Characters of a program that are shown."""


class Overview:
    """Views of the clouds of one emulator."""

    def __init__(
        self, clouds: Sequence[Cloud], scheduler: Scheduler, strictness: Strictness, *, noise: bool = False
    ) -> None:
        """Summaries of shots are computed once for each job."""
        self._clouds = clouds
        self._scheduler = scheduler
        self._strictness, self._noise = strictness, noise
        self._charts: weakref.WeakKeyDictionary[Job, dict[str, float] | None] = weakref.WeakKeyDictionary()

    def state(self, limit: int) -> dict[str, Any]:
        """Devices with their queues, the newest jobs and sessions, oldest first, and how many there are of each."""
        jobs, sessions, resources = self._rows()
        by_state = Counter(str(job["status"]) for job in jobs)
        newest = sorted(jobs, key=lambda job: str(job["created_at"]))[-limit:]
        sessions.sort(key=lambda session: str(session["created_at"]))
        return {
            "devices": self._devices(jobs),
            "jobs": [self._job(job) for job in newest],
            "sessions": sessions[-limit:],
            "resources": resources[-limit:],
            "totals": {"jobs": len(jobs), "sessions": len(sessions), "states": dict(by_state)},
            "effects": count([*jobs, *sessions, *resources], [cloud.name for cloud in self._clouds]),
        }

    def job(self, cloud_name: str, job_id: str) -> dict[str, Any] | None:
        """Return one job with its program, and when it began, ended, and will end as planned; None if it is unknown."""
        cloud = next((cloud for cloud in self._clouds if cloud.name == cloud_name), None)
        row = next((row for row in cloud.jobs() if row["id"] == job_id), None) if cloud else None
        job = self._scheduler.find(job_id)
        if cloud is None or row is None or job is None:
            return None
        program = cloud.program(job_id)
        if is_list(program) and all(isinstance(part, str) for part in program):
            program = "\n\n".join(program)
        text = program if program is None or isinstance(program, str) else json.dumps(program)
        times = {"started_at": job.started_at, "ended_at": job.ended_at}
        return {
            **self._job(row),
            **{
                name: None if time is None else utc(self._scheduler.wall(time)).isoformat()
                for name, time in times.items()
            },
            "ends_in": self._scheduler.remaining(job),
            "program": text and text[:MOST_PROGRAM],
            "program_characters": len(text or ""),
        }

    def effects(self) -> list[Effect]:
        """Everything that clients have created and not deleted, cloud by cloud."""
        return [effect(row) for rows in self._rows() for row in rows]

    def _rows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
        """Jobs, sessions and resources of all clouds."""
        clouds = self._clouds
        jobs = [job for cloud in clouds for job in cloud.jobs()]
        sessions = [{"cloud": cloud.name, **row} for cloud in clouds for row in cloud.sessions()]
        resources = [{"cloud": cloud.name, **row} for cloud in clouds for row in cloud.resources()]
        return jobs, sessions, resources

    def _devices(self, jobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        waiting: Counter[tuple[str, str]] = Counter()
        running: Counter[tuple[str, str]] = Counter()
        for job in jobs:
            record = self._scheduler.find(str(job["id"]))
            if record is not None and record.state is State.QUEUED:
                waiting[str(job["cloud"]), str(job["backend"])] += 1
            elif record is not None and record.state is State.RUNNING:
                running[str(job["cloud"]), str(job["backend"])] += 1
        return [
            {
                "cloud": cloud.name,
                **device,
                "queued": waiting[cloud.name, device["id"]],
                "running": running[cloud.name, device["id"]],
                "strict": device["id"] in cloud.rules.devices and self._strictness.applies(device["id"]),
                "noise": self._noise and device["id"] in cloud.rules.noisy,
            }
            for cloud in self._clouds
            for device in cloud.devices()
        ]

    def _job(self, view: dict[str, Any]) -> dict[str, Any]:
        job = self._scheduler.find(str(view["id"]))
        if job is None:
            return view
        more: dict[str, Any] = {"state": str(job.state), "held": job.held is not None}
        if job.failure is not None:
            more["failure"] = f"{job.failure.code}: {job.failure.message}"
        if (counts := self._chart(job, view)) is not None:
            more["counts"] = counts
        return {**view, **more}

    def _chart(self, job: Job, view: dict[str, Any]) -> dict[str, float] | None:
        content = job.result
        if content is None:
            return None
        if job not in self._charts:
            self._charts[job] = shot_summary(content, str(view["cloud"]), view.get("shots"))
        return self._charts[job]
