"""The app context that all clouds of an emulator share: time, scheduling, workers, persistence, randomness."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import anyio

from .clock import Clock
from .engines.gate_error import gate_error
from .engines.readout import readout_error
from .grpc_port import GrpcPort
from .injection import Faults
from .lifecycle import Job, Scheduler, Speed, State
from .persistence import Persistence, Schema, Table
from .rules import Rules, Strictness
from .workers import Computation, Compute, Failure, WorkerPool

V = TypeVar("V")
# An `instant` job is often polled right after its submission. The response RUNNING would make the client wait longer
# than the computation takes.
_PATIENCE = 0.05
_STEP = 0.002
_log = logging.getLogger("anyqpu_emulator")


@dataclass(slots=True)
class AppContext:
    """Shared by all clouds of one emulator."""

    clock: Clock
    scheduler: Scheduler
    workers: WorkerPool
    seed: int | None
    require_token: str | None
    speed: Speed
    persistence: Persistence = field(default_factory=Persistence)
    readout_error: float = 0.0
    gate_error: float = 0.0
    faults: Faults | None = None
    strictness: Strictness = field(default_factory=lambda: Strictness(False))
    noise: bool = False
    grpc_port: GrpcPort | None = None
    _noiseless: set[str] = field(default_factory=set[str])

    def noise_on(self, device: str, rules: Rules) -> bool:
        """Return whether results of a device get noise; where none is emulated, log that once."""
        if self.noise and device in rules.noiseless and device not in self._noiseless:
            self._noiseless.add(device)
            _log.warning("the noise of %s is not emulated: its results have none, despite --noise", device)
        return self.noise and device in rules.noisy

    def program_seed(self) -> list[int]:
        """Entropy for the next program: of the emulator's seed and the order of submission, or fresh."""
        number: int = self.persistence.value("programs", lambda: 0)
        self.persistence.meta["programs"] = number + 1
        return [secrets.randbits(64), number] if self.seed is None else [self.seed, number]

    def begin(
        self, line: str, make: Callable[[list[int]], Compute], *, late: bool = False, id: str | None = None
    ) -> Job:
        """Start the computation that `make` returns for the next program's seed, as the last job of a line."""
        seed = self.program_seed()
        return self.scheduler.submit(self._start(make(seed)), line, seed, late=late, id=id)

    def _start(self, compute: Compute) -> Computation:
        def erring(stopped: Callable[[], bool]) -> bytes | Failure:
            with readout_error(self.readout_error), gate_error(self.gate_error):
                return compute(stopped)

        return self.workers.start(erring)

    def table(self, kind: Schema[V]) -> Table[V]:
        """Return a table with the records of the state file."""
        return self.persistence.table(kind, self._resume)

    def _resume(self, values: Mapping[str, Any], data: bytes | None, work: Callable[[], Compute]) -> Job:
        """Restore a job; one that was not over is computed again, from the same seed."""
        state = State(values["state"])
        if "failure" in values:
            computation = Computation.over(Failure(*values["failure"]), self.clock)
        elif state is State.COMPLETED:
            computation = Computation.over(data or b"", self.clock)
        elif state.terminal:
            computation = Computation.over(Failure("STOPPED", "the computation was stopped"), self.clock)
        else:
            computation = self._start(work())
        fields: dict[str, Any] = {name: value for name, value in values.items() if name != "failure"}
        fields["state"], fields["held"] = state, None if values["held"] is None else State(values["held"])
        job = Job(computation=computation, **fields)
        self.scheduler.resume(job)
        return job

    async def poll(self, job: Job) -> State:
        """Return a job's state, after waiting briefly for an `instant` job to be computed."""
        if self.speed == "instant" and not job.state.terminal:
            for _ in range(int(_PATIENCE / _STEP)):
                if job.computation.outcome is not None:
                    break
                await anyio.sleep(_STEP)
        return self.scheduler.poll(job)
