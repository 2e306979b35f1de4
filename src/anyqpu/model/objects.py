"""Programs from objects of other libraries.

This module imports no library at the top: an object is identified by the package of its class, which is loaded already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, ProgramFormat

_DEEPEST = 10
"""Levels of decomposition of a Qiskit circuit."""
_MOST_ROUNDS = 100_000
KNOWN = "Qiskit, Cirq, PennyLane, pytket, Pulser, Perceval, Braket, pyQuil and quil"


def program_of(source: Any) -> Program:
    """Return the program of an object, in a language that represents all of it.

    Raises `ValidationError` for another object, and for one that its library cannot serialize.
    """
    package = next((name for name in _packages(source) if name in _WRITERS), None)
    if package is None:
        raise ValidationError(
            f"invalid program of type {type(source).__name__}",
            hint=f"Expected a text, a path, a JSON object or an object of {KNOWN}",
            fields=("program",),
        )
    try:
        return _WRITERS[package](source)
    except ValidationError:
        raise
    except Exception as error:  # the library's, of any class
        raise ValidationError(
            f"{package} cannot serialize this {type(source).__name__}: {error}",
            hint="Give the program as text",
            fields=("program",),
        ) from error


def _packages(source: object) -> list[str]:
    """Return the packages of an object's class and its bases; any class with `to_abstract_repr` counts as Pulser's."""
    packages = [kind.__module__.partition(".")[0] for kind in type(source).__mro__]
    return [*packages, "pulser"] if hasattr(source, "to_abstract_repr") else packages


def _qiskit(circuit: Any) -> Program:
    qasm3: Any = import_module("qiskit.qasm3")
    circuit = _without_loops(circuit)
    # Qiskit writes complex amplitudes in a form that OpenQASM does not have.
    for _ in range(_DEEPEST):
        names = {item.operation.name for item in circuit.data if _has_complex(item.operation.params)}
        if not names:
            break
        circuit = circuit.decompose(gates_to_decompose=sorted(names))
    try:
        text: str = qasm3.dumps(circuit)
    except Exception:  # Qiskit's, of several classes
        # Instructions such as Initialize can be written only after decomposition.
        text = qasm3.dumps(circuit.decompose(reps=_DEEPEST))
    return Program.from_text(text, where="the circuit")


def _has_complex(parameters: Any) -> bool:
    return any(isinstance(parameter, complex) for parameter in parameters)


def _without_loops(circuit: Any) -> Any:
    """Return the circuit with its `for` loops unrolled.

    Qiskit declares the parameter of a loop as an integer, so that an expression such as p / 5 would be one too.
    """
    if any(getattr(item.operation, "blocks", ()) for item in circuit.data):
        inner, circuit = circuit.data, circuit.copy_empty_like()
        for item in inner:
            operation = item.operation
            if getattr(operation, "blocks", ()):
                operation = operation.replace_blocks([_without_loops(block) for block in operation.blocks])
            circuit.append(operation, item.qubits, item.clbits)
    loops = [item.operation for item in circuit.data if item.operation.name == "for_loop"]
    if not loops:
        return circuit
    rounds = sum(len(loop.params[0]) for loop in loops)
    if rounds > _MOST_ROUNDS:
        raise ValidationError(
            f"the circuit's for loops have {rounds:,} rounds, and the limit is {_MOST_ROUNDS:,}", fields=("program",)
        )
    passes: Any = import_module("qiskit.transpiler.passes")
    circuit = passes.UnrollForLoops()(circuit)
    for item in circuit.data:
        if item.operation.name == "for_loop" and item.operation.params[1] is not None:
            raise ValidationError(
                "Qiskit cannot unroll a for loop that has a parameter and a break or continue",
                hint="Give the program as OpenQASM 3 text",
                fields=("program",),
            )
    return circuit


def _cirq(circuit: Any) -> Program:
    return Program.from_text(circuit.to_qasm(), where="the circuit")


def _pennylane(tape: Any) -> Program:
    if not hasattr(tape, "measurements"):
        raise ValidationError(
            f"invalid program of type {type(tape).__name__}",
            hint="Give a tape of PennyLane's: qml.workflow.construct_tape(qnode)(...)",
            fields=("program",),
        )
    pennylane: Any = import_module("pennylane")
    # A tape without measurements measures all its wires.
    text: str = pennylane.to_openqasm(tape, measure_all=not tape.measurements)
    return Program.from_text(text, where="the tape")


def _pytket(circuit: Any) -> Program:
    qasm: Any = import_module("pytket.qasm")
    return Program.from_text(qasm.circuit_to_qasm_str(circuit), where="the circuit")


def _pulser(sequence: Any) -> Program:
    return Program.from_text(sequence.to_abstract_repr(), where="the sequence")


def _perceval(source: Any) -> Program:
    serialization: Any = import_module("perceval.serialization")
    # A processor contains an experiment.
    text: Any = serialization.serialize(getattr(source, "experiment", source))
    if not isinstance(text, str):
        # Perceval returns an object that it cannot serialize unchanged.
        raise ValidationError(
            f"Perceval cannot serialize {type(source).__name__}",
            hint="Give a circuit, an experiment or a processor",
            fields=("program",),
        )
    return Program(text, ProgramFormat.PERCEVAL)


def _braket(program: Any) -> Program:
    written = program.to_ir() if _is_analog(program) else program.to_ir("OPENQASM")
    if _is_analog(program):
        return Program(written.json(), ProgramFormat.AHS_JSON)
    return Program(written.source, ProgramFormat.BRAKET_QASM3)


def _is_analog(program: Any) -> bool:
    return any(kind.__module__.startswith("braket.ahs") for kind in type(program).__mro__)


def _pyquil(program: Any) -> Program:
    return Program(program.out(), ProgramFormat.QUIL)


def _quil(program: Any) -> Program:
    return Program(program.to_quil(), ProgramFormat.QUIL)


_WRITERS: Mapping[str, Callable[[Any], Program]] = {
    "qiskit": _qiskit,
    "cirq": _cirq,
    "pennylane": _pennylane,
    "pytket": _pytket,
    "pulser": _pulser,
    "perceval": _perceval,
    "braket": _braket,
    "pyquil": _pyquil,
    "quil": _quil,
}
