"""What an emulator lends to its clouds: time, lines, threads, randomness."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass, field

import anyio

from .clock import Clock
from .lifecycle import Job, Scheduler, Speed, State
from .work import Workshop

# An `instant` job is often looked at right after it was submitted; answering RUNNING then would send the
# client into a wait that is longer than the computation.
_PATIENCE = 0.05
_STEP = 0.002


@dataclass(slots=True)
class House:
    """Shared by all clouds of one emulator."""

    clock: Clock
    scheduler: Scheduler
    workshop: Workshop
    seed: int | None
    require_token: str | None
    speed: Speed
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def program_seed(self) -> list[int]:
        """Entropy for the next program: of the emulator's seed and the order of submission, or fresh."""
        number = next(self._numbers)
        return [secrets.randbits(64), number] if self.seed is None else [self.seed, number]

    async def look(self, job: Job) -> State:
        """Where a job is now; gives an `instant` one a moment to be computed first."""
        if self.speed == "instant" and not job.state.terminal:
            for _ in range(int(_PATIENCE / _STEP)):
                if job.computation.outcome is not None:
                    break
                await anyio.sleep(_STEP)
        return self.scheduler.look(job)
