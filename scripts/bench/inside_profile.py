"""Time of a call by the package whose code runs."""

from __future__ import annotations

import asyncio
import cProfile
import pstats
from typing import Any

from scripts.bench.worker import ours

# The first name in a file's path counts. Built-in functions count for their caller, except sockets.
PACKAGES = {
    "httpcore": "httpcore",
    "h11": "h11",
    "httpx": "httpx (headers)",
    "anyio": "anyio, sniffio",
    "sniffio": "anyio, sniffio",
    "anyqpu_raw": "generated code",
    "anyqpu": "anyqpu",
    "asyncio": "asyncio",
    "json": "json",
}
SOCKETS = ("'send' of '_socket", "'recv' of '_socket", "'poll' of 'select")


async def shares(url: str, callers: int, count: int) -> dict[str, float]:
    """Return the percentage of a call's time by package; profiling overstates small functions."""
    async with ours(url) as call:

        async def caller(times: int) -> None:
            for _ in range(times):
                await call()

        await asyncio.gather(*(caller(2) for _ in range(callers)))
        profile = cProfile.Profile()
        profile.enable()
        await asyncio.gather(*(caller(count // callers) for _ in range(callers)))
        profile.disable()
    seconds_of: dict[str, float] = {}
    stats: Any = pstats.Stats(profile)
    for function, (_, _, own, _, who) in stats.stats.items():
        if function[0] != "~":
            _add(seconds_of, _package(function[0]), own)
        elif any(name in function[2] for name in SOCKETS):
            _add(seconds_of, "the operating system", own)
        else:
            for caller_of, (*_, share, _) in who.items():
                _add(seconds_of, _package(caller_of[0]), share)
    total = sum(seconds_of.values())
    return {name: seconds / total * 100 for name, seconds in sorted(seconds_of.items(), key=lambda item: -item[1])}


def _add(seconds_of: dict[str, float], name: str, seconds: float) -> None:
    seconds_of[name] = seconds_of.get(name, 0.0) + seconds


def _package(file: str) -> str:
    parts = file.replace("\\", "/").split("/")
    return next((name for part, name in PACKAGES.items() if part in parts or f"{part}.py" in parts), "the rest")
