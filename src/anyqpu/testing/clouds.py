"""Emulated clouds for a test, to which all clients of the code under test connect."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import anyio
import anyio.to_thread

from anyqpu import _emulator
from anyqpu.testing.time import VirtualTime

if TYPE_CHECKING:
    from anyqpu.model.job import Job

Speed = Literal["instant", "fast", "real"]
# In the mode "manual" time must not advance by itself.
TimeMode = Literal["virtual", "manual", "machine"]


class EmulatedClouds:
    """An emulator in this process, and the time of the emulator and its clients.

    Attributes:
        emulator: The emulator; `emulator.app` is an ASGI application.
        time: The virtual time; None for the machine's time.
        faults: Rules of injected faults: `faults.add(operation="getJob", status=503, count=2)`.
    """

    def __init__(self, emulator: Any, mode: TimeMode) -> None:
        self.emulator = emulator
        self._requests = 0
        self.time: VirtualTime | None = None
        if mode != "machine":
            self.time = VirtualTime(emulator.clock, self._busy, automatic=mode == "virtual")
        self.faults: Any = emulator.faults
        self._target = _emulator.EmulatorTarget(lambda: (self._app, lambda: None), self.time)

    # Clients

    def connect(self, provider: str, **options: Any) -> Any:
        """Return a client of these clouds, as `anyqpu.connect` does."""
        from anyqpu.connecting import connect

        with self.redirected():
            return connect(provider, **{"emulator": True, **options})

    @contextmanager
    def redirected(self) -> Generator[None]:
        """A context in which `anyqpu.connect` connects to these clouds, unless an address is given."""
        with _emulator.redirected(self._target):
            yield

    # Time

    def advance(self, seconds: float) -> None:
        """Advance time: jobs, sessions, tokens and links age, and waits that are due end."""
        if self.time is None:
            self.emulator.clock.advance(seconds)
        else:
            self.time.advance(seconds)

    @property
    def now(self) -> datetime:
        """The present time of the emulator, in UTC."""
        time = self.time or VirtualTime(self.emulator.clock, lambda: False)
        return time.wall()

    def set_pace(self, queue: float | None = None, run: float | None = None) -> None:
        """Set the seconds that later jobs wait and run."""
        self.emulator.set_pace(queue, run)

    # State

    def jobs(self) -> list[dict[str, Any]]:
        """Return all jobs of all clouds, oldest first: cloud, id, name, backend, status, shots, created_at."""
        jobs: list[dict[str, Any]] = self.emulator.jobs()
        return jobs

    def move(self, job: Job | str, state: str | None, reason: str | None = None) -> None:
        """Set a job's state and hold it: `queued`, `running`, `completed`, `failed` or `cancelled`; None releases it.

        `reason` is the reason of a failure. Raises ValueError for an unknown job or state, or a job that has ended.
        """
        self.emulator.move(job if isinstance(job, str) else job.id, state, reason)

    def reset(self) -> None:
        """Remove all jobs, sessions and faults."""
        self.emulator.reset()

    def close(self) -> None:
        """Stop the emulator's threads."""
        self.emulator.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def _busy(self) -> bool:
        return self._requests > 0 or self.emulator.computing

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        self._requests += 1
        try:
            await self.emulator.app(scope, receive, send)
        finally:
            self._requests -= 1


class emulated:
    """A context with emulated clouds: in it, `anyqpu.connect("kipu")` connects to them without any change of code.

    In an event loop use `async with`, which does not block the loop; elsewhere use `with`.
    """

    def __init__(
        self,
        *,
        speed: Speed = "real",
        seed: int | None = 0,
        time: TimeMode = "virtual",
        faults: Iterable[Any] = (),
        state: str | Path | None = None,
        require_token: str | None = None,
        readout_error: float = 0.0,
        gate_error: float = 0.0,
        strict: bool | None = None,
        noise: bool = False,
    ) -> None:
        """Store the options; the emulator starts when the context is entered.

        Args:
            speed: The time that jobs wait and run: `"real"` is seconds to tens of seconds.
            seed: The seed of the simulators, for equal results in each run; None for random ones.
            time: `"virtual"` jumps to the next timer when all tasks wait, `"manual"` advances only by `advance`, and
                `"machine"` is the machine's time.
            faults: Rules of faults to inject from the beginning.
            state: A file that keeps the state.
            require_token: The only credential that the clouds accept.
            readout_error: The probability that a measured bit or atom is reported wrongly.
            gate_error: The probability of a Pauli error on each qubit after a gate.
            strict: Whether devices that stand for hardware refuse programs that the hardware's cloud refuses; None for
                the emulator's default.
            noise: Whether results have the noise of the devices' calibrations.
        """
        self._time: TimeMode = time
        self._options = {
            "speed": speed,
            "seed": seed,
            "faults": faults,
            "state": state,
            "require_token": require_token,
            "readout_error": readout_error,
            "gate_error": gate_error,
            "noise": noise,
            **({} if strict is None else {"strict": strict}),
        }
        self._stack = ExitStack()

    def __enter__(self) -> EmulatedClouds:
        return self._begin(self._make())

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    async def __aenter__(self) -> EmulatedClouds:
        return self._begin(await anyio.to_thread.run_sync(self._make))

    async def __aexit__(self, *error: object) -> None:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(self._stack.close)

    def _make(self) -> EmulatedClouds:
        emulator = _emulator.load("app").Emulator
        clock = None if self._time == "machine" else _manual_clock()
        return EmulatedClouds(emulator(clock=clock, **self._options), self._time)

    def _begin(self, clouds: EmulatedClouds) -> EmulatedClouds:
        self._stack.callback(clouds.close)
        self._stack.enter_context(clouds.redirected())
        return clouds


def _manual_clock() -> Any:
    """Return a manual clock that begins at the present time."""
    clock = _emulator.load("clock")
    return clock.ManualClock(clock.SystemClock().wall())
