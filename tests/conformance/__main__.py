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
    given = parser.parse_args(arguments)
    names = [name for name in running.subjects() if not given.row or _is_meant(name, given.row)]
    faults = [
        fault for fault in rows.faults().values() if not given.fault or {fault.name, fault.level} & set(given.fault)
    ]
    chosen = running.pairs(names, faults)
    if given.sample:
        chosen = running.sample(chosen, given.seed)
    begun = time.perf_counter()
    outcome = _run(chosen, given)
    print(report.text(outcome, time.perf_counter() - begun))
    return 1 if outcome.violations else 0


def _is_meant(name: str, wanted: Sequence[str]) -> bool:
    return name in wanted or name.partition(":")[0] in wanted


def _run(chosen: Sequence[Pair], given: argparse.Namespace) -> Outcome:
    names = list(dict.fromkeys(name for name, _ in chosen))
    if len(names) <= ROWS_PER_PART and given.log is None:
        return running.run(chosen, seed=given.seed, most=given.most)
    # In any order, so that the first violations come from everywhere.
    random.Random(given.seed).shuffle(names)
    parts = [names[start : start + ROWS_PER_PART] for start in range(0, len(names), ROWS_PER_PART)]
    whole = Outcome()
    jobs = [([pair for pair in chosen if pair[0] in part], given.seed, given.most) for part in parts]
    # A process ends after a few parts: what a row leaves behind does not pile up.
    with multiprocessing.get_context("spawn").Pool(given.processes, maxtasksperchild=PARTS_PER_PROCESS) as pool:
        for number, outcome in enumerate(pool.imap_unordered(running.run_part, jobs), 1):
            whole.add(outcome)
            print(f"{number}/{len(parts)}: {whole.cells} cells, {len(whole.violations)} violations", file=sys.stderr)
            if given.log is not None:
                with given.log.open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps(vars(one)) + "\n" for one in outcome.violations)
    return whole


if __name__ == "__main__":
    sys.exit(main())
