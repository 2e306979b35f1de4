"""Emulated clouds for a test, to which all clients of the code under test are led."""

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
# What a test that advances by hand would be lost with is a clock that goes on by itself.
TimeMode = Literal["virtual", "manual", "machine"]


class EmulatedClouds:
    """An emulator in this process, and the time that it and its clients live in.

    Attributes:
        emulator: The emulator itself; `emulator.app` is an ASGI application.
        time: Its time, None where it is the machine's.
        faults: What goes wrong on demand: `faults.add(operation="getJob", status=503, count=2)`.
    """

    def __init__(self, emulator: Any, mode: TimeMode) -> None:
        self.emulator = emulator
        self._requests = 0
        self.time: VirtualTime | None = None
        if mode != "machine":
            self.time = VirtualTime(emulator.clock, self._busy, automatic=mode == "virtual")
        self.faults: Any = emulator.faults
        self._place = _emulator.Place(lambda: (self._app, lambda: None), self.time)

    # Clients

    def connect(self, provider: str, **options: Any) -> Any:
        """A client of these clouds, as `anyqpu.connect` makes it."""
        from anyqpu.connecting import connect

        with self.redirected():
            return connect(provider, **{"emulator": True, **options})

    @contextmanager
    def redirected(self) -> Generator[None]:
        """While this lasts, `anyqpu.connect` leads here, unless it is given another address."""
        with _emulator.redirected(self._place):
            yield

    # Time

    def advance(self, seconds: float) -> None:
        """Move time on: jobs, sessions, tokens and links grow older, and waits end whose time has come."""
        if self.time is None:
            self.emulator.clock.advance(seconds)
        else:
            self.time.advance(seconds)

    @property
    def now(self) -> datetime:
        """What time it is there, in UTC."""
        time = self.time or VirtualTime(self.emulator.clock, lambda: False)
        return time.wall()

    def set_pace(self, queue: float | None = None, run: float | None = None) -> None:
        """For the jobs that come: seconds that each waits, and that it runs."""
        self.emulator.set_pace(queue, run)

    # What there is

    def jobs(self) -> list[dict[str, Any]]:
        """All jobs of all clouds, oldest first: cloud, id, name, backend, status, shots, created_at."""
        found: list[dict[str, Any]] = self.emulator.jobs()
        return found

    def move(self, job: Job | str, state: str | None, reason: str | None = None) -> None:
        """Put a job into a state and hold it there: `queued`, `running`, `completed`, `failed` or `cancelled`.

        None lets it go on; `reason` says why it failed. Raises ValueError for an unknown job or state, or a job that
        is over.
        """
        self.emulator.move(job if isinstance(job, str) else job.id, state, reason)

    def reset(self) -> None:
        """Forget all jobs, sessions and faults."""
        self.emulator.reset()

    def close(self) -> None:
        """End its threads."""
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
    """Emulated clouds in place of the real ones: inside, `anyqpu.connect("kipu")` leads there without any change.

    In an event loop use `async with`, which leaves the loop free meanwhile; `with` will do elsewhere.
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
    ) -> None:
        """Nothing happens yet.

        Args:
            speed: How long jobs wait and run: `"real"` is seconds to tens of seconds.
            seed: Equal tests have equal results; None for other ones each time.
            time: `"virtual"` jumps ahead when everybody waits, `"manual"` stands still until `advance`, and with
                `"machine"` an hour takes an hour.
            faults: What goes wrong from the beginning.
            state: A file that keeps everything.
            require_token: The only credential that the clouds accept.
            readout_error: Chance by which each measured bit or atom is reported wrongly.
            gate_error: Chance by which each qubit of a gate suffers a Pauli error after it.
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
        clock = None if self._time == "machine" else _standing_still()
        return EmulatedClouds(emulator(clock=clock, **self._options), self._time)

    def _begin(self, clouds: EmulatedClouds) -> EmulatedClouds:
        self._stack.callback(clouds.close)
        self._stack.enter_context(clouds.redirected())
        return clouds


def _standing_still() -> Any:
    """A clock that begins now, so that its times look like any other's."""
    clock = _emulator.load("clock")
    return clock.ManualClock(clock.SystemClock().wall())
