"""Work of the clients: submits, waits, cancels, lists and downloads, while tokens expire and clouds fail."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import anyio
import httpx

import anyqpu
from anyqpu.errors import AnyQPUError
from anyqpu.transport.hooks import Hooks, RequestEvent
from tests.fuzz.calls import programs
from tests.soak.probe import Tally

PROVIDERS = ("kipu", "scaleway", "pasqal", "rigetti")
# Credentials that expire, where a cloud has them.
CREDENTIALS: dict[str, dict[str, str]] = {
    "kipu": {"username": "ada", "password": "p", "client_id": "c"},
    "scaleway": {},
    "pasqal": {"username": "ada@example.org", "password": "p", "project_id": "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"},
    "rigetti": {"client_id": "c", "client_secret": "s"},
}
DEVICES = {"kipu": "kipu.sim.qsim", "scaleway": "EMU-AER-16C-128M", "pasqal": "EMU_FREE", "rigetti": "Aspen-9"}
PROGRAMS = {
    "kipu": programs.QASM2,
    "scaleway": programs.QASM3,
    "pasqal": programs.PULSER,
    "rigetti": programs.QUIL,
}
FAULTS: list[dict[str, Any]] = [
    {"status": 503, "count": 3},
    {"status": 500, "count": 2, "when": "after"},
    {"status": 429, "retry_after": 0.1, "count": 3},
    {"drop": "before", "count": 3},
    {"drop": "after", "count": 2},
    {"body": "truncated", "count": 2},
    {"body": "html", "count": 2},
    {"body": "garbage", "count": 2},
    {"delay": 0.3, "count": 3},
    {"unknown_status": True, "count": 2},
    {"operation": "token", "status": 503, "count": 1},
    {"operation": "download", "drop": "after", "count": 2},
]
# Seconds: longer than any token lives; jobs and sessions of the emulator age with it.
EXPIRY = 90_000
# A client is closed, and another one opened, after so many rounds.
ROUNDS = 15
PAUSE = 0.1


class CountRequests(Hooks):
    """Count the requests that are sent."""

    def __init__(self, record: Tally) -> None:
        self._record = record

    def on_request(self, event: RequestEvent) -> None:
        """Count a request."""
        self._record.requests += 1


def connect(provider: str, url: str, record: Tally) -> AbstractAsyncContextManager[Any]:
    """Return a client whose retries just suffice for the faults of the emulator."""
    return anyqpu.connect(  # type: ignore[call-overload,no-any-return]
        provider,
        emulator=url,
        retry=anyqpu.RetryPolicy(attempts=3, backoff=0.02, max_backoff=0.2),
        search=anyqpu.Search(tries=2, pause=0.05),
        timeout=5.0,
        hooks=CountRequests(record),
        **CREDENTIALS[provider],
    )


class Worker:
    """Clients of one cloud, one after another, each for some rounds."""

    def __init__(self, provider: str, url: str, record: Tally, seed: int) -> None:
        self._provider = provider
        self._url = url
        self._record = record
        self._chance = random.Random(seed)

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            async with connect(self._provider, self._url, self._record) as client:
                for _ in range(ROUNDS):
                    await self._call(self._chance.choice(self._calls(client)))
                    await anyio.sleep(PAUSE)

    async def _call(self, call: Callable[[], Awaitable[Any]]) -> None:
        began = time.perf_counter()
        problem: BaseException | None = None
        try:
            await call()
        except AnyQPUError as error:
            problem = error
        self._record.note(time.perf_counter() - began, problem)

    def _calls(self, client: Any) -> list[Callable[[], Awaitable[Any]]]:
        async def submit() -> Any:
            return await client.submit(PROGRAMS[self._provider], device=DEVICES[self._provider], shots=10)

        async def result() -> Any:
            return await (await submit()).result(timeout=5)

        async def cancel() -> Any:
            return await (await submit()).cancel()

        async def give_up() -> Any:
            """Wait in a task that is cancelled."""
            with anyio.move_on_after(self._chance.random() * 0.3):
                await (await submit()).wait()

        async def time_out() -> Any:
            return await (await submit()).wait(timeout=0.05, cancel_remote=client.capabilities.cancel)

        async def waits() -> Any:
            async with anyio.create_task_group() as group:
                for _ in range(4):
                    group.start_soon(self._call, result)

        async def jobs() -> Any:
            return await client.jobs().collect(limit=30)

        async def leave_list() -> Any:
            async for _ in client.devices():
                break

        async def download() -> Any:
            job = await (await submit()).wait(timeout=5)
            if self._provider == "kipu":
                return await client.download_result(job)
            return await job.result(timeout=5)

        async def devices() -> Any:
            return await client.devices().collect()

        return [submit, result, result, cancel, give_up, time_out, waits, jobs, leave_list, download, devices]


async def troubles(url: str, seed: int) -> None:
    """Cause faults and expiries until cancelled, and remove old jobs from the emulator."""
    chance = random.Random(seed)
    number = 0
    async with httpx.AsyncClient(base_url=f"{url}/_control", trust_env=False) as control:
        while True:
            number += 1
            await anyio.sleep(1.0)
            await control.post("/faults", json=[{"cloud": chance.choice(PROVIDERS), **chance.choice(FAULTS)}])
            if number % 10 == 0:
                await control.delete("/faults")
            if number % 7 == 0:
                await control.post("/clock", json={"advance": EXPIRY})
            if number % 45 == 0:
                await control.post("/reset")
