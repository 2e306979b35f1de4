"""What the tests of fleets share: programs, and processes that end at a chosen point."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

from anyqpu import Fleet
from anyqpu.core.keys import is_minted
from anyqpu.ledger.ledger import Ledger
from anyqpu.testing import EmulatedClouds

BELL = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nh q[0];\ncx q[0], q[1];\nc = measure q;\n'
SIMULATOR = "kipu:kipu.sim.qsim"
# Far more than any test takes.
PATIENCE = 3600.0


def ones(number: int) -> str:
    """Return a program on four qubits whose only result is a number."""
    flips = "".join(f"x q[{bit}];\n" for bit in range(4) if number >> bit & 1)
    return f'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[4] q;\nbit[4] c;\n{flips}c = measure q;\n'


def requests_of(clouds: EmulatedClouds, operation: str) -> int:
    """Return how many requests of an operation the clouds had."""
    return sum(entry.operation == operation for entry in clouds.emulator.request_log.entries)


def keys_of(clouds: EmulatedClouds) -> list[str]:
    """Return the keys of all jobs of the emulated clouds, each as often as there are jobs with it."""
    effects = clouds.emulator.effects(kind="job")
    return sorted(key for effect in effects for key in set(effect.keys) if is_minted(key))


async def jobs_exist(clouds: EmulatedClouds, number: int) -> None:
    """Wait until the emulated clouds have so many jobs."""
    with anyio.fail_after(60):
        while len(clouds.jobs()) < number:  # noqa: ASYNC110  # the emulator has no event for it
            await anyio.sleep(0.005)


class Crash:
    """A point at which a process ends: the call that reaches it never returns, and the fleet is torn down."""

    def __init__(self) -> None:
        self.reached = anyio.Event()

    async def stop(self) -> Any:
        """End here."""
        self.reached.set()
        await anyio.sleep_forever()


Point = Callable[[pytest.MonkeyPatch, Crash], None]


def before(name: str, *, state: str | None = None) -> Point:
    """Return the point before a method of the ledger writes, perhaps only a change to a state."""
    return _at(name, state, after=False)


def after(name: str, *, state: str | None = None) -> Point:
    """Return the point after a method of the ledger has written."""
    return _at(name, state, after=True)


def _at(name: str, state: str | None, *, after: bool) -> Point:
    def install(patch: pytest.MonkeyPatch, crash: Crash) -> None:
        original: Callable[..., Awaitable[Any]] = getattr(Ledger, name)

        async def stopped(self: Ledger, *arguments: Any, **options: Any) -> Any:
            if state is not None and arguments[1].state != state:
                return await original(self, *arguments, **options)
            if after:
                await original(self, *arguments, **options)
            return await crash.stop()

        patch.setattr(Ledger, name, stopped)

    return install


async def crash(point: Point, script: Callable[[Fleet], Awaitable[Any]], *clouds: Any, **options: Any) -> bool:
    """Run a script with a fleet, which ends when it reaches a point, without a write after it.

    Return whether it was reached: the script may end without it.
    """
    with pytest.MonkeyPatch.context() as patch:
        stop = Crash()
        point(patch, stop)
        with anyio.CancelScope() as scope:
            async with Fleet(*clouds, **options) as fleet, anyio.create_task_group() as group:

                async def run() -> None:
                    await script(fleet)
                    group.cancel_scope.cancel()

                group.start_soon(run)
                with anyio.fail_after(60):
                    await stop.reached.wait()
                scope.cancel()
        return stop.reached.is_set()


def ledger_in(path: Path) -> dict[str, Any]:
    """Return the options of fleets that share a ledger and a run."""
    return {"ledger": path / "ledger.sqlite", "run": "sweep"}
