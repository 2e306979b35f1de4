"""Calls of the public methods of each cloud's client, to be recorded once and played back with odd responses.

A call is a coroutine function that takes a client and `Facts`: the identifiers of what `prepare` made before.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from importlib import import_module
from types import SimpleNamespace
from typing import Any

Facts = SimpleNamespace
Run = Callable[[Any, Facts], Awaitable[Any]]
# Seconds on the virtual clock: long enough for a job, and for what a state that stays makes of it.
WAIT = 60.0


@dataclass(slots=True)
class Calls:
    """The calls of one cloud, by name."""

    provider: str
    runs: dict[str, Run] = field(default_factory=dict[str, Run])

    def call(self, run: Run) -> Run:
        """Add a call; used as a decorator."""
        self.runs[run.__name__] = run
        return run


def calls_of(provider: str) -> tuple[Calls, Callable[[Any, Any], Awaitable[Facts]]]:
    """The calls of a cloud, and what makes the things that they are about."""
    module = import_module(f"tests.fuzz.calls.{provider}")
    return module.CALLS, module.prepare


def add_submits(calls: Calls, programs: dict[str, Any]) -> None:
    """Add a call for each device that submits a program to it: `submit to <device>`."""
    for device, program in programs.items():

        async def submit(client: Any, facts: Facts, device: str = device, program: Any = program) -> Any:
            return await client.submit(program, device=device, shots=20, timeout=WAIT)

        calls.runs[f"submit to {device}"] = submit


def add_lookups(calls: Calls) -> None:
    """Add the calls that read `facts.job` again, or search jobs by their keys; Rigetti has no list for them."""

    @calls.call
    async def job(client: Any, facts: Facts) -> Any:
        return await client.job(facts.job)

    @calls.call
    async def refresh(client: Any, facts: Facts) -> Any:
        return await (await client.job(facts.job)).refresh()

    @calls.call
    async def refresh_jobs(client: Any, facts: Facts) -> Any:
        return await client.refresh_jobs([await client.job(facts.job)], return_errors=True)

    @calls.call
    async def find(client: Any, facts: Facts) -> Any:
        return await client.find("order-1234")

    @calls.call
    async def find_many(client: Any, facts: Facts) -> Any:
        return await client.find_many(["order-1234", "order-5678"])
