"""The demonstrations: each sets up a real server, does what a user would, and says what came of it in numbers."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import anyio.to_thread

import anyqpu
from anyqpu import Hooks, PollPolicy, RetryPolicy, Search, errors
from anyqpu.transport.hooks import RequestEvent
from scripts.prove.server import Reply, Seen, serving
from scripts.prove.statuses import in_a_process

JOB = "5904a9f2-f43b-453d-9d08-beedcdb93e54"
TOKEN = "a-token-nobody-else-may-see"
BELL = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0], q[1];\nmeasure q -> c;\n'
ONCE = RetryPolicy(attempts=1)


def kipu_at(url: str, **options: Any) -> Any:
    return anyqpu.connect("kipu", **({"base_url": url} | ({} if "username" in options else {"token": TOKEN}) | options))  # type: ignore[call-overload]


async def running(seen: Seen) -> Reply:
    return Reply.of_json({"id": JOB, "status": "RUNNING"})


async def cancel() -> str:
    """10,000 requests are cancelled; the next 200 all succeed."""

    async def slow(seen: Seen) -> Reply:
        await anyio.sleep(0.002)
        return await running(seen)

    cancelled = 0
    async with serving(slow) as server, kipu_at(server.url, retry=ONCE) as kipu:

        async def worker(number: int) -> None:
            nonlocal cancelled
            for turn in range(500):
                with anyio.move_on_after((number + turn) % 3 * 0.0005) as scope:
                    await kipu.raw.get_job_status(JOB)
                cancelled += scope.cancelled_caught

        async with anyio.create_task_group() as group:
            for number in range(24):
                group.start_soon(worker, number)
        succeeded = 0
        with anyio.move_on_after(60):
            for _ in range(200):
                await kipu.raw.get_job_status(JOB)
                succeeded += 1
    assert cancelled >= 10_000, f"only {cancelled} were cancelled"
    assert succeeded == 200, f"only {succeeded} of 200 succeeded"
    return f"{cancelled} requests cancelled, then 200 of 200 succeeded"


async def heartbeat() -> str:
    """200 waits beside a heartbeat: the largest gap between two beats."""
    gaps: list[float] = []
    requests = 0

    class Count(Hooks):
        def on_request(self, event: RequestEvent) -> None:
            nonlocal requests
            requests += 1

    async with in_a_process(looks=20) as url, kipu_at(url, retry=ONCE, hooks=Count()) as kipu:
        jobs = [await kipu.job(f"job-{number}") for number in range(200)]

        async def beat() -> None:
            last = time.perf_counter()
            while True:
                await anyio.sleep(0.001)
                now = time.perf_counter()
                gaps.append(now - last)
                last = now

        async with anyio.create_task_group() as group:
            group.start_soon(beat)
            async with anyio.create_task_group() as waits:
                for job in jobs:
                    waits.start_soon(_wait, job)
            group.cancel_scope.cancel()
    ordered = sorted(gaps)
    return (
        f"200 waits, {requests} requests: largest gap {ordered[-1] * 1000:.1f} ms, "
        f"99th percentile {ordered[len(ordered) * 99 // 100] * 1000:.1f} ms"
    )


async def shared() -> str:
    """1,000 waits, each looking about once a second, until all jobs have ended."""
    requests = Counter[str]()

    class Count(Hooks):
        def on_request(self, event: RequestEvent) -> None:
            requests[event.operation] += 1

    async def wait(job: anyqpu.Job) -> None:
        await job.wait(timeout=60, poll=PollPolicy(floor=1.0, growth=0.0))

    async with in_a_process(looks=6) as url, kipu_at(url, retry=ONCE, hooks=Count()) as kipu:
        jobs = [await kipu.job(f"job-{number}") for number in range(1000)]
        requests.clear()
        began = time.perf_counter()
        async with anyio.create_task_group() as waits:
            for job in jobs:
                waits.start_soon(wait, job)
        seconds = time.perf_counter() - began
    lists, total = requests["searchJobs"], requests.total()
    # Alone, each wait would have looked six times.
    assert total < 6000 * 0.05, f"{total} requests"
    return (
        f"1,000 waits that look about once a second, {seconds:.0f} s: {lists} list calls and {total - lists} single "
        f"looks, {total / 60:.1f} % of the 6,000 that waits alone take"
    )


async def _wait(job: anyqpu.Job) -> None:
    await job.wait(timeout=60, poll=PollPolicy(floor=0.1, growth=0.0))


def _login(server_url: str) -> dict[str, Any]:
    return {
        "base_url": server_url,
        "auth_url": f"{server_url}/token",
        "username": "me@example.com",
        "password": "p",
        "client_id": "c",
    }


async def expiry() -> str:
    """500 callers find the token expired; one asks for another."""
    logins = 0

    async def answer(seen: Seen) -> Reply:
        nonlocal logins
        if seen.path == "/token":
            logins += 1
            await anyio.sleep(0.05)
            return Reply.of_json({"access_token": f"t{logins}", "expires_in": 1 if logins == 1 else 3600})
        return await running(seen)

    async with serving(answer) as server, kipu_at(server.url, **_login(server.url)) as kipu:
        await kipu.raw.get_job_status(JOB)
        await anyio.sleep(1.1)
        before = logins
        async with anyio.create_task_group() as group:
            for _ in range(500):
                group.start_soon(kipu.raw.get_job_status, JOB)
        calls = sum(seen.path != "/token" for seen in server.seen) - 1
    assert (logins - before, calls) == (1, 500), f"{logins - before} token requests for {calls} calls"
    return f"{calls} callers at token expiry: {logins - before} token request"


async def mid_wait() -> str:
    """A token is revoked while 100 waits go on; one asks for another, and all end well."""
    current, logins, looks, ended = "", 0, 0, 0

    async def answer(seen: Seen) -> Reply:
        nonlocal current, logins, looks
        if seen.path == "/token":
            logins += 1
            current = f"t{logins}"
            return Reply.of_json({"access_token": current, "expires_in": 3600})
        if seen.headers.get("authorization") != f"Bearer {current}":
            return Reply(401)
        looks += 1
        if looks == 250:
            current = "revoked"
        return Reply.of_json({"id": JOB, "status": "COMPLETED" if looks > 500 else "RUNNING"})

    async with serving(answer) as server, kipu_at(server.url, **_login(server.url)) as kipu:
        job = await kipu.job(JOB)

        async def wait() -> None:
            nonlocal ended
            await job.wait(timeout=60, poll=PollPolicy(floor=0.02, growth=0.0))
            ended += 1

        async with anyio.create_task_group() as group:
            for _ in range(100):
                group.start_soon(wait)
    assert (logins, ended) == (2, 100), f"{logins - 1} refreshes, {ended} waits ended"
    return f"{ended} waits, token revoked in the middle: {logins - 1} refresh"


async def submit() -> str:
    """The connection drops after the server handled a submit: the job is found, and there is one."""
    # Imported here: the other demonstrations measure a process that holds the client alone.
    import httpx

    from anyqpu_emulator import Emulator

    emulator = Emulator(speed="instant")
    spoilt = 0

    async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url="http://emulator") as inner:

        async def answer(seen: Seen) -> Reply:
            nonlocal spoilt
            headers = {name: value for name, value in seen.headers.items() if name not in {"host", "content-length"}}
            response = await inner.request(seen.method, seen.target, headers=headers, content=seen.body)
            if seen.method == "POST":
                spoilt += 1
                return Reply(drop=True)
            return Reply(response.status_code, response.content, {"content-type": "application/json"})

        async with serving(answer) as server:
            async with anyqpu.connect("kipu", emulator=server.url, search=Search(pause=0.05)) as kipu:
                jobs = [await kipu.submit(BELL, device="kipu.sim.qsim", shots=10) for _ in range(20)]
                existing = {job.id for job in await kipu.jobs().collect()}
    await anyio.to_thread.run_sync(emulator.close)
    assert existing == {job.id for job in jobs}, f"{len(jobs)} submitted, {len(existing)} exist"
    assert spoilt == 20, f"{spoilt} requests for 20 submits"
    return f"20 submits whose answer was dropped: {spoilt} requests, {len(existing)} jobs, each found"


async def retry_after() -> str:
    """503 with Retry-After: 2."""
    replies = [Reply(503, headers={"retry-after": "2"})]

    async def answer(seen: Seen) -> Reply:
        return replies.pop() if replies else await running(seen)

    async with serving(answer) as server, kipu_at(server.url) as kipu:
        began = time.perf_counter()
        await kipu.raw.get_job_status(JOB)
        seconds = time.perf_counter() - began
    assert 2 <= seconds < 3, f"went on after {seconds:.2f} s"
    return f"503 with Retry-After: 2 was tried again after {seconds:.2f} s"


async def too_large() -> str:
    """A body that claims 10 GB."""

    async def answer(seen: Seen) -> Reply:
        return Reply(200, b"{", claims=10 * 10**9)

    async with serving(answer) as server, kipu_at(server.url) as kipu:
        began = time.perf_counter()
        try:
            await kipu.raw.get_job_status(JOB)
        except errors.ResponseTooLargeError as error:
            return f"refused after {(time.perf_counter() - began) * 1000:.0f} ms: {error.message}"
    raise AssertionError("it was not refused")


async def credentials() -> str:
    """A redirect to another host, and a download link: what goes along."""

    async def bucket(seen: Seen) -> Reply:
        return Reply(200, running_body)

    running_body = (await running(Seen("GET", "/", {}, b""))).body
    written = 0

    async def write(chunk: bytes) -> None:
        nonlocal written
        written += len(chunk)

    async with serving(bucket) as other:

        async def answer(seen: Seen) -> Reply:
            return Reply(302, headers={"location": f"{other.url}/elsewhere"})

        async with serving(answer) as server, kipu_at(server.url, organization_id="org") as kipu:
            await kipu.raw.get_job_status(JOB)
            await kipu._transport.download_link(f"{other.url}/b?signature=s", write=write, limit=10**6)
            assert server.seen[0].headers["x-auth-token"] == TOKEN
    leaked = [seen for seen in other.seen if TOKEN in str(seen.headers) or "org" in str(seen.headers.values())]
    assert not leaked, f"{len(leaked)} requests to another host carried credentials"
    return f"{len(other.seen)} requests to another host (redirect, download link): none with credentials"


ALL: dict[str, Callable[[], Awaitable[str]]] = {
    "cancel": cancel,
    "heartbeat": heartbeat,
    "shared waits": shared,
    "expiry": expiry,
    "mid-wait": mid_wait,
    "submit": submit,
    "retry-after": retry_after,
    "too-large": too_large,
    "credentials": credentials,
}
