"""The judge: reads programs with Qiskit and computes their distributions. Runs in Qiskit's environment.

python judge.py IN OUT    JSON lines in, JSON lines out

Input: `{"name", "language", "text", "parameters"}`. Output: `{"name", "exact": {...}}`, or `{"name", "problem": why}`.
Nothing of this project is imported.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

import qiskit.qasm2
import qiskit_qasm3_import
from exact import distribution
from qiskit.circuit import QuantumCircuit

# What a program may cost, so that one that is not meant to run ends with a reason.
_SECONDS = 60
_BYTES = 6 * 2**30
# `delay` is a gate of Qiskit's own, which takes the name from a program's gate.
_LATER = [instruction for instruction in qiskit.qasm2.LEGACY_CUSTOM_INSTRUCTIONS if instruction.name != "delay"]


def read2(text: str) -> QuantumCircuit:
    """OpenQASM 2 by the paper, or with the gates that Qiskit's own header had besides."""
    try:
        return qiskit.qasm2.loads(text)
    except qiskit.qasm2.QASM2ParseError:
        return qiskit.qasm2.loads(text, custom_instructions=_LATER)


def read3(text: str, parameters: dict[str, Any]) -> QuantumCircuit:
    """OpenQASM 3 as far as Qiskit reads it."""
    circuit = qiskit_qasm3_import.parse(text)
    return circuit.assign_parameters(parameters) if parameters else circuit


def judged(task: dict[str, Any]) -> dict[str, Any]:
    """Return the distribution of a program, or why it cannot be computed."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(_SECONDS)
    try:
        text = task["text"]
        circuit = read2(text) if task["language"] == "openqasm2" else read3(text, task.get("parameters") or {})
        return {"name": task["name"], "exact": distribution(circuit)}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # readers raise many kinds; a panic of Rust is not an Exception
        return {"name": task["name"], "problem": f"{type(error).__name__}: {error}"[:400]}
    finally:
        signal.alarm(0)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"more than {_SECONDS} s")


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))


def main(source: Path, target: Path) -> None:
    """Judge all programs of a file, on all cores."""
    tasks = [json.loads(line) for line in source.read_text().splitlines()]
    with ProcessPoolExecutor(initializer=_bounded) as pool, target.open("w") as file:
        about = {name: version(name) for name in ("qiskit", "qiskit-qasm3-import")}
        file.write(json.dumps({"name": "", "versions": about}) + "\n")
        for outcome in pool.map(judged, tasks, chunksize=8):
            file.write(json.dumps(outcome) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
