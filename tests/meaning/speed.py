"""Time and memory of reading and converting programs, beside Qiskit's, and what programs made to exhaust them do.

Each measurement is a process of its own: `python -m tests.meaning.speed TASK GATES` prints seconds and peak memory.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from tests.meaning.bombs import BOMBS, large
from tests.meaning.judging import environment
from tests.peers.clients import ROOT

_SIZES = (3_000, 100_000)
_GOAL_S = {3_000: 0.5, 100_000: 15.0}
_TIMES = {3_000: 3, 100_000: 1}
_GOAL_MB = 500
_LIMIT_MB = 4_000
_PATIENCE_S = 120.0
_BOMB_PATIENCE_S = 60.0
_TARGETS = {"openqasm3": "OpenQASM 2 -> 3", "braket_qasm3": "OpenQASM 2 -> Braket", "ionq_json": "OpenQASM 2 -> IonQ"}
_QISKIT = """
import resource, sys, time
import qiskit.qasm2
text = sys.stdin.read()
began = time.perf_counter()
qiskit.qasm2.loads(text, custom_instructions=qiskit.qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> int:
    """Print both tables; the exit code is 1 if a goal is missed."""
    missed = [*speeds(), *outcomes()]
    print("\nmissed: " + ("\n        ".join(missed) or "none"))
    return 1 if missed else 0


def speeds() -> list[str]:
    """Seconds and megabytes for circuits of two sizes."""
    missed: list[str] = []
    print(f"{'':<24}{'gates':>9}{'seconds':>10}{'MB':>8}{'x Qiskit':>10}")
    for gates in _SIZES:
        text = large(gates)
        qiskit = _measured([str(environment()), "-c", _QISKIT], text)
        rows = {"Qiskit reads it": qiskit}
        for task, label in (*_TARGETS.items(), ("emulator", "the emulator reads it")):
            # Of small circuits the fastest of three: other processes cost more than they do.
            runs = [_measured([sys.executable, "-m", "tests.meaning.speed", task], text) for _ in range(_TIMES[gates])]
            rows[label] = min(runs)
        for label, (seconds, megabytes, problem) in rows.items():
            ratio = f"{seconds / qiskit[0]:.1f}" if qiskit[0] and seconds else ""
            print(f"{label:<24}{gates:>9,}{seconds:>10.2f}{megabytes:>8.0f}{ratio:>10}  {problem[:80]}", flush=True)
            if label.startswith("Qiskit"):
                continue
            if problem or seconds > _GOAL_S[gates]:
                missed.append(f"{label}, {gates:,} gates: {problem or f'{seconds:.2f} s'}, at most {_GOAL_S[gates]} s")
            if megabytes > _GOAL_MB:
                missed.append(f"{label}, {gates:,} gates: {megabytes:.0f} MB, at most {_GOAL_MB} MB")
    return missed


def outcomes() -> list[str]:
    """What happens to each bomb, in the client's conversion and in the emulator."""
    missed: list[str] = []
    print(f"\n{'':<40}{'':<10}{'seconds':>8}{'MB':>7}  outcome")
    for name, text in BOMBS.items():
        for task, label in (("braket_qasm3", "client"), ("run", "emulator")):
            began = time.perf_counter()
            seconds, megabytes, problem = _measured(
                [sys.executable, "-m", "tests.meaning.speed", task], text, _BOMB_PATIENCE_S
            )
            seconds = seconds or time.perf_counter() - began
            outcome = problem or "ran"
            print(f"{name:<40}{label:<10}{seconds:>8.2f}{megabytes:>7.0f}  {outcome[:110]}", flush=True)
            if not outcome.startswith(("refused", "ran")) or megabytes > _GOAL_MB:
                missed.append(f"{name}, {label}: {outcome[:60]}, {seconds:.0f} s, {megabytes:.0f} MB")
    return missed


def _measured(command: list[str], text: str, patience: float = _PATIENCE_S) -> tuple[float, float, str]:
    """Seconds, megabytes at the peak, and what went wrong."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (_LIMIT_MB * 2**20, _LIMIT_MB * 2**20))

    try:
        done = subprocess.run(
            command,
            input=text,
            capture_output=True,
            text=True,
            timeout=patience,
            cwd=ROOT,
            preexec_fn=bounded,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return 0.0, 0.0, f"still running after {patience:.0f} s"
    words = done.stdout.strip().splitlines()[-1:] or [""]
    if done.returncode or not words[0]:
        return 0.0, 0.0, f"ended with code {done.returncode}: {done.stderr.strip()[-80:]}"
    seconds, megabytes, *rest = words[0].split(" ", 2)
    problem = rest[0] if rest else ""
    if done.stderr.strip():
        problem = f"prints on standard error: {done.stderr.strip()[:60]}"
    return float(seconds), float(megabytes), problem


def child(task: str) -> None:
    """One measurement: a program on standard input; seconds, megabytes and what was refused on standard output."""
    text = sys.stdin.read()
    problem = ""
    before: float
    if task in _TARGETS:
        from anyqpu.errors import AnyQPUError
        from anyqpu.model.program import ProgramFormat
        from tests.meaning.cases import Case
        from tests.meaning.converted import _api

        convert = _api()[0]
        case = Case("large", "openqasm2" if "OPENQASM 2" in text[:20] else "openqasm3", text, "end")
        before = time.perf_counter()
        try:
            convert(case, ProgramFormat(task))
        except AnyQPUError as error:
            problem = f"refused: {error}"
    else:
        import numpy as np

        from anyqpu_emulator.engines import openqasm, statevector
        from anyqpu_emulator.engines.errors import EngineError

        before = time.perf_counter()
        try:
            circuit = openqasm.parse(text)
            if task == "run":
                statevector.sample(circuit, 100, np.random.default_rng(1))
        except EngineError as error:
            problem = f"refused: {error}"
    seconds = time.perf_counter() - before
    usage = max(resource.getrusage(kind).ru_maxrss for kind in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{seconds:.4f} {usage / 1024:.0f} {json.dumps(problem)[1:-1]}".strip())


if __name__ == "__main__":
    child(sys.argv[1])
