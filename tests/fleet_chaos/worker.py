"""A process that plans jobs of a fleet or works on them, and is killed or stopped at a point; see `points`."""

from __future__ import annotations

import argparse
import importlib
import json
import logging
import os
import pkgutil
import signal
import sys
import traceback
from typing import Any, Literal

import anyio

import anyqpu.core
import anyqpu.model
import anyqpu.paging
import anyqpu.providers
import anyqpu.transport
import anyqpu.waiting
from anyqpu import PollPolicy, RetryPolicy, Search, Timeouts, pgqueuer
from anyqpu.fleet import worker as workers
from anyqpu.ledger import processes
from anyqpu.ledger.ledger import Ledger
from anyqpu.transport import send_guard
from tests.fleet_chaos import points
from tests.fleet_chaos.programs import CLOUDS

# In place of four seconds: a worker that was killed or stopped is replaced after this time.
LEASE_SECONDS = 1.5
# Bytes in a write of a request, so that it takes several.
PIECE = 200


def quicken(point: str | None) -> None:
    """Shorten what a test would wait for in this process, and requests where it is about their writes."""
    workers.LEASE_SECONDS, workers.RENEW_SECONDS, workers.LEASE_PAUSE = LEASE_SECONDS, LEASE_SECONDS / 4, 0.1  # type: ignore[misc]
    if point and "write" in point:
        send_guard.PIECE = PIECE  # type: ignore[misc]


async def main(options: argparse.Namespace) -> None:
    """Plan, or work until every entry of the run is over or unknown."""
    cloud, run = CLOUDS[options.cloud], options.cloud
    connect: dict[str, Any] = {
        "emulator": options.url,
        "timeout": Timeouts(**dict.fromkeys(("connect", "read", "write", "total"), options.timeout)),
        "retry": RetryPolicy(attempts=3, backoff=0.02),
        "search": Search(tries=0),
        "poll": PollPolicy(floor=0.1, growth=0.01, jitter=0.0),
    }
    work: bool | Literal["steps"] = "steps" if options.engine else not options.plan
    async with anyqpu.connect(cloud.provider, **connect, **cloud.connect) as client:
        async with anyqpu.Fleet(
            client,
            ledger=options.ledger,
            run=run,
            in_flight=options.in_flight,
            settle=options.settle,
            work=work,
        ) as fleet:
            if options.plan:
                programs = [cloud.programs[number % len(cloud.programs)] for number in range(options.plan)]
                await fleet.submit_many(programs, device=cloud.device, shots=10, **cloud.submit)
                return
            if options.engine:
                await pgqueuer.work(fleet, options.ledger)
            while any(count.state not in {"over", "unknown"} for count in await fleet.ledger.summary(run=run)):  # noqa: ASYNC110
                await anyio.sleep(0.1 if options.number == 1 else 0.5)


async def report(where: str, run: str, file: str) -> None:
    """Write the entries of the run as JSON: key, state, kind of outcome and attempts."""
    ledger = await Ledger.open(where, work=False)
    rows = [
        [entry.key, entry.state, entry.outcome and entry.outcome.kind, entry.attempts]
        for entry in await ledger.entries(run=run)
    ]
    await ledger.aclose()
    await anyio.Path(file).write_text(json.dumps(rows))


def run(arguments: list[str]) -> None:
    """Do what the arguments of a worker say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("ledger")
    parser.add_argument("--url")
    parser.add_argument("--cloud", default="kipu")
    parser.add_argument("--backend", default="asyncio")
    parser.add_argument("--plan", type=int, default=0)
    parser.add_argument("--report", help="a file for what the ledger has of the run")
    parser.add_argument("--in-flight", type=int, default=256)
    parser.add_argument("--settle", type=float, default=3.0)
    parser.add_argument("--timeout", type=float, default=2.0)
    parser.add_argument("--point")
    parser.add_argument("--number", type=int, default=1)
    parser.add_argument("--signal", default="SIGKILL")
    parser.add_argument("--engine", action="store_true", help="PgQueuer makes the steps, until it is killed")
    parser.add_argument("--machine", help="a name: this process does not see those of other machines")
    parser.add_argument("--events", help="a file for when it waits for the lease, and makes its first step")
    parser.add_argument("--control", choices=["look-up", "check"])
    chosen = parser.parse_args(arguments)
    logging.disable(logging.WARNING)
    if chosen.machine:
        # Its leases are the real ones.
        processes._machine = lambda: chosen.machine
    else:
        quicken(chosen.point)
    if chosen.events:
        points.write_events(chosen.events)
    if chosen.control == "look-up":
        points.without_look_up()
    if chosen.control == "check":
        points.without_check()
    if chosen.point:
        points.install(chosen.point, chosen.number, signal.Signals[chosen.signal])
    if chosen.report:
        anyio.run(report, chosen.ledger, chosen.cloud, chosen.report)
    else:
        anyio.run(main, chosen, backend=chosen.backend)


def serve() -> None:
    """Fork a worker for each line of arguments, or let one continue: a number; report how each ends or stops.

    A fork takes milliseconds, where a new process would import everything again.
    """
    for package in (anyqpu.core, anyqpu.model, anyqpu.transport, anyqpu.paging, anyqpu.waiting, anyqpu.providers):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    for line in sys.stdin:
        command = json.loads(line)
        if isinstance(command, int):
            pid = command
            os.kill(pid, signal.SIGCONT)
        elif (pid := os.fork()) == 0:
            code = 1
            try:
                run(command)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        _, status, usage = os.wait4(pid, os.WUNTRACED)
        stopped = os.WIFSTOPPED(status)
        end = {
            "pid": pid,
            "stopped": stopped,
            "code": None if stopped else os.waitstatus_to_exitcode(status),
            "cpu": usage.ru_utime + usage.ru_stime,
            "memory": usage.ru_maxrss / 1024,
        }
        print(json.dumps(end), flush=True)


if __name__ == "__main__":
    serve()
