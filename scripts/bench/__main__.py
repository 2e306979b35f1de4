"""Measure, print a table, and write build/bench.json.

python -m scripts.bench                       everything
python -m scripts.bench --quick               fewer rounds and no curves
python -m scripts.bench call_cpu_c1 waits     some rows, or groups of rows, by name
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from pathlib import Path

from scripts.bench import calls, downloads, emulator, imports, own, parsing, waits
from scripts.bench.environments import ROOT
from scripts.bench.report import Curve, Row, table, write
from scripts.bench.run import FULL, QUICK, TINY

GROUPS = {
    "imports": imports,
    "parsing": parsing,
    "calls": calls,
    "own": own,
    "downloads": downloads,
    "emulator": emulator,
    "waits": waits,
}


def main(arguments: list[str]) -> int:
    """Measure the groups that hold what is wanted; the exit code does not depend on the goals."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description="measure")
    parser.add_argument("names", nargs="*", metavar="NAME", help="rows, or groups: " + ", ".join(GROUPS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no curves")
    parser.add_argument("--tiny", action="store_true", help="so little that the numbers mean nothing")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench.json", help="where the numbers go")
    options = parser.parse_args(arguments)
    known = set(GROUPS) | {name for group in GROUPS.values() for name in group.NAMES}
    if unknown := set(options.names) - known:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    size = TINY if options.tiny else QUICK if options.quick else FULL
    rows: list[Row] = []
    curves: list[Curve] = []
    for name, group in GROUPS.items():
        if options.names and not {name, *group.NAMES} & set(options.names):
            continue
        began = time.monotonic()
        found = group.measure(size)
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
        rows += found.rows
        curves += found.curves
        write(found.rows, options.out)
    print(f"\n{os.cpu_count()} cores, {platform.python_implementation()} {platform.python_version()}\n")
    print(table(rows))
    for curve in curves:
        print(f"\n{curve.text()}")
    missed = [row.name for row in rows if row.met is False]
    print(f"\nmissed: {', '.join(missed) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
