"""Odd programs: read, converted with limits, and submitted up to the request that would cost."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator
from typing import Any

import anyqpu_programs
from anyqpu import Program, ProgramFormat
from anyqpu.errors import AnyQPUError
from anyqpu.model.program import load_program
from tests.fuzz import corpus as recording
from tests.fuzz import edits, parts, texts
from tests.fuzz.calls import programs as some
from tests.fuzz.findings import Case, Finding, finding_of
from tests.fuzz.judge import check_error, check_traceback, check_value
from tests.fuzz.tape import Exchange

PART = "programs"
LIMITS = anyqpu_programs.Limits(gates=1_000, steps=1_000, characters=1_000_000, qubits=100, bits=100, seconds=5.0)
RICH3 = """OPENQASM 3.0;
include "stdgates.inc";
input float[64] theta;
const int n = 2;
qubit[3] q;
bit[3] c;
bit[2] d;
gate pair(a) x, y { cx x, y; rz(a / 2) y; cx x, y; }
def flip(qubit x) -> bit { h x; return measure x; }
for int i in [0:1] { h q[i]; }
if (c[0] == 1 && d != 2) { x q[1]; } else { ctrl @ x q[0], q[1]; }
while (false) { z q[0]; }
pair(theta + sin(pi / 4)) q[0], q[2];
inv @ pow(2) @ s q[1];
d[0] = flip(q[0]);
barrier q;
reset q[2];
c = measure q;
"""
RICH2 = """OPENQASM 2.0;
include "qelib1.inc";
gate pair(a, b) x, y { u3(a, b, -pi / 2) x; cx x, y; barrier x, y; }
qreg q[3];
qreg r[1];
creg c[3];
creg d[1];
h q;
pair(pi / 3, 2 ^ 3) q[0], q[1];
cu1(sin(0.5)) q[1], r[0];
if (c == 3) x q[2];
reset r;
measure q -> c;
measure r[0] -> d[0];
"""
# Name: (text, the program's format, cloud, device that takes it).
PROGRAMS: dict[str, tuple[str, ProgramFormat, str, str]] = {
    "openqasm2": (RICH2, ProgramFormat.OPENQASM2, "kipu", "kipu.sim.qsim"),
    "openqasm3": (some.QASM3, ProgramFormat.OPENQASM3, "scaleway", "EMU-AER-16C-128M"),
    "rich openqasm3": (RICH3, ProgramFormat.OPENQASM3, "scaleway", "EMU-AER-16C-128M"),
    "braket": (some.BRAKET.text, ProgramFormat.BRAKET_QASM3, "kipu", "aws.sim.sv1"),
    "ionq": (json.dumps(some.IONQ), ProgramFormat.IONQ_JSON, "kipu", "azure.ionq.simulator"),
    "iqm": (json.dumps(some.IQM), ProgramFormat.IQM_JSON, "kipu", "iqm.qpu.garnet"),
    "ibm": (json.dumps(some.IBM), ProgramFormat.IBM_PUBS, "kipu", "ibm.qpu.fez"),
    "quera": (json.dumps(some.AHS), ProgramFormat.AHS_JSON, "kipu", "aws.quera.aquila"),
    "pulser": (some.PULSER_WITH_VARIABLE, ProgramFormat.PULSER_JSON, "pasqal", "EMU_FREE"),
    "pulser at scaleway": (some.PULSER, ProgramFormat.PULSER_JSON, "scaleway", "QPU-FRESNEL-100PQ"),
    "perceval": (some.PERCEVAL, ProgramFormat.PERCEVAL, "kipu", "quandela.sim.belenos"),
    "quil": (some.QUIL_WITH_MEMORY, ProgramFormat.QUIL, "rigetti", "Aspen-9"),
    "qpy": ("UUlTS0lUDQEAAAAAAAAAAAAAAXA=", ProgramFormat.QPY, "kipu", "ibm.qpu.fez"),
    "cirq": ('{"cirq_type": "Circuit", "moments": []}', ProgramFormat.CIRQ_JSON, "scaleway", "EMU-QSIM-16C-128M"),
}
JSON_NAMES = [name for name, item in PROGRAMS.items() if item[0].startswith("{")]
HOW = ("text", "program", "bytes", "object", "file", "several")
# Conversions of text programs, with limits.
CONVERSIONS = (ProgramFormat.OPENQASM2, ProgramFormat.OPENQASM3, ProgramFormat.BRAKET_QASM3, ProgramFormat.IONQ_JSON)


async def cases(chance: random.Random, count: int) -> AsyncIterator[Case]:
    """So many cases: `[part, program, edits, how it is given, what is done with it]`."""
    for _ in range(count):
        name = chance.choice(list(PROGRAMS))
        changes: list[Any]
        if name in JSON_NAMES and chance.random() < 0.7:
            places = edits.places_of(PROGRAMS[name][0].encode())
            changes = [edits.choose(chance, 0, places).to_json() for _ in range(chance.choice((1, 1, 2)))]
        else:
            changes = [texts.choose(chance) for _ in range(chance.choice((1, 1, 2, 3)))]
        action = chance.choice(("submit", "submit", "convert", "parameters", "bind"))
        yield [PART, name, changes, chance.choice(HOW), action]


def content_of(case: Case) -> bytes:
    """The program of a case."""
    text = PROGRAMS[case[1]][0]
    changes: list[Any] = case[2]
    if changes and isinstance(changes[0][0], int):
        return edits.edited(text.encode(), [edits.Edit.from_json(change) for change in changes])
    return texts.edited(text, changes)


async def run_case(case: Case, *, deep: bool) -> Finding | None:
    """Run one case; None if it ends as promised."""
    try:
        await _use(case)
    except AnyQPUError as error:
        # What the caller passes as a text may be shown to the caller; what a file holds may not.
        is_file = case[3] == "file"
        try:
            check_error(error, signatures=False, credentials=is_file)
            # A program that could be loaded is the caller's own; another file may have been meant for one that cannot.
            if deep and is_file and not await _is_program(case):
                check_traceback(error)
        except BaseException as problem:
            return finding_of(problem, case)
    except BaseException as error:
        return finding_of(error, case)
    return None


async def _is_program(case: Case) -> bool:
    """Whether the file of a case can be loaded as a program."""
    try:
        await load_program(_source(content_of(case), PROGRAMS[case[1]][1], case[3]))
    except AnyQPUError:
        return False
    return True


async def _use(case: Case) -> None:
    _, name, _, how, action = case
    _, format, provider, device = PROGRAMS[name]
    content = content_of(case)
    source = _source(content, format, how)
    if source is None:
        return
    if action == "submit":
        await _submit(source, provider, device)
        return
    program = source if isinstance(source, Program) else await load_program(source)
    # What a program says is the caller's own.
    check_value(program, echoed=True)
    _ = (program.content, program.is_text)
    if action == "parameters":
        anyqpu_programs.parameters(program)
    elif action == "bind":
        anyqpu_programs.bind(program, {"theta": 0.5})
    else:
        for target in CONVERSIONS:
            if target is not program.format:
                anyqpu_programs.convert(program, target, limits=LIMITS)


def _source(content: bytes, format: ProgramFormat, how: str) -> Any:
    """The program as it is given: text, a `Program`, bytes, an object, a file or a list."""
    text = content.decode("utf-8", "surrogatepass" if how != "file" else "replace") if _is_utf8(content) else ""
    match how:
        case "program":
            return Program(text, format)
        case "bytes":
            return content
        case "object":
            try:
                decoded = json.loads(content)
            except (ValueError, RecursionError):
                return None
            return decoded if isinstance(decoded, dict) else None
        case "file":
            path = recording.FOLDER / "program.txt"
            path.write_bytes(content)
            return path
        case "several":
            return [text, Program(text, format)]
        case _:
            # One word without a line would be a path.
            return text if "\n" in text or "{" in text else Program(text, format)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


async def _submit(source: Any, provider: str, device: str) -> None:
    corpus = await parts.corpus_of(provider)

    def unchanged(number: int, exchange: Exchange) -> Exchange:
        return exchange

    async with recording.connect(provider, corpus.player(f"submit to {device}", unchanged)) as client:
        check_value(await client.submit(source, device=device, shots=20), echoed=True)
