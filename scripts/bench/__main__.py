"""Measure, print a table, and write build/bench.json, and build/bench-run.json for docs/performance.md.

python -m scripts.bench                       everything
python -m scripts.bench --write-docs          everything, and docs/performance.md and its figures
python -m scripts.bench --quick               fewer rounds and no curves
python -m scripts.bench call_cpu_c1 waits     some rows, or groups of rows, by name
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from dataclasses import asdict
from pathlib import Path

from scripts.bench import calls, downloads, emulator, fleet, grpc, imports, ledger, own, parsing, waits
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
    "grpc": grpc,
    "ledger": ledger,
    "fleet": fleet,
}


def main(arguments: list[str]) -> int:
    """Measure the chosen groups; the exit code does not depend on the goals."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description="measure")
    parser.add_argument("names", nargs="*", metavar="NAME", help="rows, or groups: " + ", ".join(GROUPS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no curves")
    parser.add_argument("--tiny", action="store_true", help="least work, for tests: the numbers mean nothing")
    parser.add_argument("--write-docs", action="store_true", help="write the numbers into docs/performance.md")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench.json", help="file for the numbers")
    options = parser.parse_args(arguments)
    names = set(GROUPS) | {name for group in GROUPS.values() for name in group.NAMES}
    if unknown := set(options.names) - names:
        parser.error(f"unknown {', '.join(sorted(unknown))}; there are {', '.join(sorted(names))}")
    is_full = not (options.names or options.quick or options.tiny)
    if options.write_docs and not is_full:
        parser.error("--write-docs takes a full run: leave out names, --quick and --tiny")
    size = TINY if options.tiny else QUICK if options.quick else FULL
    rows: list[Row] = []
    curves: list[Curve] = []
    seconds: dict[str, float] = {}
    before = machine()
    for name, group in GROUPS.items():
        if options.names and not {name, *group.NAMES} & set(options.names):
            continue
        began = time.monotonic()
        results = group.measure(size)
        seconds[name] = time.monotonic() - began
        print(f"{name}: {seconds[name]:.0f} s", flush=True)
        rows += results.rows
        curves += results.curves
        write(results.rows, options.out)
    run = {"machine": before, "is_full": is_full, "seconds": seconds, "rows": [asdict(row) for row in rows]}
    run["curves"] = [asdict(curve) for curve in curves]
    options.out.with_name("bench-run.json").write_text(json.dumps(run, indent=1) + "\n")
    print(f"\n{before}; {sum(seconds.values()) / 60:.0f} minutes\n")
    print(table(rows))
    for curve in curves:
        print(f"\n{curve.text()}")
    missed = [row.name for row in rows if row.met is False]
    print(f"\nmissed: {', '.join(missed) or 'none'}")
    if options.write_docs:
        from scripts.bench import page

        page.write_docs(run)
    return 0


def machine() -> str:
    """Describe the machine and its load."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    cpu = f" of {models[0]}" if models else ""
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores{cpu}, {platform.python_implementation()} {platform.python_version()}{load}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
