"""`python -m tests.conformance`: all cells, a sample, or one of them."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.conformance import report, rows, running
from tests.conformance.running import Outcome, Pair

ROWS_PER_PART = 4
PARTS_PER_PROCESS = 8


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("--row", action="append", help="only this row, such as kipu:createJob, or a cloud")
    parser.add_argument("--fault", action="append", help="only this fault or group of faults")
    parser.add_argument("--sample", action="store_true", help="each row and each fault once, by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, default=40, help="places of a response that get odd values")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--log", type=Path, help="write violations to this file as they are found, one JSON object a line"
    )
    options = parser.parse_args(arguments)
    names = [name for name in running.subjects() if not options.row or _is_meant(name, options.row)]
    faults = [
        fault for fault in rows.faults().values() if not options.fault or {fault.name, fault.level} & set(options.fault)
    ]
    chosen = running.pairs(names, faults)
    if options.sample:
        chosen = running.sample(chosen, options.seed)
    begun = time.perf_counter()
    outcome = _run(chosen, options)
    print(report.text(outcome, time.perf_counter() - begun))
    return 1 if outcome.violations else 0


def _is_meant(name: str, wanted: Sequence[str]) -> bool:
    return name in wanted or name.partition(":")[0] in wanted


def _run(chosen: Sequence[Pair], options: argparse.Namespace) -> Outcome:
    names = list(dict.fromkeys(name for name, _ in chosen))
    if len(names) <= ROWS_PER_PART and options.log is None:
        return running.run(chosen, seed=options.seed, most=options.most)
    # In any order, so that the first violations come from everywhere.
    random.Random(options.seed).shuffle(names)
    parts = [names[start : start + ROWS_PER_PART] for start in range(0, len(names), ROWS_PER_PART)]
    whole = Outcome()
    jobs = [([pair for pair in chosen if pair[0] in part], options.seed, options.most) for part in parts]
    # A process ends after a few parts: what a row leaves behind does not pile up.
    with multiprocessing.get_context("spawn").Pool(options.processes, maxtasksperchild=PARTS_PER_PROCESS) as pool:
        for number, outcome in enumerate(pool.imap_unordered(running.run_part, jobs), 1):
            whole.add(outcome)
            print(f"{number}/{len(parts)}: {whole.cells} cells, {len(whole.violations)} violations", file=sys.stderr)
            if options.log is not None:
                with options.log.open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps(vars(one)) + "\n" for one in outcome.violations)
    return whole


if __name__ == "__main__":
    sys.exit(main())
