"""Give the client and the emulator what they should never get, and see that they live through it.

    python -m tests.fuzz [--only PART|CLOUD ...] [--count N] [--seed N] [--processes N]
    python -m tests.fuzz --repeat '["responses", "kipu", "job", [[0, ["id"], "set", "null"]]]'

Parts: `requests` (malformed requests to the emulator), `responses` (of each cloud, to every method of its client),
`headers` (statuses and headers of responses), `config` (files and environment variables), `handles`, `programs`.
A case passes if it ends in a value that can be shown, pickled and written as JSON, or in an error of the tree; within
a second of CPU time and 200 MB; and without a secret in what is shown, logged or printed. Each kind of failure is
printed once, with a command that repeats it; the exit status is 1 if there is one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from tests.fuzz import parts, requests
from tests.fuzz.findings import Finding, Findings
from tests.fuzz.worker import Outcome, Unit, repeat, run_unit

# Cases of each part; those of clouds are for each cloud.
COUNTS = {"responses": 200_000, "headers": 25_000, "config": 40_000, "handles": 100_000, "programs": 20_000}
UNIT = 5_000
# A part of it that takes 12 seconds of CPU time, for every run of the tests.
QUICK = {"responses": 250, "headers": 40, "config": 80, "handles": 200, "programs": 150}
QUICK_SEED = 13


def units_of(only: list[str], count: int | None, seed: int, call: str) -> list[Unit]:
    """The work, in pieces for the processes."""
    chosen_parts = [name for name in (*parts.OF_CLOUDS, *parts.OTHERS) if name in only]
    clouds = [name for name in parts.PROVIDERS if name in only] or list(parts.PROVIDERS)
    if not chosen_parts:
        # A cloud alone means the parts that have clouds.
        chosen_parts = list(parts.OF_CLOUDS) if only else [*parts.OF_CLOUDS, *parts.OTHERS]
    units: list[Unit] = []
    for part in chosen_parts:
        total = count or COUNTS[part]
        for cloud in clouds if part in parts.OF_CLOUDS else [""]:
            for first in range(0, total, UNIT):
                units.append(Unit(part, cloud, min(UNIT, total - first), f"{seed}/{part}/{cloud}/{first}", call))
    return units


def run_quickly(seed: int) -> tuple[Findings, list[Outcome]]:
    """Some cases of every part in this process, by a seed that is always the same, and by another one."""
    findings, outcomes = Findings(), list[Outcome]()
    for run_seed in (QUICK_SEED, seed):
        for part, count in QUICK.items():
            for cloud in parts.PROVIDERS if part in parts.OF_CLOUDS else [""]:
                outcomes.append(run_unit(Unit(part, cloud, count, f"{run_seed}/{part}/{cloud}/0")))
                findings.merge(outcomes[-1].findings)
    return findings, outcomes


def run_units(units: list[Unit], processes: int) -> tuple[Findings, list[Outcome]]:
    """Run the work in processes, which keep what they recorded."""
    findings, outcomes = Findings(), list[Outcome]()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        waiting = {pool.submit(run_unit, unit): unit for unit in units}
        for future in as_completed(waiting):
            unit = waiting[future]
            try:
                outcome = future.result()
            except BrokenProcessPool:
                findings.add(Finding("process killed", unit.part, f"in unit {unit}", [unit.part]))
                continue
            findings.merge(outcome.findings)
            outcomes.append(outcome)
            total = sum(item.cases for item in outcomes)
            if sys.stderr.isatty():
                print(f"\r{total} cases, {len(findings.by_key)} kinds of failure", end="", file=sys.stderr, flush=True)
    return findings, outcomes


def report(findings: Findings, outcomes: list[Outcome]) -> None:
    """Print what was done, and each kind of failure once."""
    for part, cloud in sorted({(outcome.unit.part, outcome.unit.provider) for outcome in outcomes}):
        done = [outcome for outcome in outcomes if (outcome.unit.part, outcome.unit.provider) == (part, cloud)]
        cases, cpu = sum(outcome.cases for outcome in done), sum(outcome.cpu for outcome in done)
        growth = max(outcome.growth for outcome in done) >> 20
        print(f"{part:10} {cloud:9} {cases:8} cases in {cpu:6.0f} s of CPU time; at most {growth} MB kept by a unit")
    for finding in findings.sorted():
        print(*finding.lines(), sep="\n")
    print(f"{len(findings.by_key)} kinds of failure, {sum(item.count for item in findings.by_key.values())} cases")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", default=[], help="a part or a cloud; may be given several times")
    parser.add_argument("--call", default="", help="the only call to play, such as `submit` or `raw.get_job`")
    parser.add_argument("--count", type=int, help="cases of each part and cloud")
    parser.add_argument("--seed", type=int, help="repeats a run; without it one is drawn and printed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="a few thousand cases of all parts but `requests`")
    parser.add_argument("--repeat", metavar="CASE", help="run one case, as a finding prints it")
    options = parser.parse_args()
    if options.repeat:
        return repeat(options.repeat)
    names = {"requests", *parts.OF_CLOUDS, *parts.OTHERS, *parts.PROVIDERS}
    if unknown := set(options.only) - names:
        parser.error(f"unknown part or cloud: {', '.join(sorted(unknown))}. There are {', '.join(sorted(names))}")
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}: repeat this run with --seed {seed}", flush=True)
    began = time.monotonic()
    status = 0
    if options.quick:
        findings, outcomes = run_quickly(seed)
        report(findings, outcomes)
        return 1 if findings.by_key else 0
    if not options.only or "requests" in options.only:
        status = requests.run(options.count or 100_000, min(options.count or 10_000, 10_000), seed)
    if options.only != ["requests"]:
        findings, outcomes = run_units(units_of(options.only, options.count, seed, options.call), options.processes)
        report(findings, outcomes)
        status = 1 if findings.by_key else status
    print(f"{time.monotonic() - began:.0f} s")
    return status


if __name__ == "__main__":
    sys.exit(main())
