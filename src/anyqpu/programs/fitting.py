"""Which languages a program can be turned into, and doing so for a device."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import anyio.to_thread

from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.programs import reading, writing
from anyqpu.programs.gates import STDGATES, STDGATES_LACKS

Refuse = Callable[[str], ValidationError]
Convert = Callable[[Program, Refuse], Program]


def _through(write: Callable[[Any, Refuse], Program]) -> Convert:
    return lambda program, refuse: write(reading.read(program.text, refuse), refuse)


def _to_qasm3(program: Program, refuse: Refuse) -> Program:
    """OpenQASM 2 as it stands, statement by statement, with definitions of the gates that stdgates.inc lacks."""
    tree = reading.parse(program.text, refuse)
    own = {node.name.name for node in tree.statements if type(node).__name__ == "QuantumGateDefinition"}
    includes = [node.filename for node in tree.statements if type(node).__name__ == "Include"]
    if set(includes) - {"qelib1.inc"}:
        raise refuse(f"it includes {includes[0]!r}")
    used = {node.name.name for node in _nodes(tree.statements) if type(node).__name__ == "QuantumGate"} - own
    unknown = sorted(used - STDGATES - STDGATES_LACKS.keys() - {"U"})
    if unknown:
        raise refuse(f"the gate {unknown[0]!r} is not defined, or not the same everywhere")
    with reading.pyqasm_alone() as pyqasm:
        try:
            text: str = pyqasm.loads(tree).to_qasm3(as_str=True)
        except Exception as error:  # pyqasm raises many kinds
            raise refuse(f"it cannot be read ({error or type(error).__name__})") from error
    lines = [line for line in text.splitlines() if not line.startswith(("OPENQASM", "include"))]
    lacking = [STDGATES_LACKS[name] for name in sorted(used & STDGATES_LACKS.keys())]
    head = ["OPENQASM 3.0;", 'include "stdgates.inc";', *lacking]
    return Program("\n".join([*head, *lines]).rstrip() + "\n", ProgramFormat.OPENQASM3)


def _nodes(nodes: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    for node in nodes:
        found.append(node)
        for block in ("body", "if_block", "else_block"):
            inner: Any = getattr(node, block, None)
            found += _nodes(cast("list[Any]", inner)) if isinstance(inner, list) else []
    return found


def _pub(circuit: Any) -> Program:
    pubs = {"pubs": [[circuit, None, None]], "version": 2}
    return Program(json.dumps(pubs), ProgramFormat.IBM_PUBS)


def _qasm_to_pub(program: Program, refuse: Refuse) -> Program:
    """IBM's sampler takes OpenQASM 3 as it is, in the list of what it is to run; shots are said elsewhere."""
    convert = CONVERSIONS.get((program.format, ProgramFormat.OPENQASM3))
    return _pub((convert(program, refuse) if convert else program).text)


def _qpy_to_pub(program: Program, refuse: Refuse) -> Program:
    """QPY as IBM's own client sends it: compressed, in base64, with its type."""
    packed = base64.b64encode(zlib.compress(program.content)).decode()
    return _pub({"__type__": "QuantumCircuit", "__value__": packed})


_F = ProgramFormat
CONVERSIONS: Mapping[tuple[ProgramFormat, ProgramFormat], Convert] = {
    (_F.OPENQASM2, _F.OPENQASM3): _to_qasm3,
    (_F.OPENQASM3, _F.OPENQASM2): _through(writing.qasm2),
    (_F.BRAKET_QASM3, _F.OPENQASM2): _through(writing.qasm2),
    (_F.BRAKET_QASM3, _F.OPENQASM3): _through(writing.qasm3),
    (_F.OPENQASM2, _F.BRAKET_QASM3): _through(writing.braket),
    (_F.OPENQASM3, _F.BRAKET_QASM3): _through(writing.braket),
    (_F.OPENQASM2, _F.IONQ_JSON): _through(writing.ionq),
    (_F.OPENQASM3, _F.IONQ_JSON): _through(writing.ionq),
    (_F.BRAKET_QASM3, _F.IONQ_JSON): _through(writing.ionq),
    (_F.OPENQASM2, _F.IBM_PUBS): _qasm_to_pub,
    (_F.OPENQASM3, _F.IBM_PUBS): _qasm_to_pub,
    (_F.BRAKET_QASM3, _F.IBM_PUBS): _qasm_to_pub,
    (_F.QPY, _F.IBM_PUBS): _qpy_to_pub,
}


def conversions(source: ProgramFormat) -> tuple[ProgramFormat, ...]:
    """The languages that programs in `source` can be turned into without changing what they mean."""
    return tuple(target for each, target in CONVERSIONS if each is source)


async def fit(program: Program, formats: Sequence[ProgramFormat], *, called: str, provider: str) -> Program:
    """A program in a language that a device takes: as it is, or converted where that is exact.

    Args:
        program: What is to be run.
        formats: What the device takes, the best first; empty where it is not known, and nothing is checked.
        called: The device's name, for people.
        provider: The cloud's name.

    Raises:
        ValidationError: It is in another language, with those that would do; or this program has no exact form in
            them, with the reason.
        ConfigError: The extra `convert` is not installed.
    """
    if not formats or program.format in formats:
        return program
    target = next((each for each in formats if (program.format, each) in CONVERSIONS), None)
    would_do = ", ".join(formats)

    def refuse(reason: str) -> ValidationError:
        return ValidationError(
            f"{called} does not take {program.format}, and this program has no exact form in {target}: {reason}",
            provider=provider,
            fields=("program",),
            hint=f"It takes {would_do}",
        )

    if target is None:
        ways = sorted({each for each, to in CONVERSIONS if to in formats} - set(formats))
        also = f"; {', '.join(ways)} would be converted" if ways else ""
        raise ValidationError(
            f"{called} does not take {program.format}",
            provider=provider,
            fields=("program",),
            hint=f"It takes {would_do}{also}",
        )
    return await anyio.to_thread.run_sync(CONVERSIONS[program.format, target], program, refuse)
