"""Transpile in a process of its own."""

from __future__ import annotations

import base64
import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module, util
from typing import Any

import anyio
import anyio.to_thread

from anyqpu.errors import ConfigError, ValidationError
from anyqpu.model.native import NativeForm, NativeProgram, Register, Shape, TranspileOptions
from anyqpu.model.program import Program, ProgramFormat
from anyqpu_programs.fitting import fit
from anyqpu_programs.reader import read as read_program

EXTRA = "pip install 'anyqpu[qiskit]'"
_OPENQASM = {ProgramFormat.OPENQASM2, ProgramFormat.OPENQASM3, ProgramFormat.BRAKET_QASM3}
_CHILD = "from anyqpu_programs.transpiling.worker import main; main()"


@dataclass(frozen=True, slots=True)
class Source:
    """A program to transpile: OpenQASM or QPY, with values for the parameters of a Qiskit circuit."""

    program: Program
    parameters: Mapping[str, float]


def check_installed() -> None:
    """Raise `ConfigError` with the name of the extra if Qiskit is not installed; imports nothing."""
    with contextlib.suppress(ImportError, ValueError):
        if util.find_spec("qiskit") is not None:
            return
    raise ConfigError("transpiling programs needs the package 'qiskit'", hint=EXTRA)


def is_circuit(source: object) -> bool:
    """Return whether an object is a circuit of Qiskit's, which imports nothing."""
    module = sys.modules.get("qiskit.circuit")
    return module is not None and isinstance(source, module.QuantumCircuit)


def dumped(circuit: Any) -> Program:
    """Return a circuit of Qiskit's as QPY, which has all of it."""
    qpy: Any = import_module("qiskit.qpy")
    buffer = io.BytesIO()
    try:
        qpy.dump(circuit, buffer)
    except Exception as error:  # Qiskit's, of any class
        raise ValidationError(
            f"Qiskit cannot serialize the circuit: {error}", hint="Give the program as text", fields=("program",)
        ) from error
    return Program(base64.b64encode(buffer.getvalue()).decode(), ProgramFormat.QPY)


async def transpiled(
    sources: Sequence[Source], form: NativeForm, options: TranspileOptions, *, provider: str
) -> list[NativeProgram]:
    """Return programs in the native form of a device.

    Raises:
        ConfigError: Qiskit is not installed.
        ValidationError: A program is in a language that is not transpiled, or cannot run on the device.
    """
    check_installed()
    parts: list[dict[str, Any]] = []
    for source in sources:
        program = source.program
        names: list[str] | None = None
        if program.format in _OPENQASM:
            # Qiskit reads a part of OpenQASM 3; OpenQASM 2 has the same meaning, but not all names of registers.
            program = await fit(program, (ProgramFormat.OPENQASM2,), called=form.device, provider=provider)
            if program is not source.program:
                names = await anyio.to_thread.run_sync(_names_of_registers, source.program)
        elif program.format is not ProgramFormat.QPY:
            raise ValidationError(
                f"transpile= takes OpenQASM and Qiskit circuits, not {program.format}",
                provider=provider,
                fields=("program", "transpile"),
                hint="Submit it without transpile=: it has to be in the device's own form already",
            )
        parts.append({"text": program.text, "format": program.format, "parameters": dict(source.parameters),
                      "names": names})  # fmt: skip
    request = {"form": form.to_json(), "level": options.level, "seed": options.seed, "layout": options.layout}
    response = await _in_child(json.dumps({**request, "programs": parts}), provider)
    if "error" in response:
        place = response.get("place")
        several = f"programs[{place}]: " if len(sources) > 1 and place is not None else ""
        fields = ("program", "transpile")
        raise ValidationError(several + response["error"], provider=provider, fields=fields, hint=response.get("hint"))
    return [read(part) for part in response["programs"]]


def _names_of_registers(program: Program) -> list[str]:
    return list(read_program(program.text, braket=program.format is ProgramFormat.BRAKET_QASM3).bits)


async def _in_child(request: str, provider: str) -> dict[str, Any]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-P", "-W", "ignore", "-c", _CHILD]
    done = await anyio.run_process(
        command, input=request.encode(), stderr=subprocess.DEVNULL, check=False, env=environment
    )
    try:
        response: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise ValidationError(
            f"the transpiler ended with exit code {done.returncode}",
            provider=provider,
            fields=("program", "transpile"),
            hint="The program may be too large for this machine's memory",
        ) from None
    return response


def read(part: Mapping[str, Any]) -> NativeProgram:
    """Return the program that `written` was called on."""
    return NativeProgram(
        program=Program(part["text"], ProgramFormat(part["format"])),
        registers=tuple(Register(name=name, size=size, native_name=native) for name, size, native in part["registers"]),
        layout=tuple(part["layout"]),
        before=Shape(**part["before"]),
        after=Shape(**part["after"]),
    )


def written(native: NativeProgram) -> dict[str, Any]:
    """Return a program in JSON's types."""
    shapes = {
        name: {"depth": shape.depth, "two_qubit_gates": shape.two_qubit_gates}
        for name, shape in (("before", native.before), ("after", native.after))
    }
    return {"text": native.program.text, "format": native.program.format.value, **native.facts, **shapes}
