"""`python -m scripts.conformance`: all cells, a sample, or one of them."""

from __future__ import annotations

import argparse
import concurrent.futures
import multiprocessing
import sys
import time
from collections.abc import Sequence

from scripts.conformance import report, rows, running
from scripts.conformance.running import Outcome, Pair


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.conformance", description=__doc__)
    parser.add_argument("--row", action="append", help="only this row, such as kipu:createJob, or a cloud")
    parser.add_argument("--fault", action="append", help="only this fault or group of faults")
    parser.add_argument("--sample", action="store_true", help="each row and each fault once, by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, default=40, help="places of a response that get odd values")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args(arguments)
    names = [name for name in running.subjects() if not given.row or _is_meant(name, given.row)]
    faults = [
        fault for fault in rows.faults().values() if not given.fault or {fault.name, fault.level} & set(given.fault)
    ]
    chosen = running.pairs(names, faults)
    if given.sample:
        chosen = running.sample(chosen, given.seed)
    begun = time.perf_counter()
    outcome = _run(chosen, given.processes, given.seed, given.most)
    print(report.text(outcome, time.perf_counter() - begun))
    return 1 if outcome.violations else 0


def _is_meant(name: str, wanted: Sequence[str]) -> bool:
    return name in wanted or name.partition(":")[0] in wanted


def _run(chosen: Sequence[Pair], processes: int, seed: int, most: int) -> Outcome:
    names = list(dict.fromkeys(name for name, _ in chosen))
    if processes < 2 or len(names) < 2:
        return running.run(chosen, seed=seed, most=most)
    whole = Outcome()
    # A worker of its own for each row: what one leaves behind does not reach the next.
    with concurrent.futures.ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        parts = [names[start : start + 6] for start in range(0, len(names), 6)]
        futures = [
            pool.submit(running.run, [pair for pair in chosen if pair[0] in part], seed=seed, most=most)
            for part in parts
        ]
        for number, future in enumerate(concurrent.futures.as_completed(futures), 1):
            whole.add(future.result())
            print(f"{number}/{len(parts)}: {len(whole.violations)} violations so far", file=sys.stderr)
    return whole


if __name__ == "__main__":
    sys.exit(main())
