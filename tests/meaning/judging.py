"""Having programs judged in Qiskit's environment."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.meaning.cases import Case, read_lines, write_lines
from tests.meaning.compare import exact_difference
from tests.meaning.dialects import UnreadableError, braket
from tests.peers.clients import ROOT
from tests.peers.environments import BUILD, installed, interpreter

# With this checkout, for programs that are objects of Qiskit and Cirq; the judge does not import it.
PACKAGES = (f"--editable={ROOT}[convert]", "qiskit==2.6.2", "qiskit-qasm3-import==0.6.0", "cirq-core==1.7.0")
_JUDGE = Path(__file__).resolve().parent / "judge.py"


@dataclass(slots=True)
class Judgement:
    """What is known about a program from elsewhere.

    Attributes:
        exact: Its distribution; None if no judge could compute it.
        readable: Qiskit reads the program as it is written.
        problem: Why Qiskit does not read it.
        conflict: The difference of two judges; then the suite is wrong, not the code under test.
    """

    exact: dict[str, float] | None = None
    readable: bool = False
    problem: str = ""
    conflict: str = ""
    sources: list[str] = field(default_factory=list)


def environment() -> Path:
    """The interpreter of Qiskit's environment; made below build/ the first time."""
    base = interpreter((3, 11))
    assert base is not None
    return installed(BUILD / "meaning" / "qiskit", PACKAGES, base)


def ask(tasks: Iterable[dict[str, Any]]) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """What Qiskit makes of each text, by name; and the versions that said so."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        write_lines(source, tasks)
        # What the reference parser prints on errors is of no use here.
        quiet = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        subprocess.run([environment(), _JUDGE, source, target], check=True, env=quiet, stderr=subprocess.DEVNULL)
        responses = {line["name"]: line for line in read_lines(target)}
    return responses, responses.pop("")["versions"]


def judge(cases: Iterable[Case]) -> tuple[dict[str, Judgement], dict[str, str]]:
    """What each program has to give, by name; and the versions of the judges."""
    cases = list(cases)
    tasks: list[dict[str, Any]] = []
    for case in cases:
        task = {"name": case.name, "language": case.language, "text": case.text, "parameters": case.parameters}
        if case.language != "braket_qasm3":
            tasks.append(task)
        if case.plain is not None:
            tasks.append({"name": f"{case.name} plain", "language": "openqasm3", "text": case.plain})
    responses, versions = ask(tasks)
    return {case.name: _combined(case, responses) for case in cases}, versions


def _combined(case: Case, responses: dict[str, dict[str, Any]]) -> Judgement:
    result = Judgement()
    own = responses.get(case.name, {})
    result.readable, result.problem = "exact" in own, own.get("problem", "")
    sources = {
        "qiskit": own.get("exact"),
        "plain text": responses.get(f"{case.name} plain", {}).get("exact"),
        "by hand": case.expected,
    }
    if case.language == "braket_qasm3":
        try:
            sources["gate reference"] = braket(case.text)
        except UnreadableError as error:
            result.problem = str(error)
    for name, exact in sources.items():
        if exact is None:
            continue
        if result.exact is not None and (problem := exact_difference(exact, result.exact)):
            result.conflict = f"{result.sources[0]} and {name}: {problem}"
        result.exact = result.exact or exact
        result.sources.append(name)
    return result
