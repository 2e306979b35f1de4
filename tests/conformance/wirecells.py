"""Cells of broken bytes: the real client over real sockets, several cells at a time."""

from __future__ import annotations

import importlib
import os
import zlib
from collections.abc import Sequence
from typing import Any

import anyio
import anyio.lowlevel
from anyqpu_raw._core import encode

import anyqpu
from anyqpu import Limits, RetryPolicy, Search, Timeouts
from tests.conformance import breakers, leaks, wire
from tests.conformance.cells import (
    FOLLOW_UP,
    Call,
    Subject,
    Violation,
    count_effects,
    judged,
    response_of,
)
from tests.conformance.rows import ATTEMPTS, Fault
from tests.conformance.worlds import World

# Importing a transport in an event loop would hold it.
for _package in ("aiohttp", "httpx2", "httpcore2"):
    importlib.import_module(_package)

VARIANTS: tuple[tuple[str, str | None], ...] = (
    ("asyncio", None),
    ("trio", None),
    ("asyncio", "aiohttp"),
    ("asyncio", "httpx2"),
)
"""Event loop and transport: a cell has one of them, and all of them occur with every fault."""
AT_ONCE = 8
LISTENING = {"rigetti:CreateEngagement"}
"""Rows for which the emulator itself opens sockets: its address for executions."""
PATIENT = Timeouts(connect=10, read=20, write=20, total=60)
HASTY = Timeouts(connect=10, read=0.7, write=10, total=2)
# The machine may be busy with something else: only what never ends is late.
SLACK = 15.0


def variant(row: str, fault: str) -> tuple[str, str | None]:
    """The event loop and transport of a cell."""
    return VARIANTS[zlib.crc32(f"{row}/{fault}".encode()) % len(VARIANTS)]


async def run_cells(cells: Sequence[tuple[Subject, Fault]]) -> list[Violation]:
    """Run cells of one event loop, each in a world of its own."""
    violations: list[Violation] = []
    limiter = anyio.Semaphore(AT_ONCE)

    async def one(subject: Subject, fault: Fault) -> None:
        async with limiter:
            violations.extend(await run_cell(subject, fault))

    before = _descriptors()
    async with anyio.create_task_group() as tasks:
        for subject, fault in cells:
            tasks.start_soon(one, subject, fault)
    names = [f"{subject.row} × {fault.name}" for subject, fault in cells]
    if (left := _descriptors() - before) > 0 and not LISTENING.intersection(str(subject.row) for subject, _ in cells):
        violations.append(Violation(names[0], "descriptors", f"{left} are left after {', '.join(names)}"))
    return violations


def _descriptors() -> int:
    """Open sockets of this process; 0 where the system does not say."""
    try:
        entries = os.listdir("/proc/self/fd")
    except OSError:
        return 0
    count = 0
    for entry in entries:
        try:
            count += os.readlink(f"/proc/self/fd/{entry}").startswith("socket:")
        except OSError:
            continue
    return count


async def run_cell(subject: Subject, fault: Fault) -> list[Violation]:
    """Run a cell; the violations found."""
    assert fault.wire is not None
    name = f"{subject.row} × {fault.name}"
    _, transport = variant(str(subject.row), fault.name)
    world = World(subject.row.provider)
    try:
        await world.open()
        if (base := response_of(subject.row)) is not None:
            world.emulator.faults.add(cloud=world.provider, operation=subject.operation, **base)
        secret = next(iter(leaks.SECRETS[world.provider].values()))
        async with wire.serving(world, subject.operation, fault.wire, secret) as server:
            call = await _call(world, subject, server, transport)
    finally:
        await world.close()
    slow = fault.wire in breakers.SLOW
    limit = (HASTY if slow else PATIENT).total + SLACK
    violations = [
        Violation(name, kind, f"{detail} [{transport or 'httpx'}]")
        for kind, detail in judged(subject, subject.expectation(fault), call, limit=limit)
    ]
    if any(leaks.CANARY in line for line in server.stolen):
        violations.append(Violation(name, "leak", "another host was sent the credentials"))
    return violations


async def _call(world: World, subject: Subject, server: wire.Wire, transport: str | None) -> Call:
    connect: Any = anyqpu.connect
    slow = next((name for name in breakers.SLOW if breakers.BREAKERS[name] is server.breaks), None) is not None
    call, got = await subject.make(world), Call(without_login=True)
    client = connect(
        world.provider,
        emulator=server.url,
        transport=transport,
        retry=RetryPolicy(attempts=ATTEMPTS, backoff=0.001),
        timeout=HASTY if slow else PATIENT,
        limits=Limits(body=breakers.LIMIT),
        search=Search(tries=2, pause=0.01),
        **leaks.SECRETS[world.provider],
    )
    with leaks.logged() as lines:
        async with client:
            server.broken = False
            # A busy machine may miss the short limits of a slow cell in calls that nothing is wrong with.
            expected = None if slow else encode(await FOLLOW_UP[world.provider](client.raw))
            before = count_effects(world, subject)
            world.counts.clear()
            server.broken = True
            begun = anyio.current_time()
            try:
                with anyio.fail_after(PATIENT.total + SLACK):
                    got.outcome = await call(client)
            except Exception as error:
                got.error = error
            got.seconds = anyio.current_time() - begun
            for _ in range(5):
                # The server counts a request right after its response, which the client may read before.
                await anyio.lowlevel.checkpoint()
            got.requests = world.counts[subject.operation]
            got.effects = count_effects(world, subject) - before
            server.broken = False
            if not slow:
                got.left += await _next_call(world, client, expected)
    got.log = lines.lines
    # A server that sleeps does not notice that its client is gone; descriptors are counted afterwards.
    if not slow:
        with anyio.move_on_after(10):
            await server.idle.wait()
    if server.open and not slow:
        got.left.append(f"a connection is left: {server.open} open after the client was closed")
    return got


async def _next_call(world: World, client: Any, expected: Any) -> list[str]:
    """What is wrong with the next call of the same client, which may use the same connection."""
    try:
        follow_up = encode(await FOLLOW_UP[world.provider](client.raw))
    except Exception as error:
        return [f"the next call fails: {type(error).__name__}: {error}"]
    return [] if follow_up == expected else ["the next call has another response"]
