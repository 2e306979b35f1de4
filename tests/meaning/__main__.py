"""Check that programs keep their meaning, on every route.

python -m tests.meaning                          everything: 10 to 15 minutes
python -m tests.meaning --programs 200 --seed 7  fewer, others
python -m tests.meaning --suite routes --routes "kipu: aws.sim.sv1"
python -m tests.meaning --record                 write the corpus of the quick tests
python -m tests.meaning --speed                  time and memory, and programs made to exhaust them

The exit code is 1 if a goal is missed: no wrong outcome on any route; at most 2 % of valid OpenQASM 2 measured at the
end refused; at least 90 % of the OpenQASM 3 that Qiskit reads right. Results are in build/meaning.json too.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections.abc import Sequence
from contextlib import redirect_stderr
from dataclasses import asdict
from typing import Any

import anyio

from tests.meaning import converted, drivers, report, routes
from tests.meaning.cases import Case, Verdict
from tests.meaning.judging import Judgement, judge
from tests.meaning.programs import all_programs
from tests.peers.environments import BUILD, emulator

SUITES = ("routes", "conversions", "objects", "analog")


def main(arguments: Sequence[str]) -> int:
    """Run the requested suites, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.meaning", description="check that programs keep meaning")
    parser.add_argument("--programs", type=int, default=1500, help="how many are generated (1500)")
    parser.add_argument("--seed", type=int, default=1, help="of the generator (1)")
    parser.add_argument("--each", type=int, default=3, help="on how many routes a generated program runs (3)")
    parser.add_argument("--routes", nargs="*", metavar="ROUTE", help="only these, by a part of their name")
    parser.add_argument("--suite", nargs="*", choices=SUITES, default=SUITES, help="only these")
    parser.add_argument("--only", metavar="NAME", help="programs whose name contains this")
    parser.add_argument("--record", action="store_true", help="write the corpus of tests/meaning")
    parser.add_argument("--speed", action="store_true", help="time and memory instead")
    options = parser.parse_args(arguments)
    if options.speed:
        from tests.meaning import speed

        return speed.main()
    if options.record:
        from tests.meaning import recording

        return recording.main(options.seed)
    began = time.monotonic()
    cases = [case for case in all_programs(options.programs, options.seed) if (options.only or "") in case.name]
    judged, versions = judge(cases)
    print(
        f"{len(cases)} programs, judged by Qiskit {versions['qiskit']} in {time.monotonic() - began:.0f} s", flush=True
    )
    verdicts: list[Verdict] = []
    if "conversions" in options.suite:
        verdicts += converted.run([case for case in cases if not options.routes], judged)
        print(f"conversions after {time.monotonic() - began:.0f} s", flush=True)
    if "routes" in options.suite:
        verdicts += on_routes(cases, judged, options.each, options.routes)
        print(f"routes after {time.monotonic() - began:.0f} s", flush=True)
    for suite, run in (("objects", drivers.circuits), ("analog", drivers.analog)):
        if suite in options.suite and not options.only and not options.routes:
            verdicts += run()
            print(f"{suite} after {time.monotonic() - began:.0f} s", flush=True)
    verdicts += conflicts(cases, judged)
    seconds = time.monotonic() - began
    lost = write(verdicts, {"seed": options.seed, "versions": versions, "seconds": round(seconds)})
    print(f"\nseed {options.seed}, {len(verdicts)} pairs, {seconds:.0f} s")
    return lost


def on_routes(
    cases: Sequence[Case], judged: dict[str, Judgement], stride: int, only: Sequence[str] | None
) -> list[Verdict]:
    """Programs on the emulator's devices."""
    with emulator("instant", strict=False) as url, redirect_stderr(io.StringIO()) as printed:
        available = anyio.run(routes.discover, url)
        available = [route for route in available if not only or any(part in route.name for part in only)]
        pairs = routes.chosen(cases, available, stride)
        verdicts = anyio.run(routes.run, url, pairs, judged)
        verdicts += anyio.run(routes.run_several, url, available, cases, judged)
    if printed.getvalue():
        verdicts.append(Verdict("suite", "standard error", "client", "wrong", printed.getvalue()))
    return verdicts


def conflicts(cases: Sequence[Case], judged: dict[str, Judgement]) -> list[Verdict]:
    """Programs on which the judges differ, or which Qiskit calls valid though they are not: errors of this suite."""
    problems = [("judges differ", case, judged[case.name].conflict) for case in cases if judged[case.name].conflict]
    problems += [
        ("Qiskit reads it", case, "an invalid program of the suite")
        for case in cases
        if case.group == "invalid" and judged[case.name].readable and case.name != "invalid-version-4"
    ]
    return [
        Verdict("suite", reason, case.name, "wrong", detail, case.language, case.group)
        for reason, case, detail in problems
    ]


def write(verdicts: Sequence[Verdict], about: dict[str, Any]) -> int:
    """Print the table and what is wrong; write build/meaning.json. The exit code."""
    lost = report.missed(verdicts)
    BUILD.mkdir(exist_ok=True)
    content = {**about, "missed": lost, "verdicts": [asdict(verdict) for verdict in verdicts]}
    (BUILD / "meaning.json").write_text(json.dumps(content, indent=1))
    print()
    for line in report.table(verdicts):
        print(line)
    print()
    for verdict in verdicts:
        if verdict.verdict == "wrong":
            print(f"wrong: {verdict.suite} / {verdict.route} / {verdict.program}: {verdict.detail[:300]}")
    count = {
        name: sum(verdict.verdict == name for verdict in verdicts) for name in ("right", "wrong", "refused", "unjudged")
    }
    print("\ntotal: " + ", ".join(f"{number} {name}" for name, number in count.items()))
    print("missed: " + ("\n        ".join(lost) if lost else "none"))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
