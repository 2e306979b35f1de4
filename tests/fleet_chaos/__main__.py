"""Kill and stop the workers of fleets at every point of a send, and count what the emulated clouds received.

    python -m tests.fleet_chaos             every point on every cloud, takeovers, faults, controls (up to ten minutes)
    python -m tests.fleet_chaos --soak      10,000 submits and 50 kills under faults, and the control
    python -m tests.fleet_chaos --measure   what one and several processes carry, without kills and faults
    python -m tests.fleet_chaos --takeover  how long another machine needs to take over

The exit status is 1 if a job was lost or doubled, or if a control did not double any: it runs without the rule that
prevents it.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from tests.fleet_chaos.chaos import (
    Chaos,
    RunCounts,
    Workers,
    control,
    emulator,
    kill_often,
    stop_and_take_over,
    workers,
)
from tests.fleet_chaos.points import POINTS
from tests.fleet_chaos.programs import CLOUDS
from tests.fleet_chaos.takeover import takeover_seconds
from tests.support.postgres import SERVER

JOBS = 6
# Points after which the cloud may have the job although the ledger does not say so.
UNCERTAIN = ("after sending", "first write", "before sent")
BACKENDS = ("asyncio", "trio")
CONTROL_TRIES = 4


class Campaign:
    """All runs of one command: prints each, and knows whether all were as they must be."""

    def __init__(self, forks: Workers, url: str) -> None:
        self._workers = forks
        self._url = url
        self._began = time.monotonic()
        self.is_good = True
        self.total = RunCounts()

    @contextmanager
    def chaos(
        self, *, cloud: str = "kipu", backend: str = "asyncio", database: bool = False, **options: object
    ) -> Generator[Chaos]:
        """Yield a run with a ledger of its own, on a cloud without jobs."""
        control(self._url, "/reset", {})
        with ExitStack() as stack:
            if database:
                where = stack.enter_context(SERVER.schema())
            else:
                where = stack.enter_context(tempfile.TemporaryDirectory()) + "/ledger.sqlite"
            yield Chaos(self._workers, self._url, where, cloud=cloud, backend=backend, **options)  # type: ignore[arg-type]

    def note(self, name: str, counts: RunCounts, *, must_double: bool = False) -> None:
        """Print a run; a control must double."""
        is_right = counts.doubled > 0 if must_double else counts.is_good
        self.is_good = self.is_good and is_right
        seconds = time.monotonic() - self._began
        print(f"{seconds:6.0f} s  {'ok  ' if is_right else 'BAD '} {name}: {counts}", flush=True)
        if not must_double:
            self.total.add(counts)


def every_point(campaign: Campaign) -> None:
    """Kill a worker at every point on every cloud, and a second one too."""
    firsts = itertools.cycle(UNCERTAIN)
    backends = itertools.cycle(BACKENDS)
    once = [(point,) for point in POINTS if "look-up" not in point]
    for cloud in CLOUDS:
        all_counts = RunCounts()
        for points in [*once, *((next(firsts), point) for point in POINTS)]:
            with campaign.chaos(cloud=cloud, backend=next(backends), settle=1.0) as chaos:
                chaos.plan(JOBS)
                for number, point in enumerate(points):
                    chaos.run(*chaos.at(point, 1 if number else JOBS // 2))
                counts = chaos.finish()
                if not counts.is_good:
                    campaign.note(f"{cloud}, killed at {' and '.join(points)}", counts)
                all_counts.add(counts)
        campaign.note(f"{cloud}, killed at every point, once and twice", all_counts)


def takeovers(campaign: Campaign) -> None:
    """Stop a worker between the mark and the last write, let another one take over, and let the first continue."""
    for rule in (None, "check"):
        for point in ("after sending", "first write", "later write"):
            for backend in BACKENDS:
                # Without the check it is up to the cloud whether it still takes the rest of a request.
                for _ in range(CONTROL_TRIES if rule else 1):
                    with campaign.chaos(backend=backend, database=True, control=rule, settle=1.0) as chaos:
                        counts = stop_and_take_over(chaos, JOBS, point, 1)
                    if counts.doubled:
                        break
                name = f"stopped at {point!r} on {backend}" + (", control without the check" if rule else "")
                campaign.note(name, counts, must_double=rule is not None)


def faulty(campaign: Campaign, jobs: int, kills: int, *, seed: int, **options: object) -> RunCounts:
    """Kill workers often, while the cloud fails in several ways."""
    with campaign.chaos(**options) as chaos:  # type: ignore[arg-type]
        chaos.inject()
        return kill_often(chaos, jobs, kills, seed)


def database_stops(campaign: Campaign, jobs: int, stops: int) -> None:
    """Stop the database at once, as a crash does, each time that the cloud has so many more jobs."""
    with campaign.chaos(database=True) as chaos:
        chaos.inject()
        chaos.plan(jobs)
        over = threading.Event()

        def stop() -> None:
            for number in range(1, stops + 1):
                while control(chaos.url, "/state?limit=1")["totals"]["jobs"] < number * jobs // (stops + 1):
                    if over.wait(0.02):
                        return
                SERVER.stop()
                SERVER.start()
                chaos.counts.points["database stopped"] += 1

        thread = threading.Thread(target=stop)
        thread.start()
        counts = chaos.finish()
        over.set()
        thread.join()
        stopped = counts.points["database stopped"]
        campaign.note(f"the database stopped at once, {stopped} times", counts)


def measure(campaign: Campaign, jobs: int) -> None:
    """Print what processes carry: one with a file, one with a database, and two with two accounts."""
    for clouds, database in ((["kipu"], False), (["kipu"], True), (["kipu", "pasqal"], True)):
        with ExitStack() as stack:
            runs = [stack.enter_context(campaign.chaos(cloud=clouds[0], database=database))]
            for cloud in clouds[1:]:
                forks = stack.enter_context(workers())
                runs.append(Chaos(forks, runs[0].url, runs[0].ledger, cloud=cloud))
            began = time.monotonic()
            for run in runs:
                run.plan(jobs // len(runs))
            planned = time.monotonic()
            threads = [threading.Thread(target=run.run, args=("--number", "2")) for run in runs]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            seconds = time.monotonic() - planned
            cpu = sum(run.counts.cpu for run in runs)
            memory = max(run.counts.memory for run in runs)
            where = "PostgreSQL" if database else "SQLite"
            print(
                f"{len(runs)} process{'es' * (len(runs) > 1)}, {where}, {' and '.join(clouds)}: {jobs} jobs planned in "
                f"{planned - began:.1f} s, over in {seconds:.0f} s ({jobs / seconds:.0f} a second), "
                f"{1000 * cpu / jobs:.2f} ms of CPU per job, at most {memory:.0f} MB",
                flush=True,
            )


def measure_takeovers(campaign: Campaign) -> None:
    """Print how long a worker on another machine needs to take over from one that is killed, or stopped."""
    chosen = random.Random(1)
    for name, engine in (("SIGKILL", ()), ("SIGSTOP", ()), ("SIGKILL", ("--engine",))):
        times: list[float] = []
        for _ in range(5):
            with campaign.chaos(database=True) as first, workers() as forks:
                second = Chaos(forks, first.url, first.ledger)
                times.append(takeover_seconds(first, second, name, chosen.uniform(0, 2), *engine))
        every = ", ".join(f"{seconds:.1f}" for seconds in sorted(times))
        by = " by PgQueuer" if engine else ""
        print(f"takeover{by} after {name} on another machine: {every} s (at most 5)", flush=True)
        campaign.is_good = campaign.is_good and max(times) <= 5


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--soak", action="store_true", help="10,000 submits and 50 kills")
    parser.add_argument("--measure", action="store_true", help="what processes carry")
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--takeover", action="store_true", help="how long another machine needs to take over")
    options = parser.parse_args()
    with emulator() as url, workers() as forks:
        campaign = Campaign(forks, url)
        if options.measure:
            measure(campaign, options.jobs)
            return 0
        if options.takeover:
            measure_takeovers(campaign)
            return 0 if campaign.is_good else 1
        if options.soak:
            few = options.jobs // 20
            counts = faulty(campaign, options.jobs, options.kills, seed=options.seed)
            campaign.note("SQLite", counts)
            print(f"         {counts.shares()}", flush=True)
            campaign.note("PostgreSQL", faulty(campaign, few, 5, seed=options.seed + 1, database=True, backend="trio"))
            database_stops(campaign, few, 3)
            counts = faulty(campaign, few, 10, seed=options.seed + 2, control="look-up")
            campaign.note("control without look-up", counts, must_double=True)
        else:
            every_point(campaign)
            takeovers(campaign)
            for number, backend in enumerate(BACKENDS):
                counts = faulty(campaign, 300, 8, seed=options.seed + number, backend=backend, database=number > 0)
                campaign.note(f"8 kills under faults on {backend}", counts)
            database_stops(campaign, 300, 3)
            counts = faulty(campaign, 300, 8, seed=options.seed, control="look-up")
            campaign.note("control without look-up", counts, must_double=True)
        print(f"{'all good' if campaign.is_good else 'BAD'}, without the controls: {campaign.total}")
    return 0 if campaign.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
