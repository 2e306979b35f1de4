"""Worker threads for computations, so that these never block a request."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TypeAlias

from .clock import Clock

Compute: TypeAlias = "Callable[[Callable[[], bool]], bytes | Failure]"
_log = logging.getLogger("anyqpu_emulator")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no result; `code` is for programs, `message` for people."""

    code: str
    message: str


class Computation:
    """A running computation. `compute` gets a function that returns whether it should stop."""

    def __init__(self, compute: Compute, clock: Clock) -> None:
        """Prepare a computation; `run` starts it."""
        self._compute = compute
        self._clock = clock
        self._stop = threading.Event()
        self._outcome: bytes | Failure | None = None
        self._finished_at = 0.0

    @classmethod
    def over(cls, outcome: bytes | Failure, clock: Clock) -> Computation:
        """Return a finished computation."""
        computation = cls(lambda _: outcome, clock)
        computation._outcome = outcome
        return computation

    @property
    def outcome(self) -> bytes | Failure | None:
        """The result's bytes, or the failure; None while it is still computing."""
        return self._outcome

    @property
    def finished_at(self) -> float:
        """The clock's monotonic time at the end of the computation."""
        return self._finished_at

    def stop(self) -> None:
        """Stop soon, with a failure as the outcome, which must be ignored."""
        self._stop.set()

    def run(self) -> None:
        """Compute, in the calling thread. Nothing raised inside escapes."""
        if self._stop.is_set():
            outcome: bytes | Failure = Failure("STOPPED", "the computation was stopped")
        else:
            try:
                outcome = self._compute(self._stop.is_set)
            except MemoryError:
                outcome = Failure("PROGRAM_TOO_LARGE", "the emulator ran out of memory")
            except Exception:
                _log.exception("a computation failed unexpectedly")
                outcome = Failure("INTERNAL_ERROR", "the emulator failed; its log has the traceback")
        self._finished_at = self._clock.monotonic()
        self._outcome = outcome


class WorkerPool:
    """Worker threads, which start with the first computation."""

    def __init__(self, clock: Clock, threads: int = 4) -> None:
        """`threads` computations run at a time."""
        self._clock = clock
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="anyqpu-emulator")
        self._open: dict[Future[None], Computation] = {}
        self._lock = threading.Lock()

    def start(self, compute: Compute) -> Computation:
        """Begin as soon as a thread is free; returns at once."""
        computation = Computation(compute, self._clock)
        future = self._pool.submit(computation.run)
        with self._lock:
            self._open[future] = computation
        future.add_done_callback(self._forget)
        return computation

    @property
    def busy(self) -> bool:
        """Whether something is not computed yet."""
        return bool(self._open)

    def wait(self, timeout: float | None = None) -> bool:
        """Block until everything begun so far is computed; False if `timeout` seconds were not enough."""
        with self._lock:
            waiting = list(self._open)
        return not wait(waiting, timeout).not_done

    def close(self) -> None:
        """Stop what runs, drop what waits, and end the threads."""
        with self._lock:
            running = list(self._open.values())
        for computation in running:
            computation.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _forget(self, future: Future[None]) -> None:
        with self._lock:
            self._open.pop(future, None)
